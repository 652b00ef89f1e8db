// The virtual network at one moment: where every packet has come to, and what stands in the tables of the NATs.
import type { NetworkDescription } from '../net/description.ts';
import type { Binding, DropRule } from '../net/event.ts';
import type { Endpoint, Protocol, TcpFlag } from '../net/packet.ts';
import type {
  BindingEvent,
  NetworkEvent,
  NetworkOptions,
  PacketEvent,
  Translation,
} from './event.ts';
import { EMPTY } from './list.ts';
import type { List } from './list.ts';
import { Places } from './places.ts';
import type { Side } from '../rtc/steps.ts';

/** The most places that are kept of one packet's way. The network lets a packet through far fewer routers. */
export const MAX_HOPS = 256;

/** The most rows that are kept of one table. A call makes some ten; a file could be made to have any number. */
export const MAX_ROWS = 512;

/** The most of them that have ended: the last step is as long as the call, and its rows would never go. */
export const MAX_ENDED = 16;

/** A packet at one place. */
export interface Hop {
  /** The event that told of it, and its time in ms. */
  readonly n: number;
  readonly t: number;
  /** The id of the node; where chance lost the packet, of the segment. */
  readonly where: string;
  readonly at: PacketEvent['at'];
  /** As they stand in the packet from here on. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly rule: DropRule | null;
  readonly translation: Translation | null;
}

/** A packet and how far it has come. */
export interface PacketFrame {
  readonly id: number;
  /** The event that sent it, and its time in ms; where its sending is not in the record, the first that tells of it. */
  readonly n: number;
  readonly t: number;
  /** The number of the step it was sent in; 0 before the first. */
  readonly step: number;
  /** Whose host sent it; `null` for a server. */
  readonly side: Side | null;
  /** The id of the host that sent it; without its sending, of the first place that it was seen at. */
  readonly from: string;
  /** The id of the host that has it; `null` until then. */
  readonly to: string | null;
  readonly at: PacketEvent['at'];
  readonly protocol: Protocol;
  /** `null` for UDP. */
  readonly flag: TcpFlag | null;
  /** The payload in hexadecimal; '' where its sending is not in the record. */
  readonly bytes: string;
  /** Bytes of the payload. */
  readonly size: number;
  /** Where it has been, from `sent` on. Of one that was duplicated on its way: where all its copies have been. */
  readonly path: readonly Hop[];
}

/** A row of a NAT's table. */
export interface RowFrame {
  /** As the event that made, used or ended it last had it. */
  readonly binding: Binding;
  /** The event that made or used it last; where none is in the record, the one that ended it. */
  readonly n: number;
  /** The id of the packet that did; `null` where none is in the record. */
  readonly packet: number | null;
  /** It has expired. It stays through the step in which it did, unless many more do. */
  readonly ended: boolean;
}

/** The virtual network at one moment. */
export interface NetFrame {
  readonly description: NetworkDescription;
  /** In the order in which they were sent. */
  readonly packets: List<PacketFrame>;
  /** Where each packet is in that list, by its id. `packetOf` looks it up. */
  readonly places: Places;
  /** The rows of each NAT that has had one, by the router's id, in the order in which they were made. */
  readonly tables: Readonly<Record<string, readonly RowFrame[]>>;
  /** The id of the packet that was touched last; `null` before the first. */
  readonly newest: number | null;
}

/** What can happen to a network. */
export type NetEvent = PacketEvent | BindingEvent | NetworkEvent;

const NO_TABLES = withoutPrototype({});

/** The network before the first event. */
export function firstNet({ description }: NetworkOptions): NetFrame {
  return { description, packets: EMPTY, places: Places.EMPTY, tables: NO_TABLES, newest: null };
}

/** The packet of that id; `undefined` when no event so far has told of it. */
export function packetOf(net: NetFrame, id: number): PacketFrame | undefined {
  const index = net.places.newest(String(id));
  return index === undefined ? undefined : net.packets.at(index);
}

/** The network after one more event. Pure and total; what did not change is the same object. */
export function reduceNet(net: NetFrame, event: NetEvent): NetFrame {
  switch (event.kind) {
    case 'packet':
      return packetsAfter(net, event);
    case 'binding': {
      const { router, binding, n } = event;
      const known = rowOf(net, router, binding.id);
      const row = { n, packet: null, ...known, binding, ended: true };
      return { ...net, tables: withRow(net.tables, router, row) };
    }
    case 'network':
      return { ...net, description: event.description };
  }
}

/** The network without the rows that have expired, as the next step finds it. */
export function withoutEnded(net: NetFrame): NetFrame {
  let { tables } = net;
  for (const [router, rows] of Object.entries(tables)) {
    if (rows.some(({ ended }) => ended)) {
      tables = withRows(
        tables,
        router,
        rows.filter(({ ended }) => !ended),
      );
    }
  }
  return tables === net.tables ? net : { ...net, tables };
}

function packetsAfter(net: NetFrame, event: PacketEvent): NetFrame {
  const { id, where, translation, n } = event;
  const key = String(id);
  const index = net.places.newest(key);
  const known = index === undefined ? undefined : net.packets.at(index);
  const isKnown = index !== undefined && known !== undefined;
  return {
    description: net.description,
    packets: isKnown
      ? net.packets.set(index, packetAfter(known, event))
      : net.packets.append(firstOf(event)),
    places: isKnown ? net.places : net.places.put(key, net.packets.length),
    tables:
      translation === undefined
        ? net.tables
        : withRow(net.tables, where, {
            ...{ binding: translation.binding, n, packet: id, ended: false },
          }),
    newest: id,
  };
}

/** A packet as the first event that tells of it shows it: mostly `sent`. */
function firstOf(event: PacketEvent): PacketFrame {
  const { id, n, t, step, side, where, at, protocol, flag, size } = event;
  return {
    ...{ id, n, t, step, side, from: where, to: at === 'delivered' ? where : null, at },
    ...{ protocol, flag, bytes: event.bytes ?? '', size, path: [hopOf(event)] },
  };
}

/** Of a packet that was duplicated, one copy may be lost after the other was delivered: it is delivered all the same. */
function packetAfter(packet: PacketFrame, event: PacketEvent): PacketFrame {
  // No network sends a packet again under its number. A file may say so, and then it starts over.
  if (event.at === 'sent') return firstOf(event);
  const path = packet.path.length < MAX_HOPS ? [...packet.path, hopOf(event)] : packet.path;
  if (packet.at === 'delivered') return { ...packet, path };
  return { ...packet, path, at: event.at, to: event.at === 'delivered' ? event.where : null };
}

function hopOf({ n, t, where, at, source, destination, rule, translation }: PacketEvent): Hop {
  return {
    ...{ n, t, where, at, source, destination },
    ...{ rule: rule ?? null, translation: translation ?? null },
  };
}

function rowOf({ tables }: NetFrame, router: string, id: number): RowFrame | undefined {
  return tables[router]?.find(({ binding }) => binding.id === id);
}

/** The tables with a row in place of the one of its id, or behind the others. */
function withRow(tables: NetFrame['tables'], router: string, row: RowFrame): NetFrame['tables'] {
  const rows = tables[router] ?? [];
  const at = rows.findLastIndex(({ binding }) => binding.id === row.binding.id);
  const all = at === -1 ? [...rows, row] : rows.with(at, row);
  return withRows(
    tables,
    router,
    row.ended ? fewerEnded(all) : all.length > MAX_ROWS ? all.slice(1) : all,
  );
}

/** The rows without the oldest that have ended, where they are too many. */
function fewerEnded(rows: readonly RowFrame[]): readonly RowFrame[] {
  const ended = rows.filter((row) => row.ended);
  return ended.length <= MAX_ENDED && rows.length <= MAX_ROWS
    ? rows
    : rows.filter((row) => row !== ended[0]);
}

function withRows(
  tables: NetFrame['tables'],
  router: string,
  rows: readonly RowFrame[],
): NetFrame['tables'] {
  return withoutPrototype({ ...tables, [router]: rows });
}

/** A file may call a router `constructor` or `__proto__`: no name may find what was not put there. */
function withoutPrototype(tables: NetFrame['tables']): NetFrame['tables'] {
  return Object.setPrototypeOf(tables, null) as NetFrame['tables'];
}
