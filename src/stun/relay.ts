// A TURN server (RFC 8656) over UDP and TCP: it relays between its clients and their peers. It answers Binding as well.
import type { Input, Output, ProtocolObject } from '../net/io.ts';
import type { Endpoint, Protocol } from '../net/packet.ts';
import { endpointKey } from '../net/packet.ts';
import { isSameEndpoint } from '../rtc/address.ts';
import type { Random } from '../net/random.ts';
import { FAMILY_IPV4, familyOf } from './address.ts';
import { Allocation } from './allocation.ts';
import type { AllocationView, FiveTuple } from './allocation.ts';
import { bindingAnswer, failure, isMalformed, success, unknownAttributes } from './answer.ts';
import { decodeChannelData, encodeChannelData } from './channel-data.ts';
import { Framing } from './framing.ts';
import type { Owner, TurnUser } from './long-term.ts';
import { LongTermCheck } from './long-term.ts';
import { attribute, decode, encode, isChannelData, METHOD, transactionKey } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';
import { answer } from './relay-requests.ts';
import type { Desk } from './relay-requests.ts';

/** RFC 8656 §7.2: the ports of relayed endpoints. */
const FIRST_PORT = 49_152;
const PORTS = 16_384;

/** What a TURN server is made with. */
export interface TurnServerSetup {
  /** Where it takes requests: each endpoint over UDP, over TCP, or twice for both. */
  readonly listen: readonly { readonly protocol: Protocol; readonly local: Endpoint }[];
  /** Where its relayed endpoints are: one address of a family. */
  readonly relayAddresses: readonly string[];
  readonly realm: string;
  readonly users: readonly TurnUser[];
  readonly random: Random;
  /** SOFTWARE in its responses (RFC 8489 §14.14). */
  readonly software?: string;
  /** Allocations a username; no limit by default. */
  readonly quota?: number;
  /** In ms; an hour by default. */
  readonly nonceLifetime?: number;
  /** RFC 8656 §10.2: peers' addresses that are answered with 403; none by default. */
  readonly refuses?: (address: string) => boolean;
}

/** A TURN server. Everything that it keeps ends by the clock. */
export class TurnServer implements ProtocolObject<never> {
  readonly #listening: TurnServerSetup['listen'];
  readonly #check: LongTermCheck;
  readonly #random: Random;
  readonly #software: string | null;
  readonly #quota: number;
  readonly #outputs: Output[] = [];
  readonly #streams = new Map<string, Framing>();
  readonly #byTuple = new Map<string, Allocation>();
  readonly #byRelayed = new Map<string, Allocation>();
  readonly #relayAddresses: ReadonlyMap<number, string>;
  readonly #refuses: (address: string) => boolean;
  /** No later than the first end of anything; Infinity while there is nothing. */
  #due = Infinity;

