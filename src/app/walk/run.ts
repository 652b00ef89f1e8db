// One live run: a session's channel, its call, its recorder, and the acts that it performs one after the other.
import './acts.ts';
import type { ActScript, CallState, Obstacle } from '../../call/act.ts';
import { callAct } from '../../call/acts/call.ts';
import { Call, type ScreenSource } from '../../call/call.ts';
import type { Life } from '../../call/life.ts';
import { StepError } from '../../call/step-error.ts';
import { explainCaptureError, recordCapture, type CaptureSource } from '../../peers/media.ts';
import type { IceServer } from '../../peers/connection.ts';
import { pageTimers } from '../../peers/timers.ts';
import { openBroadcast } from '../../signaling/broadcast.ts';
import { TRACE_VERSION, type RunOptions } from '../../trace/event.ts';
import { Recorder } from '../../trace/recorder.ts';
import type { ActSettings, Side } from '../../rtc/steps.ts';
import { Trace } from '../../trace/trace.ts';
import { startPerfect } from './perfect-end.ts';
import { Performance } from './perform.ts';
import { StatsClock } from './stats-clock.ts';
import type { Stage } from './stage.ts';

/** What a run is started with. */
export interface RunSetup {
  /** Its record's, and its channel's: no other run has it. */
  readonly id: string;
  readonly options: RunOptions;
  /** With credentials. */
  readonly iceServers: readonly IceServer[];
  /** Where a side's media comes from, or that of its other camera. Throws a StepError when it is gone. */
  readonly source: (side: Side, camera?: 'other') => CaptureSource;
  /** Where a side's screen comes from, if the run takes place in this browser. */
  readonly screen: (from: ScreenSource) => CaptureSource;
  /** Where the run takes place, if not in this browser. It is the run's from now on. */
  readonly stage?: Stage;
  /** Something happened: the record grew, the handshake moved, a stream came or went. */
  readonly changed: () => void;
  /** How long it lasts: what it opens, captures and starts ends with it. */
  readonly life: Life;
}

/** An act that is to follow, and whose it is. */
export interface PlannedAct {
  readonly script: ActScript;
  readonly by: Side;
  readonly settings: ActSettings;
}

/** An act that was to follow and can't be done, and why. */
export interface PassedOver extends PlannedAct {
  readonly obstacle: Obstacle;
}

/** How far the run is. */
export interface RunProgress {
  /** The number of the newest step that is done. */
  readonly settled: number;
  readonly failed: boolean;
  /** The act at hand is at its end, or was given up. */
  readonly over: boolean;
  /** So it is, and none is planned to follow: no more steps come. */
  readonly final: boolean;
  /** A step is being worked on, or what follows on it still happens. */
  readonly busy: boolean;
}

/** A live run: the call first, and then the acts that are asked for. Its trace stays. */
export class Run {
  readonly trace: Trace;
  readonly call: Call;
  readonly #recorder: Recorder;
  #performance: Performance;
  /** The number of the first step of the act at hand. */
  #first = 1;
  /** The call came up: its act is at its end. */
  #isCallDone = false;
  #planned: readonly PlannedAct[] = [];
  readonly #stats: StatsClock;
  readonly #stage: Stage | null;
  readonly #life: Life;
  readonly #changed: () => void;
  readonly #silent = new Set<Side | null>();

