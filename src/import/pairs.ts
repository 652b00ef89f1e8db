// Which connections of a dump are the two sides of one call.
import { ufragsOf } from '../sdp/ufrag.ts';
import type { Dump, DumpConnection, DumpPair } from './dump.ts';
import { textField } from './json.ts';

/**
 * The calls of a dump. Two connections belong together where what one set as its own description the other set as the
 * remote one, told by the credentials of ICE.
 */
export function pairsOf({ connections }: Pick<Dump, 'connections'>): readonly DumpPair[] {
  const sides = connections.map(sideOf);
  const [byLocal, byRemote] = [new Map<string, Side>(), new Map<string, Side>()];
  for (const side of sides) {
    for (const ufrag of side.local) byLocal.set(ufrag, side);
    for (const ufrag of side.remote) byRemote.set(ufrag, side);
  }
  const taken = new Set<Side>();
  const pairs: DumpPair[] = [];
  for (const side of sides) {
    if (taken.has(side)) continue;
    taken.add(side);
    const other = otherOf(side, byLocal, byRemote, taken);
    if (other !== null) taken.add(other);
    const [id, otherId] = [side.id, other?.id ?? null];
    pairs.push(
      isCaller(side, other) ? { caller: id, callee: otherId } : { caller: otherId, callee: id },
    );
  }
  return pairs;
}

interface Side {
  readonly id: string;
  readonly local: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  /** When it first offered; `Infinity` where it never did. */
  readonly offered: number;
  /** It took an offer first. */
  readonly answers: boolean;
}

function sideOf({ id, entries }: DumpConnection): Side {
  const [local, remote] = [new Set<string>(), new Set<string>()];
  let offered = Infinity;
  let answers = false;
  for (const { time, method, value } of entries) {
    const type = textField(value, 'type');
    const isOffer =
      method === 'createOffer' || (method === 'setLocalDescription' && type === 'offer');
    if (isOffer && offered === Infinity) offered = time;
    if (method === 'setRemoteDescription' && type === 'offer' && offered === Infinity)
      answers = true;
    if (method !== 'setLocalDescription' && method !== 'setRemoteDescription') continue;
    const own = method === 'setLocalDescription' ? local : remote;
    for (const ufrag of ufragsOf(textField(value, 'sdp'))) own.add(ufrag);
  }
  return { id, local, remote, offered, answers };
}

function otherOf(
  side: Side,
  byLocal: ReadonlyMap<string, Side>,
  byRemote: ReadonlyMap<string, Side>,
  taken: ReadonlySet<Side>,
): Side | null {
  for (const ufrag of side.remote) {
    const other = byLocal.get(ufrag);
    if (other === undefined || other === side || taken.has(other)) continue;
    // Until the answer is set, only one of them has a description of the other.
    if (other.remote.size === 0 || [...other.remote].some((known) => side.local.has(known)))
      return other;
  }
  for (const ufrag of side.local) {
    const other = byRemote.get(ufrag);
    if (other === undefined || other === side || taken.has(other)) continue;
    if (side.remote.size === 0) return other;
  }
  return null;
}

function isCaller(side: Side, other: Side | null): boolean {
  if (side.answers || other?.answers === true) return !side.answers;
  return side.offered <= (other?.offered ?? Infinity);
}
