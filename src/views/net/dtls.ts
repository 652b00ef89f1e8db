// DTLS records as the virtual peers write them: true headers of records and handshake messages (RFC 6347).
import type { TreeNode } from '../../stun/tree.ts';
import { fieldsOf, numberAt } from './fields.ts';

/** RFC 6347 §4.1. */
const RECORD_HEADER = 13;
/** RFC 6347 §4.2.2. */
const HANDSHAKE_HEADER = 12;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;

/** RFC 5246 §6.2.1 (ContentType). */
const CONTENT_NAMES: Readonly<Record<number, string>> = {
  20: 'change_cipher_spec',
  21: 'alert',
  [HANDSHAKE]: 'handshake',
  [APPLICATION_DATA]: 'application_data',
};

/** RFC 5246 §7.4, RFC 6347 §4.3.2 (HandshakeType), as the messages are called in the text. */
const MESSAGE_NAMES: Readonly<Record<number, string>> = {
  1: 'ClientHello',
  2: 'ServerHello',
  3: 'HelloVerifyRequest',
  11: 'Certificate',
  12: 'ServerKeyExchange',
  13: 'CertificateRequest',
  14: 'ServerHelloDone',
  15: 'CertificateVerify',
  16: 'ClientKeyExchange',
  20: 'Finished',
};

/** Whether the bytes begin with a DTLS record (RFC 7983 §7: the first byte is 20 to 63). */
export function isDtls(bytes: Uint8Array): boolean {
  const type = bytes[0] ?? 0;
  return type >= 20 && type <= 23 && bytes[1] === 0xfe && bytes.length >= RECORD_HEADER;
}

/** What a datagram of DTLS is, by its first record: `DTLS ClientHello`, `DTLS ServerHello … ServerHelloDone`. */
export function dtlsName(bytes: Uint8Array): string {
  const messages: string[] = [];
  for (const at of records(bytes)) {
    if (bytes[at] === HANDSHAKE) messages.push(messageName(bytes, at + RECORD_HEADER));
  }
  const [first] = messages;
  if (first === undefined) {
    if (bytes[0] === APPLICATION_DATA) return 'DTLS data';
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
  return MESSAGE_NAMES[type] ?? `handshake ${type}`;
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
  const name = type === HANDSHAKE ? messageName(bytes, body) : (CONTENT_NAMES[type] ?? '');
  if (type === HANDSHAKE && end >= body + HANDSHAKE_HEADER) {
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
