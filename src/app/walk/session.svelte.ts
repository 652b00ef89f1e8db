// The session: which walk is looked at, and how another takes its place. The latest wish wins.
import type { ActWish } from '../../rtc/steps.ts';
import { supportsWebRtc } from '../../peers/browser.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { Life } from '../../call/life.ts';
import type { CaptionText } from '../../lessons/act.ts';
import { TRACE_VERSION, type RunOptions } from '../../trace/event.ts';
import { Trace } from '../../trace/trace.ts';
import type { Choices } from '../../views/start/choices.ts';
import { afterNextFrame } from '../../views/next-frame.ts';
import type { Place } from '../links/link.ts';
import { Notices } from '../notices.svelte.ts';
import { parts } from '../parts.ts';
import { randomId } from '../random-id.ts';
import { Records } from '../store/records.ts';
import { keepChoices, readChoices, rememberWalk } from '../store/store.ts';
import type { ChosenLesson } from './chosen-lesson.ts';
import { actAt, hasPlace, placeIn, stillTo } from './act-place.ts';
import { Rehearsal } from './rehearsal.svelte.ts';
import { optionsOf } from './run-options.ts';
import { Walk, type Mover, type Pace } from './walk.svelte.ts';

/** What all chance in a lesson comes from: everybody who walks it sees the same. */
const SEED = 1;

/** Where a link or an entry of the browser's history leads. */
export interface Destination extends Pick<
  Place,
  'lesson' | 'settings' | 'act' | 'before' | 'step'
> {
  /** The id of the walk that it is a place in; null where it names none. */
  readonly walk: string | null;
}

/** What was found there: the walk that is looked at already, the recording of one that was left, or a new call. */
export type Arrival = 'here' | 'recording' | 'new';