  /** @throws SignalingError when the browser gives no BroadcastChannel */
  constructor({ id, options, iceServers, source, screen, stage, changed: tell, life }: RunSetup) {
    const changed = () => {
      tell();
      stage?.wake();
    };
    this.#changed = changed;
    this.#life = life;
    this.trace = new Trace({
      version: TRACE_VERSION,
      id,
      startedAt: new Date().toISOString(),
      agent: navigator.userAgent,
      options,
    });
    const began = performance.now();
    this.#recorder = new Recorder(this.trace, stage?.now ?? (() => performance.now() - began));
    stage?.open({
      write: (body) => this.#recorder.write(body),
      looked: (side) => {
        void this.#stats.look(side);
      },
      busy: () => this.#performance.place?.progress === 'running',
      isUp: () => this.#isCallDone,
      hasFailed: () =>
        !this.#isCallDone && this.#performance.place?.progress === 'failed' && this.#isAtLast,
      told: () => {
        this.#changed();
      },
    });
    this.#stage = stage ?? null;
    const broadcast = (side: Side) => {
      const channel = openBroadcast(id, side);
      // By itself: the other one may not open.
      life.owns(() => {
        channel.close().catch(() => undefined);
      });
      return channel;
    };
    const capture = async (side: Side, from: () => CaptureSource) => {
      try {
        return await recordCapture(this.#recorder, side, from(), pageTimers, life.signal);
      } catch (thrown) {
        throw thrown instanceof StepError ? thrown : new StepError(explainCaptureError(thrown));
      }
    };
    this.call = new Call({
      options,
      iceServers,
      recorder: this.#recorder,
      life,
      channels: stage?.channels(id) ?? {
        caller: broadcast('caller'),
        callee: broadcast('callee'),
      },
      ...(stage === undefined
        ? {}
        : {
            makePeer: (side) => stage.makePeer(side),
            timers: stage.timers,
            gatherTime: stage.gatherTime,
            codecs: stage.codecs,
            play: () => {
              stage.play();
            },
            network: stage.network,
          }),
      capture: (side) => capture(side, () => stage?.source(options.carry) ?? source(side)),
      captureScreen: (side, from) =>
        capture(side, () => ({
          ...(stage?.source({ audio: false, video: true }) ?? screen(from)),
          shows: 'screen',
        })),
      captureSound: (side) =>
        capture(side, () => ({
          ...{ audio: true, video: false },
          ...(stage?.source({ audio: true, video: false }) ?? { media: 'synthetic', label: '' }),
        })),
      captureOther: (side) =>
        capture(side, () => ({
          ...(stage?.source({ audio: false, video: true }) ?? source(side, 'other')),
          ...{ audio: false, video: true },
          shows: 'other-camera',
        })),
      look: (side) => this.#stats.read(side),
      changed,
    });
    this.#stats = new StatsClock(
      (side) => {
        const end = this.call.ends[side];
        return end.hasPeer ? end.peer : null;
      },
      this.#recorder,
      stage?.timers,
    );
    this.#recorder.subscribe((event) => {
      if (event.kind === 'state' && event.side !== null) {
        const { machine, side, to } = event;
        // A stage tells of every change by itself.
        if (stage === undefined && machine === 'iceConnectionState' && to === 'checking') {
          this.#stats.checking();
        }
        if (machine === 'connectionState' && to === 'failed' && this.#isCallDone) {
          const problem = { code: 'ice-failed', error: null } as const;
          queueMicrotask(() => this.#recorder.write({ kind: 'problem', side, problem }, event.n));
        }
      }
      if (event.kind === 'candidate-error') {
        const error = {
          name: `icecandidateerror ${String(event.errorCode)}`,
          message: `${event.errorText} ${event.url}`.trim(),
        };
        const problem = { code: 'ice-server-silent', error } as const;
        const { side, n } = event;
        // Once a side is enough: browsers tell of every interface and every m= section.
        if (!this.#silent.has(side)) {
          this.#silent.add(side);
          queueMicrotask(() => this.#recorder.write({ kind: 'problem', side, problem }, n));
        }
      }
      changed();
    });
    life.owns(() => {
      this.#stats.stop();
      this.#stage?.close();
      this.#performance.stop();
    });
    this.#performance = this.#perform(callAct, 'caller', {});
  }

  /** How far the run is. */
  get progress(): RunProgress {
    const { act, place } = this.#performance;
    // Of an act that was given up, what has begun is all there is.
    if (place === null) {
      const settled = this.trace.ends.length - 1;
      return { settled, failed: false, over: true, final: true, busy: false };
    }
    const number = this.#first + act.steps.findIndex(({ kind }) => kind === place.step);
    // A lesson goes on after the call's last step, which then grows: it is over when all of it has been told.
    const isThrough = place.progress === 'done' || place.progress === 'failed';
    const goesOn = isThrough && this.#isAtLast && this.#stage?.isTold === false;
    if (goesOn) {
      return { settled: number - 1, failed: false, over: false, final: false, busy: true };
    }
    const over = this.#performance.isOver;
    return {
      settled: place.progress === 'done' ? number : number - 1,
      failed: place.progress === 'failed',
      over,
      final: over && this.#planned.length === 0,
      busy: place.progress === 'running',
    };
  }

