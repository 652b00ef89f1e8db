// A generation's user fragment and password (RFC 8839 §5.4), and the tie-breaker of an agent.
import type { Random } from '../net/random.ts';
import type { IceCredentials } from './agent-port.ts';

// RFC 8839 §5.1: ice-char.
const ICE_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** RFC 8445 §5.3: at least 24 bits, 4 characters; and at least 128 bits, 22 characters. Browsers take 4 and 24. */
const UFRAG_LENGTH = 4;
const PWD_LENGTH = 24;

/** New credentials. */
export function makeCredentials(random: Random): IceCredentials {
  return { ufrag: text(random, UFRAG_LENGTH), pwd: text(random, PWD_LENGTH) };
}

function text(random: Random, length: number): string {
  let made = '';
  for (let at = 0; at < length; at += 1) made += ICE_CHARS.charAt(random.below(ICE_CHARS.length));
  return made;
}

/** RFC 8445 §16.1: 64 random bits. */
export function makeTieBreaker(random: Random): bigint {
  return (BigInt(random.below(0x1_0000_0000)) << 32n) | BigInt(random.below(0x1_0000_0000));
}
