// Recording a peer: a decorator that writes every call, and all that follows from it, to the tape.
import { hideCredentials, withoutCredentials } from '../rtc/ice-url.ts';
import { MACHINES } from '../trace/event.ts';
import type { Json, MachineName } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import { recordCall, runLater, runNow } from './call.ts';
import type { RecordedCall } from './call.ts';
import type {
  CandidateInit,
  DataChannel,
  DescriptionInit,
  IceServer,
  OfferOptions,
  PeerConnection,
  PeerEvents,
  RtpReceiver,
  RtpSender,
  RtpTransceiver,
  SctpTransport,
  SessionDescription,
  StatsReport,
} from './connection.ts';
import {
  plainCandidate,
  plainDescriptionInit,
  plainIceServer,
  plainTrack,
  plainTransceiver,
} from './plain.ts';
import { RecordedRtp, RecordedSender } from './recorded-rtp.ts';
import { RecordedSlots } from './recorded-slots.ts';
import type { Of } from './recorded-slots.ts';
import { RemoteTracks } from './remote-tracks.ts';
import type { Tape } from './tape.ts';
import { pageTimers, type Timers } from './timers.ts';
import { watchChannel } from './watch.ts';
import type { ChannelWatch } from './watch.ts';

/** A peer that is being recorded. It behaves as the one it wraps. */
export interface RecordedPeer extends PeerConnection {
  /** Writes now what was put off: how candidates have grown the descriptions. Cheap when nothing was. */
  flush(): void;
}

/** How a peer is recorded. */
export interface RecordOptions {
  /** The time in which a burst of candidates passes: the page's unless told. */
  readonly timers?: Timers;
  /** The number of the event that made the peer. */
  readonly cause?: number | null;
}

/** How long a burst of candidates may last, in ms, until what it has grown is read. */
const BURST = 20;

/**
 * Makes a peer and records it, the constructor's call included.
 * @param iceServers what it is made with; of these, only the URLs get to the tape
 * @param make makes it
 * @throws what `make` throws, after it was recorded; where that quotes a name or a password, an error with the same
 * name that does not
 */
export function recordNew(
  side: Side,
  tape: Tape,
  iceServers: readonly IceServer[],
  make: () => PeerConnection,
  options: Omit<RecordOptions, 'cause'> = {},
): RecordedPeer {
  const config: Json = { iceServers: iceServers.map(plainIceServer) };
  const call = recordCall(tape, side, 'RTCPeerConnection', 'constructor', [config]);
  let peer: PeerConnection;
  try {
    peer = make();
  } catch (error) {
    const shown = withoutSecrets(error, iceServers);
    call.threw(shown);
    throw shown;
  }
  call.returned({ interface: 'RTCPeerConnection' });
  return recordPeer(peer, side, tape, { ...options, cause: call.n });
}

/** Browsers quote a malformed URL in the message of their error, with all that was written in it. */
function withoutSecrets(error: unknown, iceServers: readonly IceServer[]): unknown {
  if (!(error instanceof Error)) return error;
  const urls = iceServers.flatMap((server) => server.urls);
  const message = hideCredentials(error.message, urls);
  return message === error.message ? error : new DOMException(message, error.name);
}

/**
 * Records a peer from now on. Its four states are written at once; what it does later, as it does it.
 * `getStats` and `getTransceivers` only look, and are not recorded as calls.
 */
export function recordPeer(
  peer: PeerConnection,
  side: Side,
  tape: Tape,
  options: RecordOptions = {},
): RecordedPeer {
  return new Recording(peer, side, tape, options);
}

class Recording implements RecordedPeer {
  readonly #peer: PeerConnection;
  readonly #side: Side;
  readonly #tape: Tape;
  readonly #timers: Timers;

  readonly #states: Record<MachineName, string>;
  readonly #slots: RecordedSlots;
  #transceivers = '[]';
  readonly #tracks: RemoteTracks;
  readonly #rtp: RecordedRtp;
  readonly #channels: ChannelWatch[] = [];

  /** Calls that set a description and have not come back; the browser runs them one after the other. */
  readonly #applying: number[] = [];
  /** The newest call that set a description, or closed. */
  #latestSet: number | null;
  /** The newest call that changed what is to be sent: what a need to negotiate follows from. */
  #latestMedia: number | null = null;
  /** The newest call of setLocalDescription: what gathering follows from. */
  #latestLocal: number | null;
  /** What the path's states follow from: the newest call that can move them, or the newest of these states. */
  #path: number | null;
  /** The newest iceConnectionState that connectionState, which is made of it and of DTLS, has not followed yet. */
  #iceState: number | null = null;
  /** The call whose doing was read from the slots when signalingState changed, and needs no reading again. */
  #readDuring: number | null = null;

