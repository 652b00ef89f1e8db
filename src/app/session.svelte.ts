// The session: the one place that knows every room. It holds the walk that is looked at, live or from a record.
import { createActor, type ActorRefFrom } from 'xstate';
import {
  canBack,
  canNext,
  isPlaying,
  paced,
  playerMachine,
  stepOfCursor,
  waitingFor,
  type PlayerContext,
  type PlayerEvent,
} from '../../machines/player.ts';
import { getLocale } from '../i18n/locale.svelte.ts';
import { m } from '../i18n/paraglide/messages.js';
import type { ChosenLesson } from './chosen-lesson.ts';
import { lessonOf } from '../lessons/acts.ts';
import { caption, captionFacts } from '../lessons/call/caption.ts';
import { readingTime } from '../lessons/call/words.ts';
import { supportsWebRtc } from '../peers/browser.ts';
import type { CaptureSource } from '../peers/media.ts';
import { changesBetween } from '../trace/changes.ts';
import { TRACE_VERSION, type ProblemCode, type RunOptions } from '../trace/event.ts';
import { CALL_STEPS, type Side } from '../rtc/steps.ts';
import { frameAt, Trace } from '../trace/trace.ts';
import type { ActChoice } from '../views/next/choice.ts';
import type { Choices } from '../views/start/choices.ts';
import { actById, acts } from './acts.ts';
import type { Place } from './link.ts';
import type { CallState, Obstacle } from '../call/act.ts';
import { Life } from '../call/life.ts';
import { Notices } from './notices.svelte.ts';
import { randomId } from './random-id.ts';
import { iceServersOf, optionsOf } from './run-options.ts';
import { afterNextFrame, onNextFrame } from '../views/next-frame.ts';
import { parts } from './parts.ts';
import { Records } from './records.ts';
import type { Run } from './run.ts';
import { StepError } from '../call/step-error.ts';
import { keepChoices, readChoices, rememberWalk } from './store.ts';

/** The longest that a pause of the original run is waited for, in ms before slowing: reading time is cut to this. */
const LONGEST_GAP = 400;
/** How long after the last event a finished record is kept, in ms. */
const KEEP_AFTER = 800;

/** What trying the same step again can't help: the call has to be made anew, or otherwise. */
const NOT_MENDED_BY_RETRY: readonly ProblemCode[] = [
  'ice-failed',
  'dtls-failed',
  'nothing-negotiated',
  'no-common-codec',
  'ice-server-malformed',
  'no-webrtc',
];

/** What all chance in a lesson comes from: everybody who walks it sees the same. */
const SEED = 1;

/** Where a link or an entry of the browser's history leads. */
export interface Destination {
  readonly lesson: string;
  readonly settings: string;
  /** The act after the call that it is in; null in the call itself. */
  readonly act: Place['act'];
  /** Null is before step 1. */
  readonly step: string | null;
  /** The id of the walk that it is a place in; null where it names none. */
  readonly walk: string | null;
}

/** What a side's picture may show. */
export type StreamName = 'local' | 'remote' | 'screen' | 'remoteScreen';

/** What was found there: the walk that is looked at already, the recording of one that was left, or a new call. */
export type Arrival = 'here' | 'recording' | 'new';

/** The walk that is looked at: a live run and its record, or a record alone. */
export class Session {
  readonly notices = new Notices();

