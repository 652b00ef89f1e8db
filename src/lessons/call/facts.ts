// What a caption may speak of: the facts of this run at one moment, taken from the record and nothing else.
import { parseCandidate } from '../../ice/candidate.ts';
import { sdpLines } from '../../sdp/lines.ts';
import { countCandidates, isCandidate } from '../../trace/count.ts';
import type { Description, ProblemCode, RunOptions, TraceEvent } from '../../trace/event.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Frame, MessageFrame, PeerFrame, StepProgress } from '../../trace/frame.ts';
import { dtlsVersion } from '../../rtc/dtls.ts';
import type { Side, CallStepKind } from '../../rtc/steps.ts';

/** Which kinds of tracks there are. */
export type Kinds = 'none' | 'audio' | 'video' | 'both';

/** A description, measured. */
export interface DescriptionFacts {
  readonly characters: number;
  readonly lines: number;
  /** How many m= sections, whether one of them is audio or video, and how many are refused with port 0. */
  readonly sections: number;
  readonly media: boolean;
  readonly refused: number;
}

/** A description that was sent through signaling, and the candidates that went with it. */
export interface SentFacts extends DescriptionFacts {
  readonly at: MessageFrame['at'];
  /** Candidates in its text, and those in messages of their own so far. */
  readonly inside: number;
  readonly along: number;
  /** A message before it said that a call is wanted. */
  readonly called: boolean;
}

/** One side. */
export interface SideFacts {
  /** The four states; `null` while there is no connection. */
  readonly signaling: string | null;
  readonly gathering: string | null;
  readonly ice: string | null;
  readonly connection: string | null;
  /** An offer or answer waits for its counterpart; and both are in force. */
  readonly pending: boolean;
  readonly current: boolean;
  readonly captured: Kinds;
  /** What arrives from the other side: remote tracks that carry media. */
  readonly arriving: Kinds;
  /** Tracks given to the connection by the step's events. */
  readonly attached: number;
  readonly channel: string | null;
  /** Candidates of the other side that wait for a remote description, and those that the step's events give to it. */
  readonly queued: number;
  readonly added: number;
  /** All candidates of the other side that have arrived and were not rejected. */
  readonly arrived: number;
}

/** The facts of one moment. */
export interface CaptionFacts {
  readonly step: CallStepKind | null;
  readonly progress: StepProgress;
  /** Why the step failed; `null` unless it did. */
  readonly problem: ProblemCode | null;
  /** The call was hung up. */
  readonly ended: boolean;
  readonly media: RunOptions['media'];
  /** What was chosen to be carried: audio or video, and data. */
  readonly carriesMedia: boolean;
  readonly carriesData: boolean;
  readonly trickle: boolean;
  /** How many STUN and TURN servers are set. */
  readonly servers: number;
  readonly caller: SideFacts;
  readonly callee: SideFacts;
  readonly offer: DescriptionFacts | null;
  readonly answer: DescriptionFacts | null;
  readonly sentOffer: SentFacts | null;
  readonly sentAnswer: SentFacts | null;
  /** The caller's own candidates: how many, whether a name hides one, and the farthest-fetched type. */
  readonly found: number;
  readonly hidden: boolean;
  readonly farthest: 'relay' | 'srflx' | 'host' | null;
  /** The newest `icecandidateerror` of the step. */
  readonly errorCode: number | null;
  /** The callee's ICE connected before the answer was sent, or only before it was applied; told once, `null` elsewhere. */
  readonly early: 'sent' | 'applied' | null;
  /** Milliseconds from the callee's setLocalDescription to both sides' `connected`. */
  readonly connectMs: number | null;
  /** The types of the selected pair, as the caller sees them; `null` where they are not known. */
  readonly pair: { readonly local: string; readonly remote: string } | null;
  /** Such as `1.2`; `null` until DTLS is connected or where the browser does not say. */
  readonly dtls: string | null;
}

