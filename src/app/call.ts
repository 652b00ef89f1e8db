// One call: the two ends, the mail between them, and what each of the 14 steps really does.
import { openBrowserPeer, supportsWebRtc } from '../peers/browser.ts';
import type { IceServer, PeerConnection } from '../peers/connection.ts';
import { recordChannel } from '../peers/data.ts';
import type { Capture } from '../peers/media.ts';
import { pageTimers, type Timers } from '../peers/timers.ts';
import { recordNew } from '../peers/recording.ts';
import type { SignalingChannel } from '../signaling/channel.ts';
import type { Description, RunOptions } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Side } from '../trace/step.ts';
import { errorInfo } from '../peers/error.ts';
import { End } from './end.ts';
import type { Life } from './life.ts';
import { Mail } from './mail.ts';
import { StepError } from './step-error.ts';
import { until, untilConnected, untilOpen } from './wait.ts';

/** How long gathering may take before the walk goes on without its end, in ms. */
export const GATHER_PATIENCE = 15_000;
/** The same where candidates don't trickle and the description has to hold them all. */
export const FULL_GATHER_PATIENCE = 45_000;

/** What a call needs from outside. */
export interface CallSetup {
  readonly options: RunOptions;
  /** With credentials; these never reach the record. */
  readonly iceServers: readonly IceServer[];
  readonly recorder: Recorder;
  readonly channels: Readonly<Record<Side, SignalingChannel>>;
  /** Captures a side's media and records that. Rejects with a StepError. */
  readonly capture: (side: Side) => Promise<Capture>;
  /** How long the call lasts: everything in it ends with that, also what comes too late. */
  readonly life: Life;
  /** Makes a side's peer; a browser's unless told. */
  readonly makePeer?: (side: Side, iceServers: readonly IceServer[]) => PeerConnection;
  /** The clock of all patience; the page's unless told. */
  readonly timers?: Timers;
  /**
   * Step 5 waits for the end of gathering and not for the first candidate, so many ms at the most: where time is
   * virtual, waiting costs nobody anything.
   */
  readonly gatherTime?: number;
  /** Something that the record does not hold has changed: a stream, a received file. */
  readonly changed: () => void;
}

/** The two ends of a call and the work of its steps; the machine says when. */
export class Call {
  readonly ends: Readonly<Record<Side, End>>;
  readonly #setup: CallSetup;
  readonly #mail: Mail;
  #answer: Promise<void> = Promise.resolve();
  readonly #timers: Timers;
  /** Files that arrived, by the id of their transfer. */
  readonly files = new Map<string, { readonly name: string; readonly blob: Blob }>();

