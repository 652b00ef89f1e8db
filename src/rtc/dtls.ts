// DTLS 1.2 as RFC 6347 and RFC 5246 fix it: sizes, numbers and names of records and handshake messages.

/** RFC 6347 §4.1: type 1, version 2, epoch 2, sequence number 6, length 2. */
export const RECORD_HEADER = 13;
/** RFC 6347 §4.2.2: type 1, length 3, message sequence 2, fragment offset 3, fragment length 3. */
export const HANDSHAKE_HEADER = 12;

/** RFC 5246 §6.2.1 (ContentType). */
export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 } as const;

/** RFC 5246 §7.4, RFC 6347 §4.3.2 (HandshakeType). */
export const HANDSHAKE = {
  clientHello: 1,
  serverHello: 2,
  helloVerifyRequest: 3,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
} as const;

/** Content types as the grammar of RFC 5246 §6.2.1 names them. */
export const CONTENT_NAMES: Readonly<Record<number, string>> = {
  [CONTENT.changeCipherSpec]: 'change_cipher_spec',
  [CONTENT.alert]: 'alert',
  [CONTENT.handshake]: 'handshake',
  [CONTENT.data]: 'application_data',
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
