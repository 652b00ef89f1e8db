// A tiny network in memory: TURN clients, a server and a plain peer, on a virtual clock. Nothing is lost or delayed.
import type { Input, Output, ProtocolObject } from '../../../src/net/io.ts';
import type { Endpoint } from '../../../src/net/packet.ts';
import { isSameEndpoint } from '../../../src/rtc/address.ts';
import { seeded } from '../../../src/net/random.ts';
import { TurnServer } from '../../../src/stun/relay.ts';
import type { TurnServerSetup } from '../../../src/stun/relay.ts';
import { TurnClient } from '../../../src/stun/turn-client.ts';
import type { TurnClientSetup, TurnEvent } from '../../../src/stun/turn-client.ts';

export const SERVER: Endpoint = { address: '192.0.2.10', port: 3478 };
export const CLIENT: Endpoint = { address: '203.0.113.5', port: 50_000 };
export const PEER: Endpoint = { address: '198.51.100.7', port: 41_231 };
export const USER = { username: 'user', credential: 'secret' };

export function server(more: Partial<TurnServerSetup> = {}): TurnServer {
  return new TurnServer({
    listen: [
      { protocol: 'udp', local: SERVER },
      { protocol: 'tcp', local: SERVER },
    ],
    relayAddresses: ['192.0.2.10'],
    realm: 'example.org',
    users: [USER],
    random: seeded(1),
    ...more,
  });
}

export function client(more: Partial<TurnClientSetup> = {}): TurnClient {
  const setup = { local: CLIENT, server: SERVER, transport: 'udp', random: seeded(2) } as const;
  return new TurnClient({ ...setup, ...USER, ...more });
}

/** Runs one client against one server; what is for neither is kept in `peer`. */
export class Loop {
  now = 0;
  readonly peer: Extract<Output, { type: 'send' }>[] = [];
  readonly events: TurnEvent[] = [];
  /** Every datagram or piece of a stream between the two. */
  readonly wire: Uint8Array[] = [];
  readonly client: TurnClient;
  readonly server: TurnServer;
  /** Cuts what goes over TCP. */
  readonly cut: (bytes: Uint8Array) => readonly Uint8Array[];
  /** While false, nothing reaches the server. */
  connected = true;

  constructor(
    turnClient: TurnClient,
    turnServer: TurnServer,
    cut: (bytes: Uint8Array) => readonly Uint8Array[] = (bytes) => [bytes],
  ) {
    this.client = turnClient;
    this.server = turnServer;
    this.cut = cut;
  }

  /** Carries everything over until nothing moves. */
  settle(): void {
    for (let round = 0; round < 100; round += 1) {
      const moved = [this.#drain(this.client), this.#drain(this.server)].includes(true);
      for (let event = this.client.pollEvent(); event !== null; event = this.client.pollEvent()) {
        this.events.push(event);
      }
      if (!moved) return;
    }
    throw new Error('It never ends.');
  }

  /** Lets the time pass, from one wake-up to the next. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (let round = 0; round < 1000; round += 1) {
      this.settle();
      const due = Math.min(
        this.client.pollTimeout() ?? Infinity,
        this.server.pollTimeout() ?? Infinity,
      );
      if (due > end) {
        this.now = end;
        return;
      }
      this.now = Math.max(this.now, due);
      this.client.handleTimeout(this.now);
      this.server.handleTimeout(this.now);
    }
    throw new Error('It wakes up without end.');
  }

  /** A datagram from the peer to the relayed endpoint. */
  fromPeer(payload: Uint8Array, source: Endpoint = PEER): void {
    const relayed = this.client.relayed ?? SERVER;
    this.server.handleInput(this.now, {
      type: 'received',
      protocol: 'udp',
      source,
      local: relayed,
      payload,
    });
    this.settle();
  }

  #drain(from: ProtocolObject<unknown>): boolean {
    let moved = false;
    for (let output = from.pollOutput(); output !== null; output = from.pollOutput()) {
      moved = true;
      this.#carry(from, output);
    }
    return moved;
  }

  #carry(from: ProtocolObject<unknown>, output: Output): void {
    const toServer = from === this.client;
    const to = toServer ? this.server : this.client;
    switch (output.type) {
      case 'bind':
      case 'listen':
        return;
      case 'connect':
      case 'close': {
        const state = output.type === 'connect' ? 'open' : 'closed';
        const { source, destination } = output;
        to.handleInput(this.now, { type: 'tcp', state, local: destination, remote: source });
        if (state === 'open') {
          from.handleInput(this.now, { type: 'tcp', state, local: source, remote: destination });
        }
        return;
      }
      case 'send': {
        if (toServer && !this.connected) return;
        if (!toServer && !isSameEndpoint(output.destination, CLIENT)) {
          this.peer.push(output);
          return;
        }
        this.wire.push(output.payload);
        const { protocol, source, destination, payload } = output;
        for (const piece of protocol === 'tcp' ? this.cut(payload) : [payload]) {
          const input: Input = {
            type: 'received',
            protocol,
            source,
            local: destination,
            payload: piece,
          };
          to.handleInput(this.now, input);
        }
      }
    }
  }
}
