// A packet's event in the network as it stands in the record.
import type { NetEvent } from '../../net/event.ts';
import type { PacketEvent } from '../../trace/event.ts';
import type { Side } from '../../rtc/steps.ts';

type Body = Omit<PacketEvent, 'n' | 't' | 'step' | 'cause'>;

/** Makes it. @param side whose host sent the packet; null for a server's */
export function packetBody(event: Exclude<NetEvent, { type: 'expired' }>, side: Side | null): Body {
  const { id, protocol, source, destination, flag, payload } = event.packet;
  const body = {
    kind: 'packet',
    ...{ side, id, where: event.at, protocol, source, destination, flag },
    size: payload.length,
  } as const;
  switch (event.type) {
    case 'sent':
      return { ...body, at: 'sent', bytes: hex(payload) };
    case 'delivered':
      return { ...body, at: 'delivered' };
    case 'dropped':
      return { ...body, at: 'dropped', rule: event.rule };
    case 'forwarded':
      return event.translation === null
        ? { ...body, at: 'forwarded' }
        : { ...body, at: 'forwarded', translation: event.translation };
  }
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
