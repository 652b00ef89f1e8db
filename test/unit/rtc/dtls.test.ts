// DTLS's numbers against the grammar as RFC 5246 (§A.1, §A.4), RFC 6347 (§4.3.2), RFC 8446 (§4) and RFC 9147 (§4) print it.
import { expect, test } from 'vitest';
import {
  CLIENT_OFFER,
  CONTENT,
  CONTENT_NAMES,
  HANDSHAKE,
  HANDSHAKE_HEADER,
  HANDSHAKE_NAMES,
  helloVersions,
  isUnified,
  RECORD_HEADER,
  SERVER_CHOICE,
  UNIFIED,
} from '../../../src/rtc/dtls.ts';

const CONTENT_TYPE =
  'change_cipher_spec(20), alert(21), handshake(22), application_data(23), ack(26), (255)';
const HANDSHAKE_TYPE =
  'hello_request(0), client_hello(1), server_hello(2), hello_verify_request(3), ' +
  'encrypted_extensions(8), certificate(11), ' +
  'server_key_exchange (12), certificate_request(13), server_hello_done(14), certificate_verify(15), ' +
  'client_key_exchange(16), finished(20), (255)';

/** The names and numbers of an enum in the RFCs' presentation language. */
const parsed = (text: string) =>
  [...text.matchAll(/(\w+) ?\((\d+)\)/g)].map(
    ([, name = '', number = '']) => [Number(number), name] as const,
  );

const inWords = (name: string) =>
  name
    .split('_')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');

test('content types', () => {
  expect(CONTENT_NAMES).toEqual(Object.fromEntries(parsed(CONTENT_TYPE)));
  expect(Object.values(CONTENT).map(String)).toEqual(Object.keys(CONTENT_NAMES));
});

test('handshake messages, but for HelloRequest, which DTLS in WebRTC never sends', () => {
  const [, ...types] = parsed(HANDSHAKE_TYPE);
  expect(HANDSHAKE_NAMES).toEqual(
    Object.fromEntries(types.map(([number, name]) => [number, inWords(name)])),
  );
  expect(Object.values(HANDSHAKE)).toEqual(types.map(([number]) => number));
});

test('the headers are as long as their fields together', () => {
  expect(RECORD_HEADER).toBe(1 + 2 + 2 + 6 + 2);
  expect(HANDSHAKE_HEADER).toBe(1 + 3 + 2 + 3 + 3);
});

test('the unified header is 001, C, S, L and two bits of the epoch, and as long as its fields', () => {
  expect(UNIFIED.first).toBe(0b001_0_1_1_00);
  expect(UNIFIED.length).toBe(1 + 2 + 2);
  expect([0x2c, 0x2d, 0x2e, 0x2f].every(isUnified)).toBe(true);
  expect([0x16, 0x3f, 0x20, 0x80].some(isUnified)).toBe(false);
});

test('a hello names its versions', () => {
  const head = new Uint8Array(35);
  const client = Uint8Array.of(...head, 0, ...CLIENT_OFFER);
  expect(helloVersions(client, 'client')?.versions).toEqual(['FEFC', 'FEFD']);
  const server = Uint8Array.of(...head, ...SERVER_CHOICE);
  expect(helloVersions(server, 'server')?.versions).toEqual(['FEFC']);
  expect(helloVersions(Uint8Array.of(...head, 0), 'client')).toBe(null);
});
