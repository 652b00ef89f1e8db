// TCP connections between candidates (RFC 6544), and the frames that STUN and data have on them (RFC 4571 §2).
import type { Input } from '../net/io.ts';
import { endpointKey } from '../net/packet.ts';
import type { Endpoint } from '../net/packet.ts';
import type { Base } from './base.ts';
import type { Context } from './context.ts';

/** RFC 4571 §2: a frame begins with its length in 16 bits. */
const LENGTH = 2;
/** What waits for a connection to open, and how many connections a passive candidate takes. */
const MAX_PENDING = 8;
const MAX_STREAMS = 256;

/** A TCP connection. */
export interface Stream {
  readonly base: Base;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  isOpen: boolean;
  pending: Uint8Array[];
  /** What has come and is not a whole frame yet. */
  rest: Uint8Array;
}

/** A payload with its length before it. */
export function frame(payload: Uint8Array): Uint8Array {
  const framed = new Uint8Array(LENGTH + payload.length);
  framed[0] = payload.length >>> 8;
  framed[1] = payload.length & 0xff;
  framed.set(payload, LENGTH);
  return framed;
}

/** The whole frames in what has come so far; what is left stays in `rest`. Takes any bytes. */
export function unframe(stream: Pick<Stream, 'rest'>, part: Uint8Array): readonly Uint8Array[] {
  let bytes = part;
  if (stream.rest.length > 0) {
    bytes = new Uint8Array(stream.rest.length + part.length);
    bytes.set(stream.rest);
    bytes.set(part, stream.rest.length);
  }
  const frames: Uint8Array[] = [];
  let at = 0;
  while (bytes.length - at >= LENGTH) {
    const end = at + LENGTH + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
    if (end > bytes.length) break;
    if (end > at + LENGTH) frames.push(bytes.subarray(at + LENGTH, end));
    at = end;
  }
  stream.rest = bytes.slice(at);
  return frames;
}

/** All connections of one generation, those of TURN clients aside. */
export class Streams {
  readonly #context: Context;
  readonly #byEnds = new Map<string, Stream>();
  readonly #byPath = new Map<string, Stream>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** The connection with these ends, or null. */
  find(local: Endpoint, remote: Endpoint): Stream | null {
    return this.#byEnds.get(endsKey(local, remote)) ?? null;
  }

  /** Whether the path's connection is on its way, with something to carry. */
  isConnecting(base: Base, remote: Endpoint): boolean {
    // Asked of every pair before each check; most agents have no TCP at all.
    if (this.#byPath.size === 0) return false;
    const stream = this.#byPath.get(pathKey(base, remote));
    return stream !== undefined && !stream.isOpen && stream.pending.length > 0;
  }

  /** Sends over the path; an active base opens its connection first. Gives false where there is no way. */
  send(base: Base, remote: Endpoint, payload: Uint8Array): boolean {
    const path = pathKey(base, remote);
    let stream = this.#byPath.get(path);
    if (stream === undefined) {
      if (base.tcpType !== 'active' || this.#byEnds.size >= MAX_STREAMS) return false;
      const { address } = base.endpoint;
      const source = { address, port: this.#context.takePort('tcp', address) };
      stream = this.#add(base, source, remote);
      this.#context.send({ type: 'connect', source, destination: remote });
    }
    if (!stream.isOpen) {
      if (stream.pending.length < MAX_PENDING) stream.pending.push(payload);
      return true;
    }
    this.#write(stream, payload);
    return true;
  }

  /** A connection has opened at a passive base. */
  accept(base: Base, remote: Endpoint): void {
    if (this.#byEnds.size >= MAX_STREAMS || this.find(base.endpoint, remote) !== null) return;
    this.#add(base, base.endpoint, remote).isOpen = true;
  }

  /** What became of a connection. Gives it where it is over, so that its pair can fail; otherwise null. */
  handle(stream: Stream, state: Extract<Input, { type: 'tcp' }>['state']): Stream | null {
    if (state !== 'open') {
      this.#delete(stream);
      return stream;
    }
    stream.isOpen = true;
    for (const payload of stream.pending) this.#write(stream, payload);
    stream.pending = [];
    return null;
  }

  /** Ends the connections of a base, or all of them. */
  close(base: Base | null, isSilent: boolean): void {
    for (const stream of [...this.#byEnds.values()]) {
      if (base !== null && stream.base !== base) continue;
      this.#delete(stream);
      if (isSilent) continue;
      this.#context.send({ type: 'close', source: stream.local, destination: stream.remote });
    }
  }

  #write({ local, remote }: Stream, payload: Uint8Array): void {
    this.#context.send({
      type: 'send',
      protocol: 'tcp',
      source: local,
      destination: remote,
      payload: frame(payload),
    });
  }

  #add(base: Base, local: Endpoint, remote: Endpoint): Stream {
    const stream: Stream = {
      base,
      local,
      remote,
      isOpen: false,
      pending: [],
      rest: new Uint8Array(0),
    };
    this.#byEnds.set(endsKey(local, remote), stream);
    this.#byPath.set(pathKey(base, remote), stream);
    return stream;
  }

  #delete(stream: Stream): void {
    this.#byEnds.delete(endsKey(stream.local, stream.remote));
    this.#byPath.delete(pathKey(stream.base, stream.remote));
  }
}

function endsKey(local: Endpoint, remote: Endpoint): string {
  return `${endpointKey(local)} ${endpointKey(remote)}`;
}

function pathKey(base: Base, remote: Endpoint): string {
  return `${base.key} ${endpointKey(remote)}`;
}