/** Where facts come from. */
export interface CaptionSource {
  readonly options: RunOptions;
  /** At the end of the step before. */
  readonly before: Frame;
  /** Now. */
  readonly after: Frame;
  readonly step: CallStepKind | null;
  /** The events of the step, up to now. */
  readonly events: readonly TraceEvent[];
  /** The recording: read in the last step only, for how long it took until both sides were connected. */
  readonly trace?: Trace;
}

/** Takes the facts of a moment from the record. */
export function captionFacts(source: CaptionSource): CaptionFacts {
  const { options, after, step, events } = source;
  const { caller, callee } = after;
  const sentOffer = lastSent(after, 'offer');
  const sentAnswer = lastSent(after, 'answer');
  const candidates = [...caller.local].flatMap(
    ({ candidate }) => parseCandidate(candidate.candidate) ?? [],
  );
  return {
    step,
    progress: after.progress,
    problem: after.problem?.code ?? null,
    ended: after.ended,
    media: options.media,
    carriesMedia: options.carry.audio || options.carry.video,
    carriesData: options.carry.data,
    trickle: options.trickle,
    servers: options.iceServers.length,
    caller: sideFacts(caller, 'caller', source),
    callee: sideFacts(callee, 'callee', source),
    offer: measured(bodyOf(sentOffer) ?? ofType(caller, 'offer')),
    answer: measured(bodyOf(sentAnswer) ?? ofType(callee, 'answer')),
    sentOffer: sentFacts(sentOffer, after),
    sentAnswer: sentFacts(sentAnswer, after),
    found: countCandidates(caller.local),
    hidden: candidates.some(({ address }) => address.endsWith('.local')),
    farthest:
      (['relay', 'srflx', 'host'] as const).find((type) =>
        candidates.some((candidate) => candidate.type === type),
      ) ?? null,
    errorCode: events.findLast((event) => event.kind === 'candidate-error')?.errorCode ?? null,
    early: earlyIce(source),
    connectMs: step === 'connect' && source.trace ? connectTime(source.trace, after) : null,
    pair: pairTypes(caller),
    dtls:
      caller.transport?.dtlsState === 'connected' ? dtlsVersion(caller.transport.tlsVersion) : null,
  };
}

function sideFacts(peer: PeerFrame, side: Side, { before, events }: CaptionSource): SideFacts {
  const { states, slots } = peer;
  const tracks = [...peer.tracks];
  const waited = new Set([
    ...[...before[side].remote].filter(({ at }) => at === 'queued').map(({ n }) => n),
    ...events
      .filter((event) => event.kind === 'candidate' && event.at === 'queued')
      .map(({ n }) => n),
  ]);
  // Once there is a remote description nothing waits any more: what had waited is being added, one by one.
  const waits = slots.pendingRemote === null && slots.currentRemote === null;
  const known = [...peer.remote].filter(({ candidate }) => isCandidate(candidate));
  const had = known.filter(({ n }) => waited.has(n));
  return {
    signaling: states.signalingState,
    gathering: states.iceGatheringState,
    ice: states.iceConnectionState,
    connection: states.connectionState,
    pending: slots.pendingLocal !== null || slots.pendingRemote !== null,
    current: slots.currentLocal !== null && slots.currentRemote !== null,
    captured: kindsOf(tracks.filter(({ origin, at }) => origin === 'local' && at !== 'ended')),
    arriving: kindsOf(tracks.filter(({ origin, at }) => origin === 'remote' && at === 'unmuted')),
    attached: events.filter(
      (event) => event.side === side && event.kind === 'return' && event.method === 'addTrack',
    ).length,
    channel: peer.channel?.state ?? null,
    queued: waits ? known.filter(({ at }) => at === 'queued').length : 0,
    arrived: known.filter(({ at }) => at !== 'rejected').length,
    added: waits ? 0 : had.filter(({ at }) => at !== 'rejected').length,
  };
}

function kindsOf(tracks: readonly { readonly media: 'audio' | 'video' }[]): Kinds {
  const audio = tracks.some(({ media }) => media === 'audio');
  const video = tracks.some(({ media }) => media === 'video');
  if (audio) return video ? 'both' : 'audio';
  return video ? 'video' : 'none';
}

