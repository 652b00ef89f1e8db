// One call: the two ends, the mail between them, and what an app does with them beside its exchanges.
import { openBrowserPeer, receivableCodecs, supportsWebRtc } from '../peers/browser.ts';
import type { DataChannel, IceServer, PeerConnection } from '../peers/connection.ts';
import type { NetworkChange } from '../net/change.ts';
import type { NetworkDescription } from '../net/description.ts';
import { recordChannel } from '../peers/data.ts';
import type { Capture } from '../peers/media.ts';
import { pageTimers, type Timers } from '../peers/timers.ts';
import { recordNew } from '../peers/recording.ts';
import type { Stats } from '../trace/report.ts';
import type { SignalingChannel } from '../signaling/channel.ts';
import type { Description, EventBody, RunOptions } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { otherSide, SIDES, type Side } from '../rtc/steps.ts';
import { ufragsOf } from '../sdp/ufrag.ts';
import { errorInfo } from '../peers/error.ts';
import { End } from './end.ts';
import { Negotiation } from './negotiation.ts';
import type { Life } from './life.ts';
import { Mail } from './mail.ts';
import { explainApiError, StepError } from './step-error.ts';
import { until, untilConnected, untilOpen } from './wait.ts';

/** How long gathering may take before the walk goes on without its end, in ms. */
export const GATHER_PATIENCE = 15_000;
/** The same where candidates don't trickle and the description has to hold them all. */
export const FULL_GATHER_PATIENCE = 45_000;
/** How long a browser may take to ask for a negotiation, in ms; it takes one turn. */
const NEED_PATIENCE = 2000;
/** How long a path of new credentials may take, in ms; browsers give up by themselves before. */
const PATH_PATIENCE = 40_000;
/** How long a call that is up may go on over its old path, in ms, until it counts as kept. */
const KEEP_PATIENCE = 5000;
/** How often it is looked for, in ms. */
const PATH_EVERY = 100;
/** How long nothing has to happen until it counts as nothing, in ms. */
export const QUIET_TIME = 3000;
/** How long a closed DTLS connection may take to be heard of, in ms. It is a packet. */
const CLOSE_PATIENCE = 3000;
/** How long a side may take to notice that nothing comes any more, in ms: consent ends after 30 s (RFC 7675 §5.1). */
const SILENCE_PATIENCE = 45_000;
/** How long the first picture of a new track may take, in ms. */
const MEDIA_PATIENCE = 15_000;

/** Where a screen comes from: the learner's own, or one that is made up. */
export type ScreenSource = 'own' | 'made-up';

/** A virtual network, as far as acts change it. */
export interface CallNetwork {
  /** As it is now. */
  readonly description: NetworkDescription;
  /** Makes it another, and records that. */
  change(change: NetworkChange): void;
  /** Whether a NAT has forgotten the row that a side's selected pair goes through. */
  hasForgotten(): boolean;
}

/** What a call needs from outside. */
export interface CallSetup {
  readonly options: RunOptions;
  /** With credentials; these never reach the record. */
  readonly iceServers: readonly IceServer[];
  readonly recorder: Recorder;
  readonly channels: Readonly<Record<Side, SignalingChannel>>;
  /** Captures a side's media and records that. Rejects with a StepError. */
  readonly capture: (side: Side) => Promise<Capture>;
  /** The same for a side's screen. */
  readonly captureScreen: (side: Side, from: ScreenSource) => Promise<Capture>;
  /** The same for a second sound. */
  readonly captureSound: (side: Side) => Promise<Capture>;
  /** The same for what its other camera sees. */
  readonly captureOther: (side: Side) => Promise<Capture>;
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
  /** The codecs that a peer can receive; a browser's unless told. */
  readonly codecs?: (kind: 'audio' | 'video') => readonly RTCRtpCodec[];
  /** Has modelled media flow for a moment, where it does not flow all the time. */
  readonly play?: () => void;
  /** The virtual network that the call is in, if it is in one. */
  readonly network?: CallNetwork;
  /** Reads a side's statistics now, and records what is new in them. */
  readonly look: (side: Side) => Promise<Stats | null>;
  /** Something that the record does not hold has changed: a stream, a received file. */
  readonly changed: () => void;
}