  constructor(setup: TurnServerSetup) {
    this.#listening = setup.listen;
    this.#random = setup.random;
    this.#software = setup.software ?? null;
    this.#quota = setup.quota ?? Infinity;
    this.#refuses = setup.refuses ?? (() => false);
    this.#check = new LongTermCheck(setup.realm, setup.users, setup.random, setup.nonceLifetime);
    this.#relayAddresses = new Map(
      setup.relayAddresses.map((address) => [familyOf(address) ?? FAMILY_IPV4, address]),
    );
    for (const { protocol, local } of setup.listen) {
      if (protocol === 'tcp') this.#outputs.push({ type: 'listen', local });
    }
  }

  /** The allocations as they stand, in the order in which they were made. */
  get allocations(): readonly AllocationView[] {
    return [...this.#byTuple.values()].map((allocation) => allocation.view());
  }

  handleInput(now: number, input: Input): void {
    this.handleTimeout(now);
    const isServed = this.#listening.some(
      ({ protocol, local }) =>
        protocol === (input.type === 'tcp' ? 'tcp' : input.protocol) &&
        isSameEndpoint(local, input.local),
    );
    if (input.type === 'tcp') {
      if (isServed) this.#handleTcp(input.state, input.local, input.remote);
      return;
    }
    const { protocol, source, local, payload } = input;
    if (!isServed) {
      if (protocol === 'udp') this.#fromPeer(now, source, local, payload);
      return;
    }
    const tuple = { protocol, client: source, server: local };
    if (protocol === 'udp') this.#fromClient(now, tuple, payload);
    else this.#fromStream(now, tuple, payload);
  }

  handleTimeout(now: number): void {
    if (now < this.#due) return;
    this.#due = Infinity;
    for (const allocation of this.#byTuple.values()) {
      if (allocation.until <= now) this.#remove(allocation);
      else this.#due = Math.min(this.#due, allocation.expire(now));
    }
  }

  pollTimeout(): number | null {
    return this.#due === Infinity ? null : this.#due;
  }

  pollOutput(): Output | null {
    return this.#outputs.shift() ?? null;
  }

  pollEvent(): null {
    return null;
  }

  #handleTcp(state: string, local: Endpoint, remote: Endpoint): void {
    const tuple: FiveTuple = { protocol: 'tcp', client: remote, server: local };
    const key = tupleKey(tuple);
    if (state === 'open') this.#streams.set(key, new Framing());
    else this.#forget(key);
  }

  /** A connection is over. Nothing can come to its client any more: what it had ends with it. */
  #forget(key: string): void {
    this.#streams.delete(key);
    const allocation = this.#byTuple.get(key);
    if (allocation !== undefined) this.#remove(allocation);
  }

  #fromStream(now: number, tuple: FiveTuple, chunk: Uint8Array): void {
    const key = tupleKey(tuple);
    const framing = this.#streams.get(key);
    if (framing === undefined) return;
    framing.push(chunk);
    for (let bytes = framing.next(); bytes !== null; bytes = framing.next()) {
      this.#fromClient(now, tuple, bytes);
    }
    if (!framing.broken) return;
    this.#forget(key);
    this.#outputs.push({ type: 'close', source: tuple.server, destination: tuple.client });
  }

  #fromClient(now: number, tuple: FiveTuple, bytes: Uint8Array): void {
    const allocation = this.#byTuple.get(tupleKey(tuple)) ?? null;
    if (isChannelData(bytes)) {
      const data = decodeChannelData(bytes);
      if (data === null || allocation === null) return;
      const peer = allocation.peerOf(now, data.number);
      if (peer !== null) this.#toPeer(now, allocation, peer, data.payload);
      return;
    }
    const decoded = decode(bytes);
    // RFC 8489 §7.3: a wrong FINGERPRINT says that this isn't STUN.
    if (!decoded.ok || decoded.message.fingerprint === 'wrong') return;
    const { message } = decoded;
    if (message.class === 'request') {
      const response = this.#respond(now, tuple, message, allocation);
      if (response !== null) this.#toClient(tuple, response);
    } else if (message.class === 'indication' && message.method === METHOD.send) {
      // RFC 8656 §11.2: DONT-FRAGMENT can't be done, so that it is an unknown attribute here.
      const isUnfit =
        isMalformed(message) ||
        message.unknown.length > 0 ||
        attribute(message, 'DONT-FRAGMENT') !== undefined;
      const peer = attribute(message, 'XOR-PEER-ADDRESS');
      const payload = attribute(message, 'DATA');
      if (isUnfit || peer === undefined || payload === undefined || allocation === null) return;
      this.#toPeer(now, allocation, peer, payload);
    }
  }

  #respond(
    now: number,
    tuple: FiveTuple,
    request: DecodedMessage,
    allocation: Allocation | null,
  ): Uint8Array | null {
    switch (request.method) {
      case METHOD.binding:
        if (isMalformed(request)) return failure(request, 400);
        if (request.unknown.length > 0) return unknownAttributes(request, request.unknown);
        return success(request, bindingAnswer(tuple.client, this.#software));
      case METHOD.allocate:
      case METHOD.refresh:
      case METHOD.createPermission:
      case METHOD.channelBind: {
        const owner = this.#check.check(now, request);
        if (owner instanceof Uint8Array) return owner;
        // RFC 8656 §5: a retransmission of the request that made the allocation gets its response again.
        if (
          request.method === METHOD.allocate &&
          allocation !== null &&
          allocation.madeBy === transactionKey(request.transactionId)
        ) {
          return allocation.response;
        }
        const response = answer(
          this.#desk(now, tuple),
          now,
          request,
          owner,
          tuple.client,
          allocation,
        );
        if (allocation !== null) this.#due = Math.min(this.#due, allocation.expire(now));
        return response;
      }
      default:
        // RFC 8489 §6.3: a method that isn't supported is ignored.
        return null;
    }
  }

  #desk(now: number, tuple: FiveTuple): Desk {
    return {
      software: this.#software === null ? [] : [{ name: 'SOFTWARE', value: this.#software }],
      addresses: this.#relayAddresses,
      refuses: this.#refuses,
      hasQuota: (username) => {
        let count = 0;
        for (const each of this.#byTuple.values()) if (each.username === username) count += 1;
        return count < this.#quota;
      },
      reserve: (address, even) => this.#freeEndpoint(address, even),
      create: (relayed, owner, request, lifetime) =>
        this.#create(now, tuple, relayed, owner, request, lifetime),
      remove: (allocation) => this.#remove(allocation),
    };
  }

  /** RFC 8656 §7.2: a port by chance, and from there on the first that is free. */
  #freeEndpoint(address: string, even: boolean): Endpoint | null {
    const first = this.#random.below(PORTS);
    for (let step = 0; step < PORTS; step += 1) {
      const port = FIRST_PORT + ((first + step) % PORTS);
      if (even && port % 2 === 1) continue;
      const endpoint = { address, port };
      if (!this.#byRelayed.has(endpointKey(endpoint))) return endpoint;
    }
    return null;
  }

  #create(
    now: number,
    tuple: FiveTuple,
    relayed: Endpoint,
    owner: Owner,
    request: DecodedMessage,
    lifetime: number,
  ): Allocation {
    const until = now + lifetime * 1000;
    const madeBy = transactionKey(request.transactionId);
    const allocation = new Allocation(tuple, relayed, owner, madeBy, until);
    this.#byTuple.set(tupleKey(tuple), allocation);
    this.#byRelayed.set(endpointKey(relayed), allocation);
    this.#due = Math.min(this.#due, until);
    return allocation;
  }

  #remove(allocation: Allocation): void {
    this.#byTuple.delete(tupleKey(allocation.tuple));
    this.#byRelayed.delete(endpointKey(allocation.relayed));
  }

  #toPeer(now: number, allocation: Allocation, peer: Endpoint, payload: Uint8Array): void {
    if (!allocation.isPermitted(now, peer.address) || this.#refuses(peer.address)) {
      allocation.denied += 1;
      return;
    }
    allocation.sent += 1;
    this.#outputs.push({
      type: 'send',
      protocol: 'udp',
      source: allocation.relayed,
      destination: peer,
      payload,
    });
  }

  /** RFC 8656 §11.3. */
  #fromPeer(now: number, peer: Endpoint, relayed: Endpoint, payload: Uint8Array): void {
    const allocation = this.#byRelayed.get(endpointKey(relayed));
    if (allocation === undefined) return;
    if (!allocation.isPermitted(now, peer.address)) {
      allocation.denied += 1;
      return;
    }
    allocation.received += 1;
    const { tuple } = allocation;
    const number = allocation.channelTo(now, peer);
    if (number !== null) {
      this.#toClient(tuple, encodeChannelData({ number, payload }, tuple.protocol === 'tcp'));
      return;
    }
    const attributes: Attribute[] = [
      { name: 'XOR-PEER-ADDRESS', value: peer },
      { name: 'DATA', value: payload },
    ];
    const transactionId = this.#random.bytes(12);
    const message = {
      class: 'indication',
      method: METHOD.data,
      transactionId,
      attributes,
    } as const;
    this.#toClient(tuple, encode(message, null, false));
  }

  #toClient({ protocol, client, server }: FiveTuple, payload: Uint8Array): void {
    this.#outputs.push({ type: 'send', protocol, source: server, destination: client, payload });
  }
}

function tupleKey({ protocol, client, server }: FiveTuple): string {
  return `${protocol} ${endpointKey(client)} ${endpointKey(server)}`;
}
