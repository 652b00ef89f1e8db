// One live run: a session's channel, its call, its recorder and its handshake, from the first step to the last.
import type { ActorRefFrom } from 'xstate';
import type { handshakeMachine } from '../../machines/handshake.ts';
import { stepOf, tellIce } from '../../machines/handshake.ts';
import { explainCaptureError, recordCapture, type CaptureSource } from '../peers/media.ts';
import type { IceServer } from '../peers/connection.ts';
import { pageTimers } from '../peers/timers.ts';
import { openBroadcast } from '../signaling/broadcast.ts';
import { TRACE_VERSION, type RunOptions } from '../trace/event.ts';
import { Recorder } from '../trace/recorder.ts';
import { STEPS, stepNumber, type Side } from '../trace/step.ts';
import { Trace } from '../trace/trace.ts';
import { Call } from './call.ts';
import { createHandshake } from './handshake-actors.ts';
import type { Life } from './life.ts';
import { StatsClock } from './stats-clock.ts';
import type { Stage } from './stage.ts';
import { StepError } from './step-error.ts';

/** What a run is started with. */
export interface RunSetup {
  /** Its record's, and its channel's: no other run has it. */
  readonly id: string;
  readonly options: RunOptions;
  /** With credentials. */
  readonly iceServers: readonly IceServer[];
  /** Where a side's media comes from. Throws a StepError when it is gone. */
  readonly source: (side: Side) => CaptureSource;
  /** Where the run takes place, if not in this browser. It is the run's from now on. */
  readonly stage?: Stage;
  /** Something happened: the record grew, the handshake moved, a stream came or went. */
  readonly changed: () => void;
  /** How long it lasts: what it opens, captures and starts ends with it. */
  readonly life: Life;
}

/** How far the handshake is. */
export interface RunProgress {
  /** The newest step that is done. */
  readonly settled: number;
  readonly failed: boolean;
  /** No more steps can be had. */
  readonly final: boolean;
  readonly busy: boolean;
}

/** A live run. It ends by `hangUp`, or silently with its life; its trace stays. */
export class Run {
  readonly trace: Trace;
  readonly call: Call;
  readonly #recorder: Recorder;
  readonly #handshake: ActorRefFrom<typeof handshakeMachine>;
  #hangsUp: Side = 'caller';
  readonly #stats: StatsClock;
  readonly #stage: Stage | null;
  readonly #life: Life;
  /** Goodbye is being said. */
  #ending = false;

  /** @throws SignalingError when the browser gives no BroadcastChannel */
  constructor({ id, options, iceServers, source, stage, changed: tell, life }: RunSetup) {
    const changed = () => {
      tell();
      stage?.wake();
    };
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
        this.#stats.look(side);
      },
      busy: () => this.progress.busy || this.#ending,
      isUp: () => this.progress.settled === STEPS.length,
      hasFailed: () => this.progress.failed && this.progress.settled === STEPS.length - 1,
      restart: (by) => this.call.restart(by),
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
          }),
      capture: async (side) => {
        try {
          const from = stage?.source(options.carry) ?? source(side);
          return await recordCapture(this.#recorder, side, from, pageTimers, life.signal);
        } catch (thrown) {
          throw thrown instanceof StepError ? thrown : new StepError(explainCaptureError(thrown));
        }
      },
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
    this.#handshake = createHandshake(this.call, this.#recorder, () => this.#hangsUp);
    this.#recorder.subscribe((event) => {
      if (event.kind === 'state' && event.side !== null) {
        const { machine, side, to } = event;
        if (machine === 'iceGatheringState' || machine === 'iceConnectionState') {
          tellIce(this.#handshake, { side, machine, state: to });
        }
        // A stage tells of every change by itself.
        if (stage === undefined && machine === 'iceConnectionState' && to === 'checking') {
          this.#stats.checking();
        }
        if (machine === 'connectionState' && to === 'failed' && this.progress.settled === 14) {
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
    this.#handshake.subscribe({
      next: () => {
        const { settled } = this.progress;
        if (settled === STEPS.length) this.#stats.up();
        changed();
      },
      complete: () => {
        this.#ending = false;
        life.end();
        changed();
      },
    });
    life.owns(() => {
      this.#stats.stop();
      this.#stage?.close();
      this.#handshake.stop();
    });
    this.#handshake.start();
  }

  readonly #silent = new Set<Side | null>();

  /** How far the handshake is. */
  get progress(): RunProgress {
    const snapshot = this.#handshake.getSnapshot();
    const at = stepOf(snapshot);
    const number =
      at === null ? stepNumber(this.trace.events.at(-1)?.step ?? null) : stepNumber(at.step);
    const settled = at?.progress === 'done' ? number : at === null ? number : number - 1;
    const ended = at === null;
    return {
      settled,
      failed: at?.progress === 'failed',
      final: ended || settled === STEPS.length,
      busy: at?.progress === 'running',
    };
  }

  /** The handshake can be hung up: something has begun and it has not ended. */
  get live(): boolean {
    return !this.#life.isOver;
  }

  /** Asks for one more step. */
  next(): void {
    this.#handshake.send({ type: 'NEXT' });
  }

  /** Tries the failed step again. */
  retry(): void {
    this.#handshake.send({ type: 'RETRY' });
  }

  /** Hangs up, said by one side to the other. */
  hangUp(by: Side): void {
    // What there is stays until goodbye is said; a capture that comes now does not.
    this.#life.stop();
    this.#stats.stop();
    this.#hangsUp = by;
    this.#ending = true;
    this.#handshake.send({ type: 'HANG_UP' });
    this.#stage?.wake();
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
}
