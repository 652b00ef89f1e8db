// A run written by hand, as Chromium goes through one: what captions are taken from.
import {
  TRACE_VERSION,
  type EventBody,
  type RunOptions,
  type SlotName,
  type StepEvent,
} from '../../../src/trace/event.ts';
import { CALL_STEP, type Side, type CallStepKind } from '../../../src/rtc/steps.ts';
import { frameAt, Trace } from '../../../src/trace/trace.ts';
import { captionFacts, type CaptionFacts } from '../../../src/lessons/call/facts.ts';

/** Audio, video and data from the test source, trickling. */
export const STANDARD: RunOptions = {
  peers: 'browser',
  media: 'synthetic',
  carry: { audio: true, video: true, data: true },
  trickle: true,
  iceServers: [],
  network: null,
};

const SECTIONS = [
  'audio 9 UDP/TLS/RTP/SAVPF 111',
  'video 9 UDP/TLS/RTP/SAVPF 96',
  'application 9 UDP/DTLS/SCTP webrtc-datachannel',
];

const sdpOf = (...more: readonly string[]) =>
  ['v=0', ...SECTIONS.map((section) => `m=${section}`), ...more, ''].join('\r\n');

const candidate = (line: string) => ({
  candidate: line,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'u',
});

/** A host candidate whose address the browser hides. */
export const HIDDEN = candidate('candidate:1 1 udp 2113937151 3c1c0a4e.local 50000 typ host');
const END = candidate('');

/** Writes a run step by step. Each event takes a millisecond. */
export class RunWriter {
  readonly trace: Trace;
  #step: CallStepKind | null = null;
  #t = 0;

  constructor(options: RunOptions = STANDARD) {
    this.trace = new Trace({
      version: TRACE_VERSION,
      id: 'run',
      startedAt: '2026-01-01T00:00:00Z',
      agent: '',
      options,
    });
  }

