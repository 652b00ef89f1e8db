// DTLS records as the virtual peers write them: true headers of records and handshake messages (RFC 6347, RFC 9147).
import {
  CONTENT,
  CONTENT_NAMES,
  dtlsVersion,
  HANDSHAKE,
  HANDSHAKE_HEADER,
  HANDSHAKE_NAMES,
  helloVersions,
  UNIFIED,
} from '../../rtc/dtls.ts';
import { recordAt, type RecordPlace } from '../../rtc/datagram.ts';
import type { TreeNode } from '../../stun/tree.ts';
import { fieldsOf, numberAt } from './fields.ts';

/** What a datagram of DTLS is, by its first record: `DTLS ClientHello`, `DTLS ServerHello … ServerHelloDone`. */
export function dtlsName(bytes: Uint8Array): string {
  const places = records(bytes);
  const messages = places.flatMap(({ type, body }) =>
    type === CONTENT.handshake ? [messageName(bytes, body)] : [],
  );
  const [first] = messages;
  if (first === undefined) {
    const type = places[0]?.type ?? bytes[0] ?? 0;
    if (type === CONTENT.data) return 'DTLS data';
    if (type === CONTENT.ack) return 'DTLS ACK';
    return `DTLS ${CONTENT_NAMES[type] ?? ''}`.trim();
  }
  const last = messages.at(-1) ?? first;
  return last === first ? `DTLS ${first}` : `DTLS ${first} … ${last}`;
}

/** The tree of a datagram of DTLS. */
export function dtlsTree(bytes: Uint8Array): TreeNode {
  const node = fieldsOf(bytes);
  const places = records(bytes);
  const children = places.map(({ at, ...place }) =>
    place.isUnified ? unifiedTree(bytes, at, place) : recordTree(bytes, at, place),
  );
  const section = places.some((place) => place.isUnified) ? 'RFC 9147 §4' : 'RFC 6347 §4.1';
  return node('DTLS', 0, bytes.length, section, dtlsName(bytes), children);
}

/** The records, each with where it begins. The last one may be cut off. */
function records(bytes: Uint8Array): readonly (RecordPlace & { readonly at: number })[] {
  const found: (RecordPlace & { readonly at: number })[] = [];
  for (let at = 0; at < bytes.length;) {
    const place = recordAt(bytes, at);
    if (place === null) break;
    const end = Math.min(place.end, bytes.length);
    found.push({ ...place, at, end, bodyEnd: Math.min(place.bodyEnd, end) });
    at = place.end;
  }
  return found;
}

function messageName(bytes: Uint8Array, at: number): string {
  const type = bytes[at] ?? 0;
  return HANDSHAKE_NAMES[type] ?? `handshake ${type}`;
}

function recordTree(bytes: Uint8Array, at: number, place: RecordPlace): TreeNode {
  const node = fieldsOf(bytes);
  const section = 'RFC 6347 §4.1';
  const { type, body, end } = place;
  const minor = 255 - (bytes[at + 2] ?? 0);
  const header = [
    node('Content Type', at, at + 1, section, `${type} ${CONTENT_NAMES[type] ?? ''}`.trim()),
    node(...versionField(bytes, at, place), `DTLS 1.${minor}`),
    node('Epoch', at + 3, at + 5, section, String(numberAt(bytes, at + 3, 2))),
    node('Sequence Number', at + 5, at + 11, section, String(numberAt(bytes, at + 5, 6))),
    node('Record Length', at + 11, body, section, String(numberAt(bytes, at + 11, 2))),
  ];
  return node('DTLS Record', at, end, section, contentName(bytes, place), [
    ...header,
    ...contentTree(bytes, place, section),
  ]);
}

/** A record's version says 1.2 in DTLS 1.3 too, and means nothing there (RFC 9147 §4). */
function versionField(
  bytes: Uint8Array,
  at: number,
  { type, body, end }: RecordPlace,
): readonly [name: string, start: number, end: number, section: string] {
  const isHello = type === CONTENT.handshake && helloOf(bytes, body, end) !== null;
  return isHello
    ? ['Legacy Record Version', at + 1, at + 3, 'RFC 9147 §4']
    : ['Version', at + 1, at + 3, 'RFC 6347 §4.1'];
}

function unifiedTree(bytes: Uint8Array, at: number, place: RecordPlace): TreeNode {
  const node = fieldsOf(bytes);
  const section = 'RFC 9147 §4';
  const { type, body, bodyEnd, end } = place;
  const first = bytes[at] ?? 0;
  return node('DTLS Record', at, end, section, contentName(bytes, place), [
    node(
      ...(['Unified Header', at, at + 1, section] as const),
      `${first.toString(2).padStart(8, '0')}, epoch …${first & UNIFIED.epoch}`,
    ),
    node('Record Number', at + 1, at + 3, section, String(numberAt(bytes, at + 1, 2))),
    node('Record Length', at + 3, body, section, String(numberAt(bytes, at + 3, 2))),
    ...contentTree(bytes, { ...place, end: bodyEnd }, section),
    node(
      'Inner Content Type',
      bodyEnd,
      end,
      section,
      `${type} ${CONTENT_NAMES[type] ?? ''}`.trim(),
    ),
  ]);
}

function contentName(bytes: Uint8Array, { type, body }: RecordPlace): string {
  return type === CONTENT.handshake ? messageName(bytes, body) : (CONTENT_NAMES[type] ?? '');
}

function contentTree(
  bytes: Uint8Array,
  { type, body, end }: RecordPlace,
  section: string,
): readonly TreeNode[] {
  if (type === CONTENT.handshake && end >= body + HANDSHAKE_HEADER) {
    return [handshakeTree(bytes, body, end)];
  }
  return end > body ? [fieldsOf(bytes)('Record Body', body, end, section)] : [];
}

/** Where a hello names its versions, with places in the datagram; null for any other message. */
function helloOf(bytes: Uint8Array, at: number, end: number) {
  const type = bytes[at];
  if (type !== HANDSHAKE.clientHello && type !== HANDSHAKE.serverHello) return null;
  const body = at + HANDSHAKE_HEADER;
  const from = type === HANDSHAKE.clientHello ? 'client' : 'server';
  const found = helloVersions(bytes.subarray(body, end), from);
  return found && { ...found, start: body + found.start, end: body + found.end };
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
  const hello = helloOf(bytes, at, end);
  const named = hello?.versions.map((each) => dtlsVersion(each) ?? each) ?? [];
  const inside =
    hello === null
      ? []
      : [
          node(
            ...(['Supported Versions', hello.start, hello.end, 'RFC 8446 §4.2.1'] as const),
            named.map((each) => `DTLS ${each}`).join(', '),
          ),
        ];
  if (end > body) children.push(node('Handshake Body', body, end, section, '', inside));
  return node('Handshake Message', at, end, section, messageName(bytes, at), children);
}
