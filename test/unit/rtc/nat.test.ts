// Kinds of NAT: all that RFC 4787's two axes allow, each once, and with an id and a place of its own.
import { expect, test } from 'vitest';
import {
  NAT_KINDS,
  NAT_PAIRS,
  NAT_RULES,
  natId,
  natKind,
  natPairAt,
  placeOf,
} from '../../../src/rtc/nat.ts';

test('the rules are those of RFC 4787 §4.1 and §5, the openest first', () => {
  expect(NAT_RULES).toEqual([
    'endpoint-independent',
    'address-dependent',
    'address-and-port-dependent',
  ]);
});

test('the nine kinds have the ids that links have always had, in that order', () => {
  expect(NAT_KINDS.map(natId)).toEqual([
    ...['ei-ei', 'ei-ad', 'ei-apd'],
    ...['ad-ei', 'ad-ad', 'ad-apd'],
    ...['apd-ei', 'apd-ad', 'apd-apd'],
  ]);
});

test('a kind and its place lead to each other', () => {
  for (const [place, kind] of NAT_KINDS.entries()) {
    expect(placeOf(kind)).toBe(place);
    expect(natKind(place)).toBe(kind);
  }
  expect(natKind(99)).toEqual(NAT_KINDS[0]);
});

test('every pair of kinds has a place in the table, and no two the same', () => {
  const places = NAT_KINDS.flatMap((_, one) => NAT_KINDS.map((__, other) => natPairAt(one, other)));
  expect(places).toEqual(Array.from({ length: NAT_PAIRS }, (_, at) => at));
  expect(NAT_PAIRS).toBe(81);
});
