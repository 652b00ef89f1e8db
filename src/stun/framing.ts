// STUN and ChannelData messages out of a TCP stream, however it is cut (RFC 8489 §6.2.2, RFC 8656 §12.5).
import { get16, get32, padded } from './bytes.ts';
import { HEADER_LENGTH, MAGIC_COOKIE } from './header.ts';

/** Puts a stream's chunks together to messages. */
export class Framing {
  #buffer = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #broken = false;

  /** True once something came that is neither kind of message: where the next one begins can't be known any more. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Takes the next chunk. It may be changed afterwards. */
  push(chunk: Uint8Array): void {
    if (this.#broken) return;
    const held = this.#end - this.#start;
    if (this.#end + chunk.length > this.#buffer.length) {
      const size = Math.max(2 * held, held + chunk.length, 256);
      const next = new Uint8Array(size);
      next.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = next;
      this.#start = 0;
      this.#end = held;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** The next whole message, without ChannelData's padding, as bytes of its own; null until there is one. */
  next(): Uint8Array | null {
    const held = this.#end - this.#start;
    if (this.#broken || held < 4) return null;
    const at = this.#start;
    const first = this.#buffer[at] ?? 0;
    const length = get16(this.#buffer, at + 2);
    const isStun = first < 4;
    if (isStun ? length % 4 !== 0 : first >> 4 !== 4) return this.#break();
    if (isStun && held >= 8 && get32(this.#buffer, at + 4) !== MAGIC_COOKIE) return this.#break();
    const size = isStun ? HEADER_LENGTH + length : 4 + length;
    if (held < padded(size)) return null;
    this.#start += padded(size);
    const message = this.#buffer.slice(at, at + size);
    if (this.#start === this.#end) this.#start = this.#end = 0;
    return message;
  }

  #break(): null {
    this.#broken = true;
    this.#buffer = new Uint8Array(0);
    this.#start = this.#end = 0;
    return null;
  }
}
