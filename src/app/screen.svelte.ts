// The screen's own state: tab, picks, language, theme, dialogs; and the link that names the place.
import { tick } from 'svelte';
import { getLocale } from '../i18n/locale.svelte.ts';
import { m } from '../i18n/paraglide/messages.js';
import { lessonOf } from '../lessons/acts.ts';
import { supportsWebRtc } from '../peers/browser.ts';
import { CALL_STEPS, callStep } from '../rtc/steps.ts';
import type { ShareChoice } from '../views/dialogs/share.ts';
import type { Tie, Ties } from '../views/ties.ts';
import type { WalkHolder } from '../views/walk.ts';
import type { SdpView } from '../views/sdp/view.ts';
import type { TryCall } from '../views/tabs/states/tried.ts';
import { sdpAt, shownSource } from '../views/tabs/shown-sdp.ts';
import { TABS, type TabName } from '../views/tabs/tab-name.ts';
import { commandOf, focusKind, isOfPresent, type KeyCommand } from './keys.ts';
import { isBare, isSameLesson, LeftPlaces, type LeftPlace } from './links/left-places.ts';
import { LinkWriter } from './links/link-writer.ts';
import { addressOf, formatLink, parseLink, START, type Place } from './links/link.ts';
import { getTheme, speak, useLocale } from './look.svelte.ts';
import { pageOf } from './links/page.ts';
import { sharedPlace } from './links/share-link.ts';
import type { DialogName } from './dialog-name.ts';
import { loadAhead, parts } from './parts.ts';
import {
  enterFullScreen,
  isPresenting,
  presentOnly,
  presentsOnly,
  switchPresenting,
} from './presenting.svelte.ts';
import { wishOf } from './walk/act-place.ts';
import { actById, ordinalIn } from './walk/act-registry.ts';
import { Session, type Arrival } from './walk/session.svelte.ts';
import type { SpeakerSheet } from './pages/speaker-link.ts';
import type { SpeakerWindow } from './pages/speaker-window.ts';
import { progress } from './store/progress.svelte.ts';
import { rememberedWalk } from './store/store.ts';
import { lessonPlace } from './walk/lesson-place.ts';
import { afterNextFrame } from '../views/next-frame.ts';

/** A screen that is a phone's. */
const PHONE = '(width < 45rem)';

/** What the phone shows of the three. */
export const VIEWS = ['story', 'ladder', 'sdp', 'more'] as const;
export type View = (typeof VIEWS)[number];

/** A walk that may be left. */
interface Leaving {
  readonly id: string;
  /** Keeps the place that it stands at. */
  readonly keep: () => void;
}

/** Everything on the screen that is no part of the walk. */
export class Screen {
  readonly session = new Session();
  /** The walk that the page shows: another may take its place. */
  readonly walks: WalkHolder;
  readonly parts = parts;
  /** Tries a forbidden call on a scratch pair, which is loaded then; null where there is no WebRTC. */
  readonly tryCall: TryCall | null = supportsWebRtc()
    ? async (state, call) => (await parts.scratch()).tryCall(state, call)
    : null;
  readonly #links = new LinkWriter(() => this.session.walk.id);

  #tab = $state<TabName | null>(null);
  #sdp = $state<string | null>(null);
  #line = $state<number | null>(null);
  #sdpView = $state<SdpView | null>(null);
  #against = $state<string | null>(null);
  #tie = $state<Tie | null>(null);
  /** What is picked in one view is lit in all of them. */
  readonly ties: Ties;
  #view = $state<View>('story');
  /** The Space that is down was for the player. */
  #spaceTaken = false;
  #blank = $state(false);
  #dialog = $state<DialogName | null>(null);
  #speaker: SpeakerWindow | null = null;
  /** The link asked for a language: it stays in the link. */
  #linkLang: string | null = null;
  #noting = false;
  /** The step that was seen last. */
  #number = 0;
  readonly #left = new LeftPlaces();

