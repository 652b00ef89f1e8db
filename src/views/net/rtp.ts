// RTP packets as the virtual peers write them: a true header (RFC 3550 §5.1), and a payload that only has a length.
import { RTP_HEADER } from '../../rtc/datagram.ts';
import type { TreeNode } from '../../stun/tree.ts';
import { fieldsOf, numberAt } from './fields.ts';

/** The tree of an RTP packet. */
export function rtpTree(bytes: Uint8Array): TreeNode {
  const node = fieldsOf(bytes);
  const section = 'RFC 3550 §5.1';
  const second = bytes[1] ?? 0;
  const type = `PT=${second & 127}${second >> 7 === 1 ? ' M=1' : ''}`;
  const fields = [
    node('RTP Version', 0, 1, section, String((bytes[0] ?? 0) >> 6)),
    node('Payload Type', 1, 2, section, type),
    node('RTP Sequence Number', 2, 4, section, String(numberAt(bytes, 2, 2))),
    node('Timestamp', 4, 8, section, String(numberAt(bytes, 4, 4))),
    node('SSRC', 8, RTP_HEADER, section, String(numberAt(bytes, 8, 4))),
  ];
  if (bytes.length > RTP_HEADER)
    fields.push(node('RTP Payload', RTP_HEADER, bytes.length, section));
  return node('RTP', 0, bytes.length, section, '', fields);
}
