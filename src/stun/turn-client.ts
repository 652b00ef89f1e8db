// The client of a TURN server (RFC 8656), without I/O: an allocation, permissions, channels, and data through them.
import type { Input, Output, ProtocolObject } from '../net/io.ts';
import type { Endpoint } from '../net/packet.ts';
import { isSameEndpoint } from '../rtc/address.ts';
import { decodeChannelData, encodeChannelData } from './channel-data.ts';
import { Framing } from './framing.ts';
import { isStun } from './header.ts';
import { attribute, decode, encode, isChannelData, METHOD } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';
import { RTO, Transactions } from './transaction.ts';
import { TurnCredentials } from './turn-credentials.ts';
import type { TurnClientSetup, TurnClientState, TurnEvent } from './turn-event.ts';
import { AHEAD, TurnPeers } from './turn-peers.ts';
import { attributesOf, methodOf } from './turn-purpose.ts';
import type { Purpose } from './turn-purpose.ts';

export type { TurnClientSetup, TurnClientState, TurnEvent } from './turn-event.ts';

/** W3C WebRTC, RTCPeerConnectionIceErrorEvent: the server was not reached. */
export const NOT_REACHED = 701;
/** How often one request is tried anew with a new nonce. */
const TRIES = 3;
/** How many packets wait for one permission. */
const QUEUE = 16;

/** One allocation on one server, kept alive until `close`. */
export class TurnClient implements ProtocolObject<TurnEvent> {
  readonly #setup: TurnClientSetup;
  readonly #credentials: TurnCredentials;
  readonly #transactions = new Transactions<Purpose>();
  readonly #framing = new Framing();
  readonly #outputs: Output[] = [];
  readonly #events: TurnEvent[] = [];
  readonly #peers = new TurnPeers();
  #state: TurnClientState = 'new';
  #relayed: Endpoint | null = null;
  #mapped: Endpoint | null = null;
  #refreshAt = Infinity;

  constructor(setup: TurnClientSetup) {
    this.#setup = setup;
    this.#credentials = new TurnCredentials(setup.username, setup.credential);
  }

  get state(): TurnClientState {
    return this.#state;
  }

  /** The endpoint that peers send to; null while there is no allocation. */
  get relayed(): Endpoint | null {
    return this.#relayed;
  }

  /** The client as the server sees it; null while there is no allocation. */
  get mapped(): Endpoint | null {
    return this.#mapped;
  }

