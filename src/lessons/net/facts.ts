// What the notes on a virtual network are made of, read off a frame.
import { parseCandidate } from '../../ice/candidate.ts';
import type { IceProfile } from '../../ice/agent-port.ts';
import type { NetworkDescription } from '../../net/description.ts';
import type { Binding } from '../../net/event.ts';
import type { PairEnd } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';
import type { PeerFrame } from '../../trace/peer-frame.ts';
import type { Side } from '../../rtc/steps.ts';
import { formatEndpoint } from '../../rtc/address.ts';
import { wayOut } from './way.ts';
import type { Way } from './way.ts';

/** A row of a NAT's table, as far as the notes need it. */
export interface NoteRow {
  readonly binding: Pick<Binding, 'inside' | 'outside' | 'until'>;
  readonly ended: boolean;
}

/** The moment that notes are made for: a frame of a virtual run. */
export interface NoteFrame extends Pick<Frame, 't' | 'step' | 'progress' | 'caller' | 'callee'> {
  readonly network: {
    readonly description: NetworkDescription;
    readonly tables: Readonly<Record<string, readonly NoteRow[]>>;
  } | null;
}

/** What the run was made with; `RunOptions` fits. */
export interface NoteOptions {
  readonly network: {
    readonly profile: IceProfile;
    /** At the start. */
    readonly description: NetworkDescription;
  } | null;
}

/** A candidate, with its addresses as people write them. */
export interface Found {
  readonly type: string;
  readonly endpoint: string;
  /** Where it was asked from; its own for a host candidate. */
  readonly base: string;
}

/** A side's UDP candidates, in the order they were found. */
export function foundBy({ local }: PeerFrame): readonly Found[] {
  return [...local].flatMap(({ candidate }) => {
    const fields = parseCandidate(candidate.candidate);
    if (fields?.transport !== 'udp') return [];
    const endpoint = formatEndpoint(fields);
    const { relatedAddress, relatedPort, type } = fields;
    return [
      {
        type,
        endpoint,
        base: relatedAddress
          ? formatEndpoint({ address: relatedAddress, port: relatedPort })
          : endpoint,
      },
    ];
  });
}

/** The ends of the pair in use; null while there is none. */
export function pairInUse({ pairs, pair }: PeerFrame): { local: PairEnd; remote: PairEnd } | null {
  if (pairs === null) return pair;
  return pairs.pairs.find(({ selected }) => selected) ?? null;
}

/** How a side's ICE stands. */
export function iceOf({ states }: PeerFrame): string | null {
  return states.iceConnectionState;
}

/** True where ICE has a path. */
export function isUp(peer: PeerFrame): boolean {
  const state = iceOf(peer);
  return state === 'connected' || state === 'completed';
}

/** Both sides' ways out. */
export function waysOf(description: NetworkDescription): Readonly<Record<Side, Way>> {
  return { caller: wayOut(description, 'caller'), callee: wayOut(description, 'callee') };
}
