// The NATs' tables as they are read: what is new in them, what of them a packet used, and how each NAT judged it.
import { isSameEndpoint } from '../../rtc/address.ts';
import type { NatBehaviour, RouterDescription } from '../../net/description.ts';
import type { Binding } from '../../net/event.ts';
import type { Endpoint } from '../../net/packet.ts';
import type { Hop, NetFrame, PacketFrame, RowFrame } from '../../trace/net-frame.ts';
import { whoseRouter, type RouterOf } from './names.ts';

/** Who may send in through a row. */
export interface LetIn {
  /** Null for anyone. */
  readonly end: Endpoint | null;
  /** From any port of that address. */
  readonly anyPort: boolean;
  readonly isNew: boolean;
  /** The packet came in by this. */
  readonly isUsed: boolean;
}

/** A row of a table. */
export interface TableRow {
  readonly row: RowFrame;
  readonly isNew: boolean;
  readonly letsIn: readonly LetIn[];
}

/** What a NAT or firewall did with the packet: dropped it by a rule, or let it in. */
export interface Judged {
  readonly is: 'dropped' | 'let-in';
  readonly hop: Hop;
}

/** A NAT with its table. */
export interface NatTable {
  readonly router: RouterDescription & { readonly nat: NatBehaviour };
  readonly of: RouterOf;
  readonly rows: readonly TableRow[];
  readonly judged: Judged | null;
}

/** True for a NAT that takes a port of its own for each destination. */
export function isSymmetric({ mapping }: NatBehaviour): boolean {
  return mapping !== 'endpoint-independent';
}

/**
 * The tables of all NATs; first the one that dropped the packet, then a carrier's, the caller's and the callee's.
 * @param since the network before: what is not in its tables is new
 * @param packet the one that is looked at; null for none
 */
export function natTables(
  net: NetFrame,
  since: NetFrame | null,
  packet: PacketFrame | null,
): readonly NatTable[] {
  const tables = net.description.routers.flatMap((router): NatTable[] => {
    const { nat, id } = router;
    if (nat === null) return [];
    const judged = judgedAt(id, packet);
    const known = since?.tables[id] ?? [];
    const rows = (net.tables[id] ?? []).map((row) => {
      const before = known.find(({ binding }) => binding.id === row.binding.id)?.binding ?? null;
      const used = judged?.is === 'let-in' ? judged.hop : null;
      const isUsed = used?.translation?.binding.id === row.binding.id;
      return {
        row,
        isNew: before === null,
        letsIn: letsIn(row.binding, before, nat, isUsed ? used : null),
      };
    });
    return [{ router: { ...router, nat }, of: whoseRouter(net.description, id), rows, judged }];
  });
  return tables.sort((one, other) => rank(one) - rank(other));
}

const ORDER: readonly RouterOf[] = ['carrier', 'shared', 'caller', 'callee'];

function rank({ judged, of }: NatTable): number {
  if (judged?.is === 'dropped') return -1;
  const place = ORDER.indexOf(of);
  return place === -1 ? ORDER.length : place;
}

/** What the router did with the packet; null where it only passed it on to the outside, or never saw it. */
function judgedAt(id: string, packet: PacketFrame | null): Judged | null {
  const hop = packet?.path.findLast(({ where }) => where === id);
  if (hop === undefined) return null;
  if (hop.rule !== null) return { is: 'dropped', hop };
  return hop.translation === null || hop.translation.direction === 'out'
    ? null
    : { is: 'let-in', hop };
}

function letsIn(
  { sentTo }: Binding,
  before: Binding | null,
  { filtering }: NatBehaviour,
  used: Hop | null,
): readonly LetIn[] {
  if (filtering === 'endpoint-independent') {
    return [{ end: null, anyPort: true, isNew: before === null, isUsed: used !== null }];
  }
  const anyPort = filtering === 'address-dependent';
  const isSame = (one: Endpoint, other: Endpoint) =>
    anyPort ? one.address === other.address : isSameEndpoint(one, other);
  const ends = sentTo.filter((end, at) => sentTo.findIndex((each) => isSame(each, end)) === at);
  return ends.map((end) => ({
    end,
    anyPort,
    isNew: before?.sentTo.some((each) => isSame(each, end)) !== true,
    isUsed: used !== null && isSame(used.source, end),
  }));
}
