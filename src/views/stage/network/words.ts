// What is written at the parts of a network on the stage, and of a packet, in few words.
import { m } from '../../../i18n/paraglide/messages.js';
import type { RouterDescription } from '../../../net/description.ts';
import type { DropRule } from '../../../net/event.ts';
import type { Side } from '../../../rtc/steps.ts';
import type { NetFrame, PacketFrame } from '../../../trace/net-frame.ts';
import { natName } from '../../net/names.ts';
import { fullName, payloadOf } from '../../net/payload.ts';
import type { StageMode } from '../layout.ts';
import { netSides } from '../sides.ts';
import { TEXT_LINE, type NetLayout, type NetNode, type TextPlace } from './layout.ts';
import { stopsOf, stopText } from './map-list.ts';

/** A line of a part's text. */
export interface NodeLine {
  readonly text: string;
  readonly kind: 'name' | 'address' | 'bad' | 'quiet';
}

/** How a way out stands: it is the one that is taken, it is gone, or it waits. */
export type WayState = 'used' | 'gone' | 'unused';

/** How the way out by a router stands, for the person behind it. */
export function stateOfWay({ description, tables }: NetFrame, id: string, side: Side): WayState {
  const { host, chain } = netSides(description)[side];
  if (chain.some((router) => router.id === id)) return 'used';
  const router = description.routers.find((each) => each.id === id);
  const inside = new Set(router?.inside.map(({ segment }) => segment));
  if (host?.interfaces.some(({ segment }) => inside.has(segment)) === true) return 'used';
  return tables[id] === undefined ? 'unused' : 'gone';
}

/** The lines at a router or server; at a relay also the ports that it has lent, where there are any. */
export function nodeLines(
  net: NetFrame,
  node: NetNode,
  mode: StageMode,
  lent = '',
): readonly NodeLine[] {
  const { description } = net;
  const host = description.hosts.find(({ id }) => id === node.id);
  if (host !== undefined) {
    const name = host.role === 'stun' ? 'STUN' : host.role === 'turn' ? 'TURN' : host.id;
    const address = host.interfaces[0]?.address;
    return mode === 'compact' || address === undefined
      ? [{ text: name, kind: 'name' }]
      : [
          { text: name, kind: 'name' },
          { text: address, kind: 'address' },
          ...(node.kind === 'relay' && lent !== ''
            ? [{ text: lent, kind: 'address' } as const]
            : []),
        ];
  }
  const router = description.routers.find(({ id }) => id === node.id);
  return router === undefined ? [] : routerLines(net, node, router, mode);
}

function routerLines(
  net: NetFrame,
  node: NetNode,
  router: RouterDescription,
  mode: StageMode,
): readonly NodeLine[] {
  const { nat, outside, inside } = router;
  const kind = nat === null ? m.net_router() : natName(nat, true);
  const address = (text: string): NodeLine => ({ text: shortAddress(text), kind: 'address' });
  const stops = stopsOf(router).map((stop): NodeLine => ({ text: stopText(stop), kind: 'bad' }));
  if (node.kind === 'carrier') {
    if (mode === 'compact') return [];
    return [
      { text: m.stage_carrier_nat(), kind: 'name' },
      address(outside.address),
      ...inside.slice(0, 1).map((each) => address(each.address)),
    ];
  }
  const state = node.side === null ? 'used' : stateOfWay(net, node.id, node.side);
  const { chain, spare } = node.side === null ? NONE : netSides(net.description)[node.side];
  const isChoice = chain.length + spare.length > 1 && chain.length <= 1;
  const name = isChoice ? wayName(router) : kind;
  if (mode === 'compact') {
    // Of two ways out there is room for the one that is taken.
    if (node.side === null || state !== 'used') return [];
    return [address(outside.address), { text: name, kind: 'name' }, ...stops.slice(0, 1)];
  }
  const first: NodeLine = {
    text: state === 'gone' ? m.stage_way_gone({ name }) : name,
    kind: 'name',
  };
  if (mode === 'narrow' || node.isRaised) return [first, ...stops, address(outside.address)];
  return [
    first,
    ...stops,
    address(outside.address),
    ...(stops.length > 1 ? [] : inside.slice(0, 1).map((each) => address(each.address))),
  ];
}