/** The newest message of that type: a step that is tried again sends again. */
function lastSent(frame: Frame, type: 'offer' | 'answer'): MessageFrame | null {
  return [...frame.messages].findLast((message) => message.type === type) ?? null;
}

function bodyOf(message: MessageFrame | null): Description | null {
  const body = message?.body ?? null;
  return body !== null && 'sdp' in body ? body : null;
}

function ofType({ slots, created }: PeerFrame, type: 'offer' | 'answer'): Description | null {
  const all = [slots.currentLocal, slots.pendingLocal, created];
  return all.find((description) => description?.type === type) ?? null;
}

function measured(description: Description | null): DescriptionFacts | null {
  if (description === null) return null;
  const lines = sdpLines(description.sdp).map(({ text }) => text);
  const sections = lines.filter((line) => line.startsWith('m='));
  return {
    characters: description.sdp.length,
    lines: lines.length,
    sections: sections.length,
    media: sections.some((line) => /^m=(audio|video) /.test(line)),
    refused: sections.filter((line) => /^m=\S+ 0 /.test(line)).length,
  };
}

function sentFacts(message: MessageFrame | null, { messages }: Frame): SentFacts | null {
  const body = bodyOf(message);
  const size = measured(body);
  if (message === null || body === null || size === null) return null;
  return {
    ...size,
    at: message.at,
    inside: sdpLines(body.sdp).filter(({ text }) => text.startsWith('a=candidate:')).length,
    along: [...messages].filter(({ type, from }) => type === 'candidate' && from === message.from)
      .length,
    called: [...messages].some(({ type, from }) => type === 'call' && from === message.from),
  };
}

const UP: ReadonlySet<string | null> = new Set(['connected', 'completed']);

/** The callee's ICE may be connected before the caller has applied the answer, or before the answer is even sent. */
function earlyIce({ before, after, step, events }: CaptionSource): CaptionFacts['early'] {
  if (!UP.has(after.callee.states.iceConnectionState)) return null;
  const wasUp = UP.has(before.callee.states.iceConnectionState);
  if (step === 'send-answer' && wasUp) return 'sent';
  if (wasUp) return null;
  const up = events.findIndex(
    (event) =>
      event.kind === 'state' &&
      event.side === 'callee' &&
      event.machine === 'iceConnectionState' &&
      UP.has(event.to),
  );
  const sent = events.findIndex((event) => event.kind === 'message' && event.type === 'answer');
  const applied = events.findIndex(
    (event) =>
      event.kind === 'state' && event.side === 'caller' && event.machine === 'signalingState',
  );
  if (step === 'send-answer') return sent === -1 || up < sent ? 'sent' : 'applied';
  if (step === 'receive-answer') return 'applied';
  return step === 'set-remote-answer' && (applied === -1 || up < applied) ? 'applied' : null;
}

/** A browser that gives no statistics of a candidate leaves its type empty. */
function pairTypes({ pair }: PeerFrame): CaptionFacts['pair'] {
  const local = pair?.local.type ?? '';
  const remote = pair?.remote.type ?? '';
  return local === '' || remote === '' ? null : { local, remote };
}

function connectTime(trace: Trace, { act, cursor }: Frame): number | null {
  const answered = trace.steps.find(
    ({ act: { number }, kind }) => number === act.number && kind === 'set-local-answer',
  );
  const events = answered === undefined ? [] : trace.reading.ofStep(answered.number, cursor);
  const called = events.find(({ kind }) => kind === 'call');
  const up: Record<Side, boolean> = { caller: false, callee: false };
  for (const { t, side, machine, to } of trace.reading.states(cursor)) {
    if (machine !== 'connectionState' || side === null) continue;
    up[side] = to === 'connected';
    if (up.caller && up.callee) return called === undefined ? null : Math.round(t - called.t);
  }
  return null;
}
