// A rehearsal: a live run that feeds a walk. It begins when the walk first asks for a step, and ends with its life.
import { m } from '../../i18n/paraglide/messages.js';
import type { CallState } from '../../call/act.ts';
import { Life } from '../../call/life.ts';
import { StepError } from '../../call/step-error.ts';
import type { CaptureSource } from '../../peers/media.ts';
import type { ActSettings, Side, ActWish } from '../../rtc/steps.ts';
import type { ProblemCode } from '../../trace/event.ts';
import { FIRST_FRAME } from '../../trace/frame.ts';
import { FIRST_ACT } from '../../trace/script.ts';
import type { ActChoice } from '../../views/next/choice.ts';
import { afterNextFrame, onNextFrame } from '../../views/next-frame.ts';
import type { Choices } from '../../views/start/choices.ts';
import type { ChosenLesson } from './chosen-lesson.ts';
import type { Notices } from '../notices.svelte.ts';
import { parts } from '../parts.ts';
import { isSameWish } from './act-place.ts';
import { actById, acts } from './act-registry.ts';
import { obstacleText } from './obstacle.ts';
import { iceServersOf, optionsOf } from './run-options.ts';
import type { PlannedAct, Run } from './run.ts';
import type { Walk } from './walk.svelte.ts';

/** How long after the last event a finished recording is kept, in ms. */
const KEEP_AFTER = 800;

/** What trying the same step again can't help: the call has to be made anew, or otherwise. */
const NOT_HELPED_BY_RETRY: readonly ProblemCode[] = [
  'ice-failed',
  'dtls-failed',
  'nothing-negotiated',
  'no-common-codec',
  'ice-server-malformed',
  'no-webrtc',
];

/** Nothing is live. */
export const NOT_LIVE: CallState = {
  live: false,
  up: false,
  stands: false,
  over: false,
  busy: false,
  frame: FIRST_FRAME,
};

/** What a side's picture may show: what it sends and what it gets, and the screens of both. */
export type StreamName = 'local' | 'remote' | 'screen' | 'remoteScreen';

/** A place in a later act that is on its way: the acts that lead there, of which it is in the last. */
export interface ActPlace {
  readonly acts: readonly ActWish[];
  /** The kind of the step; the last where null. */
  readonly step: string | null;
}

/** What a rehearsal is made with. */
export interface RehearsalSetup {
  readonly walk: Walk;
  /** What the call is made of, asked when it begins. */
  readonly made: () => {
    readonly choices: Choices;
    readonly file: File | null;
    readonly lesson: ChosenLesson | null;
  };
  readonly notices: Notices;
  /** Keeps the recording, so that it is found again. */
  readonly keep: () => void;
  /** The call could not begin. */
  readonly failed: () => void;
}

/** A run, from its first step until it is left. */
export class Rehearsal {
  readonly #setup: RehearsalSetup;
  readonly #walk: Walk;
  #run = $state.raw<Run | null>(null);
  /** How long it lasts: a run belongs to it, and so does one that is still being loaded. */
  readonly #life = new Life();
  #growing = false;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  /** How many steps have begun, as far as the walk knows. */
  #begun = 0;
  /** How many events have been looked through for what a notice must say. */
  #looked = 0;
  /** A step that failed before the learner came to it, and the notice that says so. */
  #failedAhead: { readonly step: number; readonly notice: number } | null = null;
  /** The place in a later act that a link names, until the call that it needs has come so far. */
  #destined: (ActPlace & { readonly asked: number | null }) | null = null;

  constructor(setup: RehearsalSetup) {
    this.#setup = setup;
    this.#walk = setup.walk;
  }

  /** Something of it is live and can be left. */
  get hasBegun(): boolean {
    return this.#run !== null;
  }

  /** The call can be hung up. */
  readonly canHangUp = $derived.by(() => {
    this.#walk.seen();
    return this.#run !== null && this.#run.live && this.#walk.trace.length > 0;
  });

  /** Text and files can be sent: the walk stands in the last step of a call that is up, or in a later act. */
  readonly canTalk = $derived.by(() => {
    this.#walk.seen();
    const run = this.#run;
    const { step } = this.#walk;
    const isPastCall =
      step !== null && (step.act.number > 1 || step.ordinal === step.act.steps.length);
    if (run === null || !run.live || !isPastCall) return false;
    return run.call.ends.caller.channel?.readyState === 'open';
  });

