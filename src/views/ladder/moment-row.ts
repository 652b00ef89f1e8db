// A moment as a row of the ladder: where its packet came from, and how far it has come across.
import type { Moment } from '../../lessons/moments/moment.ts';
import type { Side } from '../../rtc/steps.ts';
import { packetOf, type NetFrame, type PacketFrame } from '../../trace/net-frame.ts';
import type { Trace } from '../../trace/trace.ts';
import { axesOf, type Axis } from '../stage/axis.ts';
import { partOf } from './place.ts';

/** What is drawn in a moment's row. Places are parts of the way from the caller's lifeline to the callee's. */
export type MomentDrawing =
  /** Nothing is on its way: words alone. */
  | { readonly kind: 'text' }
  /** A message through signaling. */
  | { readonly kind: 'message'; readonly from: number; readonly to: number }
  /** Sound and picture flow, through a relay where there is one. */
  | { readonly kind: 'media'; readonly passes: readonly Pass[] }
  | {
      readonly kind: 'packet';
      /** The number that it goes by. */
      readonly id: number;
      /** Whose it is; null for a server's. */
      readonly by: Side | null;
      readonly from: number;
      readonly to: number;
      /** `both`: packets go there and back. */
      readonly end: 'delivered' | 'dropped' | 'underway' | 'both';
      readonly passes: readonly Pass[];
    };

/** What a packet goes through on its way. */
export interface Pass {
  readonly at: number;
  readonly what: 'relay' | 'hairpin';
}

const TEXT: MomentDrawing = { kind: 'text' };
const DRAWN = new WeakMap<Moment, MomentDrawing>();

/** What is drawn of a moment, as it is when it is over. */
export function momentDrawing(trace: Trace, moment: Moment): MomentDrawing {
  const known = DRAWN.get(moment) ?? draw(trace, moment);
  DRAWN.set(moment, known);
  return known;
}

function draw(trace: Trace, { row, cursor, packets: ids, side }: Moment): MomentDrawing {
  if (row === 'text') return TEXT;
  const { network } = trace.frameAt(cursor);
  if (row === 'message' && side !== null) {
    const [from, to] = side === 'caller' ? [0, 1] : [1, 0];
    return { kind: 'message', from, to };
  }
  if (network === null) return TEXT;
  const packets = ids.flatMap((id) => packetOf(network, id) ?? []);
  const [packet] = packets;
  if (packet === undefined) return row === 'flow' ? { kind: 'media', passes: [] } : TEXT;
  const axes = axesOf(network.description);
  const passes = [...relays(packets, network, axes), ...turns(packet, axes)];
  if (row === 'flow') return { kind: 'media', passes };
  const isBoth =
    packets.some((each) => each.side === 'caller') &&
    packets.some((each) => each.side === 'callee');
  if (isBoth && packets.every(({ at }) => at !== 'dropped')) {
    return { kind: 'packet', id: packet.id, by: null, from: 0, to: 1, end: 'both', passes };
  }
  const first = firstLeg(packet, packets, network);
  const end = lastLeg(packet, packets);
  const [from, to] = [placeOf(axes, first.from), placeOf(axes, end.path.at(-1)?.where ?? '')];
  if (from === null || to === null || from === to) return TEXT;
  return {
    ...{ kind: 'packet', id: packet.id, by: first.side, from, to, passes },
    end: end.at === 'dropped' ? 'dropped' : end.at === 'delivered' ? 'delivered' : 'underway',
  };
}

/** Where a relay has passed it on, the packet that it came with. */
function firstLeg(
  packet: PacketFrame,
  packets: readonly PacketFrame[],
  { description }: NetFrame,
): PacketFrame {
  if (packet.side !== null) return packet;
  const isRelay = description.hosts.some(({ id, role }) => id === packet.from && role === 'turn');
  const brought = packets.find(({ to, side }) => to === packet.from && side !== null);
  return isRelay && brought !== undefined ? brought : packet;
}

/** Where a relay passes it on, the packet that it leaves with. */
function lastLeg(packet: PacketFrame, packets: readonly PacketFrame[]): PacketFrame {
  return (
    packets.find(({ id, from, side }) => id > packet.id && side === null && from === packet.to) ??
    packet
  );
}

/** The relays that some of the packets reach or leave. */
function relays(
  packets: readonly PacketFrame[],
  { description }: NetFrame,
  axes: readonly Axis[],
): readonly Pass[] {
  const passed = description.hosts.filter(
    ({ id, role }) => role === 'turn' && packets.some(({ from, to }) => from === id || to === id),
  );
  return passed.flatMap(({ id }) => {
    const at = placeOf(axes, id);
    return at === null ? [] : [{ at, what: 'relay' as const }];
  });
}

/** The NATs that turned it around. */
function turns({ path }: PacketFrame, axes: readonly Axis[]): readonly Pass[] {
  return path
    .filter(({ translation }) => translation?.direction === 'hairpin')
    .flatMap(({ where }) => {
      const at = placeOf(axes, where);
      return at === null ? [] : [{ at, what: 'hairpin' as const }];
    });
}

function placeOf(axes: readonly Axis[], id: string): number | null {
  const axis = axes.find((each) => each.id === id);
  return axis === undefined ? null : partOf(axis.x);
}