  write(body: EventBody | Pick<StepEvent, 'kind' | 'side' | 'at' | 'of'>): void {
    const n = this.trace.length + 1;
    this.#t += 1;
    const step = this.#step === null ? 0 : CALL_STEP[this.#step].number;
    this.trace.append({ ...body, n, t: this.#t, step, cause: null });
  }

  /** Time goes by. */
  wait(ms: number): void {
    this.#t += ms;
  }

  step(step: CallStepKind, ...bodies: readonly EventBody[]): void {
    this.begin(step, ...bodies);
    this.write({ kind: 'step', of: step, side: null, at: 'done' });
  }

  begin(step: CallStepKind, ...bodies: readonly EventBody[]): void {
    this.#step = step;
    this.write({ kind: 'step', of: step, side: null, at: 'begin' });
    for (const body of bodies) this.write(body);
  }

  /** The facts at the end of a step, or after so many of its events. */
  facts(step: CallStepKind, events?: number): CaptionFacts {
    const { trace } = this;
    const { number } = CALL_STEP[step];
    const begin = trace.stepBegin(number);
    const cursor = events === undefined ? trace.stepEnd(number) : begin + events;
    return captionFacts({
      options: trace.header.options,
      before: frameAt(trace, begin),
      after: frameAt(trace, cursor),
      step,
      events: trace.events.slice(begin, cursor),
      trace,
    });
  }
}

const state = (
  side: Side,
  machine: 'signalingState' | 'iceGatheringState' | 'iceConnectionState' | 'connectionState',
  from: string | null,
  to: string,
): EventBody => ({ kind: 'state', side, machine, from, to });

const call = (side: Side, method: string): EventBody => ({
  kind: 'call',
  side,
  on: 'RTCPeerConnection',
  method,
  args: [],
});

const returned = (
  side: Side,
  method: string,
  result: { type: string; sdp: string } | null = null,
): EventBody => ({ kind: 'return', side, call: 1, method, result });

const track = (
  side: Side,
  media: 'audio' | 'video',
  origin: 'local' | 'remote',
  at: 'added' | 'unmuted',
): EventBody => ({
  kind: 'track',
  side,
  at,
  origin,
  id: `${side}-${media}-${origin}`,
  media,
  streams: [],
});

const message = (
  from: Side,
  type: 'offer' | 'answer' | 'candidate' | 'end-of-candidates',
  id: string,
  body: { type: 'offer' | 'answer'; sdp: string } | typeof END,
): EventBody[] => {
  const to: Side = from === 'caller' ? 'callee' : 'caller';
  const life = { kind: 'message', id, type, from, to } as const;
  return [
    { ...life, side: from, at: 'posted', body },
    { ...life, side: to, at: 'delivered' },
  ];
};

const slot = (
  side: Side,
  name: SlotName,
  description: { type: 'offer' | 'answer'; sdp: string } | null,
): EventBody => ({ kind: 'description', side, slot: name, description });

const made = (side: Side): EventBody[] => [
  state(side, 'signalingState', null, 'stable'),
  state(side, 'iceGatheringState', null, 'new'),
  state(side, 'iceConnectionState', null, 'new'),
  state(side, 'connectionState', null, 'new'),
];

const channel = (side: Side, at: 'connecting' | 'open'): EventBody => ({
  kind: 'channel',
  side,
  label: 'peerglass',
  id: 0,
  origin: side === 'caller' ? 'local' : 'remote',
  state: at,
});

const heard = (side: Side, at: 'queued' | 'added', of: typeof END): EventBody => ({
  kind: 'candidate',
  side,
  at,
  candidate: of,
});

/** A whole run. `early` is when the callee's ICE connects: with its answer, while that is sent, or after all. */
export function standardRun(early: 'sent' | 'applied' | 'never'): RunWriter {
  const run = new RunWriter();
  const offer = { type: 'offer', sdp: sdpOf() } as const;
  const answer = { type: 'answer', sdp: sdpOf('a=setup:active') } as const;
  const up = [state('callee', 'iceConnectionState', 'checking', 'connected')];
  run.step(
    'capture-caller',
    track('caller', 'audio', 'local', 'added'),
    track('caller', 'video', 'local', 'added'),
  );
  run.step(
    'add-tracks',
    ...made('caller'),
    returned('caller', 'addTrack'),
    returned('caller', 'addTrack'),
    channel('caller', 'connecting'),
  );
  run.step('create-offer', call('caller', 'createOffer'), returned('caller', 'createOffer', offer));
  run.step(
    'set-local-offer',
    call('caller', 'setLocalDescription'),
    state('caller', 'signalingState', 'stable', 'have-local-offer'),
    slot('caller', 'pendingLocal', offer),
  );
  run.step('gather-candidates', state('caller', 'iceGatheringState', 'new', 'gathering'), {
    kind: 'candidate',
    side: 'caller',
    at: 'found',
    candidate: HIDDEN,
  });
  run.step(
    'send-offer',
    ...message('caller', 'offer', 'o', offer),
    ...message('caller', 'candidate', 'c', HIDDEN),
    heard('callee', 'queued', HIDDEN),
    ...message('caller', 'end-of-candidates', 'e', END),
    heard('callee', 'queued', END),
  );
  run.step(
    'set-remote-offer',
    ...made('callee'),
    state('callee', 'signalingState', 'stable', 'have-remote-offer'),
    slot('callee', 'pendingRemote', offer),
    heard('callee', 'added', HIDDEN),
    heard('callee', 'added', END),
  );
  run.step(
    'capture-callee',
    track('callee', 'audio', 'local', 'added'),
    track('callee', 'video', 'local', 'added'),
    returned('callee', 'addTrack'),
    returned('callee', 'addTrack'),
  );
  run.step('create-answer', returned('callee', 'createAnswer', answer));
  run.step(
    'set-local-answer',
    call('callee', 'setLocalDescription'),
    state('callee', 'signalingState', 'have-remote-offer', 'stable'),
    slot('callee', 'pendingRemote', null),
    slot('callee', 'currentRemote', offer),
    slot('callee', 'currentLocal', answer),
    state('callee', 'iceConnectionState', 'new', 'checking'),
    ...(early === 'sent' ? up : []),
  );
  run.step(
    'send-answer',
    ...message('callee', 'answer', 'a', answer).slice(0, 1),
    ...message('callee', 'candidate', 'd', HIDDEN),
    heard('caller', 'queued', HIDDEN),
    ...(early === 'applied' ? up : []),
  );
  run.step('receive-answer', ...message('callee', 'answer', 'a', answer).slice(1));
  run.step(
    'set-remote-answer',
    state('caller', 'signalingState', 'have-local-offer', 'stable'),
    slot('caller', 'pendingLocal', null),
    slot('caller', 'currentLocal', offer),
    slot('caller', 'currentRemote', answer),
    heard('caller', 'added', HIDDEN),
    state('caller', 'iceConnectionState', 'new', 'checking'),
  );
  run.wait(10);
  const host = { type: 'host', protocol: 'udp', address: '', port: 50000, priority: 1 };
  run.step(
    'connect',
    ...(early === 'never' ? up : []),
    state('caller', 'iceConnectionState', 'checking', 'connected'),
    ...(['caller', 'callee'] as const).flatMap((side) => [
      state(side, 'connectionState', 'connecting', 'connected'),
      track(side, 'audio', 'remote', 'added'),
      track(side, 'video', 'remote', 'added'),
      track(side, 'audio', 'remote', 'unmuted'),
      track(side, 'video', 'remote', 'unmuted'),
      channel(side, 'open'),
    ]),
    {
      kind: 'pair',
      side: 'caller',
      local: host,
      remote: host,
      state: 'succeeded',
      nominated: true,
      rtt: 0,
    },
    {
      kind: 'transport',
      side: 'caller',
      dtlsState: 'connected',
      dtlsRole: 'server',
      iceRole: 'controlling',
      tlsVersion: 'FEFD',
      dtlsCipher: null,
      srtpCipher: null,
      localFingerprint: null,
      remoteFingerprint: null,
    },
  );
  return run;
}