  /** The step at the head failed, and trying again may help. */
  readonly canRetry = $derived.by(() => {
    this.#walk.seen();
    const code = this.#walk.frame.problem?.code;
    if (this.#run === null || !this.#run.progress.failed || code === undefined) return false;
    return !NOT_HELPED_BY_RETRY.includes(code);
  });

  /** How the call stands. */
  readonly state = $derived.by((): CallState => {
    this.#walk.seen();
    return this.#run?.state ?? NOT_LIVE;
  });

  /** The streams of a side, while the call is live. What a virtual peer captures cannot be played. */
  streams(side: Side): Readonly<Record<StreamName, MediaStream | null>> {
    this.#walk.seen();
    const end = this.#run?.call.ends[side];
    const real = (stream: MediaStream | undefined) =>
      stream instanceof MediaStream ? stream : null;
    return {
      local: real(end?.otherCamera?.stream ?? end?.capture?.stream),
      remote: end?.remote ?? null,
      screen: real(end?.screen?.stream),
      // One that was offered and never agreed on, or is shared no more, leaves the camera's place to the camera.
      remoteScreen: carries(end?.remoteScreen ?? null),
    };
  }

  /** One more step is asked for; the first time, the call begins. */
  more(): void {
    const run = this.#run;
    if (run === null) {
      this.#begin();
      return;
    }
    const asked = this.#begun + 1;
    afterNextFrame(() => {
      if (!this.#life.isOver) this.#next(run, asked);
    });
  }

  /**
   * Plans acts to follow what is at hand, and begins the first of them. Nothing happens without a call.
   * @param wishes none to go on with those that are planned already
   */
  play(wishes: readonly ActWish[]): void {
    const run = this.#run;
    if (run === null) return;
    if (wishes.length > 0) run.plan(plannedOf(wishes));
    const first = run.trace.ends.length;
    // An act that has failed runs no more steps: the next one is begun for it.
    if (run.progress.failed) this.#next(run);
    this.#look();
    this.#walk.move({ type: 'SEEK_STEP', step: first });
  }

  /** How many acts are planned to follow what is at hand. */
  readonly planned = $derived.by(() => {
    this.#walk.seen();
    return this.#run?.planned ?? 0;
  });

  /** Tries the failed step again. */
  retry(): void {
    this.#run?.retry();
    this.#grew();
  }

  /** Begins an act, and goes along with it. Nothing happens where it can't be done. */
  perform(id: string, by: Side, settings: ActSettings = {}): void {
    const run = this.#run;
    const entry = actById(id);
    if (run === null || entry?.script.obstacle(run.state, by) !== null) return;
    const first = run.perform(entry.script, by, settings);
    this.#look();
    this.#walk.move({ type: 'SEEK_STEP', step: first });
  }

  /** Walks to the end of what there is, then through acts as far as a step. A move of the learner's own ends that. */
  goTo(place: ActPlace): void {
    const planned = plannedOf(place.acts);
    if (planned.length === 0) return;
    const run = this.#run;
    this.#destined = { ...place, asked: null };
    if (run === null) {
      this.#walk.move({ type: 'LAST' }, 'link');
      return;
    }
    run.plan(planned);
    this.#look();
  }

  /** Text typed at a side. */
  say(side: Side, text: string): void {
    try {
      const run = this.#run;
      run?.call.ends[side].channel?.sendText(text);
      run?.during().catch(() => undefined);
    } catch (thrown) {
      this.#setup.notices.error(() => m.notice_not_sent(), thrown);
    }
  }

  /** A file given to a side. */
  async give(side: Side, file: File): Promise<void> {
    try {
      const run = this.#run;
      await run?.during(run.call.ends[side].channel?.sendFile(file));
    } catch (thrown) {
      this.#setup.notices.error(() => m.notice_file_not_sent({ name: file.name }), thrown);
    }
  }

  /** A file that has arrived; null when it was only recorded. */
  received(id: string): { readonly name: string; readonly blob: Blob } | null {
    return this.#run?.call.files.get(id) ?? null;
  }

  /** The cursor has moved: what was said because it stood elsewhere is over. */
  moved(): void {
    const ahead = this.#failedAhead;
    if (ahead === null || this.#walk.number < ahead.step) return;
    this.#setup.notices.close(ahead.notice);
    this.#failedAhead = null;
  }

  /** Ends everything that is live, without a word. Nothing is waited for, so that nothing can come in between. */
  end(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (this.#failedAhead !== null) this.#setup.notices.close(this.#failedAhead.notice);
    this.#failedAhead = null;
    this.#run?.abandon();
    this.#life.end();
  }

  /** Begins the call. Its code is loaded apart from the page's, which can then be pressed sooner. */
  #begin(): void {
    const life = this.#life;
    const made = this.#setup.made();
    afterNextFrame(() => {
      if (life.isOver) return;
      this.#load(made).catch((thrown: unknown) => {
        if (life.isOver) return;
        this.#setup.notices.error(() => m.notice_no_call(), thrown);
        this.#setup.failed();
      });
    });
  }

  async #load({ choices, file, lesson }: ReturnType<RehearsalSetup['made']>): Promise<void> {
    const life = this.#life;
    const [{ Run }, stage] = await Promise.all([
      parts.run(),
      lesson === null
        ? null
        : parts.stage().then(({ Stage }) => new Stage(lesson.lesson, lesson.network)),
      // Without it the call could not be kept.
      parts.file(),
    ]);
    if (life.isOver || this.#run !== null) return;
    const runs = new Life();
    life.owns(() => {
      runs.end();
    });
    let run: Run;
    try {
      run = new Run({
        id: this.#walk.id,
        options: optionsOf(choices, lesson),
        iceServers: iceServersOf(choices),
        source: (side, camera) =>
          camera === 'other' ? otherCameraOf(side) : sourceOf(side, choices, file),
        screen: (from) => {
          const wanted = { audio: false, video: true };
          if (from === 'own') return { ...wanted, media: 'display' };
          return { ...wanted, media: 'screen', lines: m.screen_lines().split('\n') };
        },
        changed: () => {
          this.#grew();
        },
        life: runs,
        ...(stage === null ? {} : { stage }),
      });
    } catch (thrown) {
      // Half of it may have been opened.
      runs.end();
      throw thrown;
    }
    this.#run = run;
    const following = lesson?.acts ?? [];
    const asked = this.#destined?.acts ?? [];
    // A link may lead into the lesson's own acts, or elsewhere.
    const isOnTheWay = asked.every((wish, at) => isSameWish(wish, following[at]));
    run.plan(plannedOf(isOnTheWay ? [...asked, ...following.slice(asked.length)] : asked));
    this.#walk.use(run.trace);
    run.next();
  }

  /** One more step, and a word on the acts that were planned before it and can't be done. */
  #next(run: Run, asked?: number): void {
    for (const { script, obstacle } of run.next(asked)) {
      const name = actById(script.id)?.lesson.name() ?? script.id;
      this.#setup.notices.add(() => m.notice_act_passed({ name, why: obstacleText(obstacle) }));
    }
  }

