// A STUN server: it tells who asks by which endpoint it sees them (RFC 8489 §6.3, §12), over UDP.
import type { Input, Output, ProtocolObject } from '../net/io.ts';
import type { Endpoint } from '../net/packet.ts';
import { isSameEndpoint } from '../rtc/address.ts';
import { bindingAnswer, failure, isMalformed, success, unknownAttributes } from './answer.ts';
import { decode, METHOD } from './message.ts';

/** What a STUN server is made with. */
export interface StunServerSetup {
  readonly local: Endpoint;
  /** SOFTWARE in its responses (RFC 8489 §14.14). */
  readonly software?: string;
}

/**
 * A Binding server (RFC 8489 §12) without credentials. What is no STUN request for it, it ignores (§6.3).
 * It keeps nothing, so that a retransmitted request gets the same response (§6.3.1).
 */
export class StunServer implements ProtocolObject<never> {
  readonly local: Endpoint;
  readonly #software: string | null;
  readonly #outputs: Output[] = [];
  #answered = 0;

  constructor({ local, software }: StunServerSetup) {
    this.local = local;
    this.#software = software ?? null;
  }

  /** How many requests it has answered. */
  get answered(): number {
    return this.#answered;
  }

  handleInput(_now: number, input: Input): void {
    if (input.type !== 'received' || input.protocol !== 'udp') return;
    if (!isSameEndpoint(input.local, this.local)) return;
    const response = this.#answer(input.payload, input.source);
    if (response === null) return;
    this.#answered += 1;
    this.#outputs.push({
      type: 'send',
      protocol: 'udp',
      source: this.local,
      destination: input.source,
      payload: response,
    });
  }

  handleTimeout(): void {
    // Nothing here waits.
  }

  pollTimeout(): null {
    return null;
  }

  pollOutput(): Output | null {
    return this.#outputs.shift() ?? null;
  }

  pollEvent(): null {
    return null;
  }

  #answer(payload: Uint8Array, source: Endpoint): Uint8Array | null {
    const decoded = decode(payload);
    if (!decoded.ok) return null;
    const { message } = decoded;
    // RFC 8489 §7.3: a wrong FINGERPRINT says that this isn't STUN.
    if (message.fingerprint === 'wrong') return null;
    if (message.class !== 'request' || message.method !== METHOD.binding) return null;
    if (isMalformed(message)) return failure(message, 400);
    if (message.unknown.length > 0) return unknownAttributes(message, message.unknown);
    return success(message, bindingAnswer(source, this.#software));
  }
}
