// One side of the call at one moment, and how one event changes it.
import type {
  Candidate,
  CandidateEvent,
  ChannelEvent,
  DataEvent,
  Description,
  Json,
  MachineName,
  PairEvent,
  PairsEvent,
  ReturnEvent,
  RtpEvent,
  Shown,
  SlotName,
  StatsEvent,
  TraceEvent,
  TrackEvent,
  Transceiver,
  TransportEvent,
} from './event.ts';
import { EMPTY } from './list.ts';
import type { List } from './list.ts';
import { Places } from './places.ts';

/** A slot's content and the event that put it there. */
export interface SlotFrame extends Description {
  readonly n: number;
}

/** A candidate on one side: found there, or come from the other. */
export interface CandidateFrame {
  /** The event that first told of it on this side. */
  readonly n: number;
  readonly candidate: Candidate;
  readonly step: number;
  readonly at: 'found' | 'queued' | 'added' | 'rejected';
}

/** A text or file on one side of the data channel. */
export interface DataFrame {
  readonly id: string;
  readonly n: number;
  readonly direction: 'sent' | 'received';
  readonly what: 'text' | 'file';
  readonly label: string;
  readonly size: number;
  readonly done: number;
}

/** A track on one side. */
export interface TrackFrame {
  readonly n: number;
  readonly id: string;
  readonly media: 'audio' | 'video';
  readonly origin: 'local' | 'remote';
  /** `added`, then `unmuted` while its media arrives and `muted` while it doesn't, then `ended`. */
  readonly at: 'added' | 'unmuted' | 'muted' | 'ended';
  /** Its app has not switched it off. */
  readonly enabled: boolean;
  /** What it shows, where that is not what the call began with. */
  readonly shows: Shown | null;
}

/** A data channel on one side. */
export interface ChannelFrame extends Pick<
  ChannelEvent,
  'label' | 'id' | 'origin' | 'state' | 'options'
> {
  readonly n: number;
}

/** One side at one moment. */
export interface PeerFrame {
  /** `null` for each until the connection is made. */
  readonly states: Readonly<Record<MachineName, string | null>>;
  readonly slots: Readonly<Record<SlotName, SlotFrame | null>>;
  /** The result of the newest createOffer or createAnswer; `null` before. */
  readonly created: SlotFrame | null;
  readonly tracks: List<TrackFrame>;
  readonly transceivers: readonly Transceiver[];
  /** Found here, in order. */
  readonly local: List<CandidateFrame>;
  /** From the other side, in order of arrival. */
  readonly remote: List<CandidateFrame>;
  /** The one that text and files go over: the first that is not closed. */
  readonly channel: ChannelEvent | null;
  /** All data channels, in order. */
  readonly channels: List<ChannelFrame>;
  readonly data: List<DataFrame>;
  /** The selected pair. */
  readonly pair: PairEvent | null;
  /** All pairs; `null` until there are any, and in records of version 1. */
  readonly pairs: PairsEvent | null;
  readonly transport: TransportEvent | null;
  readonly stats: StatsEvent | null;
  /** What it sends and receives over RTP, as an act has read it; `null` until one did. */
  readonly rtp: RtpEvent | null;
  /** Where candidates that wait, tracks, channels and data are in their lists. For `reduce`; nothing to show. */
  readonly places: Places;
}

/** Before its connection is made. */
export const FIRST_PEER: PeerFrame = {
  states: {
    signalingState: null,
    iceGatheringState: null,
    iceConnectionState: null,
    connectionState: null,
  },
  slots: { pendingLocal: null, pendingRemote: null, currentLocal: null, currentRemote: null },
  created: null,
  tracks: EMPTY,
  transceivers: [],
  local: EMPTY,
  remote: EMPTY,
  channel: null,
  channels: EMPTY,
  data: EMPTY,
  pair: null,
  pairs: null,
  transport: null,
  stats: null,
  rtp: null,
  places: Places.EMPTY,
};

/** What can happen to one side and lasts. */
export type PeerEvent = Extract<
  TraceEvent,
  {
    kind:
      | 'return'
      | 'state'
      | 'description'
      | 'candidate'
      | 'track'
      | 'transceivers'
      | 'channel'
      | 'data'
      | 'pair'
      | 'pairs'
      | 'transport'
      | 'stats'
      | 'rtp';
  }
>;

/** One side after one more event of its own. Pure and total; what did not change is the same object. */
export function reducePeer(peer: PeerFrame, event: PeerEvent): PeerFrame {
  switch (event.kind) {
    case 'return':
      return createdAfter(peer, event);
    case 'state':
      if (peer.states[event.machine] === event.to) return peer;
      return { ...peer, states: { ...peer.states, [event.machine]: event.to } };
    case 'description': {
      const { slot, description, n } = event;
      if (description === null && peer.slots[slot] === null) return peer;
      const held = description && { ...description, n };
      return { ...peer, slots: { ...peer.slots, [slot]: held } };
    }
    case 'candidate':
      return candidatesAfter(peer, event);
    case 'track':
      return tracksAfter(peer, event);
    case 'transceivers':
      return { ...peer, transceivers: event.transceivers };
    case 'channel':
      return channelsAfter(peer, event);
    case 'data':
      return dataAfter(peer, event);
    case 'pair':
      return { ...peer, pair: event };
    case 'pairs':
      return { ...peer, pairs: event };
    case 'transport':
      return { ...peer, transport: event };
    case 'stats':
      return { ...peer, stats: event };
    case 'rtp':
      return { ...peer, rtp: event };
  }
}