  /** The newest candidates that may have grown a description of theirs that has not been read since. */
  #grownBy: Record<Of, number | null> = { local: null, remote: null };
  #flushing = false;

  constructor(peer: PeerConnection, side: Side, tape: Tape, options: RecordOptions) {
    this.#peer = peer;
    this.#side = side;
    this.#tape = tape;
    this.#slots = new RecordedSlots(peer, side, tape);
    this.#tracks = new RemoteTracks(side, tape, () => this.#applying[0] ?? null);
    this.#rtp = new RecordedRtp(peer, {
      begin: (on, method, args, mid, changes) => {
        const call = recordCall(tape, side, on, method, args, mid);
        if (changes) this.#latestMedia = call.n;
        return call;
      },
      looked: (cause) => {
        this.#readTransceivers(cause);
      },
    });
    this.#timers = options.timers ?? pageTimers;
    const cause = options.cause ?? null;
    this.#latestSet = this.#latestLocal = this.#path = cause;
    this.#states = {
      signalingState: peer.signalingState,
      iceGatheringState: peer.iceGatheringState,
      iceConnectionState: peer.iceConnectionState,
      connectionState: peer.connectionState,
    };
    for (const machine of MACHINES) {
      tape.write({ kind: 'state', side, machine, from: null, to: this.#states[machine] }, cause);
    }
    this.#listen();
  }

  get signalingState() {
    return this.#peer.signalingState;
  }
  get iceGatheringState() {
    return this.#peer.iceGatheringState;
  }
  get iceConnectionState() {
    return this.#peer.iceConnectionState;
  }
  get connectionState() {
    return this.#peer.connectionState;
  }
  get localDescription(): SessionDescription | null {
    return this.#peer.localDescription;
  }
  get remoteDescription(): SessionDescription | null {
    return this.#peer.remoteDescription;
  }
  get currentLocalDescription(): SessionDescription | null {
    return this.#peer.currentLocalDescription;
  }
  get currentRemoteDescription(): SessionDescription | null {
    return this.#peer.currentRemoteDescription;
  }
  get pendingLocalDescription(): SessionDescription | null {
    return this.#peer.pendingLocalDescription;
  }
  get pendingRemoteDescription(): SessionDescription | null {
    return this.#peer.pendingRemoteDescription;
  }

  createOffer(options?: OfferOptions): Promise<DescriptionInit> {
    return this.#create('createOffer', options);
  }

  createAnswer(): Promise<DescriptionInit> {
    return this.#create('createAnswer');
  }

  setLocalDescription(description?: DescriptionInit): Promise<void> {
    const call = this.#applyCall('setLocalDescription', description);
    const before = this.#latestLocal;
    this.#latestLocal = call.n;
    return this.#apply(
      call,
      () =>
        description === undefined
          ? this.#peer.setLocalDescription()
          : this.#peer.setLocalDescription(description),
      () => {
        if (this.#latestLocal === call.n) this.#latestLocal = before;
      },
    );
  }

  setRemoteDescription(description: DescriptionInit): Promise<void> {
    const call = this.#applyCall('setRemoteDescription', description);
    return this.#apply(call, () => this.#peer.setRemoteDescription(description));
  }

  async addIceCandidate(candidate?: CandidateInit): Promise<void> {
    const plain = candidate === undefined ? null : plainCandidate(candidate);
    const call = this.#call('addIceCandidate', plain === null ? [] : [{ ...plain }]);
    const before = this.#path;
    this.#path = call.n;
    const write = (at: 'added' | 'rejected') =>
      this.#tape.write({ kind: 'candidate', side: this.#side, at, candidate: plain }, call.n);
    try {
      await (candidate === undefined
        ? this.#peer.addIceCandidate()
        : this.#peer.addIceCandidate(candidate));
    } catch (error) {
      if (this.#path === call.n) this.#path = before;
      write('rejected');
      call.threw(error);
      throw error;
    }
    this.#grow('remote', write('added'));
    call.returned(null);
  }

  get canTrickleIceCandidates() {
    return this.#peer.canTrickleIceCandidates;
  }
  get sctp(): SctpTransport | null {
    return this.#peer.sctp;
  }

  getConfiguration(): RTCConfiguration {
    return this.#peer.getConfiguration();
  }

  setConfiguration(configuration?: RTCConfiguration): void {
    const servers = configuration?.iceServers ?? [];
    const call = this.#call('setConfiguration', [{ iceServers: servers.map(plainIceServer) }]);
    runNow(call, () => {
      this.#peer.setConfiguration(configuration);
    });
  }

  restartIce(): void {
    const call = this.#mediaCall('restartIce', []);
    runNow(call, () => {
      this.#peer.restartIce();
    });
  }

  removeTrack(sender: RtpSender): void {
    const own = sender instanceof RecordedSender ? sender.inner : sender;
    const track = sender.track === null ? null : plainTrack(sender.track);
    const call = this.#mediaCall('removeTrack', [{ interface: 'RTCRtpSender', track }]);
    runNow(call, () => {
      this.#peer.removeTrack(own);
      this.#readTransceivers(call.n);
    });
  }

  addTransceiver(
    trackOrKind: MediaStreamTrack | 'audio' | 'video',
    init?: RTCRtpTransceiverInit,
  ): RtpTransceiver {
    const what = typeof trackOrKind === 'string' ? trackOrKind : plainTrack(trackOrKind);
    const call = this.#mediaCall('addTransceiver', [
      what,
      ...(init?.direction === undefined ? [] : [{ direction: init.direction }]),
    ]);
    return runNow(
      call,
      () => {
        const transceiver = this.#peer.addTransceiver(trackOrKind, init);
        this.#readTransceivers(call.n);
        return this.#rtp.transceiver(transceiver);
      },
      () => ({ interface: 'RTCRtpTransceiver' }),
    );
  }

  addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): RtpSender {
    const call = this.#mediaCall('addTrack', [
      plainTrack(track),
      ...streams.map(({ id }) => ({ id })),
    ]);
    return runNow(
      call,
      () => {
        const sender = this.#peer.addTrack(track, ...streams);
        this.#readTransceivers(call.n);
        return this.#rtp.sender(sender);
      },
      () => ({ interface: 'RTCRtpSender' }),
    );
  }

  createDataChannel(label: string, options?: RTCDataChannelInit): DataChannel {
    const call = this.#mediaCall('createDataChannel', [
      label,
      ...(options === undefined ? [] : [{ ...options }]),
    ]);
    return runNow(
      call,
      () => {
        const channel = this.#peer.createDataChannel(label, options);
        this.#watchChannel(channel, 'local', call.n);
        return channel;
      },
      () => ({ interface: 'RTCDataChannel', label }),
    );
  }

  getSenders(): readonly RtpSender[] {
    return this.#peer.getSenders().map((each) => this.#rtp.sender(each));
  }

  getReceivers(): readonly RtpReceiver[] {
    return this.#peer.getReceivers();
  }

  getTransceivers(): readonly RtpTransceiver[] {
    return this.#peer.getTransceivers().map((each) => this.#rtp.transceiver(each));
  }

  getStats(): Promise<StatsReport> {
    return this.#peer.getStats();
  }

  close(): void {
    this.flush();
    const call = this.#call('close', []);
    runNow(call, () => {
      this.#latestSet = this.#latestLocal = this.#path = call.n;
      this.#applying.length = 0;
      this.#peer.close();
      // close() fires no event on the side that calls it (WebRTC 1.0 §4.4.2).
      for (const machine of MACHINES) this.#noteState(machine, call.n);
      for (const channel of this.#channels) channel.closedBy(call.n);
      this.#tracks.closedBy(call.n);
    });
  }

  addEventListener<K extends keyof PeerEvents>(
    type: K,
    listener: (event: PeerEvents[K]) => void,
  ): void {
    this.#peer.addEventListener(type, listener);
  }

  removeEventListener<K extends keyof PeerEvents>(
    type: K,
    listener: (event: PeerEvents[K]) => void,
  ): void {
    this.#peer.removeEventListener(type, listener);
  }

  flush(): void {
    const { local, remote } = this.#grownBy;
    this.#grownBy = { local: null, remote: null };
    if (local !== null) this.#slots.read(local, 'local');
    if (remote !== null) this.#slots.read(remote, 'remote');
  }

  /** Before anybody else listens, so that an event is on the tape when the others hear of it. */
  #listen(): void {
    const peer = this.#peer;
    peer.addEventListener('signalingstatechange', () => {
      // The slots were filled just before (WebRTC 1.0 §4.4.1.5), so they are written before the state.
      const [applying] = this.#applying;
      if (applying !== undefined && this.#slots.read(applying)) this.#readDuring = applying;
      this.#noteState('signalingState', applying ?? this.#latestSet);
    });
    peer.addEventListener('negotiationneeded', () => {
      this.#tape.write({ kind: 'negotiation-needed', side: this.#side }, this.#latestMedia);
    });
    peer.addEventListener('icegatheringstatechange', () => {
      this.#noteState('iceGatheringState', this.#latestLocal);
    });
    peer.addEventListener('iceconnectionstatechange', () => {
      this.#noteState('iceConnectionState', this.#path);
    });
    peer.addEventListener('connectionstatechange', () => {
      this.#noteState('connectionState', this.#iceState ?? this.#path);
    });
    peer.addEventListener('icecandidate', ({ candidate }) => {
      const found = candidate === null ? null : plainCandidate(candidate);
      this.#grow(
        'local',
        this.#tape.write(
          { kind: 'candidate', side: this.#side, at: 'found', candidate: found },
          this.#latestLocal,
        ),
      );
    });
    peer.addEventListener('icecandidateerror', (error) => {
      this.#tape.write(
        {
          kind: 'candidate-error',
          side: this.#side,
          url: withoutCredentials(error.url),
          errorCode: error.errorCode,
          errorText: error.errorText,
          address: error.address,
          port: error.port,
        },
        this.#latestLocal,
      );
    });
    peer.addEventListener('track', ({ track, streams }) => {
      this.#tracks.add(track, streams, this.#applying[0] ?? this.#latestSet);
    });
    peer.addEventListener('datachannel', ({ channel }) => {
      this.#watchChannel(channel, 'remote', null);
    });
  }

  #watchChannel(channel: DataChannel, origin: 'local' | 'remote', cause: number | null): void {
    const nth = this.#channels.length + 1;
    this.#channels.push(watchChannel(channel, this.#side, origin, this.#tape, cause, nth));
  }

  /** Begins a call that may make a negotiation needed. */
  #mediaCall(method: string, args: readonly Json[]): RecordedCall {
    const call = this.#call(method, args);
    this.#latestMedia = call.n;
    return call;
  }

  #call(method: string, args: readonly Json[]): RecordedCall {
    return recordCall(this.#tape, this.#side, 'RTCPeerConnection', method, args);
  }

  #create(
    method: 'createOffer' | 'createAnswer',
    options?: OfferOptions,
  ): Promise<DescriptionInit> {
    const call = this.#call(method, options === undefined ? [] : [{ ...options }]);
    return runLater(call, () => this.#peer[method](options), plainDescriptionInit);
  }

  /** Begins a call that sets a description. What candidates did before it does not count as its doing. */
  #applyCall(method: string, description: DescriptionInit | undefined): RecordedCall {
    this.flush();
    return this.#call(method, description === undefined ? [] : [plainDescriptionInit(description)]);
  }

  async #apply(call: RecordedCall, run: () => Promise<void>, undo?: () => void): Promise<void> {
    const before = { set: this.#latestSet, path: this.#path };
    this.#latestSet = this.#path = call.n;
    this.#applying.push(call.n);
    try {
      await run();
    } catch (error) {
      this.#applied(call);
      undo?.();
      if (this.#latestSet === call.n) this.#latestSet = before.set;
      if (this.#path === call.n) this.#path = before.path;
      call.threw(error);
      throw error;
    }
    this.#applied(call);
    // The same type again changes the slots but not the state, and so fires nothing.
    if (this.#readDuring !== call.n) this.#slots.read(call.n);
    this.#readTransceivers(call.n);
    call.returned(null);
  }

  #applied(call: RecordedCall): void {
    const at = this.#applying.indexOf(call.n);
    if (at >= 0) this.#applying.splice(at, 1);
  }

  #noteState(machine: MachineName, cause: number | null): void {
    const from = this.#states[machine];
    const to = this.#peer[machine];
    if (from === to) return;
    this.#states[machine] = to;
    const n = this.#tape.write({ kind: 'state', side: this.#side, machine, from, to }, cause);
    switch (machine) {
      case 'iceConnectionState':
        this.#path = this.#iceState = n;
        return;
      case 'connectionState':
        this.#path = n;
        this.#iceState = null;
        return;
      case 'signalingState':
      case 'iceGatheringState':
    }
  }

  #readTransceivers(cause: number): void {
    const transceivers = this.#peer.getTransceivers().map(plainTransceiver);
    const text = JSON.stringify(transceivers);
    if (text === this.#transceivers) return;
    this.#transceivers = text;
    this.#tape.write({ kind: 'transceivers', side: this.#side, transceivers }, cause);
  }

  /** Descriptions are text that the browser writes anew at each reading, so a burst of candidates has one. */
  #grow(of: Of, by: number): void {
    this.#grownBy[of] = by;
    if (this.#flushing) return;
    this.#flushing = true;
    this.#timers.setTimeout(() => {
      this.#flushing = false;
      this.flush();
    }, BURST);
  }
}