  /** Gathers all growth until the next picture into one look at it. */
  #grew(): void {
    if (this.#growing) return;
    this.#growing = true;
    onNextFrame(() => {
      this.#growing = false;
      if (!this.#life.isOver) this.#look();
    });
  }

  /** Looks at how far the recording and the run have come. */
  #look(): void {
    const run = this.#run;
    if (run === null) {
      this.#walk.grew(null);
      return;
    }
    const walk = this.#walk;
    const { trace } = walk;
    const { settled, failed, over, final, busy } = run.progress;
    // ICE does not wait for Next: events of a step that nobody asked for yet stay behind the head.
    const begun = over ? trace.ends.length - 1 : settled + Number(busy || failed);
    this.#begun = begun;
    // A copy: the recording's own goes on growing.
    const ends = trace.ends.slice(0, begun + 1);
    const length = begun >= trace.ends.length - 1 ? trace.length : (ends[begun] ?? 0);
    const wasFailed = walk.failed;
    walk.grew({ ends, length, settled, failed, final });
    // Steps that run by themselves: one that fails ahead of the learner is told about.
    if (failed && !wasFailed && walk.number < begun) this.#tellFailed(begun);
    this.#tellLost();
    if (over) this.#keepSoon();
    this.#arrive();
  }

  #tellFailed(step: number): void {
    const number = this.#walk.trace.step(step)?.ordinal ?? step;
    const notice = this.#setup.notices.add(() => m.notice_failed_ahead({ number }));
    this.#failedAhead = { step, notice };
  }

  /** A camera can go while the learner looks at an earlier step: the step at the head tells of it, and a notice. */
  #tellLost(): void {
    const { trace, number } = this.#walk;
    const fresh = trace.events.slice(this.#looked);
    this.#looked = trace.length;
    for (const event of fresh) {
      if (event.kind !== 'problem' || event.side === null) continue;
      const { code } = event.problem;
      if (code !== 'video-lost' && code !== 'audio-lost') continue;
      if (number >= event.step) continue;
      const media = code === 'video-lost' ? 'video' : 'audio';
      const { side } = event;
      this.#setup.notices.add(() =>
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
      if (this.#run?.progress.over !== false) this.#setup.keep();
    }, KEEP_AFTER);
  }

  /** Goes on to the place that a link names, through the acts before it. */
  #arrive(): void {
    const destined = this.#destined;
    const run = this.#run;
    if (destined === null || run === null) return;
    const walk = this.#walk;
    // A move of the learner's own is the newer wish.
    if (walk.movedBy === 'learner' || !run.live) {
      this.#destined = null;
      return;
    }
    const { steps } = run.trace;
    const last = steps.at(-1);
    const wish = destined.acts.at(-1);
    const { failed } = run.progress;
    // It could not be done, or the call failed before.
    if (
      last === undefined ||
      last.act.id !== wish?.id ||
      (failed && walk.number <= FIRST_ACT.steps.length)
    ) {
      if (run.planned === 0) this.#destined = null;
      return;
    }
    const inAct = steps.filter(({ act }) => act.number === last.act.number);
    const { number } = inAct.find(({ kind }) => kind === destined.step) ?? last;
    // An act that fails on the way stops the walk, and the next one goes on.
    if (failed && run.planned > 0) this.#next(run);
    else if (number === destined.asked) {
      if (walk.waitingFor === null) this.#destined = null;
      return;
    }
    this.#destined = { ...destined, asked: number };
    walk.move({ type: 'SEEK_STEP', step: number }, 'link');
  }
}

