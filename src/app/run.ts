// One live run: a session's channel, its call, its recorder and its handshake, from the first step to the last.
import type { ActorRefFrom } from 'xstate';
import type { handshakeMachine } from '../../machines/handshake.ts';
import { stepOf, tellIce } from '../../machines/handshake.ts';
import { explainCaptureError, recordCapture, type CaptureSource } from '../peers/media.ts';
import { StatsRecorder } from '../peers/stats.ts';
import type { IceServer } from '../peers/connection.ts';
import { openBroadcast } from '../signaling/broadcast.ts';
import { TRACE_VERSION, type RunOptions } from '../trace/event.ts';
import { Recorder } from '../trace/recorder.ts';
import { STEPS, stepNumber, type Side } from '../trace/step.ts';
import { Trace } from '../trace/trace.ts';
import { Call } from './call.ts';
import { createHandshake } from './handshake-actors.ts';
import { randomId } from './random-id.ts';
import { StepError } from './step-error.ts';

/** How often the counters are read once the call is up, in ms: often at first, then seldom. */
const STATS_EVERY = 1000;
const STATS_EVERY_LATER = 5000;
const STATS_OFTEN = 30;

/** What a run is started with. */
export interface RunSetup {
  readonly options: RunOptions;
  /** With credentials. */
  readonly iceServers: readonly IceServer[];
  /** Where a side's media comes from. Throws a StepError when it is gone. */
  readonly source: (side: Side) => CaptureSource;
  /** Something happened: the record grew, the handshake moved, a stream came or went. */
  readonly changed: () => void;
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

/** A live run. It ends by `hangUp`, or silently by `abandon`; its trace stays. */
export class Run {
  readonly trace: Trace;
  readonly call: Call;
  readonly #recorder: Recorder;
  readonly #handshake: ActorRefFrom<typeof handshakeMachine>;
  #hangsUp: Side = 'caller';
  #stats: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  /** @throws SignalingError when the browser gives no BroadcastChannel */
  constructor({ options, iceServers, source, changed }: RunSetup) {
    const id = randomId();
    this.trace = new Trace({
      version: TRACE_VERSION,
      id,
      startedAt: new Date().toISOString(),
      agent: navigator.userAgent,
      options,
    });
    const began = performance.now();
    this.#recorder = new Recorder(this.trace, () => performance.now() - began);
    this.call = new Call({
      options,
      iceServers,
      recorder: this.#recorder,
      channels: { caller: openBroadcast(id, 'caller'), callee: openBroadcast(id, 'callee') },
      capture: async (side) => {
        try {
          return await recordCapture(this.#recorder, side, source(side));
        } catch (thrown) {
          throw thrown instanceof StepError ? thrown : new StepError(explainCaptureError(thrown));
        }
      },
      changed,
    });
    this.#handshake = createHandshake(this.call, this.#recorder, () => this.#hangsUp);
    this.#recorder.subscribe((event) => {
      if (event.kind === 'state' && event.side !== null) {
        const { machine, side, to } = event;
        if (machine === 'iceGatheringState' || machine === 'iceConnectionState') {
          tellIce(this.#handshake, { side, machine, state: to });
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
    this.#handshake.subscribe(() => {
      const { settled } = this.progress;
      if (settled === STEPS.length && this.#stats === undefined && !this.#over) this.#readStats();
      changed();
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
    return !this.#over;
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
    this.#end();
    this.#hangsUp = by;
    this.#handshake.send({ type: 'HANG_UP' });
  }

  /** Closes everything without a word: another walk takes its place. */
  async abandon(): Promise<void> {
    this.#end();
    this.#handshake.stop();
    await this.call.close();
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#stats);
  }

  /** Reads both sides' counters now and from time to time; it is not waited for. */
  #readStats(): void {
    const recorders = (['caller', 'callee'] as const).map(
      (side) => new StatsRecorder(this.call.ends[side].peer, side, this.#recorder),
    );
    let count = 0;
    const read = async () => {
      await Promise.all(recorders.map((recorder) => recorder.read()));
      count += 1;
      if (this.#over) return;
      const wait = count < STATS_OFTEN ? STATS_EVERY : STATS_EVERY_LATER;
      this.#stats = setTimeout(again, wait);
    };
    const again = () => {
      // A peer that was closed in between has no counters; the record ends where they end.
      read().catch(() => undefined);
    };
    this.#stats = setTimeout(again, 0);
  }
}