/** The two ends of a call and what can be done with them; acts say what is done in which step. */
export class Call {
  readonly ends: Readonly<Record<Side, End>>;
  readonly #setup: CallSetup;
  readonly #mail: Mail;
  readonly #closing = new AbortController();
  #channels = 0;
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
    };
    this.#mail = new Mail(channels, recorder, deliver, this.#timers);
    this.ends.caller.join(this.#mail);
    this.ends.callee.join(this.#mail);
    setup.life.owns(() => {
      void this.close();
    });
  }

  /** What the call was started with. */
  get options(): RunOptions {
    return this.#setup.options;
  }

  /** A new exchange, offered by a side. Messages belong to it from now on. */
  exchange(by: Side): Negotiation {
    const [offerer, answerer] = [this.ends[by], this.ends[otherSide(by)]];
    const made = new Negotiation(offerer, answerer, this.#setup.options.trickle);
    offerer.follow(made);
    answerer.follow(made);
    return made;
  }

  /** Captures a side's media; nothing to do where the call carries none. */
  async capture(side: Side): Promise<void> {
    const { audio, video } = this.#setup.options.carry;
    if (!audio && !video) return;
    const end = this.ends[side];
    end.capture?.stop();
    end.capture = await this.#owned(this.#setup.capture(side));
    this.#setup.changed();
  }

  /** Captures a side's screen. */
  async captureScreen(side: Side, from: ScreenSource): Promise<void> {
    const end = this.ends[side];
    end.screen?.stop();
    end.screen = await this.#owned(this.#setup.captureScreen(side, from));
    this.#setup.changed();
  }

  /** Makes a second sound for a side. */
  async captureSound(side: Side): Promise<void> {
    const end = this.ends[side];
    end.sound?.stop();
    end.sound = await this.#owned(this.#setup.captureSound(side));
    this.#setup.changed();
  }

  /** Captures what a side's other camera sees. */
  async captureOther(side: Side): Promise<void> {
    const end = this.ends[side];
    const before = end.otherCamera;
    end.otherCamera = await this.#owned(this.#setup.captureOther(side));
    // What is being sent goes on until it is replaced.
    if (before !== null) end.retired.push(before);
    this.#setup.changed();
  }

  /** A side no longer shares its screen: its capture ends. */
  endScreen(side: Side): void {
    const end = this.ends[side];
    end.screen?.stop();
    end.screen = null;
    this.#setup.changed();
  }

  /** The call may have ended while the browser asked the user, or a file loaded: then the capture stops at once. */
  async #owned(capturing: Promise<Capture>): Promise<Capture> {
    const { life } = this.#setup;
    const capture = await capturing;
    life.owns(() => {
      capture.stop();
    });
    life.signal.throwIfAborted();
    return capture;
  }

  /** Attaches each track; the caller makes its connection and its data channel first. */
  addTracks(side: Side): void {
    this.connectEnd(side);
    const end = this.ends[side];
    const { capture, peer } = end;
    for (const track of capture?.stream.getTracks() ?? []) {
      if (capture !== null) peer.addTrack(track, capture.stream);
    }
    if (side === 'caller' && this.#setup.options.carry.data) {
      this.nextChannel();
      this.#useChannel(end, peer.createDataChannel('peerglass'), 'local');
    }
  }

  /** Attaches the screen. Resolves when the browser has asked for a negotiation, or patience is over. */
  async addScreen(side: Side, signal: AbortSignal): Promise<void> {
    const { peer, screen } = this.ends[side];
    if (screen === null) throw new Error('There is no screen yet: a step ran out of order.');
    await this.needing(side, signal, () => {
      for (const track of screen.stream.getTracks()) peer.addTrack(track, screen.stream);
    });
  }

  /** Attaches the second sound, in the same way. */
  async addSound(side: Side, signal: AbortSignal): Promise<void> {
    const { peer, sound } = this.ends[side];
    if (sound === null) throw new Error('There is no sound yet: a step ran out of order.');
    await this.needing(side, signal, () => {
      for (const track of sound.stream.getTracks()) peer.addTrack(track, sound.stream);
    });
  }

  /**
   * Runs what changes what a side has to say. Resolves when its browser has asked for a negotiation, or patience is
   * over.
   * @param mayAsk asked once that has run: whether it is worth waiting for
   */
  async needing(
    side: Side,
    signal: AbortSignal,
    run: () => void | Promise<void>,
    mayAsk: () => boolean = () => true,
  ): Promise<void> {
    const { peer } = this.ends[side];
    let isNeeded = false;
    const needed = () => {
      isNeeded = true;
    };
    peer.addEventListener('negotiationneeded', needed);
    try {
      await run();
      if (mayAsk()) await this.asked(side, signal, () => isNeeded);
    } finally {
      peer.removeEventListener('negotiationneeded', needed);
    }
  }

  /** Resolves when a side's browser has asked for a negotiation, or patience is over. @param isAsked it has before */
  async asked(side: Side, signal: AbortSignal, isAsked: () => boolean): Promise<void> {
    const { peer } = this.ends[side];
    await until(
      isAsked,
      (check) => {
        peer.addEventListener('negotiationneeded', check);
        return () => {
          peer.removeEventListener('negotiationneeded', check);
        };
      },
      NEED_PATIENCE,
      signal,
      this.#timers,
    );
  }

  /** Makes one more data channel. Text and files go over it where there is no other. */
  addChannel(side: Side, label: string, options: RTCDataChannelInit): DataChannel {
    const end = this.ends[side];
    const channel = end.peer.createDataChannel(label, options);
    this.#useChannel(end, channel, 'local');
    return channel;
  }

  /** Makes a side's connection, where it has none yet. */
  connectEnd(side: Side): void {
    const end = this.ends[side];
    if (!end.hasPeer) this.#connect(end);
  }

  /** The first candidate, when candidates trickle; all of them, when they don't; or patience is over. */
  async gather(side: Side, signal: AbortSignal): Promise<void> {
    const end = this.ends[side];
    const isFirstEnough = this.#setup.options.trickle && this.#setup.gatherTime === undefined;
    let found = false;
    const seen = () => {
      found = true;
    };
    end.peer.addEventListener('icecandidate', seen);
    try {
      await this.#gathered(
        end,
        ({ iceGatheringState, localDescription }) =>
          iceGatheringState === 'complete' ||
          (isFirstEnough && (found || (localDescription?.sdp.includes('\na=candidate:') ?? false))),
        signal,
      );
    } finally {
      end.peer.removeEventListener('icecandidate', seen);
    }
  }

  /** Waits until a side's description holds all its candidates, where these don't trickle. */
  async gatherAll(side: Side, signal: AbortSignal): Promise<void> {
    const end = this.ends[side];
    // The state may still be that of the exchange before; the end knows which candidates are the last.
    if (!this.#setup.options.trickle) await this.#gathered(end, () => end.hasFoundAll, signal);
  }

  /** Waits until enough is gathered, or patience is over. */
  async #gathered(
    { peer }: End,
    isEnough: (peer: PeerConnection) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { gatherTime } = this.#setup;
    // Without an m= section there is nothing to gather for, and no event will ever say so.
    if (!hasMedia(peer.localDescription?.sdp ?? '')) return;
    await until(
      () => isEnough(peer),
      (check) => {
        peer.addEventListener('icecandidate', check);
        peer.addEventListener('icegatheringstatechange', check);
        return () => {
          peer.removeEventListener('icecandidate', check);
          peer.removeEventListener('icegatheringstatechange', check);
        };
      },
      this.#setup.options.trickle ? (gatherTime ?? GATHER_PATIENCE) : FULL_GATHER_PATIENCE,
      signal,
      this.#timers,
    );
    peer.flush?.();
  }

  /** Tells about an answer that refuses the offer's media. @throws StepError where it refuses all: nothing could flow */
  checkAnswer(side: Side, offer: Description, answer: Description): void {
    const refused = refusedSections(offer.sdp, answer.sdp);
    if (refused.length === 0) return;
    const error = { name: 'Rejected', message: refused.join(' · ') };
    const problem = { code: 'no-common-codec', error } as const;
    if (refused.length === mediaLines(answer.sdp).length) throw new StepError(problem);
    this.#setup.recorder.write({ kind: 'problem', side, problem });
  }

  /** Both ends are connected, and the data channel is open where there is one. */
  async connect(signal: AbortSignal): Promise<void> {
    const { caller, callee } = this.ends;
    if (!hasMedia(caller.peer.localDescription?.sdp ?? '')) {
      throw new StepError({ code: 'nothing-negotiated', error: null });
    }
    await untilConnected(caller.peer, callee.peer, signal, this.#timers);
    if (this.#setup.options.carry.data) await untilOpen(caller, callee, signal, this.#timers);
  }

  /**
   * Both sides are connected, over a pair of the generation of ICE that their descriptions name now. A browser may keep
   * the old pair as long as that works: then it is not waited for for long.
   * @throws StepError `ice-failed` when a side fails, or `connect-timeout`
   */
  async newPath(signal: AbortSignal): Promise<void> {
    const timers = this.#timers;
    const patience = { isOver: false };
    const limit = timers.setTimeout(() => {
      patience.isOver = true;
    }, PATH_PATIENCE);
    const keeping = { isOver: false };
    const short = timers.setTimeout(() => {
      keeping.isOver = true;
    }, KEEP_PATIENCE);
    // A side may still be as failed as it was before the restart.
    const alive = new Set<Side>();
    try {
      for (;;) {
        const onPath = await Promise.all(SIDES.map((side) => this.#isOnNewPath(side)));
        if (onPath.every((is) => is)) return;
        const peers = SIDES.map((side) => this.ends[side].peer);
        const areUp = peers.every(({ connectionState }) => connectionState === 'connected');
        if (areUp && keeping.isOver) return;
        for (const side of SIDES) {
          const { connectionState } = this.ends[side].peer;
          if (connectionState !== 'failed') alive.add(side);
          else if (alive.has(side)) throw new StepError({ code: 'ice-failed', error: null });
        }
        if (patience.isOver) throw new StepError({ code: 'connect-timeout', error: null });
        await this.pause(PATH_EVERY, signal);
      }
    } finally {
      timers.clearTimeout(limit);
      timers.clearTimeout(short);
    }
  }

  /** Reads both sides' statistics now, so that the record has what there is to see. */
  async look(): Promise<void> {
    await Promise.all(SIDES.map((side) => this.#setup.look(side)));
  }

  async #isOnNewPath(side: Side): Promise<boolean> {
    const { peer } = this.ends[side];
    if (peer.connectionState !== 'connected') return false;
    const stats = await this.#setup.look(side);
    const generation = stats?.generation ?? null;
    return generation !== null && ufragsOf(peer.localDescription?.sdp ?? '').includes(generation);
  }

  /** The virtual network that it is in; null in a browser. */
  get network(): CallNetwork | null {
    return this.#setup.network ?? null;
  }

  /** Lets time go by. @throws (rejects) Error when the signal aborts */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    const watchNothing = () => () => undefined;
    await until(() => false, watchNothing, ms, signal, this.#timers);
  }

  /** The newest track that arrives at a side carries media, or patience is over. */
  async arrives(side: Side, signal: AbortSignal): Promise<void> {
    const track = this.ends[side].remoteTrack;
    if (track === null) return;
    await until(
      () => !track.muted,
      (check) => {
        track.addEventListener('unmute', check);
        return () => {
          track.removeEventListener('unmute', check);
        };
      },
      MEDIA_PATIENCE,
      signal,
      this.#timers,
    );
    this.#setup.changed();
  }

  /** The codecs that a peer of this call can receive. */
  capabilities(kind: 'audio' | 'video'): readonly RTCRtpCodec[] {
    return (this.#setup.codecs ?? receivableCodecs)(kind);
  }

  /** The place of the next data channel among those of this call, from 1. */
  nextChannel(): number {
    this.#channels += 1;
    return this.#channels;
  }

  /** Has modelled media flow for a moment. */
  play(): void {
    this.#setup.play?.();
  }

  /** Writes what an act has read. */
  write(body: EventBody): void {
    this.#setup.recorder.write(body);
  }

  /** Something that the record does not hold is another. */
  changed(): void {
    this.#setup.changed();
  }

  /** The clock of the call's patience. */
  get timers(): Timers {
    return this.#timers;
  }

  /** Aborts when the call is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Writes what went wrong at a side beside the steps. */
  trouble(side: Side, thrown: unknown): void {
    const { code, error } = explainApiError(thrown);
    this.#setup.recorder.write({ kind: 'problem', side, problem: { code, error } });
  }

  /** One side tells the other that it ends the call. Resolves when that has heard, or can't be reached. */
  async sayHangUp(by: Side): Promise<void> {
    const cause = this.#setup.recorder.write({ kind: 'hang-up', side: by });
    await this.ends[by].sayHangUp(cause);
  }

  /** One side ends the call without a word: its end closes, and its media stops. */
  closeEnd(side: Side): void {
    this.ends[side].close();
    this.#setup.changed();
  }

  /** A side hears that the other has closed DTLS, by its data channel or in its statistics; or patience is over. */
  async hearsClose(side: Side, signal: AbortSignal): Promise<void> {
    const end = this.ends[side];
    const limit = Math.ceil(CLOSE_PATIENCE / PATH_EVERY);
    for (let turn = 0; turn < limit; turn += 1) {
      const stats = await this.#setup.look(side);
      const state = end.channel?.readyState ?? 'closed';
      if (state === 'closed' && stats?.transport?.dtlsState === 'closed') return;
      await this.pause(PATH_EVERY, signal);
    }
  }

  /** A side's connectionState is one of these, or patience is over. */
  async hearsState(side: Side, states: readonly string[], signal: AbortSignal): Promise<void> {
    const { peer } = this.ends[side];
    await until(
      () => states.includes(peer.connectionState),
      (check) => {
        peer.addEventListener('connectionstatechange', check);
        return () => {
          peer.removeEventListener('connectionstatechange', check);
        };
      },
      SILENCE_PATIENCE,
      signal,
      this.#timers,
    );
  }

  /** What one side ended without a word is over for both. */
  async endSilently(by: Side): Promise<void> {
    this.#setup.recorder.write({ kind: 'hang-up', side: by });
    await this.close();
  }

  /** Closes everything there is, without a word. Safe to call at any time, and twice. Never rejects. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const side of SIDES) this.ends[side].close();
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
      end.use(
        recordNew(end.side, end.tape, iceServers, () => makePeer(end.side, iceServers), {
          timers: this.#timers,
        }),
      );
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
