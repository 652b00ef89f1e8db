// DTLS records as the virtual peers write them: true headers of records and handshake messages (RFC 6347).
import {
  CONTENT,
  CONTENT_NAMES,
  HANDSHAKE_HEADER,
  HANDSHAKE_NAMES,
  RECORD_HEADER,
} from '../../rtc/dtls.ts';
import { isDtls } from '../../rtc/datagram.ts';
import type { TreeNode } from '../../stun/tree.ts';
import { fieldsOf, numberAt } from './fields.ts';

/** What a datagram of DTLS is, by its first record: `DTLS ClientHello`, `DTLS ServerHello … ServerHelloDone`. */
export function dtlsName(bytes: Uint8Array): string {
  const messages: string[] = [];
  for (const at of records(bytes)) {
    if (bytes[at] === CONTENT.handshake) messages.push(messageName(bytes, at + RECORD_HEADER));
  }
  const [first] = messages;
  if (first === undefined) {
    if (bytes[0] === CONTENT.data) return 'DTLS data';
    return `DTLS ${CONTENT_NAMES[bytes[0] ?? 0] ?? ''}`.trim();
  }
  const last = messages.at(-1) ?? first;
  return last === first ? `DTLS ${first}` : `DTLS ${first} … ${last}`;
}

/** The tree of a datagram of DTLS. */
export function dtlsTree(bytes: Uint8Array): TreeNode {
  const node = fieldsOf(bytes);
  const children = records(bytes).map((at) => recordTree(bytes, at));
  return node('DTLS', 0, bytes.length, 'RFC 6347 §4.1', dtlsName(bytes), children);
}

/** Where each record begins. */
function records(bytes: Uint8Array): readonly number[] {
  const starts: number[] = [];
  let at = 0;
  while (at + RECORD_HEADER <= bytes.length && isDtls(bytes.subarray(at))) {
    starts.push(at);
    at += RECORD_HEADER + numberAt(bytes, at + 11, 2);
  }
  return starts;
}

function messageName(bytes: Uint8Array, at: number): string {
  const type = bytes[at] ?? 0;
  return HANDSHAKE_NAMES[type] ?? `handshake ${type}`;
}

function recordTree(bytes: Uint8Array, at: number): TreeNode {
  const node = fieldsOf(bytes);
  const section = 'RFC 6347 §4.1';
  const length = numberAt(bytes, at + 11, 2);
  const body = at + RECORD_HEADER;
  const end = Math.min(body + length, bytes.length);
  const type = bytes[at] ?? 0;
  const minor = 255 - (bytes[at + 2] ?? 0);
  const header = [
    node('Content Type', at, at + 1, section, `${type} ${CONTENT_NAMES[type] ?? ''}`.trim()),
    node('Version', at + 1, at + 3, section, `DTLS 1.${minor}`),
    node('Epoch', at + 3, at + 5, section, String(numberAt(bytes, at + 3, 2))),
    node('Sequence Number', at + 5, at + 11, section, String(numberAt(bytes, at + 5, 6))),
    node('Record Length', at + 11, body, section, String(length)),
  ];
  const name = type === CONTENT.handshake ? messageName(bytes, body) : (CONTENT_NAMES[type] ?? '');
  if (type === CONTENT.handshake && end >= body + HANDSHAKE_HEADER) {
    header.push(handshakeTree(bytes, body, end));
  } else if (end > body) {
    header.push(node('Record Body', body, end, section));
  }
  return node('DTLS Record', at, end, section, name, header);
}

function handshakeTree(bytes: Uint8Array, at: number, end: number): TreeNode {
  const node = fieldsOf(bytes);
  const section = 'RFC 6347 §4.2.2';
  const body = at + HANDSHAKE_HEADER;
  const children = [
    node('Handshake Type', at, at + 1, section, messageName(bytes, at)),
    node('Handshake Length', at + 1, at + 4, section, String(numberAt(bytes, at + 1, 3))),
    node('Message Sequence', at + 4, at + 6, section, String(numberAt(bytes, at + 4, 2))),
    node('Fragment Offset', at + 6, at + 9, section, String(numberAt(bytes, at + 6, 3))),
    node('Fragment Length', at + 9, body, section, String(numberAt(bytes, at + 9, 3))),
  ];
  if (end > body) children.push(node('Handshake Body', body, end, section));
  return node('Handshake Message', at, end, section, messageName(bytes, at), children);
}