  /** Connects, over TCP, and asks for an allocation. A second call does nothing. */
  start(now: number): void {
    if (this.#state !== 'new') return;
    const { transport, local, server } = this.#setup;
    if (transport === 'tcp') {
      this.#state = 'connecting';
      this.#outputs.push({ type: 'connect', source: local, destination: server });
      return;
    }
    this.#state = 'allocating';
    this.#request(now, { type: 'allocate', tries: 1 });
  }

  /**
   * Asks for a permission and keeps it: packets from and to this address may pass (RFC 8656 §9). Before there is an
   * allocation it is remembered. Asking again does nothing.
   */
  permit(now: number, address: string): void {
    if (this.#isOver() || this.#peers.permission(address) !== undefined) return;
    this.#peers.want(address);
    if (this.#state === 'allocated') this.#request(now, { type: 'permit', address, tries: 1 });
  }

  /**
   * Asks for a channel to a peer and keeps it; its permission comes with it (RFC 8656 §12.1). Until it is bound, data
   * goes in Send indications. Gives false before there is an allocation, and when no number is left.
   */
  bindChannel(now: number, peer: Endpoint): boolean {
    if (this.#state !== 'allocated') return false;
    if (this.#peers.channelTo(peer) !== undefined) return true;
    const channel = this.#peers.open(peer);
    if (channel === null) return false;
    this.#request(now, { type: 'bind', channel, tries: 1 });
    return true;
  }

  /**
   * Sends data to a peer: as ChannelData once a channel is bound, otherwise in a Send indication (RFC 8656 §11.1). What
   * is sent while its permission is under way waits for it, up to 16 packets. Gives false where nothing will be sent:
   * no allocation, or no permission asked for.
   */
  send(_now: number, peer: Endpoint, payload: Uint8Array): boolean {
    if (this.#state !== 'allocated') return false;
    const channel = this.#peers.channelTo(peer);
    if (channel?.bound === true) {
      const data = { number: channel.number, payload };
      this.#transmit(encodeChannelData(data, this.#setup.transport === 'tcp'));
      return true;
    }
    const permission = this.#peers.permission(peer.address);
    if (permission === undefined) return false;
    if (permission.state === 'permitted') this.#indicate(peer, payload);
    else if (permission.waiting.length < QUEUE) permission.waiting.push({ peer, payload });
    else return false;
    return true;
  }

  /** Gives the allocation back (RFC 8656 §8). Outputs may still be polled. */
  close(now: number): void {
    if (this.#isOver()) return;
    const had = this.#state === 'allocated';
    this.#transactions.clear();
    this.#reset();
    this.#state = had ? 'closing' : 'closed';
    if (had) this.#request(now, { type: 'delete', tries: 1 });
    // What goes before the end of a stream arrives: there is no need to wait for the response.
    if (this.#setup.transport === 'tcp') this.#finish('closed');
  }

  /** Whether an input is this client's: where others share its socket, they may be the ones asked. */
  accepts(input: Input): boolean {
    const { local, server, transport } = this.#setup;
    if (!isSameEndpoint(input.local, local)) return false;
    if (input.type === 'tcp') return transport === 'tcp' && isSameEndpoint(input.remote, server);
    if (input.protocol !== transport || !isSameEndpoint(input.source, server)) return false;
    if (transport === 'tcp' || isChannelData(input.payload)) return true;
    if (!isStun(input.payload)) return false;
    // RFC 8656 §17: 0x0017 is a Data indication.
    const isData = input.payload[0] === 0x00 && input.payload[1] === 0x17;
    return isData || this.#transactions.has(input.payload.subarray(8, 20));
  }

  handleInput(now: number, input: Input): void {
    if (!this.accepts(input) || this.#state === 'new' || this.#isEnded()) return;
    if (input.type === 'tcp') {
      if (input.state === 'open') {
        if (this.#state !== 'connecting') return;
        this.#state = 'allocating';
        this.#request(now, { type: 'allocate', tries: 1 });
      } else if (input.state === 'closed') this.#fail(NOT_REACHED, 'Connection closed.');
      else this.#fail(NOT_REACHED, 'Failed to establish connection.');
      return;
    }
    if (this.#setup.transport === 'udp') {
      this.#handleMessage(now, input.payload);
      return;
    }
    this.#framing.push(input.payload);
    for (let bytes = this.#framing.next(); bytes !== null; bytes = this.#framing.next()) {
      this.#handleMessage(now, bytes);
    }
    if (this.#framing.broken) this.#fail(NOT_REACHED, 'The stream has something else in it.');
  }

  handleTimeout(now: number): void {
    for (let due = this.#transactions.poll(now); due !== null; due = this.#transactions.poll(now)) {
      if (due.type === 'send') this.#transmit(due.transaction.request);
      else this.#giveUp(due.transaction.context);
    }
    if (this.#state !== 'allocated') return;
    if (this.#refreshAt <= now) {
      this.#refreshAt = Infinity;
      this.#request(now, { type: 'refresh', tries: 1 });
    }
    for (const purpose of this.#peers.due(now)) this.#request(now, purpose);
  }

  pollTimeout(): number | null {
    const next = Math.min(
      this.#transactions.timeout() ?? Infinity,
      this.#refreshAt,
      this.#peers.timeout(),
    );
    return next === Infinity ? null : next;
  }

  pollOutput(): Output | null {
    return this.#outputs.shift() ?? null;
  }

  pollEvent(): TurnEvent | null {
    return this.#events.shift() ?? null;
  }

  #isOver(): boolean {
    return this.#state === 'closing' || this.#isEnded();
  }

  #isEnded(): boolean {
    return this.#state === 'closed' || this.#state === 'failed';
  }

  #request(now: number, purpose: Purpose): void {
    const { random, transport, rto } = this.#setup;
    const attributes = [...attributesOf(purpose), ...this.#credentials.attributes];
    const method = methodOf(purpose);
    // FINGERPRINT is left out: RFC 8656 §5 leaves it to the client, and browsers send none.
    const bytes = encode(
      { class: 'request', method, transactionId: random.bytes(12), attributes },
      this.#credentials.key,
      false,
    );
    this.#transactions.start(now, bytes, transport, purpose, rto ?? RTO);
    this.#transmit(bytes);
  }

  #transmit(payload: Uint8Array): void {
    const { transport, local, server } = this.#setup;
    this.#outputs.push({
      type: 'send',
      protocol: transport,
      source: local,
      destination: server,
      payload,
    });
  }

  #indicate(peer: Endpoint, payload: Uint8Array): void {
    const attributes: Attribute[] = [
      { name: 'XOR-PEER-ADDRESS', value: peer },
      { name: 'DATA', value: payload },
    ];
    const transactionId = this.#setup.random.bytes(12);
    const message = {
      class: 'indication',
      method: METHOD.send,
      transactionId,
      attributes,
    } as const;
    this.#transmit(encode(message, null, false));
  }

  #handleMessage(now: number, bytes: Uint8Array): void {
    if (isChannelData(bytes)) {
      const data = decodeChannelData(bytes);
      const peer = data === null ? undefined : this.#peers.channelOf(data.number)?.peer;
      if (data !== null && peer !== undefined) this.#deliver(peer, data.payload);
      return;
    }
    const decoded = decode(bytes);
    if (!decoded.ok || decoded.message.fingerprint === 'wrong') return;
    const { message } = decoded;
    if (message.class === 'indication' && message.method === METHOD.data) {
      const peer = attribute(message, 'XOR-PEER-ADDRESS');
      const payload = attribute(message, 'DATA');
      if (message.unknown.length > 0 || peer === undefined || payload === undefined) return;
      // RFC 8656 §11.4: data from where no permission was asked for is dropped.
      if (this.#peers.permission(peer.address) !== undefined) this.#deliver(peer, payload);
      return;
    }
    const transaction = this.#transactions.find(message);
    if (transaction === null || message.method !== methodOf(transaction.context)) return;
    // RFC 8489 §9.2.5: what is not proven to be the server's is as if it had not come.
    if (!this.#credentials.trusts(message)) return;
    this.#transactions.end(message);
    if (message.class === 'success') this.#handleSuccess(now, transaction.context, message);
    else this.#handleError(now, transaction.context, message);
  }

  #deliver(peer: Endpoint, payload: Uint8Array): void {
    if (this.#state === 'allocated') this.#events.push({ type: 'received', peer, payload });
  }

  #handleSuccess(now: number, purpose: Purpose, message: DecodedMessage): void {
    switch (purpose.type) {
      case 'allocate': {
        const relayed = attribute(message, 'XOR-RELAYED-ADDRESS');
        const mapped = attribute(message, 'XOR-MAPPED-ADDRESS');
        const lifetime = attribute(message, 'LIFETIME');
        if (relayed === undefined || mapped === undefined || lifetime === undefined) {
          this.#fail(400, 'The Allocate response is not complete.');
          return;
        }
        this.#state = 'allocated';
        this.#relayed = relayed;
        this.#mapped = mapped;
        this.#refreshAt = now + untilRefresh(lifetime);
        this.#events.push({ type: 'allocated', relayed, mapped, lifetime });
        for (const address of this.#peers.addresses) {
          this.#request(now, { type: 'permit', address, tries: 1 });
        }
        return;
      }
      case 'refresh':
        this.#refreshAt = now + untilRefresh(attribute(message, 'LIFETIME') ?? 0);
        return;
      case 'delete':
        this.#finish('closed');
        return;
      case 'permit':
        this.#permitted(now, purpose.address);
        return;
      case 'bind': {
        const { channel } = purpose;
        if (this.#peers.bound(now, channel)) {
          this.#events.push({ type: 'bound', peer: channel.peer, channel: channel.number });
        }
        this.#permitted(now, channel.peer.address);
        return;
      }
    }
  }

  #permitted(now: number, address: string): void {
    const waiting = this.#peers.permitted(now, address);
    if (waiting === null) return;
    for (const { peer, payload } of waiting) this.#indicate(peer, payload);
    this.#events.push({ type: 'permitted', address });
  }

  #handleError(now: number, purpose: Purpose, message: DecodedMessage): void {
    const error = attribute(message, 'ERROR-CODE') ?? { code: 400, reason: '' };
    if (this.#credentials.learn(message, error.code) && purpose.tries < TRIES) {
      this.#request(now, { ...purpose, tries: purpose.tries + 1 });
      return;
    }
    this.#refused(purpose, error.code, error.reason);
  }

  #giveUp(purpose: Purpose): void {
    this.#refused(purpose, NOT_REACHED, `TURN ${purpose.type} request timed out.`);
  }

  #refused(purpose: Purpose, code: number, text: string): void {
    switch (purpose.type) {
      case 'allocate':
      case 'refresh':
        this.#fail(code, text);
        return;
      case 'delete':
        // RFC 8656 §8.3: on 437 it was gone already; where nobody answers, it will end by itself.
        this.#finish('closed');
        return;
      case 'permit':
        // RFC 8656 §5: on 437 the allocation no longer exists.
        if (code === 437) this.#fail(code, text);
        else {
          this.#peers.refused(purpose.address);
          this.#events.push({ type: 'refused', address: purpose.address, code, text });
        }
        return;
      case 'bind':
        // The number stays taken, and the peer without a channel: Send indications go on.
        if (code === 437) this.#fail(code, text);
        else purpose.channel.bound = false;
    }
  }

  #fail(code: number, text: string): void {
    const wasClosing = this.#state === 'closing';
    this.#finish(wasClosing ? 'closed' : 'failed');
    if (!wasClosing) this.#events.push({ type: 'failed', code, text });
  }

  #finish(state: 'closed' | 'failed'): void {
    this.#state = state;
    this.#transactions.clear();
    this.#reset();
    const { transport, local, server } = this.#setup;
    if (transport === 'tcp') {
      this.#outputs.push({ type: 'close', source: local, destination: server });
    }
  }

  #reset(): void {
    this.#peers.clear();
    this.#relayed = null;
    this.#mapped = null;
    this.#refreshAt = Infinity;
  }
}

/** How long until a refresh, in ms, for a lifetime in s. */
function untilRefresh(lifetime: number): number {
  return Math.max(lifetime * 1000 - AHEAD, lifetime * 500);
}
