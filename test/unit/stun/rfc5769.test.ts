// The test vectors of RFC 5769 are read, verified and written.
import { describe, expect, test } from 'vitest';
import { longTermKey, shortTermKey } from '../../../src/stun/integrity.ts';
import type { IntegrityKey } from '../../../src/stun/integrity.ts';
import { attribute, decode, encode, METHOD, verifyIntegrity } from '../../../src/stun/message.ts';
import type { DecodedMessage, StunMessage } from '../../../src/stun/message.ts';
import * as vectors from './vectors.ts';

function read(bytes: Uint8Array): DecodedMessage {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.message;
}

const password = shortTermKey(vectors.PASSWORD);
const { username, realm } = vectors.LONG_TERM;
const longTerm = longTermKey(username, realm, vectors.LONG_TERM.password);

/** What of the bytes doesn't hang on the padding, which the vectors fill with spaces and `encode` with zeros. */
function besidePadding(bytes: Uint8Array): readonly string[] {
  return read(bytes).placed.map(({ attribute, type, start, end }) =>
    type === 0x0008 || type === 0x8028
      ? attribute.name
      : Buffer.from(bytes.subarray(start, end)).toString('hex'),
  );
}

const message = (decoded: DecodedMessage): StunMessage => ({
  ...decoded,
  attributes: decoded.attributes.filter(
    ({ name }) => name !== 'MESSAGE-INTEGRITY' && name !== 'FINGERPRINT',
  ),
});

describe('RFC 5769', () => {
  test('§2.1: the request', () => {
    const decoded = read(vectors.REQUEST);
    expect(decoded).toMatchObject({ class: 'request', method: METHOD.binding });
    expect(attribute(decoded, 'SOFTWARE')).toBe('STUN test client');
    expect(attribute(decoded, 'PRIORITY')).toBe(0x6e0001ff);
    expect(attribute(decoded, 'ICE-CONTROLLED')).toBe(0x932ff9b151263b36n);
    expect(attribute(decoded, 'USERNAME')).toBe('evtj:h6vY');
  });

  test.each([
    ['§2.2', vectors.RESPONSE_IPV4, '192.0.2.1'],
    ['§2.3', vectors.RESPONSE_IPV6, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])('%s: the response', (_section, bytes, address) => {
    const decoded = read(bytes);
    expect(decoded).toMatchObject({ class: 'success', method: METHOD.binding });
    expect(attribute(decoded, 'SOFTWARE')).toBe('test vector');
    expect(attribute(decoded, 'XOR-MAPPED-ADDRESS')).toEqual({ address, port: 32853 });
  });

  test('§2.4: the request with long-term authentication, byte for byte', () => {
    const decoded = read(vectors.REQUEST_LONG_TERM);
    expect(attribute(decoded, 'USERNAME')).toBe(username);
    expect(attribute(decoded, 'NONCE')).toBe('f//499k954d6OL34oL9FSTvy64sA');
    expect(attribute(decoded, 'REALM')).toBe(realm);
    expect(decoded.fingerprint).toBe('absent');
    expect(encode(message(decoded), longTerm, false)).toEqual(vectors.REQUEST_LONG_TERM);
  });

  test.each([
    ['§2.1', vectors.REQUEST, password],
    ['§2.2', vectors.RESPONSE_IPV4, password],
    ['§2.3', vectors.RESPONSE_IPV6, password],
    ['§2.4', vectors.REQUEST_LONG_TERM, longTerm],
  ] satisfies [string, Uint8Array, IntegrityKey][])(
    '%s: integrity and fingerprint',
    (section, bytes, key) => {
      const decoded = read(bytes);
      expect(verifyIntegrity(decoded, key)).toBe(true);
      expect(verifyIntegrity(decoded, shortTermKey('another'))).toBe(false);
      expect(decoded.fingerprint).toBe(section === '§2.4' ? 'absent' : 'right');
      const written = encode(message(decoded), key, section !== '§2.4');
      expect(written).toHaveLength(bytes.length);
      expect(besidePadding(written)).toEqual(besidePadding(bytes));
      expect(verifyIntegrity(read(written), key)).toBe(true);
    },
  );

  test('one bit of any byte flipped is seen', () => {
    for (let at = 0; at < vectors.REQUEST.length - 8; at += 1) {
      const changed = vectors.REQUEST.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const decoded = decode(changed);
      if (!decoded.ok) continue;
      expect(decoded.message.fingerprint, String(at)).not.toBe('right');
      expect(verifyIntegrity(decoded.message, password), String(at)).toBe(false);
    }
  });
});
