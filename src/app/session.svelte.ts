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
import { caption, captionFacts, waitingFor as waitingWords } from '../lessons/call/caption.ts';
import { readingTime } from '../lessons/call/words.ts';
import { supportsWebRtc } from '../peers/browser.ts';
import type { CaptureSource } from '../peers/media.ts';
import { changesBetween } from '../trace/changes.ts';
import { TRACE_VERSION, type ProblemCode, type RunOptions } from '../trace/event.ts';
import { stepAt, STEPS, type Side, type StepId } from '../trace/step.ts';
import { frameAt, Trace } from '../trace/trace.ts';
import type { Choices } from '../views/start/choices.ts';
import { Notices } from './notices.svelte.ts';
import { afterNextFrame, onNextFrame } from '../views/next-frame.ts';
import { parts } from './parts.ts';
import type { Run } from './run.ts';
import { StepError } from './step-error.ts';
import { keepChoices, keepRecord, readChoices, readRecord, rememberWalk } from './store.ts';

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

/** The phase of each step, as the player wants to know them. */
const PHASES = STEPS.map((step) => step.phase);

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
  #trace = $state.raw<Trace>(emptyTrace(optionsOf(this.#choices, null)));
  /** Grows whenever the record or something live does: what is derived from them is derived anew. */
  #version = $state(0);
  #recorded = $state.raw(false);
  #player = $state.raw<PlayerContext>(createPlayer(() => undefined, this).getSnapshot().context);
  #playing = $state(false);
  #hiddenWhilePlaying = false;
  #growing = false;
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

  constructor() {
    this.#actor = this.#newPlayer({});
  }

  // ——— What is looked at ———

  /** The walk is on its way to a step that has not been reached. */
  get isUnderway(): boolean {
    return this.#player.goal !== null;
  }

  /** The record. It grows while a run is live; `length` says how far it is. */
  get trace(): Trace {
    return this.#trace;
  }

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
    if (run === null || !run.live || this.step < STEPS.length) return false;
    return run.call.ends.caller.channel?.readyState === 'open';
  });

  /** The streams of a side, while the call is live. */
  streams(side: Side): { readonly local: MediaStream | null; readonly remote: MediaStream | null } {
    this.#seen();
    const end = this.#run?.call.ends[side];
    const stream = end?.capture?.stream;
    // What a virtual peer captures cannot be played.
    return { local: stream instanceof MediaStream ? stream : null, remote: end?.remote ?? null };
  }

  /** The step at the head failed, and trying again may help. */
  readonly canRetry = $derived.by(() => {
    this.#seen();
    const code = this.frame.problem?.code;
    if (this.#run === null || !this.#run.progress.failed || code === undefined) return false;
    return !NOT_MENDED_BY_RETRY.includes(code);
  });

  // ——— Moving ———

  /** Sends the player an event. */
  move(event: PlayerEvent): void {
    this.#jumped = ['SEEK', 'SEEK_STEP', 'FIRST', 'LAST', 'NEXT_PHASE', 'BACK_PHASE'].includes(
      event.type,
    );
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
    this.#run?.hangUp(by);
    this.#grew();
  }

  // ——— What is walked ———

  /** Changes what the next call will be made of. Once a call has begun, it is for the one after. */
  choose(choices: Choices): void {
    this.#choices = choices;
    keepChoices(choices);
    if (this.#trace.length === 0) this.#trace = emptyTrace(this.#options());
  }

  /**
   * Chooses the lesson for the next call, and stands before step 1 of it, unless it is the one that is walked already.
   * What names no lesson is a call in this browser.
   */
  async teach(id: string, settings = ''): Promise<void> {
    const chosen = id === 'call' ? null : await this.#find(id, settings);
    const name = chosen?.network.lesson ?? 'call';
    if (name === this.lesson && (chosen?.settings ?? '') === this.settings) return;
    this.#lesson = chosen;
    await this.renew();
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
  async renew(): Promise<void> {
    await this.#leave();
    rememberWalk(null);
    this.#trace = emptyTrace(this.#options());
    this.#recorded = false;
    this.#replacePlayer({});
  }

  /** Walks a record instead of what is walked now. */
  async walk(trace: Trace): Promise<void> {
    // Its words, before it is seen. Without them it is still a recording.
    if (trace.header.options.network !== null) {
      this.#lessons ??= await parts.lessons().catch(() => null);
    }
    await this.#leave();
    this.#trace = trace;
    this.#recorded = true;
    const final = true;
    const settled = trace.ends.length - 1;
    this.#replacePlayer({
      ends: [...trace.ends],
      length: trace.length,
      settled,
      final,
      failed: frameAt(trace, trace.length).progress === 'failed',
    });
    void this.#keep();
  }

  /** Opens a record from a file. What is wrong with it is said, and the present walk stays. */
  async open(file: File): Promise<void> {
    const format = await this.#loaded(parts.file());
    if (format === null) return;
    const opened = await format.openFile(file);
    if (!opened.ok) {
      this.notices.add(opened.why, opened.detail, 'bad');
      return;
    }
    const before = this.#trace;
    const live = this.#run !== null && before.length > 0;
    await this.walk(opened.trace);
    this.notices.add(() => format.openedText(file.name, live));
    this.onmove(true);
  }

  /** Saves the record as a file. */
  async save(): Promise<void> {
    (await this.#loaded(parts.file()))?.saveFile(this.#trace);
  }

  /**
   * Finds the record that this tab walked before a reload. Gives whether there was one of that lesson; the next call is
   * of it too.
   */
  async restore(id: string, lesson: string, settings: string): Promise<boolean> {
    try {
      const text = await readRecord(id);
      if (text === null) return false;
      const { decode } = await parts.file();
      const trace = decode(text);
      if ((trace.header.options.network?.lesson ?? 'call') !== lesson) return false;
      if (lesson !== 'call') this.#lesson = await this.#find(lesson, settings);
      await this.walk(trace);
      return true;
    } catch {
      // Kept by an older program, or not readable any more: a new call is walked instead.
      return false;
    }
  }

  /** Text typed at a side. */
  say(side: Side, text: string): void {
    try {
      const run = this.#run;
      run?.call.ends[side].channel?.sendText(text);
      void run?.during();
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

  /** A part that somebody asked for; null, and a notice, where it can't be loaded. */
  async #loaded<T>(part: Promise<T>): Promise<T | null> {
    try {
      return await part;
    } catch (thrown) {
      this.notices.error(() => m.notice_unloaded(), thrown);
      return null;
    }
  }

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
    const trace = this.#trace;
    const begin = async () => {
      const [{ Run }, stage] = await Promise.all([
        parts.run(),
        chosen === null
          ? null
          : parts.stage().then(({ Stage }) => new Stage(chosen.lesson, chosen.network)),
        parts.file(),
      ]);
      // The learner may have opened a record in the meantime.
      if (this.#trace !== trace || this.#run !== null) return;
      const run = new Run({ ...this.#setup(), ...(stage === null ? {} : { stage }) });
      this.#run = run;
      this.#trace = run.trace;
      run.next();
    };
    afterNextFrame(() => {
      begin().catch((thrown: unknown) => {
        this.notices.error(() => m.notice_no_call(), thrown);
        this.#replacePlayer({});
      });
    });
  }

  #setup(): ConstructorParameters<typeof Run>[0] {
    const choices = this.#choices;
    return {
      options: this.#options(),
      iceServers: choices.servers
        .filter((server) => server.url.trim() !== '')
        .map(({ url, username, credential }) => ({
          urls: url.trim(),
          ...(username === '' ? {} : { username }),
          ...(credential === '' ? {} : { credential }),
        })),
      source: (side) => this.#source(side, choices),
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

  /** Gathers all growth until the next picture into one look at it. */
  #grew(): void {
    if (this.#growing) return;
    this.#growing = true;
    onNextFrame(() => {
      this.#growing = false;
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
      this.#actor.send({ type: 'GREW', ends, length, settled, failed, final });
      // The steps after 10 run by themselves: one that fails ahead of the learner is told about.
      if (failed && !wasFailed && this.step < begun) {
        this.#failedAhead = {
          step: begun,
          notice: this.notices.add(() => m.notice_failed_ahead({ number: begun })),
        };
      }
      if (final) this.#keepSoon();
    });
  }

  #keepSoon(): void {
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      void this.#keep();
    }, KEEP_AFTER);
  }

  /** Keeps the record, and notes it as what a reload should find. */
  async #keep(): Promise<void> {
    const trace = this.#trace;
    if (trace.length === 0) return;
    try {
      const { encode } = await parts.file();
      await keepRecord(trace.header.id, encode(trace), Date.now());
      if (trace === this.#trace) rememberWalk(trace.header.id);
    } catch {
      // Storage switched off or full: the walk goes on, a reload will run a new call.
    }
  }

  /** Keeps what is walked, and lets go of what is live. */
  async #leave(): Promise<void> {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const run = this.#run;
    if (run === null) return;
    await this.#keep();
    this.#run = null;
    await run.abandon();
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
    actor.start();
    this.#player = actor.getSnapshot().context;
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

  #captionAt(cursor: number, step: number) {
    const trace = this.#trace;
    const begin = step === 0 ? 0 : (trace.ends[step - 1] ?? 0);
    const id: StepId | null = stepAt(step)?.id ?? null;
    const facts = captionFacts({
      options: trace.header.options,
      before: frameAt(trace, begin),
      after: frameAt(trace, cursor),
      events: trace.events.slice(begin, cursor),
      record: trace.events,
      step: id,
    });
    return { ...caption(facts), waiting: waitingWords(facts) };
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
    { input: { phases: PHASES, ...input } },
  );
}

function optionsOf(choices: Choices, chosen: ChosenLesson | null): RunOptions {
  const { media, audio, video, data, trickle, servers } = choices;
  if (chosen !== null) {
    return {
      peers: 'virtual',
      media: 'virtual',
      carry: { audio, video, data },
      trickle,
      iceServers: chosen.lesson.iceServers.map(({ urls }) => urls),
      network: chosen.network,
    };
  }
  return {
    peers: 'browser',
    media,
    carry: { audio, video, data },
    trickle,
    iceServers: servers.map(({ url }) => url.trim()).filter((url) => url !== ''),
    network: null,
  };
}

/** The record of a walk that has not begun. */
function emptyTrace(options: RunOptions): Trace {
  return new Trace({ version: TRACE_VERSION, id: '', startedAt: '', agent: '', options });
}
