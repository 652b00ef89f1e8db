// What opens a data channel in band (RFC 8832), read out of a packet of a simulated network: there it is not encrypted.
import { decodeChunk, decodeDcep, PPID } from '../../rtc/data-chunk.ts';
import { bytesOf, recordAt } from '../../rtc/datagram.ts';
import { CONTENT } from '../../rtc/dtls.ts';
import { decodeChannelData } from '../../stun/channel-data.ts';

/** A message of the protocol, as far as it is told of. */
export type Dcep = { readonly is: 'open'; readonly label: string } | { readonly is: 'ack' };

/** The messages in a packet, in order. Takes any bytes. @param hex the packet's payload */
export function dcepOf(hex: string): readonly Dcep[] {
  const bytes = bytesOf(hex);
  const payload = decodeChannelData(bytes)?.payload ?? bytes;
  const found: Dcep[] = [];
  let at = 0;
  for (;;) {
    const record = recordAt(payload, at);
    if (record === null || record.end > payload.length || record.end <= at) return found;
    if (record.type === CONTENT.data) {
      const message = dcepIn(payload.subarray(record.body, record.bodyEnd));
      if (message !== null) found.push(message);
    }
    at = record.end;
  }
}

function dcepIn(body: Uint8Array): Dcep | null {
  const chunk = decodeChunk(body);
  if (chunk?.is !== 'data' || chunk.ppid !== PPID.dcep) return null;
  const message = decodeDcep(chunk.payload);
  if (message === null) return null;
  return message.is === 'open' ? { is: 'open', label: message.label } : { is: 'ack' };
}