  constructor(setup: CallSetup) {
    const { options, recorder, channels } = setup;
    this.#setup = setup;
    this.#timers = setup.timers ?? pageTimers;
    this.ends = {
      caller: new End('caller', recorder, options.trickle),
      callee: new End('callee', recorder, options.trickle),
    };
    const deliver: ConstructorParameters<typeof Mail>[2] = (message, cause) => {
      this.ends[message.to].receive(message, cause);
      if (message.type === 'hang-up') this.#setup.changed();
    };
    this.#mail = new Mail(channels, recorder, deliver, this.#timers);
    this.ends.caller.join(this.#mail);
    this.ends.callee.join(this.#mail);
    setup.life.owns(() => {
      void this.close();
    });
  }

  /** Steps 1 and 8: captures a side's media; nothing to do where the call carries none. */
  async capture(side: Side): Promise<void> {
    const { audio, video } = this.#setup.options.carry;
    if (!audio && !video) return;
    const { life } = this.#setup;
    const end = this.ends[side];
    end.capture?.stop();
    const capture = await this.#setup.capture(side);
    // The call may have ended while the browser asked the user, or a file loaded: then it stops at once.
    life.owns(() => {
      capture.stop();
    });
    life.signal.throwIfAborted();
    end.capture = capture;
    this.#setup.changed();
  }

  /** Steps 2 and 8: attaches each track; the caller makes its connection and its data channel first. */
  addTracks(side: Side): void {
    const end = this.ends[side];
    if (!end.hasPeer) this.#connect(end);
    const { capture, peer } = end;
    for (const track of capture?.stream.getTracks() ?? []) {
      if (capture !== null) peer.addTrack(track, capture.stream);
    }
    if (side === 'caller' && this.#setup.options.carry.data) {
      this.#useChannel(end, peer.createDataChannel('peerglass'), 'local');
    }
  }

  /** Step 3. */
  async createOffer(): Promise<void> {
    const { caller } = this.ends;
    caller.created = plain(await caller.attempt(() => caller.peer.createOffer()));
  }

  /** Step 4. */
  async setLocalOffer(): Promise<void> {
    await this.#setLocal(this.ends.caller);
  }

  /** Step 5: the first candidate, when candidates trickle; all of them, when they don't; or patience is over. */
  async gather(side: Side, signal: AbortSignal): Promise<void> {
    const { peer } = this.ends[side];
    const { gatherTime } = this.#setup;
    const { trickle } = this.#setup.options;
    const isFirstEnough = trickle && gatherTime === undefined;
    // Without an m= section there is nothing to gather for, and no event will ever say so.
    if (!hasMedia(peer.localDescription?.sdp ?? '')) return;
    let found = false;
    await until(
      () =>
        peer.iceGatheringState === 'complete' ||
        (isFirstEnough &&
          (found || (peer.localDescription?.sdp.includes('\na=candidate:') ?? false))),
      (check) => {
        const seen = () => {
          found = true;
          check();
        };
        peer.addEventListener('icecandidate', seen);
        peer.addEventListener('icegatheringstatechange', check);
        return () => {
          peer.removeEventListener('icecandidate', seen);
          peer.removeEventListener('icegatheringstatechange', check);
        };
      },
      trickle ? (gatherTime ?? GATHER_PATIENCE) : FULL_GATHER_PATIENCE,
      signal,
      this.#timers,
    );
    peer.flush();
  }

  /** Step 6: the offer leaves, and after it the candidates found so far. */
  async sendOffer(): Promise<void> {
    const { caller } = this.ends;
    await caller.send(this.#outgoing(caller));
  }

  /** Step 7: the callee makes its connection and sets the offer; what waited for that is added. */
  async setRemoteOffer(): Promise<void> {
    const { callee } = this.ends;
    if (!callee.hasPeer) this.#connect(callee);
    await callee.setRemote(required(callee.arrived('offer'), 'offer'));
  }

  /** Step 8. */
  async captureCallee(): Promise<void> {
    await this.capture('callee');
    this.addTracks('callee');
  }

  /** Step 9. An answer that refuses all the offer's media is told about: nothing could flow. */
  async createAnswer(): Promise<void> {
    const { callee } = this.ends;
    const answer = plain(await callee.attempt(() => callee.peer.createAnswer()));
    callee.created = answer;
    const refused = refusedSections(callee.arrived('offer')?.sdp ?? '', answer.sdp);
    if (refused.length === 0) return;
    const error = { name: 'Rejected', message: refused.join(' · ') };
    const problem = { code: 'no-common-codec', error } as const;
    if (refused.length === mediaLines(answer.sdp).length) throw new StepError(problem);
    this.#setup.recorder.write({ kind: 'problem', side: 'callee', problem });
  }

  /** Step 10. Without trickling the answer has to hold its candidates before it leaves. */
  async setLocalAnswer(signal: AbortSignal): Promise<void> {
    const { callee } = this.ends;
    await this.#setLocal(callee);
    if (!this.#setup.options.trickle) await this.gather('callee', signal);
  }

  /** Step 11: the answer is on its way; candidates follow it. That it arrives is step 12. */
  sendAnswer(): void {
    const { callee } = this.ends;
    this.#answer = callee.sendAlone(this.#outgoing(callee));
    // Whether it arrives is seen in step 12, which awaits this and can send it again.
    this.#answer.catch(() => undefined);
    callee.letCandidatesGo();
  }

  /** Step 12: the answer has arrived. Tried again, the callee sends it once more. */
  async receiveAnswer(again: boolean, signal: AbortSignal): Promise<void> {
    const { caller } = this.ends;
    if (again && caller.arrived('answer') === null) this.sendAnswer();
    await Promise.race([caller.untilArrived('answer', signal), this.#answer]);
  }

  /** Step 13. */
  async setRemoteAnswer(): Promise<void> {
    const { caller } = this.ends;
    await caller.setRemote(required(caller.arrived('answer'), 'answer'));
  }

  /** Step 14: both ends are connected, and the data channel is open where there is one. */
  async connect(signal: AbortSignal): Promise<void> {
    const { caller, callee } = this.ends;
    if (!hasMedia(caller.peer.localDescription?.sdp ?? '')) {
      throw new StepError({ code: 'nothing-negotiated', error: null });
    }
    await untilConnected(caller.peer, callee.peer, signal, this.#timers);
    if (this.#setup.options.carry.data) await untilOpen(caller, callee, signal, this.#timers);
  }

  /**
   * An ICE restart (RFC 8445 §9), offered by a side.
   * @throws StepError when a call of the API or a message fails
   */
  async restart(by: Side): Promise<void> {
    const one = this.ends[by];
    const other = this.ends[by === 'caller' ? 'callee' : 'caller'];
    await one.offerRestart();
    await other.answerAgain();
    const answer = one.arrived('answer');
    if (answer !== null) await one.setRemote(answer);
  }

  /** Ends the call from one side: it tells the other, and both close. */
  async hangUp(by: Side): Promise<void> {
    const cause = this.#setup.recorder.write({ kind: 'hang-up', side: by });
    await this.ends[by].sayHangUp(cause);
    await this.close();
  }

  /** Closes everything there is, without a word. Safe to call at any time, and twice. Never rejects. */
  async close(): Promise<void> {
    for (const side of ['caller', 'callee'] as const) this.ends[side].close();
    // A channel that can't be closed has nobody to be told of it.
    await this.#mail.close().catch(() => undefined);
    this.#setup.changed();
  }

  #connect(end: End): void {
    this.#setup.life.signal.throwIfAborted();
    const { iceServers } = this.#setup;
    const makePeer =
      this.#setup.makePeer ??
      ((_side: Side, servers: readonly IceServer[]) => openBrowserPeer(servers));
    if (this.#setup.makePeer === undefined && !supportsWebRtc()) {
      throw new StepError({ code: 'no-webrtc', error: null });
    }
    try {
      end.use(recordNew(end.side, end.tape, iceServers, () => makePeer(end.side, iceServers)));
    } catch (thrown) {
      const error = errorInfo(thrown);
      const aboutServers = ['SyntaxError', 'InvalidAccessError', 'NotSupportedError', 'TypeError'];
      const code =
        iceServers.length > 0 && aboutServers.includes(error.name)
          ? 'ice-server-malformed'
          : 'unexpected';
      throw new StepError({ code, error });
    }
    end.peer.addEventListener('track', () => {
      this.#setup.changed();
    });
    end.peer.addEventListener('datachannel', ({ channel }) => {
      this.#useChannel(end, channel, 'remote');
    });
  }

  #useChannel(
    end: End,
    channel: Parameters<typeof recordChannel>[0],
    origin: 'local' | 'remote',
  ): void {
    const recorded = recordChannel(channel, end.side, origin, this.#setup.recorder);
    recorded.onFile = (name, blob, id) => {
      this.files.set(id, { name, blob });
      this.#setup.changed();
    };
    end.useChannel(channel, recorded);
    this.#setup.changed();
  }

  async #setLocal(end: End): Promise<void> {
    const description = required(end.created, 'description');
    await end.attempt(() => end.peer.setLocalDescription(description));
  }

  /** What leaves: with all candidates inside when they don't trickle, as it was made when they do. */
  #outgoing(end: End): Description {
    if (this.#setup.options.trickle) return required(end.created, 'description');
    return plain(required(end.peer.localDescription, 'localDescription'));
  }
}

function plain(description: { readonly type: Description['type']; readonly sdp?: string }) {
  return { type: description.type, sdp: description.sdp ?? '' };
}

function required<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`There is no ${what} yet: a step ran out of order.`);
  return value;
}

function mediaLines(sdp: string): readonly string[] {
  return sdp.split(/\r?\n/).filter((line) => line.startsWith('m='));
}

function hasMedia(sdp: string): boolean {
  return mediaLines(sdp).length > 0;
}

/** The m= lines of an answer with port 0 whose offer had another (RFC 3264 §6): refused. */
function refusedSections(offer: string, answer: string): readonly string[] {
  const offered = mediaLines(offer);
  return mediaLines(answer).filter((line, at) => {
    const zero = /^m=\S+ 0 /;
    return zero.test(line) && !zero.test(offered[at] ?? 'm=x 0 ');
  });
}
