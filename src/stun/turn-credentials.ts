// The client's side of long-term credentials (RFC 8489 §9.2.3, §9.2.5).
import { longTermKey } from './integrity.ts';
import type { IntegrityKey } from './integrity.ts';
import { attribute, hasIntegrity, verifyIntegrity } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';

/** What a server may answer before it knows who asks, and so without MESSAGE-INTEGRITY. */
const UNSIGNED: readonly number[] = [300, 400, 401, 420, 438, 500];

/** A username and password for one server, with the realm and nonce that it last gave. */
export class TurnCredentials {
  readonly #username: string;
  readonly #password: string;
  #key: IntegrityKey | null = null;
  #realm: string | null = null;
  #nonce: string | null = null;

  constructor(username: string, password: string) {
    this.#username = username;
    this.#password = password;
  }

  /** Null until the server has given a realm. */
  get key(): IntegrityKey | null {
    return this.#key;
  }

  /** What goes into a request; nothing before the server has asked for it (RFC 8489 §9.2.3.1). */
  get attributes(): readonly Attribute[] {
    if (this.#realm === null || this.#nonce === null) return [];
    return [
      { name: 'USERNAME', value: this.#username },
      { name: 'REALM', value: this.#realm },
      { name: 'NONCE', value: this.#nonce },
    ];
  }

  /** Whether a response is to be believed (RFC 8489 §9.2.5). */
  trusts(response: DecodedMessage): boolean {
    if (this.#key === null) return response.class === 'error';
    if (hasIntegrity(response)) return verifyIntegrity(response, this.#key);
    const code = attribute(response, 'ERROR-CODE')?.code ?? 0;
    return response.class === 'error' && UNSIGNED.includes(code);
  }

  /**
   * Takes realm and nonce out of an error response.
   * @returns whether the request may be tried again: after the first 401, and after a 438
   */
  learn(response: DecodedMessage, code: number): boolean {
    if (code !== 401 && code !== 438) return false;
    const realm = attribute(response, 'REALM');
    const nonce = attribute(response, 'NONCE');
    if (realm === undefined || nonce === undefined) return false;
    // RFC 8489 §9.2.5: a 401 to a request that had credentials says that they are wrong.
    if (code === 401 && this.#key !== null) return false;
    if (realm !== this.#realm) this.#key = longTermKey(this.#username, realm, this.#password);
    this.#realm = realm;
    this.#nonce = nonce;
    return true;
  }
}
