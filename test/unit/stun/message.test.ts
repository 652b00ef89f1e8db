// Messages come back as they went in, and any bytes give a message or a named refusal.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../src/net/random.ts';
import { ATTRIBUTES } from '../../../src/stun/attributes.ts';
import type { ValueKind } from '../../../src/stun/attributes.ts';
import { decodeChannelData, encodeChannelData } from '../../../src/stun/channel-data.ts';
import { Framing } from '../../../src/stun/framing.ts';
import { shortTermKey } from '../../../src/stun/integrity.ts';
import {
  attribute,
  CLASSES,
  decode,
  encode,
  isStun,
  METHOD,
  StunEncodeError,
  verifyIntegrity,
} from '../../../src/stun/message.ts';
import type { Attribute, StunMessage } from '../../../src/stun/message.ts';
import { messageTree } from '../../../src/stun/tree.ts';
import type { TreeNode } from '../../../src/stun/tree.ts';
import * as vectors from './vectors.ts';

const bytes = (limit: number) => fc.uint8Array({ maxLength: limit });
const ipv4 = fc.ipV4();
// Canonical text, as RFC 5952 has it, without a run of zeros.
const ipv6 = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':'));
const endpoint = fc.record({
  address: fc.oneof(ipv4, ipv6, fc.constantFrom('::', '::1', '2001:db8::1', 'fe80::1:0:0:1')),
  port: fc.integer({ min: 0, max: 0xffff }),
});
const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

const VALUES: Readonly<Record<ValueKind, fc.Arbitrary<unknown>>> = {
  address: endpoint,
  'xor-address': endpoint,
  text,
  bytes: bytes(50),
  uint32: uint(32),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  flag: fc.constant(true),
  error: fc.record({ code: fc.integer({ min: 300, max: 699 }), reason: text }),
  types: fc.array(uint(16), { maxLength: 5 }),
  channel: uint(16),
  uint8: uint(8),
  bit: fc.boolean(),
};

const known = fc
  .constantFrom(...ATTRIBUTES.filter(({ type }) => type !== 0x0008 && type !== 0x8028))
  .chain(({ name, kind }) => VALUES[kind].map((value) => ({ name, value }) as Attribute));
const unknown = fc.record({
  name: fc.constant('unknown' as const),
  type: fc.constantFrom(0x7777, 0xc057),
  value: bytes(20),
});
const messages: fc.Arbitrary<StunMessage> = fc.record({
  class: fc.constantFrom(...CLASSES),
  method: uint(12),
  transactionId: fc.uint8Array({ minLength: 12, maxLength: 12 }),
  attributes: fc.array(fc.oneof(known, unknown), { maxLength: 6 }),
});
const key = shortTermKey('secret');

function read(from: Uint8Array) {
  const decoded = decode(from);
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.message;
}

test('what is encoded is decoded as it was', () => {
  fc.assert(
    fc.property(messages, (message) => {
      const decoded = read(encode(message, key));
      expect(decoded).toMatchObject({ class: message.class, method: message.method });
      expect(decoded.transactionId).toEqual(message.transactionId);
      expect(decoded.attributes.slice(0, -2)).toEqual(message.attributes);
      expect(decoded.fingerprint).toBe('right');
      expect(verifyIntegrity(decoded, key)).toBe(true);
      expect(verifyIntegrity(decoded, shortTermKey('other'))).toBe(false);
      for (const { start, end } of decoded.placed) {
        expect(decoded.bytes[start + 2]).toBe((end - start - 4) >> 8);
        expect(decoded.bytes[start + 3]).toBe((end - start - 4) & 255);
      }
    }),
  );
});

/** Everything that reads bytes, at once. */
function readAll(from: Uint8Array): void {
  const decoded = decode(from);
  if (decoded.ok) {
    verifyIntegrity(decoded.message, key);
    encode(decoded.message, null, false);
  }
  decodeChannelData(from);
  const tree = messageTree(from);
  if (tree !== null) checkTree(tree, from.length);
  const framing = new Framing();
  framing.push(from);
  for (let found = framing.next(); found !== null; found = framing.next()) decode(found);
}

function checkTree(node: TreeNode, limit: number): void {
  expect(node.start).toBeGreaterThanOrEqual(0);
  expect(node.end).toBeLessThanOrEqual(limit);
  expect(node.hex).toHaveLength(2 * (node.end - node.start));
  let last = node.start;
  for (const child of node.children) {
    expect(child.start).toBeGreaterThanOrEqual(last);
    last = child.end;
    checkTree(child, node.end);
  }
}

describe('any bytes', () => {
  test('at random', () => fc.assert(fc.property(bytes(200), readAll)));

  test('a message with bytes changed, cut or added', () => {
    const changes = fc.array(fc.tuple(fc.nat(), uint(8)), { maxLength: 5 });
    fc.assert(
      fc.property(messages, changes, fc.nat(), bytes(9), (message, changed, cut, more) => {
        const from = encode(message, key);
        for (const [at, value] of changed) from[at % from.length] = value;
        readAll(from);
        readAll(from.subarray(0, cut % from.length));
        const longer = new Uint8Array(from.length + more.length);
        longer.set(from);
        longer.set(more, from.length);
        readAll(longer);
      }),
    );
  });

  test.each([
    ['too-short', (from: Uint8Array) => from.subarray(0, 19)],
    ['truncated', (from: Uint8Array) => from.subarray(0, -4)],
    ['over-long', (from: Uint8Array) => Uint8Array.of(...from, 0, 0, 0, 0)],
    ['first-bits', (from: Uint8Array) => from.with(0, 0x80)],
    ['magic-cookie', (from: Uint8Array) => from.with(4, 0)],
    ['length-alignment', (from: Uint8Array) => from.with(3, 0x57)],
    ['attribute-length', (from: Uint8Array) => from.with(22, 0x7f)],
  ])('%s', (why, change) => {
    expect(decode(change(vectors.REQUEST))).toEqual({ ok: false, why });
  });
});