/** The walk that is looked at, what feeds it, and what the next one will be. */
export class Session {
  readonly notices = new Notices();
  #choices = $state.raw<Choices>(readChoices());
  #file = $state.raw<File | null>(null);
  /** The lesson that new calls are made for; null for this browser. */
  #lesson = $state.raw<ChosenLesson | null>(null);
  /** The lessons' module, once it is there. */
  #lessons = $state.raw<Awaited<ReturnType<typeof parts.lessons>> | null>(null);
  #walk = $state.raw<Walk>() as Walk;
  /** What feeds the walk; null for a recording. */
  #rehearsal = $state.raw<Rehearsal | null>(null);
  /** How long what was wished for last is waited for: until it is there, or something else is wished for. */
  #wish = new Life();
  readonly #records = new Records((trace) => {
    if (trace === this.#walk.trace) rememberWalk(trace.header.id);
  });
  #hiddenWhilePlaying = false;
  /** Told when the cursor moved: `jumped` when the learner jumped rather than stepped. */
  onmove: (jumped: boolean) => void = () => undefined;
  /** Told before the learner jumps: the place that is left is the one to come back to. */
  onjump: () => void = () => undefined;
  /** Told when a call was asked for that this browser can't make. */
  onbarred: () => void = () => undefined;

  constructor() {
    this.#rehearse(randomId(), null);
  }

  /** The walk that is looked at. */
  get walk(): Walk {
    return this.#walk;
  }

  /** What feeds it; null for a recording. */
  get rehearsal(): Rehearsal | null {
    return this.#rehearsal;
  }

  get choices(): Choices {
    return this.#choices;
  }

  get mediaFile(): File | null {
    return this.#file;
  }

  /** A call in this browser is what would begin, and it has no WebRTC. */
  get barred(): boolean {
    return this.#walk.lesson === 'call' && !this.#walk.recorded && !supportsWebRtc();
  }

  /** What is walked, in the reader's language. */
  readonly lessonName = $derived.by(() => {
    const { lesson } = this.#walk;
    if (lesson === 'call') return m.lesson_call();
    const known = this.#lessons?.netLessonById(lesson);
    if (known == null) return lesson === 'lab' ? m.lesson_lab() : m.lesson_unknown();
    return this.#lessons?.lessonTitle(known.id) ?? m.lesson_unknown();
  });

  /** What is said of a virtual network beside the caption; null for nothing. */
  readonly note = $derived.by(() => {
    const walk = this.#walk;
    const { options } = walk.trace.header;
    if (options.network === null || this.#lessons === null) return null;
    if (walk.number === 0) return null;
    const notes = this.#lessons.netNotes(walk.frame, options);
    return notes.map(({ text }) => text).join(' ') || null;
  });

  /** What the lesson that is walked is told besides; '' for most. */
  get settings(): string {
    return this.#lesson?.network.lesson === this.#walk.lesson ? this.#lesson.settings : '';
  }

  /** The page was hidden, or is seen again. */
  visible(seen: boolean): void {
    if (!seen && this.#walk.playing) this.#hiddenWhilePlaying = true;
    this.#walk.visible(seen);
    if (seen && this.#hiddenWhilePlaying) {
      this.#hiddenWhilePlaying = false;
      this.notices.add(() => m.notice_hidden());
    }
  }

  /** Changes what the next call will be made of. Once a call has begun, it is for the one after. */
  choose(choices: Choices): void {
    this.#choices = choices;
    keepChoices(choices);
    const walk = this.#walk;
    if (walk.trace.length === 0) walk.use(emptyTrace(walk.id, this.#options()));
  }

  /** Takes a media file for both sides. */
  chooseFile(file: File): void {
    this.#file = file;
    this.choose({ ...this.#choices, media: 'file' });
  }

  /**
   * Goes where a link or an entry of the history leads: to the walk that it names, if that is looked at or was kept;
   * or else before step 1 of a new call of its lesson. What names no lesson is a call in this browser.
   * @returns what was found; null when something else was wished for first
   */
  async visit({ lesson, settings, act, before, step, walk }: Destination): Promise<Arrival | null> {
    let arrival: Arrival = 'new';
    const granted = await this.#wishFor(
      async () => {
        const isKnown = walk === null || walk === this.#walk.id;
        const [chosen, record] = await Promise.all([
          lesson === 'call' ? null : this.#find(lesson, settings),
          isKnown ? null : this.#records.find(walk),
          // The acts come with the code of a run.
          act === null ? null : parts.run(),
        ]);
        const recorded = record?.header.options.network?.lesson ?? 'call';
        // A call that was left in the middle of an act is kept without it: then the call is made anew.
        const has =
          record !== null &&
          recorded === lesson &&
          hasPlace(record, act === null ? [] : [...before, act], step);
        return { chosen, record: has ? record : null, isKnown };
      },
      ({ chosen, record, isKnown }) => {
        const here = this.#walk;
        const isBefore = here.trace.length === 0;
        const isPlace = act !== null || step !== null;
        const isSame =
          (chosen?.network.lesson ?? 'call') === here.lesson &&
          (chosen?.settings ?? '') === this.settings;
        if (record !== null) {
          arrival = 'recording';
          this.#lesson = chosen;
          this.#show(record);
        } else if (isSame && (isKnown || isBefore || (isPlace && !here.recorded))) {
          // A call that was walked anew after a reload stands for the one that nobody kept.
          arrival = 'here';
        } else {
          this.#lesson = chosen;
          this.#stand();
        }
      },
    );
    return granted ? arrival : null;
  }

  /**
   * Chooses the lesson for the next call, and stands before step 1 of it, unless it is the one that is walked already.
   * @returns false when something else was wished for first
   */
  async teach(lesson: string): Promise<boolean> {
    const start = { settings: '', act: null, before: [], step: null, walk: null };
    return (await this.visit({ lesson, ...start })) !== null;
  }

  /** Goes to a place in a later act: where the recording has it, or by performing the acts that lead there. */
  goToAct(wishes: readonly ActWish[], step: string | null, moment: string | null = null): void {
    const { trace } = this.#walk;
    const act = actAt(trace, wishes);
    if (act === null) {
      this.#rehearsal?.goTo({ acts: stillTo(trace, wishes), step });
      return;
    }
    const number = placeIn(trace, act, step);
    if (moment !== null) this.#walk.lookAt(number, moment, 'link');
    else this.#walk.move({ type: 'SEEK_STEP', step: number }, 'link');
  }

  /** Leaves the present walk and stands before step 1 of a new one. What was walked is kept. */
  renew(): void {
    this.#wish.end();
    this.#stand();
  }

  /** Opens a recording from a file. What is wrong with it is said, and the present walk stays. */
  async open(file: File): Promise<void> {
    const { name } = file;
    try {
      await this.#wishFor(
        async () => {
          const format = await parts.file();
          const opened = await format.openFile(file);
          // Its words, before it is seen. Without them it is still a recording.
          if (opened.ok && opened.trace.header.options.network !== null) {
            this.#lessons ??= await parts.lessons().catch(() => null);
          }
          return { opened, format };
        },
        ({ opened, format }) => {
          if (!opened.ok) {
            this.notices.add(opened.why, opened.detail, 'bad');
            return;
          }
          const left = this.#rehearsal?.hasBegun === true && this.#walk.trace.length > 0;
          this.#show(opened.trace);
          this.#records.keep(opened.trace);
          // A move ends what was news: this is said after it.
          this.onmove(true);
          this.notices.add(() => format.openedText(name, left));
        },
      );
    } catch (thrown) {
      this.notices.error(() => m.notice_unloaded(), thrown);
    }
  }

  /** Saves the recording as a file. */
  async save(): Promise<void> {
    try {
      (await parts.file()).saveFile(this.#walk.trace);
    } catch (thrown) {
      this.notices.error(() => m.notice_unloaded(), thrown);
    }
  }

  /**
   * Does what is wished for, once what that takes is there. The newest wish wins: one that is still waited for when
   * the next is made is not granted any more, and whether it fails is of no interest.
   * @param grant does it, at once: nothing can come in between
   * @returns whether it was granted
   */
  async #wishFor<T>(prepare: () => Promise<T>, grant: (ready: T) => void): Promise<boolean> {
    this.#wish.end();
    const wish = new Life();
    this.#wish = wish;
    let ready: T;
    try {
      ready = await prepare();
    } catch (thrown) {
      if (wish.isOver) return false;
      throw thrown;
    }
    if (wish.isOver) return false;
    grant(ready);
    return true;
  }

  async #find(id: string, settings: string): Promise<ChosenLesson | null> {
    this.#lessons ??= await parts.lessons();
    if (id === 'lab') return this.#lessons.labOf(settings);
    const lesson = this.#lessons.netLessonById(id);
    if (lesson === null) return null;
    const { network: description, profile } = lesson;
    const acts = lesson.acts.map((each) => ({ ...each, settings: {} }));
    return {
      lesson,
      acts,
      settings: '',
      network: { lesson: id, seed: SEED, profile, description },
    };
  }

  /** Stands before step 1 of a new call. One that has not begun is as good as new. */
  #stand(): void {
    const { trace, id, pace } = this.#walk;
    this.#leave();
    rememberWalk(null);
    this.#rehearse(trace.length === 0 ? id : randomId(), pace);
  }

  /** Walks a recording instead of what is walked now. */
  #show(trace: Trace): void {
    const { pace } = this.#walk;
    this.#leave();
    rememberWalk(trace.header.id);
    this.#rehearsal = null;
    this.#walk = new Walk(trace, true, pace, this.#hooks(null));
  }

  /** Makes a walk that has not begun, and what will feed it. */
  #rehearse(id: string, pace: Pace | null): void {
    const fed: { rehearsal: Rehearsal | null } = { rehearsal: null };
    const walk = new Walk(emptyTrace(id, this.#options()), false, pace, this.#hooks(fed));
    fed.rehearsal = new Rehearsal({
      walk,
      made: () => ({
        choices: this.#choicesFor(walk.movedBy),
        file: this.#file,
        lesson: this.#lesson,
      }),
      notices: this.notices,
      keep: () => {
        this.#records.keep(walk.trace);
      },
      failed: () => {
        this.#stand();
      },
    });
    this.#walk = walk;
    this.#rehearsal = fed.rehearsal;
  }

  #hooks(fed: { readonly rehearsal: Rehearsal | null } | null) {
    return {
      more: () => {
        if (this.barred) {
          afterNextFrame(() => {
            this.#stand();
            this.onbarred();
          });
        } else fed?.rehearsal?.more();
      },
      moved: (jumped: boolean) => {
        fed?.rehearsal?.moved();
        this.onmove(jumped);
      },
      opening: () => this.#opening(),
      jumps: () => {
        this.onjump();
      },
    };
  }

  /** What is said before a lesson begins: its name, what is new in it, and what to look for. */
  #opening(): CaptionText | null {
    const lessons = this.#lessons;
    const known = lessons?.netLessonById(this.#walk.lesson);
    if (lessons === null || known == null) return null;
    const { id } = known;
    return {
      title: lessons.lessonTitle(id),
      body: `${lessons.lessonNews(id)} ${lessons.lessonLook(id)}`,
    };
  }

  /** Keeps what is walked, and ends what is live. Nothing is waited for, so that nothing can come in between. */
  #leave(): void {
    const { trace } = this.#walk;
    const hasBegun = this.#rehearsal?.hasBegun === true;
    this.#walk.stop();
    this.#rehearsal?.end();
    if (hasBegun && trace.length > 0) this.#records.keep(trace);
  }

  /**
   * What a call is made of: the learner's choices. But whoever sends or frames a link must not be able to turn on a
   * camera with it: a call that a link begins shows the test card, and the learner is told how to get the camera.
   */
  #choicesFor(by: Mover): Choices {
    const choices = this.#choices;
    const { media, audio, video } = choices;
    if (by === 'learner' || media !== 'camera' || this.#lesson !== null) return choices;
    if (audio || video) this.notices.add(() => m.notice_no_camera_by_link());
    return { ...choices, media: 'synthetic' };
  }

  #options(): RunOptions {
    return optionsOf(this.#choices, this.#lesson);
  }
}

/** The trace of a walk that has not begun. */
function emptyTrace(id: string, options: RunOptions): Trace {
  return new Trace({ version: TRACE_VERSION, id, startedAt: '', agent: '', options });
}
