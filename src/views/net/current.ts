// The packet at hand: the one that the cursor's step touched last.
import type { Frame } from '../../trace/frame.ts';
import { packetOf, type Hop, type PacketFrame } from '../../trace/net-frame.ts';
import type { Moment } from '../../lessons/moments/moment.ts';
import type { Side } from '../../rtc/steps.ts';
import { m } from '../../i18n/paraglide/messages.js';

/** The packet that was touched last, if that was after the step before; null where there is none. */
export function packetAtHand({ network }: Frame, before: Frame): PacketFrame | null {
  if (network?.newest == null) return null;
  const packet = packetOf(network, network.newest);
  if (packet === undefined || lastHop(packet).n <= before.cursor) return null;
  return packet;
}

/** The packet that the tab is about: the moment's own where there is one, else the one that was touched last. */
export function tabPacket(
  frame: Frame,
  before: Frame,
  moment: Pick<Moment, 'packets' | 'cursor'> | null,
): PacketFrame | null {
  if (moment === null || frame.network === null) return packetAtHand(frame, before);
  const own = moment.packets.map((id) =>
    frame.network === null ? null : packetOf(frame.network, id),
  );
  // Before its end, event by event, the moment's own may not have left yet.
  return own.find((each) => each != null) ?? null;
}

/** Where a packet was seen last. */
export function lastHop({ path, ...packet }: PacketFrame): Hop {
  const last = path.at(-1);
  if (last !== undefined) return last;
  // No record makes one without a place; a frame's type allows it.
  const nowhere = { address: '', port: 0 };
  const { n, t, from, at } = packet;
  return {
    ...{ n, t, where: from, at, rule: null, translation: null },
    ...{ source: nowhere, destination: nowhere },
  };
}

/** What has become of a packet. */
export function packetState(at: PacketFrame['at']): string {
  switch (at) {
    case 'sent':
    case 'forwarded':
      return m.net_at_sent();
    case 'delivered':
      return m.net_at_delivered();
    case 'dropped':
      return m.net_at_dropped();
  }
}

/** The class that colours what a side sent. */
export function senderClass(side: Side | null): 'caller' | 'callee' | 'server' {
  return side ?? 'server';
}