const base = {
  class: 'request',
  method: METHOD.binding,
  transactionId: new Uint8Array(12),
} as const;

test('what stands behind MESSAGE-INTEGRITY does not count, but FINGERPRINT does', () => {
  const signed = encode({ ...base, attributes: [] }, key, false);
  const tail = encode({ ...base, attributes: [{ name: 'USERNAME', value: 'evil' }] }, null, false);
  const from = Uint8Array.of(...signed, ...tail.subarray(20)).with(3, signed.length + 8 - 20);
  const decoded = read(from);
  expect(attribute(decoded, 'USERNAME')).toBeUndefined();
  expect(decoded.placed.map(({ ignored }) => ignored)).toEqual([false, true]);
  expect(verifyIntegrity(decoded, key)).toBe(true);
});

test('the first of two counts; unknown types are told once; a value that is none is malformed', () => {
  const more = { name: 'unknown', type: 0x7777, value: new Uint8Array(1) } as const;
  const decoded = read(
    encode({
      ...base,
      attributes: [
        { name: 'USERNAME', value: 'one' },
        { name: 'USERNAME', value: 'two' },
        more,
        more,
        { name: 'unknown', type: 0xc057, value: new Uint8Array(0) },
        { name: 'malformed', type: 0x0024, value: new Uint8Array(3) },
      ],
    }),
  );
  expect(attribute(decoded, 'USERNAME')).toBe('one');
  expect(decoded.unknown).toEqual([0x7777]);
  expect(decoded.attributes[5]).toMatchObject({ name: 'malformed', type: 0x0024 });
});

test.each([
  ['a name for an address', { name: 'XOR-MAPPED-ADDRESS', value: { address: 'a.local', port: 1 } }],
  ['a port that is none', { name: 'MAPPED-ADDRESS', value: { address: '1.2.3.4', port: 65_536 } }],
  ['more than 32 bits', { name: 'PRIORITY', value: 2 ** 32 }],
  ['a negative number', { name: 'ICE-CONTROLLED', value: -1n }],
  ['a code below 300', { name: 'ERROR-CODE', value: { code: 200, reason: '' } }],
] satisfies [string, Attribute][])('%s is a mistake with a name', (_what, wrong) => {
  expect(() => encode({ ...base, attributes: [wrong] })).toThrow(StunEncodeError);
});

test('ChannelData: its length, and its padding over TCP', () => {
  const payload = Uint8Array.of(1, 2, 3);
  expect(encodeChannelData({ number: 0x4001, payload }, false)).toHaveLength(7);
  const from = encodeChannelData({ number: 0x4001, payload }, true);
  expect(from).toEqual(Uint8Array.of(0x40, 1, 0, 3, 1, 2, 3, 0));
  expect(decodeChannelData(from)).toEqual({ number: 0x4001, payload });
  expect(decodeChannelData(from.with(0, 0x50))).toBeNull();
  expect(decodeChannelData(from.with(3, 5))).toBeNull();
  expect(isStun(from)).toBe(false);
});

test('a stream of messages comes out whole, wherever it is cut', () => {
  const random = seeded(3);
  const parts = [
    vectors.REQUEST,
    encodeChannelData({ number: 0x4000, payload: random.bytes(7) }, true),
    vectors.RESPONSE_IPV6,
    encodeChannelData({ number: 0x4fff, payload: new Uint8Array(0) }, true),
  ];
  const stream = Uint8Array.from(parts.flatMap((part) => [...part]));
  for (let size = 1; size < 60; size += 1) {
    const framing = new Framing();
    const found: Uint8Array[] = [];
    for (let at = 0; at < stream.length; at += size) {
      framing.push(stream.subarray(at, at + size));
      for (let next = framing.next(); next !== null; next = framing.next()) found.push(next);
    }
    expect(found.map((each) => each.length)).toEqual([108, 11, 92, 4]);
    expect(found[2]).toEqual(vectors.RESPONSE_IPV6);
  }
});

test('a stream of something else is broken for good', () => {
  const framing = new Framing();
  framing.push(Uint8Array.of(0x16, 3, 1, 0, 5));
  expect(framing.next()).toBeNull();
  expect(framing.broken).toBe(true);
  framing.push(vectors.REQUEST);
  expect(framing.next()).toBeNull();
});

test('a message as a tree', () => {
  const tree = messageTree(vectors.RESPONSE_IPV4);
  expect(tree).toMatchObject({ name: 'STUN Message', value: 'Binding success response' });
  const mapped = tree?.children.find(({ name }) => name === 'XOR-MAPPED-ADDRESS');
  expect(mapped).toMatchObject({
    start: 36,
    end: 48,
    hex: '002000080001a147e112a643',
    value: '192.0.2.1:32853',
    section: 'RFC 8489 §14.2',
    mark: null,
  });
  expect(mapped?.children.at(-1)?.children).toMatchObject([
    { name: 'Family', value: 'IPv4', start: 41, end: 42 },
    { name: 'X-Port', value: '32853', hex: 'a147' },
    { name: 'X-Address', value: '192.0.2.1', hex: 'e112a643' },
  ]);
  expect(tree?.children.map(({ start, end }) => end - start)).toEqual([20, 16, 12, 24, 8]);
  const wrong = messageTree(vectors.RESPONSE_IPV4.with(79, 0));
  expect(wrong?.children.at(-1)).toMatchObject({ name: 'FINGERPRINT', mark: 'wrong' });
});