/** A stream whose picture arrives; null for any other. */
function carries(stream: MediaStream | null): MediaStream | null {
  return stream?.getVideoTracks().some(({ muted }) => !muted) === true ? stream : null;
}

/** What a run is told of the acts that are wished for; those that nobody knows are left out. */
function plannedOf(wishes: readonly ActWish[]): readonly PlannedAct[] {
  return wishes.flatMap(({ id, by, settings }) => {
    const entry = actById(id);
    return entry === null ? [] : [{ script: entry.script, by, settings }];
  });
}

/** What can be done at the end of an act, and what can't be done now, with the reason. */
export function actChoices(state: CallState, isVirtual: boolean): readonly ActChoice[] {
  return acts().flatMap(({ script, lesson }) => {
    const obstacles = script.sides.map((side) => ({ side, is: script.obstacle(state, side) }));
    if (obstacles.every(({ is }) => is === 'not-here')) return [];
    const sides = obstacles.map(({ side, is }) => ({
      side,
      why: is === null ? null : obstacleText(is),
    }));
    return {
      id: script.id,
      group: lesson.group,
      name: lesson.name(),
      brief: lesson.brief(),
      steps: script.plan(sides[0]?.side ?? 'caller').steps.length,
      about: lesson.about(),
      why: sides.some(({ why }) => why === null) ? null : (sides[0]?.why ?? null),
      sides,
      settings: lesson.settings?.(isVirtual) ?? [],
    };
  });
}

/** In place of a second camera, which few have, another test card. */
function otherCameraOf(side: Side): CaptureSource {
  const label = side === 'caller' ? m.side_caller() : m.side_callee();
  return { media: 'synthetic', audio: false, video: true, label: `${label} 2`, look: 'other' };
}

/** Where a side captures from. Throws a StepError where the file that was picked is gone. */
function sourceOf(side: Side, { audio, video, media }: Choices, file: File | null): CaptureSource {
  switch (media) {
    case 'synthetic': {
      const label = side === 'caller' ? m.side_caller() : m.side_callee();
      return { media, audio, video, label };
    }
    case 'camera':
      return { media, audio, video };
    case 'file':
      if (file === null) throw new StepError({ code: 'media-file-gone', error: null });
      return { media, audio, video, file };
  }
}