  /** The run goes on: it was neither hung up nor left. */
  get live(): boolean {
    return !this.#life.isOver;
  }

  /** How the call stands. */
  get state(): CallState {
    const { caller, callee } = this.call.ends;
    const states = [caller, callee].map((end) => (end.hasPeer ? end.peer.connectionState : 'new'));
    const { busy, failed } = this.progress;
    const { trace } = this;
    // A call that has failed is not up, and can be hung up.
    return {
      live: true,
      up: this.#isCallDone && states.every((state) => state === 'connected'),
      stands: this.#isCallDone,
      over: !this.live,
      busy: busy || (!this.#isCallDone && !failed),
      // Made when it is asked for.
      get frame() {
        return trace.frameAt(trace.length);
      },
    };
  }

  /** Plans what is to follow the act at hand, in place of what was. */
  plan(acts: readonly PlannedAct[]): void {
    this.#planned = acts;
    this.trace.plan(acts.map(({ script, by, settings }) => script.plan(by, settings)));
    this.#changed();
  }

  /** How many acts are still to follow. */
  get planned(): number {
    return this.#planned.length;
  }

  /**
   * Asks for one more step: of the act at hand, or where that is over or has failed, of the next one that can be done.
   * @param asked its number. One that has begun by itself in the meantime asks for no other act.
   * @returns those that were planned before that one, and can't be done
   */
  next(asked = this.trace.ends.length): readonly PassedOver[] {
    const { isOver, act } = this.#performance;
    const isLost = this.progress.failed && act.id !== callAct.id;
    const passed: PassedOver[] = [];
    while ((isOver || isLost) && asked >= this.trace.ends.length && this.live) {
      const [coming, ...rest] = this.#planned;
      if (coming === undefined) break;
      this.#planned = rest;
      const obstacle = coming.script.obstacle(this.state, coming.by);
      if (obstacle === null) {
        this.#begin(coming);
        return passed;
      }
      passed.push({ ...coming, obstacle });
      this.plan(rest);
    }
    this.#performance.next();
    return passed;
  }

  /** Tries the failed step again. */
  retry(): void {
    this.#performance.retry();
  }

  /**
   * Begins another act, with its first step. What the act at hand still planned is given up, and what was to follow.
   * @returns the number of its first step
   */
  perform(script: ActScript, by: Side, settings: ActSettings): number {
    this.plan([]);
    this.#begin({ script, by, settings });
    return this.#first;
  }

  #begin({ script, by, settings }: PlannedAct): void {
    if (script.endsCall === true) {
      // What there is stays until goodbye is said; a capture that comes now does not.
      this.#life.stop();
      this.#stats.stop();
    }
    this.#performance.stop();
    this.#first = this.trace.ends.length;
    this.#performance = this.#perform(script, by, settings);
    this.#performance.next();
    this.#changed();
  }

  /** Something is being sent over the call: a stage's time goes on until it is, and a little longer. */
  async during(sending?: Promise<unknown>): Promise<void> {
    this.#stage?.sent(sending);
    await sending;
  }

  /** Closes everything without a word: another walk takes its place. Its record is complete. */
  abandon(): void {
    this.#recorder.close();
    this.#life.end();
  }

  get #isAtLast(): boolean {
    const { act, place } = this.#performance;
    return place?.step === act.steps.at(-1)?.kind;
  }

  #perform(script: ActScript, by: Side, settings: ActSettings): Performance {
    const work = script.work({ call: this.call, by, settings, perfect: startPerfect });
    const changed = () => {
      if (made.isOver) this.#ended(script);
      this.#changed();
    };
    const plan = script.plan(by, settings);
    const made = new Performance(plan, work, this.#recorder, changed, script.runsOnAfter);
    return made;
  }

  /** An act is at its end. */
  #ended(script: ActScript): void {
    if (script.id === callAct.id && !this.#isCallDone) {
      this.#isCallDone = true;
      this.#stats.up();
    }
    // Nothing comes after goodbye.
    if (script.endsCall === true) this.#life.end();
  }
}