  /** The tab that was chosen; null follows the step. */
  get tab(): TabName | null {
    return this.#tab;
  }
  get sdp(): string | null {
    return this.#sdp;
  }
  get line(): number | null {
    return this.#line;
  }
  /** How the SDP is looked at, where that was chosen; null follows the step. */
  get sdpView(): SdpView | null {
    return this.#sdpView;
  }
  get against(): string | null {
    return this.#against;
  }
  get view(): View {
    return this.#view;
  }
  get blank(): boolean {
    return this.#blank;
  }
  get dialog(): DialogName | null {
    return this.#dialog;
  }

  /** The whole address of this place, less what whoever shares it leaves out. */
  shareLink(choice: ShareChoice): string {
    return addressOf(sharedPlace(this.#place(), choice), location.href);
  }

  constructor() {
    const { session } = this;
    this.walks = {
      get now() {
        return session.walk;
      },
    };
    const now = () => this.#tie;
    this.ties = {
      get now() {
        return now();
      },
      pick: (tie) => {
        this.#tie = tie;
        this.#link();
      },
    };
  }

  /** Starts at the place that the link names. */
  async start(): Promise<void> {
    loadAhead();
    const place = parseLink(location.hash, mayBeAct);
    this.#usePicks(place);
    this.session.onmove = (jumped) => {
      this.#speaker?.tell();
      this.#links.write(() => formatLink(this.#place()), jumped, this.session.walk.isUnderway);
      this.#noteSoon();
      const { number, movedBy } = this.session.walk;
      // What a link says of the place that it leads to is read there.
      if (movedBy === 'learner' && number !== this.#number) this.session.notices.goOn();
      this.#number = number;
    };
    this.session.onbarred = () => void this.#teachFirst();
    this.session.onjump = () => {
      this.#links.settle();
    };
    addEventListener('popstate', () => {
      if (pageOf(location.hash) === 'call') void this.follow();
    });
    await this.#visit(place, this.#links.walk ?? rememberedWalk(), () => m.notice_restored());
  }

  /**
   * The address was changed by hand, by a link, or by the browser's Back: what is written here fires no event. An
   * entry of the history names the walk that it is a place in.
   */
  async follow(): Promise<void> {
    this.#links.follow();
    const asked = parseLink(location.hash, mayBeAct);
    if (asked.lang !== null) {
      useLocale(asked.lang);
      this.#speaker?.tell();
    }
    const { walk } = this.#links;
    const left = walk === null && isBare(asked) ? this.#leftAt(asked) : null;
    const place = left === null ? asked : { ...left.place, lang: asked.lang };
    // The address says where that is.
    if (left !== null) this.#links.correct(formatLink(place));
    this.#usePicks(place);
    const stays = left?.walk === this.session.walk.id;
    await this.#visit(place, left?.walk ?? walk, () => m.notice_left(), stays);
  }

  /** Where a lesson was left, when a link leads to it and to no place in it; null for its beginning. */
  #leftAt(asked: Place): LeftPlace | null {
    const here = this.#place();
    return isSameLesson(asked, here)
      ? { place: here, walk: this.session.walk.id }
      : this.#left.find(asked);
  }

  /** What is walked now, as the place that it would be left at. */
  #leaving(): Leaving {
    const { walk, choices } = this.session;
    const place = this.#place();
    const hasBegun = walk.length > 0;
    // A simulated call is the same each time, and one in this browser goes on only when it is made anew. What was
    // finished, and what a camera showed, is there as a recording.
    const isKept =
      walk.recorded ||
      (walk.lesson === 'call' && (walk.head >= CALL_STEPS.length || choices.media !== 'synthetic'));
    return {
      id: walk.id,
      keep: () => {
        this.#left.leave(place, hasBegun ? { place, walk: isKept ? walk.id : null } : null);
      },
    };
  }

  /** Keeps where the walk was left, if it was; what was said of it is no news any more. */
  #keepLeft({ id, keep }: Leaving): void {
    if (this.session.walk.id === id) return;
    keep();
    this.session.notices.goOn();
  }

  /** Remembers how far the lesson has come, after the picture of it. */
  #noteSoon(): void {
    if (this.#noting) return;
    this.#noting = true;
    afterNextFrame(() => {
      this.#noting = false;
      const place = lessonPlace(this.session.walk);
      if (place !== null) progress.visit(place.id, place.at, place.isEnd);
    });
  }