  #choices = $state.raw<Choices>(readChoices());
  #file = $state.raw<File | null>(null);
  /** The lesson that new calls are made for; null for this browser. */
  #lesson = $state.raw<ChosenLesson | null>(null);
  /** The lessons' module, once it is there. */
  #lessons = $state.raw<Awaited<ReturnType<typeof parts.lessons>> | null>(null);
  #run = $state.raw<Run | null>(null);
  #trace = $state.raw<Trace>(emptyTrace(randomId(), optionsOf(this.#choices, null)));
  /** How long the present walk lasts: a run belongs to its walk, and so does one that is still being loaded. */
  #walk = new Life();
  /** How long what was wished for last is waited for: until it is there, or something else is wished for. */
  #wish = new Life();
  readonly #records = new Records((trace) => {
    if (trace === this.#trace) rememberWalk(trace.header.id);
  });
  /** Grows whenever the record or something live does: what is derived from them is derived anew. */
  #version = $state(0);
  #recorded = $state.raw(false);
  #player = $state.raw<PlayerContext>(createPlayer(() => undefined, this).getSnapshot().context);
  #playing = $state(false);
  #hiddenWhilePlaying = false;
  #growing = false;
  /** How many events of the live run have been looked through for what a notice must say. */
  #looked = 0;
  /** A step that failed before the learner came to it, and the notice that says so. */
  #failedAhead: { readonly step: number; readonly notice: number } | null = null;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #actor: ActorRefFrom<typeof playerMachine>;
  /** Told when the learner jumped rather than stepped: a jump is a place to come back to. */
  onmove: (jumped: boolean) => void = () => undefined;
  /** Told before the learner jumps: the place that is left is the one to come back to. */
  onjump: () => void = () => undefined;
  /** Told when a call was asked for that this browser can't make. */
  onbarred: () => void = () => undefined;
  #jumped = false;
  /** Whose doing the newest move was. */
  #movedBy: 'learner' | 'link' = 'learner';

  constructor() {
    this.#actor = this.#newPlayer({});
  }

  // ——— What is looked at ———

  /** The walk is on its way to a step that has not been reached. */
  get isUnderway(): boolean {
    return this.#player.goal !== null;
  }

  /** The walk's id, which its record keeps. A new one has it before it begins. */
  get id(): string {
    return this.#trace.header.id;
  }

  /** The record. It grows while a run is live; `length` says how far it is. */
  get trace(): Trace {
    return this.#trace;
  }

  /** Every step that has begun, and what the newest act still plans. */
  readonly steps = $derived.by(() => {
    this.#seen();
    return this.#trace.steps;
  });

  /** How many events the record has. */
  readonly length = $derived.by(() => {
    this.#seen();
    return this.#trace.length;
  });

  /** Everything at the cursor. */
  readonly frame = $derived.by(() => {
    this.#seen();
    return frameAt(this.#trace, this.#player.cursor);
  });

  /** The number of the step that the cursor is in; 0 before the first. */
  readonly step = $derived(stepOfCursor(this.#player));

  /** Everything at the end of the step before. */
  readonly before = $derived.by(() => {
    this.#seen();
    return frameAt(this.#trace, this.step === 0 ? 0 : (this.#trace.ends[this.step - 1] ?? 0));
  });

  /** What changed in this step, up to the cursor. */
  readonly changes = $derived(changesBetween(this.before, this.frame));

  /** What the step's caption says. */
  readonly caption = $derived.by(() => {
    this.#seen();
    return this.#captionAt(this.#player.cursor, this.step);
  });

  /** What is said besides of a virtual network; null for nothing. */
  readonly note = $derived.by(() => {
    const { options } = this.#trace.header;
    if (options.network === null || this.#lessons === null) return null;
    if (this.step === 0) {
      const known = this.#lessons.netLessonById(this.lesson);
      return known === null ? null : this.#lessons.lessonNews(known.id);
    }
    const notes = this.#lessons.netNotes(this.frame, options);
    return notes.map(({ text }) => text).join(' ') || null;
  });

  /** The newest step that has begun. */
  readonly head = $derived(this.#player.ends.length - 1);

  /** How far into the step the cursor is, 0 to 1. */
  readonly inside = $derived.by(() => {
    const { cursor, ends, length } = this.#player;
    if (this.step === 0) return 1;
    const begin = ends[this.step - 1] ?? 0;
    const end = this.step === ends.length - 1 ? length : (ends[this.step] ?? length);
    return end === begin ? 1 : (cursor - begin) / (end - begin);
  });

  readonly canNext = $derived(canNext(this.#player));
  readonly canBack = $derived(canBack(this.#player));
  /** The step that the handshake works on and the learner waits for; null for none. */
  readonly waitingFor = $derived(waitingFor(this.#player));
  readonly atEnd = $derived(this.#player.final && this.#player.cursor === this.#player.length);

  get playing(): boolean {
    return this.#playing;
  }

  get pace(): Pick<PlayerContext, 'mode' | 'speed' | 'rate'> {
    return this.#player;
  }

  /** The cursor stands at an event inside its step, by the learner's wish. */
  get pinned(): boolean {
    return this.#player.pinned;
  }

  /** The record was opened; nothing of it is live. */
  get recorded(): boolean {
    return this.#recorded;
  }

  /** A call in this browser is what would begin, and it has no WebRTC. */
  get barred(): boolean {
    return this.lesson === 'call' && !this.#recorded && !supportsWebRtc();
  }

  get choices(): Choices {
    return this.#choices;
  }

  /** The id of the lesson that is walked; `call` for this browser. */
  get lesson(): string {
    return this.#trace.header.options.network?.lesson ?? 'call';
  }

  /** What is walked, in the reader's language. */
  readonly lessonName = $derived.by(() => {
    if (this.lesson === 'call') return m.lesson_call();
    const known = this.#lessons?.netLessonById(this.lesson);
    if (known == null) return this.lesson === 'lab' ? m.lesson_lab() : m.lesson_unknown();
    return this.#lessons?.lessonTitle(known.id) ?? m.lesson_unknown();
  });

  /** What the lesson that new calls are made for is told besides; '' for most. */
  get settings(): string {
    return this.#lesson?.network.lesson === this.lesson ? this.#lesson.settings : '';
  }

  get mediaFile(): File | null {
    return this.#file;
  }

  /** The call can be hung up. */
  readonly canHangUp = $derived.by(() => {
    this.#seen();
    return this.#run !== null && this.#run.live && this.#trace.length > 0;
  });

  /** Text and files can be sent: the walk stands at the end of a call that is up. */
  readonly canTalk = $derived.by(() => {
    this.#seen();
    const run = this.#run;
    if (run === null || !run.live || this.step < CALL_STEPS.length) return false;
    return run.call.ends.caller.channel?.readyState === 'open';
  });

  /** The streams of a side, while the call is live: what it sends and what it gets, and the screens of both. */
  streams(side: Side): Readonly<Record<StreamName, MediaStream | null>> {
    this.#seen();
    const end = this.#run?.call.ends[side];
    // What a virtual peer captures cannot be played.
    const real = (stream: MediaStream | undefined) =>
      stream instanceof MediaStream ? stream : null;
    return {
      local: real(end?.capture?.stream),
      remote: end?.remote ?? null,
      screen: real(end?.screen?.stream),
      remoteScreen: end?.remoteScreen ?? null,
    };
  }

  /** How the call stands, for what can be done next. */
  readonly callState = $derived.by((): CallState => {
    this.#seen();
    const run = this.#run;
    if (run !== null) return run.state;
    return { live: false, up: false, over: this.#recorded, busy: false };
  });

  /** What can be done at the end of an act, and what can't be done now. */
  readonly choicesNext = $derived.by((): readonly ActChoice[] =>
    acts().map(({ script, lesson }) => {
      const obstacle = script.obstacle(this.callState);
      return {
        id: script.id,
        name: lesson.name(),
        about: lesson.about(),
        why: obstacle === null ? null : obstacleText(obstacle),
        sides: script.sides,
        settings: this.#trace.header.options.peers === 'virtual' ? [] : (lesson.settings?.() ?? []),
      };
    }),
  );

  /**
   * Begins an act, and goes along with it. Nothing happens where it can't be done.
   * @param step the number, within the act, of the step to go to; the first unless told
   */
  perform(
    id: string,
    by: Side,
    settings: Readonly<Record<string, string>> = {},
    ordinal = 1,
  ): void {
    const run = this.#run;
    const entry = actById(id);
    if (run === null || entry?.script.obstacle(run.state) !== null) return;
    const first = id === 'hang-up' ? run.hangUp(by) : run.perform(entry.script, by, settings);
    this.#look();
    this.move({ type: 'SEEK_STEP', step: first + ordinal - 1 });
  }

  /** The step at the head failed, and trying again may help. */
  readonly canRetry = $derived.by(() => {
    this.#seen();
    const code = this.frame.problem?.code;
    if (this.#run === null || !this.#run.progress.failed || code === undefined) return false;
    return !NOT_MENDED_BY_RETRY.includes(code);
  });

  // ——— Moving ———

  /** Sends the player an event. A call that begins by a link's doing, and not a learner's, has no camera. */
  move(event: PlayerEvent, by: 'learner' | 'link' = 'learner'): void {
    this.#movedBy = by;
    // A move of the learner's own is the newer wish.
    if (by === 'learner') this.#destined = null;
    this.#jumped = [
      'SEEK',
      'SEEK_STEP',
      'FIRST',
      'LAST',
      'NEXT_PHASE',
      'BACK_PHASE',
      'NEXT_ACT',
      'BACK_ACT',
    ].includes(event.type);
    if (this.#jumped) this.onjump();
    this.#actor.send(event);
  }

  /** The page was hidden, or is seen again. */
  visible(seen: boolean): void {
    if (!seen && this.#playing) this.#hiddenWhilePlaying = true;
    this.#actor.send({ type: seen ? 'SHOWN' : 'HIDDEN' });
    if (seen && this.#hiddenWhilePlaying) {
      this.#hiddenWhilePlaying = false;
      this.notices.add(() => m.notice_hidden());
    }
  }

  /** Tries the failed step again. */
  retry(): void {
    this.#run?.retry();
    this.#grew();
  }

  /** Hangs up, said by the caller unless told. */
  hangUp(by: Side = 'caller'): void {
    this.perform('hang-up', by);
  }

  // ——— What is walked ———

  /** Changes what the next call will be made of. Once a call has begun, it is for the one after. */
  choose(choices: Choices): void {
    this.#choices = choices;
    keepChoices(choices);
    if (this.#trace.length === 0) this.#trace = emptyTrace(this.id, this.#options());
  }

  /**
   * Goes where a link or an entry of the history leads: to the walk that it names, if that is looked at or was kept;
   * or else before step 1 of a new call of its lesson. What names no lesson is a call in this browser.
   * @returns what was found; null when something else was wished for first
   */
  async visit({ lesson, settings, act, step, walk }: Destination): Promise<Arrival | null> {
    let arrival: Arrival = 'new';
    const granted = await this.#wishFor(
      async () => {
        const isKnown = walk === null || walk === this.id;
        const [chosen, record] = await Promise.all([
          lesson === 'call' ? null : this.#find(lesson, settings),
          isKnown ? null : this.#records.find(walk),
        ]);
        const recorded = record?.header.options.network?.lesson ?? 'call';
        // A call that was left in the middle of an act is kept without it: then the call is made anew.
        const has = record !== null && recorded === lesson && hasPlace(record, act, step);
        return { chosen, record: has ? record : null, isKnown };
      },
      ({ chosen, record, isKnown }) => {
        const isBefore = this.#trace.length === 0;
        const isSame =
          (chosen?.network.lesson ?? 'call') === this.lesson &&
          (chosen?.settings ?? '') === this.settings;
        if (record !== null) {
          arrival = 'recording';
          this.#lesson = chosen;
          this.#show(record);
        } else if (isSame && (isKnown || isBefore || (step !== null && !this.#recorded))) {
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
    return (await this.visit({ lesson, settings: '', act: null, step: null, walk: null })) !== null;
  }

  async #find(id: string, settings: string): Promise<ChosenLesson | null> {
    this.#lessons ??= await parts.lessons();
    if (id === 'lab') return this.#lessons.labOf(settings);
    const lesson = this.#lessons.netLessonById(id);
    if (lesson === null) return null;
    const { network: description, profile } = lesson;
    return { lesson, settings: '', network: { lesson: id, seed: SEED, profile, description } };
  }

  /** Takes a media file for both sides. */
  chooseFile(file: File): void {
    this.#file = file;
    this.choose({ ...this.#choices, media: 'file' });
  }

  /** Leaves the present walk and stands before step 1 of a new one. What was walked is kept. */
  renew(): void {
    this.#wish.end();
    this.#stand();
  }

  /** Opens a record from a file. What is wrong with it is said, and the present walk stays. */
  async open(file: File): Promise<void> {
    const { name } = file;
    try {
      await this.#wishFor(
        async () => {
          const format = await parts.file();
          const opened = await format.openFile(file);
          // Its words, before it is seen.
          if (opened.ok && opened.trace.header.options.network !== null) {
            // Without them it is still a recording.
            this.#lessons ??= await parts.lessons().catch(() => null);
          }
          return { opened, format };
        },
        ({ opened, format }) => {
          if (!opened.ok) {
            this.notices.add(opened.why, opened.detail, 'bad');
            return;
          }
          const left = this.#run !== null && this.#trace.length > 0;
          this.#show(opened.trace);
          this.#records.keep(opened.trace);
          this.notices.add(() => format.openedText(name, left));
          this.onmove(true);
        },
      );
    } catch (thrown) {
      this.notices.error(() => m.notice_unloaded(), thrown);
    }
  }

  /** Saves the record as a file. */
  async save(): Promise<void> {
    try {
      (await parts.file()).saveFile(this.#trace);
    } catch (thrown) {
      this.notices.error(() => m.notice_unloaded(), thrown);
    }
  }

  /** Text typed at a side. */
  say(side: Side, text: string): void {
    try {
      const run = this.#run;
      run?.call.ends[side].channel?.sendText(text);
      run?.during().catch(() => undefined);
    } catch (thrown) {
      this.notices.error(() => m.notice_not_sent(), thrown);
    }
  }

  /** A file given to a side. */
  async give(side: Side, file: File): Promise<void> {
    try {
      const run = this.#run;
      await run?.during(run.call.ends[side].channel?.sendFile(file));
    } catch (thrown) {
      this.notices.error(() => m.notice_file_not_sent({ name: file.name }), thrown);
    }
  }

  /** A file that has arrived; null when it was only recorded. */
  received(id: string): { readonly name: string; readonly blob: Blob } | null {
    return this.#run?.call.files.get(id) ?? null;
  }

  // ——— Inside ———

  /** Reads the version: what calls this is derived anew when the record or something live changed. */
  #seen(): number {
    return this.#version;
  }

  /** The handshake is asked for one more step; the first time, the call begins. */
  #more(): void {
    if (this.#recorded) return;
    const run = this.#run;
    if (run === null) {
      this.#begin();
      return;
    }
    afterNextFrame(() => {
      // It may have been left for another walk in the meantime.
      if (this.#run === run) run.next();
    });
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

  /** Stands before step 1 of a new call. One that has not begun is as good as new. */
  #stand(): void {
    const id = this.#trace.length === 0 ? this.id : randomId();
    this.#leave();
    rememberWalk(null);
    this.#trace = emptyTrace(id, this.#options());
    this.#recorded = false;
    this.#replacePlayer({});
  }

  /** Walks a record instead of what is walked now. */
  #show(trace: Trace): void {
    this.#leave();
    rememberWalk(trace.header.id);
    this.#trace = trace;
    this.#recorded = true;
    this.#replacePlayer({
      ends: [...trace.ends],
      length: trace.length,
      settled: trace.ends.length - 1,
      final: true,
      failed: frameAt(trace, trace.length).progress === 'failed',
      ...planOf(trace),
    });
  }

  /** Begins a call. Its code is loaded apart from the page's, which can then be pressed sooner. */
  #begin(): void {
    const chosen = this.#lesson;
    if (this.barred) {
      afterNextFrame(() => {
        this.#replacePlayer({});
        this.onbarred();
      });
      return;
    }
    const walk = this.#walk;
    const choices = this.#choicesFor(this.#movedBy);
    const begin = async () => {
      const [{ Run }, stage] = await Promise.all([
        parts.run(),
        chosen === null
          ? null
          : parts.stage().then(({ Stage }) => new Stage(chosen.lesson, chosen.network)),
        parts.file(),
      ]);
      if (walk.isOver || this.#run !== null) return;
      const life = new Life();
      walk.owns(() => {
        life.end();
      });
      let run: Run;
      try {
        run = new Run({ ...this.#setup(choices), life, ...(stage === null ? {} : { stage }) });
      } catch (thrown) {
        // Half of it may have been opened.
        life.end();
        throw thrown;
      }
      this.#run = run;
      this.#trace = run.trace;
      this.#looked = 0;
      run.next();
    };
    afterNextFrame(() => {
      begin().catch((thrown: unknown) => {
        if (walk.isOver) return;
        this.notices.error(() => m.notice_no_call(), thrown);
        this.#replacePlayer({});
      });
    });
  }

  /**
   * What a call is made of: the learner's choices. But whoever sends or frames a link must not be able to turn on a
   * camera with it: a call that a link begins shows the test card, and the learner is told how to get the camera.
   */
  #choicesFor(by: 'learner' | 'link'): Choices {
    const choices = this.#choices;
    const { media, audio, video } = choices;
    if (by === 'learner' || media !== 'camera' || this.#lesson !== null) return choices;
    if (audio || video) this.notices.add(() => m.notice_no_camera_by_link());
    return { ...choices, media: 'synthetic' };
  }

  #setup(choices: Choices): Omit<ConstructorParameters<typeof Run>[0], 'life'> {
    return {
      id: this.id,
      options: optionsOf(choices, this.#lesson),
      iceServers: iceServersOf(choices),
      source: (side) => this.#source(side, choices),
      screen: (from) => {
        const wanted = { audio: false, video: true };
        if (from === 'own') return { ...wanted, media: 'display' };
        return { ...wanted, media: 'screen', lines: m.screen_lines().split('\n') };
      },
      changed: () => {
        this.#grew();
      },
    };
  }

  #options(): RunOptions {
    return optionsOf(this.#choices, this.#lesson);
  }

  /** Where a side captures from: as was chosen before the call, whatever has been chosen for the next since. */
  #source(side: Side, { audio, video, media }: Choices): CaptureSource {
    switch (media) {
      case 'synthetic':
        return {
          media,
          audio,
          video,
          label: side === 'caller' ? m.side_caller() : m.side_callee(),
        };
      case 'camera':
        return { media, audio, video };
      case 'file':
        if (this.#file === null) throw new StepError({ code: 'media-file-gone', error: null });
        return { media, audio, video, file: this.#file };
    }
  }

  /** The place in a later act that a link names, until the call that it needs has come so far. */
  #destined: { readonly act: NonNullable<Place['act']>; readonly step: string | null } | null =
    null;

  /**
   * Goes to a place in a later act. Where the recording has the act, that is the place; else the call is walked to its
   * end, and the act is performed.
   */
  goToAct(act: NonNullable<Place['act']>, step: string | null): void {
    const known = this.#trace.steps.filter(
      (each) => each.act.id === act.id && each.act.by === act.by,
    );
    const newest = known.filter((each) => each.act.number === known.at(-1)?.act.number);
    const place = newest.find(({ kind }) => kind === step) ?? newest.at(-1);
    if (place !== undefined) {
      this.move({ type: 'SEEK_STEP', step: place.number }, 'link');
      return;
    }
    if (actById(act.id) === null) this.move({ type: 'FIRST' }, 'link');
    if (this.#recorded || actById(act.id) === null) return;
    this.#destined = { act, step };
    this.move({ type: 'LAST' }, 'link');
    this.#arriveInAct();
  }

  /** Performs the act that a link names, once the call is up. */
  #arriveInAct(): void {
    const destined = this.#destined;
    const run = this.#run;
    if (destined === null || run === null) return;
    const { act, step } = destined;
    const entry = actById(act.id);
    const { up, over } = run.state;
    if (over || entry === null) this.#destined = null;
    if (!up || entry === null || this.waitingFor !== null) return;
    this.#destined = null;
    const { steps } = entry.script.plan(act.by);
    const ordinal = steps.findIndex(({ kind }) => kind === step) + 1;
    this.perform(act.id, act.by, {}, ordinal === 0 ? steps.length : ordinal);
  }

  /** Gathers all growth until the next picture into one look at it. */
  #grew(): void {
    if (this.#growing) return;
    this.#growing = true;
    onNextFrame(() => {
      this.#growing = false;
      this.#look();
    });
  }

  /** Looks at how far the record and the run have come. */
  #look(): void {
    this.#version += 1;
    const run = this.#run;
    if (run === null) return;
    const { settled, failed, final, busy } = run.progress;
    // ICE does not wait for Next: events of a step that nobody asked for yet stay behind the head.
    const begun = final ? this.#trace.ends.length - 1 : settled + Number(busy || failed);
    // A copy: the record's own goes on growing.
    const ends = this.#trace.ends.slice(0, begun + 1);
    const length = begun >= this.#trace.ends.length - 1 ? this.#trace.length : (ends[begun] ?? 0);
    const wasFailed = this.#player.failed;
    this.#actor.send({
      type: 'GREW',
      ends,
      length,
      settled,
      failed,
      final,
      ...planOf(this.#trace),
    });
    // The steps after 10 run by themselves: one that fails ahead of the learner is told about.
    if (failed && !wasFailed && this.step < begun) {
      this.#failedAhead = {
        step: begun,
        notice: this.notices.add(() => m.notice_failed_ahead({ number: begun })),
      };
    }
    this.#tellLost();
    if (final) this.#keepSoon();
    this.#arriveInAct();
  }

  /** A camera can go while the learner looks at an earlier step: the step at the head tells of it, and a notice. */
  #tellLost(): void {
    const { events } = this.#trace;
    const fresh = events.slice(this.#looked);
    this.#looked = events.length;
    for (const event of fresh) {
      if (event.kind !== 'problem' || event.side === null) continue;
      const { code } = event.problem;
      if (code !== 'video-lost' && code !== 'audio-lost') continue;
      if (this.step >= event.step) continue;
      const media = code === 'video-lost' ? 'video' : 'audio';
      const { side } = event;
      this.notices.add(() =>
        m.notice_media_lost({
          media,
          side: side === 'caller' ? m.side_caller() : m.side_callee(),
        }),
      );
    }
  }

  #keepSoon(): void {
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      // Another act may have begun in the meantime: a reload in the middle of it makes the call anew, as in the first.
      if (this.#run?.progress.final !== false) this.#records.keep(this.#trace);
    }, KEEP_AFTER);
  }

  /** Keeps what is walked, and ends what is live. Nothing is waited for, so that nothing can come in between. */
  #leave(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (this.#failedAhead !== null) this.notices.close(this.#failedAhead.notice);
    this.#failedAhead = null;
    const run = this.#run;
    this.#run = null;
    run?.abandon();
    this.#walk.end();
    this.#walk = new Life();
    if (run !== null && this.#trace.length > 0) this.#records.keep(this.#trace);
  }

  #newPlayer(
    input: Partial<Parameters<typeof createPlayer>[2]>,
  ): ActorRefFrom<typeof playerMachine> {
    const actor = createPlayer(
      () => {
        this.#more();
      },
      this,
      input,
    );
    actor.subscribe((snapshot) => {
      const moved = snapshot.context.cursor !== this.#player.cursor;
      // The step at hand may still grow before the first of those that a jump goes through has run.
      const leaves = stepOfCursor(snapshot.context) !== stepOfCursor(this.#player);
      const arrives = leaves || snapshot.context.goal === null;
      this.#player = snapshot.context;
      this.#playing = isPlaying(snapshot);
      const ahead = this.#failedAhead;
      if (ahead !== null && stepOfCursor(snapshot.context) >= ahead.step) {
        this.notices.close(ahead.notice);
        this.#failedAhead = null;
      }
      if (moved) {
        this.onmove(this.#jumped && arrives);
        this.#jumped &&= !arrives;
      }
    });
    // Before it starts: another walk is no move in this one, and its first place is no place to write over the last.
    this.#player = actor.getSnapshot().context;
    actor.start();
    return actor;
  }

  #replacePlayer(input: Partial<Parameters<typeof createPlayer>[2]>): void {
    const { speed, mode, rate } = this.#player;
    this.#actor.stop();
    this.#actor = this.#newPlayer({ ...input, speed, mode, rate });
    this.#playing = false;
    this.#version += 1;
  }

  /** How long a step is looked at, in ms before its speed. */
  dwell(context: PlayerContext): number {
    const { title, body } = this.#captionAt(context.cursor, stepOfCursor(context));
    return paced(context, readingTime(`${title} ${body}`, getLocale()));
  }

  /** How long until the next event, in ms before its rate: as it was, but for the pauses of whoever walked. */
  gap(context: PlayerContext): number {
    const now = this.#trace.events[context.cursor - 1];
    const next = this.#trace.events[context.cursor];
    if (now === undefined || next === undefined) return 0;
    return paced(context, Math.min(next.t - now.t, LONGEST_GAP));
  }

  #captionAt(cursor: number, number: number) {
    const trace = this.#trace;
    const step = trace.step(number);
    const begin = trace.stepBegin(number);
    const [before, after] = [frameAt(trace, begin), frameAt(trace, cursor)];
    const events = trace.events.slice(begin, cursor);
    if (step === null) {
      const { options } = trace.header;
      return { ...caption(captionFacts({ options, before, after, events, step })), waiting: null };
    }
    const start = frameAt(trace, trace.stepBegin(step.act.first));
    const moment = { trace, step, start, before, after, events };
    const lesson = lessonOf(step.act);
    return { ...lesson.caption(moment), waiting: lesson.waiting(moment) };
  }
}

/** Whether a recording has come to the step of an act that a link names. Every recording has the call. */
function hasPlace(trace: Trace, act: Place['act'], step: string | null): boolean {
  if (act === null) return true;
  const begun = trace.steps.slice(0, trace.ends.length - 1);
  return begun.some(
    (each) =>
      each.act.id === act.id && each.act.by === act.by && (step === null || each.kind === step),
  );
}

/** The plan of a trace, as a player wants to know it. */
function planOf({ steps }: Trace) {
  return {
    phases: steps.map(({ phase }) => phase),
    acts: steps.map(({ act }) => act.number),
  };
}

function obstacleText(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'not-live':
      return m.act_not_live();
    case 'not-up':
      return m.act_not_up();
    case 'over':
      return m.act_over();
    case 'busy':
      return m.act_busy();
  }
}

function createPlayer(
  more: () => void,
  session: Pick<Session, 'dwell' | 'gap'>,
  input: Partial<PlayerContext> = {},
) {
  return createActor(
    playerMachine.provide({
      actions: { more },
      delays: {
        dwell: ({ context }) => session.dwell(context),
        gap: ({ context }) => session.gap(context),
      },
    }),
    { input: { phases: CALL_STEPS.map(({ phase }) => phase), ...input } },
  );
}

/** The record of a walk that has not begun. */
function emptyTrace(id: string, options: RunOptions): Trace {
  return new Trace({ version: TRACE_VERSION, id, startedAt: '', agent: '', options });
}