const NONE = { chain: [], spare: [] } as const;

/** A way out by the network that it is one of. */
function wayName({ id, inside }: RouterDescription): string {
  const segment = inside[0]?.segment;
  if (segment === 'wifi') return 'Wi-Fi';
  if (segment === 'cell') return m.stage_mobile();
  return id;
}

/** An address as it fits below a picture: a long one loses its middle. */
function shortAddress(address: string): string {
  return address.length <= 15 ? address : `${address.slice(0, 6)}…${address.slice(-7)}`;
}

/** A packet in a word or two: `check`, `answer`, `DTLS`, `media`. */
export function packetWord({ description }: NetFrame, packet: PacketFrame): string {
  const payload = payloadOf(packet);
  const name = fullName(payload);
  const ends = [packet.path[0]?.destination.address, packet.path[0]?.source.address];
  const isServers = description.hosts.some(
    ({ role, interfaces }) =>
      (role === 'stun' || role === 'turn') &&
      interfaces.some(({ address }) => ends.includes(address)),
  );
  if (/Binding request$/.test(name)) {
    return isServers && payload.inner === null ? m.stage_question() : m.stage_check();
  }
  if (/Binding success response$/.test(name)) return m.stage_answer();
  if (/DTLS/.test(name)) return 'DTLS';
  if (/RTP$/.test(name)) return m.stage_media();
  return name;
}

/** Why a packet was dropped, in a few words. */
export function dropWord(rule: DropRule): string {
  return m.stage_drop({ rule });
}

/** What became of a packet. */
export function verdict(packet: PacketFrame): {
  readonly text: string;
  readonly is: 'bad' | 'good' | 'plain';
} {
  const last = packet.path.at(-1);
  if (packet.at === 'dropped') {
    const why = last?.rule == null ? '' : dropWord(last.rule);
    return { text: m.stage_dropped({ why }), is: 'bad' };
  }
  if (packet.at === 'delivered') {
    const isLetIn = packet.path.some(
      ({ translation }) => translation !== null && translation.direction !== 'out',
    );
    return { text: isLetIn ? m.stage_let_in() : m.net_at_delivered(), is: 'good' };
  }
  return { text: m.net_at_sent(), is: 'plain' };
}

/** How wide a line of text is at most, in the stage's units: for the test that no two cover each other. */
export function textWidth({ text, kind }: NodeLine): number {
  return text.length * (kind === 'address' ? 7 : 6.6);
}

/** On which side of a router's ring its firewall's wall stands: where what it stops comes from; null for none. */
export function wallOf({ description }: NetFrame, node: NetNode): 'inside' | 'outside' | null {
  const router = description.routers.find(({ id }) => id === node.id);
  const [stop] = router === undefined ? [] : stopsOf(router);
  return stop === undefined ? null : stop === 'inbound' ? 'outside' : 'inside';
}

/** The rectangles of all texts of a layout. */
export function textAreas(net: NetFrame, layout: NetLayout, lent = '') {
  return layout.nodes.flatMap((node) =>
    nodeLines(net, node, layout.box.mode, lent).map((line, at) => {
      const width = textWidth(line);
      const { x, y, anchor } = linePlace(node, at, layout, lent);
      const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
      return {
        id: node.id,
        text: line.text,
        left,
        right: left + width,
        top: y - 11,
        bottom: y + 3,
      };
    }),
  );
}

/** Where a line of a node's text stands. A server's address stands beside its name where the middle is full. */
export function linePlace(
  node: NetNode,
  at: number,
  { sides, box }: NetLayout,
  lent = '',
): TextPlace {
  const { x, y, anchor } = node.text;
  if (node.kind === 'relay' && box.mode !== 'compact') {
    // Name and address on one line, and below it what it has lent.
    const first = lent === '' ? y + 10 : y;
    if (at === 2) return { x, y: first + TEXT_LINE + 1, anchor };
    return { x: x + (at === 0 ? -58 : -18), y: first, anchor: 'start' };
  }
  const isRow =
    node.kind === 'server' && box.mode !== 'compact' && (sides.isWide || sides.shared.length > 0);
  if (isRow) return { x: x + at * 38, y, anchor };
  return { x, y: y + at * TEXT_LINE, anchor };
}
