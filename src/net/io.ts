// What a protocol without I/O asks of its host, and what its host tells it. ICE, STUN and TURN all speak so.
import type { Endpoint, Protocol } from './packet.ts';

/** Something a protocol wants done. `source` and `local` are endpoints of its own host. */
export type Output =
  | {
      readonly type: 'send';
      readonly protocol: Protocol;
      readonly source: Endpoint;
      readonly destination: Endpoint;
      /** A datagram; over TCP a part of the stream, on a connection that is open. */
      readonly payload: Uint8Array;
    }
  /** Open a UDP socket: what comes to it is taken before anything has left it. */
  | { readonly type: 'bind'; readonly local: Endpoint }
  /** Open a TCP connection. */
  | { readonly type: 'connect'; readonly source: Endpoint; readonly destination: Endpoint }
  /** Take TCP connections at this endpoint. */
  | { readonly type: 'listen'; readonly local: Endpoint }
  /** End a TCP connection. */
  | { readonly type: 'close'; readonly source: Endpoint; readonly destination: Endpoint };

/** Something that happened at a protocol's host. */
export type Input =
  | {
      readonly type: 'received';
      readonly protocol: Protocol;
      /** As the packet says when it arrives: behind a NAT, the NAT's. */
      readonly source: Endpoint;
      readonly local: Endpoint;
      readonly payload: Uint8Array;
    }
  | {
      readonly type: 'tcp';
      /** `open` for both ends; `refused` and `timed-out` answer a `connect`; `closed` ends an open connection. */
      readonly state: 'open' | 'refused' | 'timed-out' | 'closed';
      readonly local: Endpoint;
      readonly remote: Endpoint;
    };

/**
 * A protocol without I/O: it takes input and a time, and hands out output and the time it next wants to be called.
 * Times are milliseconds of the virtual clock and never go back. `poll…` is asked again until it gives null.
 */
export interface ProtocolObject<Event> {
  handleInput(now: number, input: Input): void;
  /** Nothing happens when it is called too early. */
  handleTimeout(now: number): void;
  /** When `handleTimeout` is due; null while nothing is. */
  pollTimeout(): number | null;
  pollOutput(): Output | null;
  pollEvent(): Event | null;
}