function createdAfter(peer: PeerFrame, event: ReturnEvent): PeerFrame {
  if (event.method !== 'createOffer' && event.method !== 'createAnswer') return peer;
  const created = toDescription(event.result);
  return created === null ? peer : { ...peer, created: { ...created, n: event.n } };
}

function toDescription(result: Json): Description | null {
  if (result === null || typeof result !== 'object' || !('sdp' in result)) return null;
  const { type, sdp } = result;
  if ((type !== 'offer' && type !== 'answer') || typeof sdp !== 'string') return null;
  return { type, sdp };
}

function candidatesAfter(peer: PeerFrame, event: CandidateEvent): PeerFrame {
  const { n, step, at, candidate } = event;
  if (candidate === null) return peer;
  const entry: CandidateFrame = { n, candidate, step, at };
  const key = candidateKey(candidate);
  const { local, remote, places } = peer;
  switch (at) {
    case 'found':
      return { ...peer, local: local.append(entry) };
    case 'queued':
      return { ...peer, remote: remote.append(entry), places: places.put(key, remote.length) };
    case 'added':
    case 'rejected': {
      const index = places.newest(key);
      const waiting = index === undefined ? undefined : remote.at(index);
      if (index === undefined || waiting === undefined) {
        return { ...peer, remote: remote.append(entry) };
      }
      return { ...peer, remote: remote.set(index, { ...waiting, at }), places: places.drop(key) };
    }
  }
}

/** The line alone does not do: under BUNDLE two media sections can have candidates that read the same. */
function candidateKey({ candidate, sdpMid, usernameFragment }: Candidate): string {
  return `candidate ${JSON.stringify([candidate, sdpMid, usernameFragment])}`;
}

function tracksAfter(peer: PeerFrame, event: TrackEvent): PeerFrame {
  const { n, id, media, origin, at, shows = null } = event;
  const key = `track ${origin} ${id}`;
  const { tracks, places } = peer;
  const index = places.newest(key);
  const known = index === undefined ? undefined : tracks.at(index);
  if (index === undefined || known === undefined) {
    const first = { n, id, media, origin, at: 'added', enabled: true, shows } as const;
    const track = { ...first, ...trackAfter(first, at) };
    return { ...peer, tracks: tracks.append(track), places: places.put(key, tracks.length) };
  }
  const now = trackAfter(known, at);
  if (known.at === now.at && known.enabled === now.enabled) return peer;
  return { ...peer, tracks: tracks.set(index, { ...known, ...now }) };
}

/** Whether media arrives, and whether the app lets it, are two things. */
function trackAfter(
  { at, enabled }: Pick<TrackFrame, 'at' | 'enabled'>,
  event: TrackEvent['at'],
): Pick<TrackFrame, 'at' | 'enabled'> {
  switch (event) {
    case 'disabled':
      return { at, enabled: false };
    case 'enabled':
      return { at, enabled: true };
    case 'added':
    case 'unmuted':
    case 'muted':
    case 'ended':
      return { at: event, enabled };
  }
}

function channelsAfter(peer: PeerFrame, event: ChannelEvent): PeerFrame {
  const { n, label, id, origin, state, nth, options } = event;
  const { channel: held, channels, places } = peer;
  // Records of versions before 5 have one channel a side.
  const isFurther = held !== null && held.nth !== nth && held.state !== 'closed';
  const channel = isFurther ? held : event;
  const key = `channel ${String(nth ?? 1)}`;
  const index = places.newest(key);
  const known = index === undefined ? undefined : channels.at(index);
  const rest = { label, id, origin, state, ...(options === undefined ? {} : { options }) };
  if (index === undefined || known === undefined) {
    const all = channels.append({ n, ...rest });
    return { ...peer, channel, channels: all, places: places.put(key, channels.length) };
  }
  return { ...peer, channel, channels: channels.set(index, { ...known, ...rest }) };
}

function dataAfter(peer: PeerFrame, event: DataEvent): PeerFrame {
  const { n, id, what, label, size, done, at: direction } = event;
  const key = `data ${direction} ${id}`;
  const { data, places } = peer;
  const index = places.newest(key);
  const known = index === undefined ? undefined : data.at(index);
  if (index === undefined || known === undefined) {
    const entry = { id, n, direction, what, label, size, done };
    return { ...peer, data: data.append(entry), places: places.put(key, data.length) };
  }
  return { ...peer, data: data.set(index, { ...known, what, label, size, done }) };
}

/**
 * Whether a side's ICE has given up. Chromium goes on showing `disconnected` then, where W3C WebRTC (§5.6.3) says
 * `failed`; its connectionState is `failed` all the same.
 */
export function hasIceFailed({ states }: Pick<PeerFrame, 'states'>): boolean {
  return states.iceConnectionState === 'failed' || staysDisconnected({ states });
}

/** Whether iceConnectionState is `disconnected` where it should be `failed`. */
export function staysDisconnected({ states }: Pick<PeerFrame, 'states'>): boolean {
  return states.iceConnectionState === 'disconnected' && states.connectionState === 'failed';
}
