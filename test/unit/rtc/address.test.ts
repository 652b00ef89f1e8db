// Addresses: every range by its edges, and any text without an exception.
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { addressInfo, parseIPv4, parseIPv6 } from '../../../src/rtc/address.ts';

it.each([
  ['', 'hidden', null],
  ['5b0f6d34-9c2e-4b7e-8f51-0c1d2e3f4a5b.local', 'mdns', null],
  ['HOST.LOCAL', 'mdns', null],
  ['local', 'name', null],
  ['turn.example.org', 'name', null],
  ['127.0.0.1', 'loopback', 4],
  ['127.255.255.255', 'loopback', 4],
  ['128.0.0.0', 'global', 4],
  ['10.0.0.1', 'private', 4],
  ['11.0.0.0', 'global', 4],
  ['172.15.255.255', 'global', 4],
  ['172.16.0.0', 'private', 4],
  ['172.31.255.255', 'private', 4],
  ['172.32.0.0', 'global', 4],
  ['192.168.0.1', 'private', 4],
  ['192.169.0.1', 'global', 4],
  ['100.63.255.255', 'global', 4],
  ['100.64.0.0', 'shared', 4],
  ['100.127.255.255', 'shared', 4],
  ['100.128.0.0', 'global', 4],
  ['169.254.7.7', 'link-local', 4],
  ['0.0.0.0', 'unspecified', 4],
  ['0.0.0.1', 'reserved', 4],
  ['192.0.2.1', 'documentation', 4],
  ['198.51.100.1', 'documentation', 4],
  ['203.0.113.9', 'documentation', 4],
  ['192.0.0.8', 'reserved', 4],
  ['198.18.0.1', 'reserved', 4],
  ['198.19.255.255', 'reserved', 4],
  ['198.20.0.0', 'global', 4],
  ['224.0.0.251', 'multicast', 4],
  ['239.255.255.255', 'multicast', 4],
  ['255.255.255.255', 'reserved', 4],
  ['::', 'unspecified', 6],
  ['::1', 'loopback', 6],
  ['::2', 'reserved', 6],
  ['fc00::1', 'unique-local', 6],
  ['fdff:ffff::', 'unique-local', 6],
  ['fe80::1%eth0', 'link-local', 6],
  ['febf::', 'link-local', 6],
  ['fec0::', 'reserved', 6],
  ['ff02::fb', 'multicast', 6],
  ['2001:db8::1', 'documentation', 6],
  ['2001:db7::1', 'global', 6],
  ['3fff:0fff::', 'documentation', 6],
  ['3fff:1000::', 'global', 6],
  ['2606:4700:4700::1111', 'global', 6],
  ['64:ff9b::192.0.2.33', 'global', 6],
  ['::ffff:10.1.2.3', 'private', 6],
  ['::ffff:8.8.8.8', 'global', 6],
  ['4000::', 'reserved', 6],
  ['256.1.1.1', 'malformed', null],
  ['1.2.3', 'malformed', null],
  ['01.2.3.4', 'malformed', null],
  ['1:2', 'malformed', null],
  [':::', 'malformed', null],
  ['fe80::1%', 'malformed', null],
  ['-a.example', 'malformed', null],
  ['a b', 'malformed', null],
])('%s is %s', (text, kind, family) => {
  expect(addressInfo(text)).toEqual({ kind, family });
});

it.each([
  ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['1::8', [1, 0, 0, 0, 0, 0, 0, 8]],
  ['1:2:3:4:5:6:7::', [1, 2, 3, 4, 5, 6, 7, 0]],
  ['::FFFF:1.2.3.4', [0, 0, 0, 0, 0, 0xffff, 0x102, 0x304]],
])('%s has its groups', (text, groups) => {
  expect(parseIPv6(text)).toEqual(groups);
});

it.each(['1:2:3:4:5:6:7:8:9', '1:2:3:4::5:6:7:8', '1::2::3', '12345::', '1.2.3.4::', ':1', 'g::'])(
  '%s is no IPv6 address',
  (text) => {
    expect(parseIPv6(text)).toBeNull();
  },
);

test('addresses that are ones are known as ones', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV6(), (four, six) => {
      expect(addressInfo(four).family).toBe(4);
      expect(parseIPv4(four)?.join('.')).toBe(four);
      expect(parseIPv6(six)).toHaveLength(8);
      expect(addressInfo(six).family).toBe(6);
    }),
  );
});

test('any text has a kind', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof addressInfo(text).kind).toBe('string');
    }),
  );
});
