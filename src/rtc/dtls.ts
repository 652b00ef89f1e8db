// DTLS 1.2 as RFC 6347 and RFC 5246 fix it, and 1.3 as RFC 9147 and RFC 8446 do: sizes, numbers and names of records
// and handshake messages.

/** The versions that virtual peers speak. */
export const DTLS_VERSIONS = ['1.2', '1.3'] as const;
export type DtlsVersion = (typeof DTLS_VERSIONS)[number];

/** RFC 6347 §4.1: type 1, version 2, epoch 2, sequence number 6, length 2. */
export const RECORD_HEADER = 13;
/**
 * RFC 9147 §4: what an encrypted record of DTLS 1.3 begins with. Three bits, 001, say what it is; then come C (no
 * connection id here), S (two bytes of sequence number), L (two bytes of length), and the lower two bits of the epoch.
 */
export const UNIFIED = { first: 0b0010_1100, mask: 0b1111_1100, epoch: 0b11, length: 5 } as const;

/** Whether an encrypted record of DTLS 1.3 begins so. */
export function isUnified(first: number | undefined): boolean {
  return first !== undefined && (first & UNIFIED.mask) === UNIFIED.first;
}
/** RFC 6347 §4.2.2: type 1, length 3, message sequence 2, fragment offset 3, fragment length 3. */
export const HANDSHAKE_HEADER = 12;

/** RFC 5246 §6.2.1 (ContentType); ACK is of RFC 9147 §4. */
export const CONTENT = {
  ...{ changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 },
  ack: 26,
} as const;

/** RFC 5246 §7.4, RFC 6347 §4.3.2 (HandshakeType); EncryptedExtensions is of RFC 8446 §4. */
export const HANDSHAKE = {
  clientHello: 1,
  serverHello: 2,
  helloVerifyRequest: 3,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
} as const;

/** Content types as the grammars of RFC 5246 §6.2.1 and RFC 9147 §4 name them. */
export const CONTENT_NAMES: Readonly<Record<number, string>> = {
  [CONTENT.changeCipherSpec]: 'change_cipher_spec',
  [CONTENT.alert]: 'alert',
  [CONTENT.handshake]: 'handshake',
  [CONTENT.data]: 'application_data',
  [CONTENT.ack]: 'ack',
};

/** Handshake messages as the text of the RFCs calls them: `ClientHello`. */
export const HANDSHAKE_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(HANDSHAKE).map(([name, type]) => [
    type,
    `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  ]),
);

/** A version of DTLS in figures, from what getStats gives: four hexadecimal digits (RFC 6347 §4.1, RFC 9147 §5.3). */
export function dtlsVersion(tlsVersion: string | null): string | null {
  switch (tlsVersion?.toUpperCase() ?? '') {
    case 'FEFF':
      return '1.0';
    case 'FEFD':
      return '1.2';
    case 'FEFC':
      return '1.3';
    default:
      return null;
  }
}

/** What getStats calls each version. */
export const TLS_VERSION = { '1.2': 'FEFD', '1.3': 'FEFC' } as const satisfies Readonly<
  Record<DtlsVersion, string>
>;

/** RFC 8446 §4.2.1. */
const SUPPORTED_VERSIONS = 43;
/** A version as the wire has it, the ones' complement (RFC 6347 §4.1). */
const WIRE = { '1.2': [0xfe, 0xfd], '1.3': [0xfe, 0xfc] } as const;

/** Where a hello's extension of its versions stands, and what it names: its offset in the body, and its end. */
export interface HelloVersions {
  readonly start: number;
  readonly end: number;
  /** As getStats writes them: `FEFC`. */
  readonly versions: readonly string[];
}

/** The versions that a ClientHello offers or a ServerHello has chosen by RFC 8446 §4.2.1; null where it names none. Takes any bytes. */
export function helloVersions(body: Uint8Array, from: 'client' | 'server'): HelloVersions | null {
  const at8 = (at: number) => body[at] ?? 0;
  const at16 = (at: number) => at8(at) * 0x100 + at8(at + 1);
  // Version, random, session id; then what each of the two has.
  let at = 35 + at8(34);
  if (from === 'client') {
    at += 1 + at8(at);
    at += 2 + at16(at);
    at += 1 + at8(at);
  } else at += 3;
  const end = Math.min(at + 2 + at16(at), body.length);
  for (at += 2; at + 4 <= end;) {
    const last = at + 4 + at16(at + 2);
    if (at16(at) === SUPPORTED_VERSIONS && last <= end) {
      const versions: string[] = [];
      for (let each = at + (from === 'client' ? 5 : 4); each + 2 <= last; each += 2) {
        versions.push(at16(each).toString(16).toUpperCase().padStart(4, '0'));
      }
      return { start: at, end: last, versions };
    }
    at = last;
  }
  return null;
}

/** What follows the cookie of a ClientHello that offers DTLS 1.3 and 1.2: ciphers, no compression, its versions. */
export const CLIENT_OFFER = Uint8Array.of(
  ...[0, 2, 0x13, 0x01, 1, 0],
  ...[0, 9, 0, SUPPORTED_VERSIONS, 0, 5, 4, ...WIRE['1.3'], ...WIRE['1.2']],
);
/** What follows the session id of a ServerHello that has chosen DTLS 1.3 (RFC 8446 §4.1.3). */
export const SERVER_CHOICE = Uint8Array.of(
  ...[0x13, 0x01, 0],
  ...[0, 6, 0, SUPPORTED_VERSIONS, 0, 2, ...WIRE['1.3']],
);
