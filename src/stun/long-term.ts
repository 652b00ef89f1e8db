// The server's side of long-term credentials (RFC 8489 §9.2.4): who is asking, or how it is refused.
import type { Random } from '../net/random.ts';
import { failure } from './answer.ts';
import type { IntegrityKey } from './integrity.ts';
import { longTermKey } from './integrity.ts';
import { attribute, hasIntegrity, verifyIntegrity } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';

/** RFC 8656 §5: a nonce is to be a new one at least once an hour, in ms. */
export const NONCE_LIFETIME = 3_600_000;

/** Somebody whose credentials were right. */
export interface Owner {
  readonly username: string;
  readonly key: IntegrityKey;
}

/** A username and its password. */
export interface TurnUser {
  readonly username: string;
  readonly credential: string;
}

/** Checks requests. One nonce is valid at a time, for everybody: enough where nobody but the clients listens. */
export class LongTermCheck {
  readonly realm: string;
  readonly #keys: ReadonlyMap<string, IntegrityKey>;
  readonly #random: Random;
  readonly #lifetime: number;
  #nonce = '';
  #until = -Infinity;

  /** @param lifetime of a nonce, in ms */
  constructor(
    realm: string,
    users: readonly TurnUser[],
    random: Random,
    lifetime: number = NONCE_LIFETIME,
  ) {
    this.realm = realm;
    this.#keys = new Map(
      users.map(({ username, credential }) => [username, longTermKey(username, realm, credential)]),
    );
    this.#random = random;
    this.#lifetime = lifetime;
  }

  /** Who asks, where the request proves it; otherwise the error response. */
  check(now: number, request: DecodedMessage): Owner | Uint8Array {
    if (!hasIntegrity(request)) return this.#challenge(now, request, 401);
    const username = attribute(request, 'USERNAME');
    const realm = attribute(request, 'REALM');
    const nonce = attribute(request, 'NONCE');
    if (username === undefined || realm === undefined || nonce === undefined) {
      return failure(request, 400);
    }
    if (nonce !== this.#nonce || now >= this.#until) return this.#challenge(now, request, 438);
    const key = this.#keys.get(username);
    if (key === undefined || realm !== this.realm || !verifyIntegrity(request, key)) {
      return this.#challenge(now, request, 401);
    }
    return { username, key };
  }

  #challenge(now: number, request: DecodedMessage, code: 401 | 438): Uint8Array {
    if (now >= this.#until) {
      this.#nonce = Array.from(this.#random.bytes(8), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
      this.#until = now + this.#lifetime;
    }
    const attributes: Attribute[] = [
      { name: 'REALM', value: this.realm },
      { name: 'NONCE', value: this.#nonce },
    ];
    return failure(request, code, attributes);
  }
}
