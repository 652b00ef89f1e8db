// The path that the call uses: the ways of the packets that went along the selected pair.
import type { PairEnd } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';
import type { Hop, NetFrame, PacketFrame } from '../../trace/net-frame.ts';
import type { Endpoint } from '../../net/packet.ts';

const WORKS: readonly string[] = ['connected', 'completed'];

/**
 * The newest ways that packets really went from the caller to the callee over the pair that the caller's agent
 * selected: one for a direct path, one more for each relay on it. Empty while ICE has none that works, or while no
 * packet went all of it.
 */
export function pathInUse({ network, caller }: Frame): readonly (readonly Hop[])[] {
  const { pair, states } = caller;
  if (network === null || pair === null || !WORKS.includes(states.iceConnectionState ?? ''))
    return [];
  const { local, remote } = pair;
  const [from, to] = [hostOf(network, 'caller'), hostOf(network, 'callee')];
  const across = newest(network, (packet) => {
    const first = packet.path[0];
    if (first === undefined || !isAt(first.destination, remote)) return false;
    return local.type === 'relay' ? isAt(first.source, local) : packet.from === from;
  });
  if (across === null) return [];
  const parts: (PacketFrame | null)[] = [across];
  // A relayed address is the server's own: between it and its client packets go on their own.
  if (across.from !== from) parts.unshift(newest(network, between(from, across.from)));
  if (across.to !== to) parts.push(newest(network, between(across.to, to)));
  const ways = parts.flatMap((part) => (part === null ? [] : [part.path]));
  return ways.length === parts.length ? ways : [];
}

function hostOf({ description }: NetFrame, role: 'caller' | 'callee'): string | null {
  return description.hosts.find((host) => host.role === role)?.id ?? null;
}

function isAt(end: Endpoint, { address, port }: PairEnd): boolean {
  return end.address === address && end.port === port;
}

const between = (from: string | null, to: string | null) => (packet: PacketFrame) =>
  packet.from === from && packet.to === to;

/** The newest packet that arrived and is as asked for. */
function newest(
  { packets }: NetFrame,
  isWanted: (packet: PacketFrame) => boolean,
): PacketFrame | null {
  for (let at = packets.length - 1; at >= 0; at -= 1) {
    const packet = packets.at(at);
    if (packet?.at === 'delivered' && isWanted(packet)) return packet;
  }
  return null;
}
