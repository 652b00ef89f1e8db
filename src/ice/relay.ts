// An allocation at a TURN server as the agent uses it: a base whose packets go through the server (RFC 8656).
import type { Input } from '../net/io.ts';
import type { Endpoint } from '../net/packet.ts';
import type { IceServerAddress } from './agent-port.ts';

/** What an allocation tells. */
export type RelayEvent =
  | { readonly type: 'allocated'; readonly relayed: Endpoint; readonly mapped: Endpoint }
  /** There is no allocation, or none any more. */
  | { readonly type: 'failed'; readonly code: number; readonly text: string }
  | { readonly type: 'data'; readonly peer: Endpoint; readonly payload: Uint8Array };

/** A TURN client, its socket, and its server. */
export interface Relay {
  readonly server: IceServerAddress;
  /** Its end of the way to the server. */
  readonly local: Endpoint;
  /** Asks the server for an allocation. */
  start(now: number): void;
  /** Packets of this address may come in. */
  permit(now: number, peer: Endpoint): void;
  /** Data to this peer is to go the short way: by a channel. */
  bind(now: number, peer: Endpoint): void;
  send(now: number, peer: Endpoint, payload: Uint8Array): void;
  /** Whether an input is for this client; others may share its socket. */
  accepts(input: Input): boolean;
  handleInput(now: number, input: Input): void;
  handleTimeout(now: number): void;
  pollTimeout(): number | null;
  pollEvent(): RelayEvent | null;
  /** Gives the allocation back. */
  close(now: number): void;
}
