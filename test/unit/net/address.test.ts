// Addresses as text and bytes, and the prefixes they are in.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalAddress,
  doPrefixesOverlap,
  formatAddress,
  isInPrefix,
  isLocalAddress,
  parseAddress,
  parsePrefix,
} from '../../../src/net/address.ts';

// RFC 5952 §4 and §5.
test.each([
  ['2001:0db8::0001', '2001:db8::1'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['::ffff:c000:201', '::ffff:192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.01', null],
  ['fe80::1%eth0', null],
  ['example.org', null],
])('%s is written %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test('any bytes come back from their text', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 }),
  );
  fc.assert(
    fc.property(bytes, (any) => {
      expect(parseAddress(formatAddress(Uint8Array.from(any)))).toEqual(Uint8Array.from(any));
    }),
  );
  expect(() => formatAddress(new Uint8Array(5))).toThrow(RangeError);
});

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['172.16.0.0/12', '172.31.0.1', true],
  ['172.16.0.0/12', '172.32.0.1', false],
  ['0.0.0.0/0', '192.0.2.1', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['192.0.2.1/32', '192.0.2.1', true],
  ['192.0.2.1/32', '192.0.2.0', false],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
])('%s has %s: %s', (cidr, address, isIn) => {
  const prefix = parsePrefix(cidr);
  const bytes = parseAddress(address);
  expect(prefix !== null && bytes !== null && isInPrefix(bytes, prefix)).toBe(isIn);
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/08', '::/129', '/8', '::/-1'])(
  '%s is no prefix',
  (text) => {
    expect(parsePrefix(text)).toBeNull();
  },
);

test('prefixes overlap when one is in the other', () => {
  const of = (text: string) => parsePrefix(text) ?? { bytes: new Uint8Array(0), length: 0 };
  expect(doPrefixesOverlap(of('10.0.0.0/8'), of('10.1.0.0/16'))).toBe(true);
  expect(doPrefixesOverlap(of('10.1.0.0/16'), of('10.0.0.0/8'))).toBe(true);
  expect(doPrefixesOverlap(of('10.1.0.0/16'), of('10.2.0.0/16'))).toBe(false);
  expect(doPrefixesOverlap(of('0.0.0.0/0'), of('::/0'))).toBe(false);
});

test('what the internet has no route to', () => {
  const local = ['10.0.0.1', '100.64.0.1', '169.254.1.1', '127.0.0.1', 'fd00::1', 'fe80::1'];
  expect(local.filter((each) => !isLocalAddress(each))).toEqual([]);
  expect(['8.8.8.8', '198.51.100.7', '2001:db8::1'].filter(isLocalAddress)).toEqual([]);
});