  /**
   * Goes to a place. The newest wish wins: where another came first, this one moves nothing any more.
   * @param stays it is where the walk stands already, and may be playing
   */
  async #visit(
    place: Place,
    walk: string | null,
    restored: () => string,
    stays = false,
  ): Promise<void> {
    const { session } = this;
    const isAgain = walk !== null || this.#left.find(place) !== null;
    const leaving = this.#leaving();
    let arrival: Arrival | null;
    try {
      arrival = await session.visit({ ...place, walk });
    } catch (thrown) {
      session.notices.error(() => m.notice_unloaded(), thrown);
      return;
    }
    if (arrival === null) return;
    this.#keepLeft(leaving);
    if (arrival === 'recording') session.notices.add(restored);
    // A place in a call that has not begun: it is walked as far as that. A simulated one has the numbers it had.
    // Whoever comes for the first time knows no other.
    const isAnew = isAgain && session.walk.lesson === 'call' && session.walk.length === 0;
    const number = ordinalOf(place);
    if (number > 0 && isAnew && !session.barred) {
      session.notices.add(() => m.notice_rerun({ number }));
    }
    // A call that this browser can't make is not begun: the start page says so.
    if (!session.barred && !stays) this.#goTo(place);
    this.#speaker?.tell();
    this.#links.name();
  }

  /** Opens a tab; what is none of them is ignored. */
  openTab(tab: string): void {
    this.#tab = TABS.find((each) => each === tab) ?? this.#tab;
    this.#view = this.#tab === 'sdp' ? 'sdp' : 'more';
    this.#link();
  }

  /** Lets the tab go along with the step again, and the SDP in it. */
  followStep(): void {
    this.#tab = null;
    this.#view = 'more';
    this.#sdpView = null;
    this.#sdp = null;
    this.#against = null;
    this.#line = null;
    this.#link();
  }

  /** Chooses which SDP is shown; null follows the step. */
  pickSdp(key: string | null): void {
    this.#sdp = key;
    this.#line = null;
    this.#tab = 'sdp';
    if (this.#sdpView === 'agreed') this.#sdpView = 'text';
    this.#view = 'sdp';
    this.#link();
  }

  /** Picks a line of the SDP; null for none. */
  pickLine(line: number | null): void {
    this.#line = line;
    this.#link();
  }

  /** Looks at the SDP another way, and goes on doing so. */
  lookAtSdp(view: SdpView): void {
    this.#sdpView = view;
    this.#tab = 'sdp';
    this.#link();
  }

  /** Chooses what the SDP is compared with; null for what is nearest. */
  compareWith(key: string | null): void {
    this.#against = key;
    this.#link();
  }

  /** On a phone: shows one of the four. */
  show(view: View): void {
    this.#view = view;
    if (view === 'sdp') this.openTab('sdp');
    else if (view === 'more' && this.#tab === 'sdp') this.followStep();
  }

  /** Changes the language, and keeps it. */
  speak(locale: string): void {
    this.#linkLang = null;
    speak(locale);
    this.#speaker?.tell();
    this.#link();
  }

  /** For a projector: everything larger; full screen where the browser lets it. */
  present(): void {
    const isLeft = isPresenting();
    switchPresenting();
    // The way out is gone: whoever goes on by keys is where it began.
    if (isLeft) void tick().then(() => document.getElementById('present')?.focus());
  }

  /** Opens the speaker's window, or brings it to the front. */
  async speaker(): Promise<void> {
    // A key that was pressed counts for a window that is opened some seconds later.
    const part = await parts.speaker().catch(() => null);
    if (part === null) {
      this.session.notices.add(() => m.notice_speaker_unloaded());
      return;
    }
    try {
      this.#speaker ??= new part.SpeakerWindow(
        () => this.#sheet(),
        (command) => {
          this.#run(command);
        },
      );
      if (!this.#speaker.open()) this.session.notices.add(() => m.notice_popup());
    } catch (thrown) {
      // The line between the two windows is a BroadcastChannel, which this page may not be allowed to open.
      this.session.notices.error(() => m.notice_no_speaker(), thrown);
    }
  }

  openDialog(which: DialogName): void {
    this.#dialog = which;
  }

  /** Gives this place away: on a phone by the sheet of its system, where it has one; else by a dialog. */
  async share(): Promise<void> {
    if (!matchMedia(PHONE).matches || !('share' in navigator)) {
      this.openDialog('share');
      return;
    }
    const url = this.shareLink({ atStep: true, sameTab: true, lang: getLocale() });
    try {
      await navigator.share({ title: document.title, url });
    } catch (thrown) {
      // Put away by hand, it asks for nothing more; refused, the dialog does the same.
      if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) {
        this.openDialog('share');
      }
    }
  }

  closeDialog(): void {
    this.#dialog = null;
  }

  unblank(): void {
    this.#blank = false;
  }

  /** Stands before step 1 of a new call. */
  renew(): void {
    this.session.renew();
    this.#sdp = null;
    this.#line = null;
    this.#tie = null;
    this.#speaker?.tell();
    this.#links.writeNow(() => formatLink(this.#place()));
  }

  /** Walks another lesson. */
  async teach(id: string): Promise<void> {
    const leaving = this.#leaving();
    try {
      if (!(await this.session.teach(id))) return;
    } catch (thrown) {
      this.session.notices.error(() => m.notice_unloaded(), thrown);
      return;
    }
    this.#keepLeft(leaving);
    this.#tab = null;
    this.#speaker?.tell();
    this.#links.writeNow(() => formatLink(this.#place()));
  }

  /** Leads to a lesson, which needs no WebRTC. */
  async #teachFirst(): Promise<void> {
    const lessons = await parts.lessons().catch(() => null);
    // Where they can't be loaded, teaching says so.
    await this.teach(lessons?.FIRST_LESSON ?? 'lab');
    if (lessons !== null) this.session.notices.add(lessons.noWebRtcText);
  }

  /** A file dropped on the page: a record is opened, media is taken for the next call. */
  async drop(file: File): Promise<void> {
    const isMedia = /^(?:video|audio)\//.test(file.type);
    if (!isMedia) {
      await this.session.open(file);
      return;
    }
    this.session.chooseFile(file);
    this.session.notices.add(() => m.notice_media_taken({ name: file.name }));
  }

  /** A key was pressed anywhere. */
  key(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.#dialog !== null) return;
    const command = commandOf(event, focusKind(document.activeElement), isPresenting());
    if (this.#blank) {
      // Any key brings the picture back; a step behind a black screen would be a surprise.
      if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== 'Tab') {
        this.#blank = false;
        event.preventDefault();
      }
      return;
    }
    if (command === null || (isOfPresent(command) && !isPresenting())) return;
    event.preventDefault();
    // A key that is held down plays and pauses once.
    if (command !== 'toggle' || !event.repeat) this.#run(command);
  }

  /**
   * Space plays and pauses wherever the focus is, and presses nothing: taken before the control that has the focus gets
   * it. What it does to a button happens when it is let go, in some browsers whatever became of the press.
   */
  space(event: KeyboardEvent): void {
    if (event.key !== ' ') return;
    if (event.type === 'keyup') {
      if (this.#spaceTaken) event.preventDefault();
      this.#spaceTaken = false;
      return;
    }
    this.key(event);
    this.#spaceTaken = event.defaultPrevented;
    if (this.#spaceTaken) event.stopPropagation();
  }

  #run(command: KeyCommand): void {
    const { session } = this;
    switch (command) {
      case 'next':
        session.walk.move({ type: 'NEXT' });
        break;
      case 'back':
        session.walk.move({ type: 'BACK' });
        break;
      case 'over':
        session.walk.move({ type: 'OVER' });
        break;
      case 'back-over':
        session.walk.move({ type: 'BACK_OVER' });
        break;
      case 'next-event':
        session.walk.move({ type: 'NEXT_EVENT' });
        break;
      case 'back-event':
        session.walk.move({ type: 'BACK_EVENT' });
        break;
      case 'toggle':
        session.walk.move({ type: 'TOGGLE' });
        break;
      case 'first':
        session.walk.move({ type: 'FIRST' });
        break;
      case 'last':
        session.walk.move({ type: 'LAST' });
        break;
      case 'next-phase':
        session.walk.move({ type: 'NEXT_PHASE' });
        break;
      case 'back-phase':
        session.walk.move({ type: 'BACK_PHASE' });
        break;
      case 'next-act':
        session.walk.move({ type: 'NEXT_ACT' });
        break;
      case 'back-act':
        session.walk.move({ type: 'BACK_ACT' });
        break;
      case 'blank':
        this.#blank = !this.#blank;
        break;
      case 'full-screen':
        if (document.fullscreenElement === null) enterFullScreen();
        else document.exitFullscreen().catch(() => undefined);
        break;
      case 'speaker':
        void this.speaker();
        break;
      case 'help':
        this.openDialog('help');
        break;
      case 'stage':
      case 'ladder':
      case 'reader':
        presentOnly(command);
        break;
      case 'leave':
        if (presentsOnly() === null) this.present();
        else presentOnly(null);
        break;
    }
  }

  async #sheet(): Promise<SpeakerSheet> {
    const { number: step, caption, trace } = this.session.walk;
    const next = trace.step(step + 1);
    const here = trace.step(step);
    return {
      number: here?.ordinal ?? 0,
      total: here?.act.steps.length ?? 0,
      title: caption.title,
      body: caption.body,
      notes: here === null ? '' : await lessonOf(here.act).notes(here),
      next: next === null ? null : lessonOf(next.act).stepTitle(next),
      locale: getLocale(),
      theme: getTheme(),
    };
  }

  #goTo(place: Place): void {
    if (place.act !== null && actById(place.act.id) !== null) {
      this.session.goToAct([...place.before, place.act], place.step, place.moment);
      return;
    }
    const number = place.act === null ? ordinalOf(place) : 0;
    const { trace } = this.session.walk;
    if (place.event !== null && place.event <= trace.length && trace.length > 0) {
      this.session.walk.move({ type: 'SEEK', cursor: place.event }, 'link');
    } else if (number === 0) this.session.walk.move({ type: 'FIRST' }, 'link');
    else if (place.moment !== null) this.session.walk.lookAt(number, place.moment, 'link');
    else this.session.walk.move({ type: 'SEEK_STEP', step: number }, 'link');
  }

  #usePicks(place: Place): void {
    // Before tabs followed the step, a link that names a line of the SDP had no need to name its tab.
    const isSdp = place.sdp !== null || place.line !== null || place.view !== null;
    this.#tab = place.tab ?? (isSdp ? 'sdp' : null);
    this.#view = this.#tab === null ? 'story' : this.#tab === 'sdp' ? 'sdp' : 'more';
    this.#sdp = place.sdp;
    this.#line = place.line?.number ?? null;
    this.#sdpView = place.view;
    this.#against = place.against;
    this.#tie = place.pick;
    this.#linkLang = place.lang;
  }

  #link(): void {
    this.#links.write(() => formatLink(this.#place()), false, false);
  }

  #place(): Place {
    const { frame, number: step, pinned, trace, moment } = this.session.walk;
    // The last is the end of its step.
    const isAtMoment =
      moment !== null && moment.ordinal < moment.total && moment.cursor === frame.cursor;
    const here = trace.step(step);
    const source = shownSource(frame, this.#sdp);
    const type = source === null ? undefined : sdpAt(frame, source)?.type;
    return {
      ...START,
      lesson: this.session.walk.lesson,
      settings: this.session.settings,
      act: here === null || here.act.number === 1 ? null : wishOf(here.act),
      before: here === null ? [] : trace.acts.slice(1, here.act.number - 1).map(wishOf),
      step: here?.kind ?? null,
      event: pinned || step === 0 || isAtMoment ? null : frame.cursor,
      moment: isAtMoment ? moment.name : null,
      tab: this.#tab,
      sdp: this.#sdp,
      view: this.#sdpView,
      against: this.#against,
      pick: this.#tie,
      line:
        this.#line === null
          ? null
          : { type: type === 'offer' ? 'offer' : 'answer', number: this.#line },
      lang: this.#linkLang,
    };
  }
}

/** Which acts there are is known once their code is there. */
const mayBeAct = () => true;

/** The place of the step that a link names, in its act, from 1; 0 before the call's first. */
function ordinalOf({ act, step }: Place): number {
  if (act !== null) return ordinalIn(act, step);
  return step === null ? 0 : (callStep(step)?.number ?? 0);
}
