// All data channels of a peer: who has which stream, and how they open and close (RFC 8832, RFC 8831 §6.7).
import { channelOptions, wellFormed } from './channel-options.ts';
import { Association } from './association.ts';
import { decodeDcep, encodeAck, encodeOpen, PPID } from '../../rtc/data-chunk.ts';
import { VirtualDataChannel } from './data-channel.ts';
import type { ChannelPort } from './data-channel.ts';
import type { DtlsRole } from './dtls.ts';
import { failure } from './errors.ts';

/** RFC 8832 §6: 65535 stands for no stream. */
const MAX_ID = 65_534;

function unavailable(): DOMException {
  const message = 'RTCDataChannel creation failed: its id is not free.';
  return failure('OperationError', 'createDataChannel', message);
}

/** What the channels ask of the peer. */
export interface ChannelsHost {
  /** Sends the body of a record. */
  transmit(bytes: Uint8Array): void;
  /** Has an event fire in a task of its own. */
  task(task: () => void): void;
  /** There is something to flush. */
  wake(): void;
  /** The other side has made a channel. */
  announce(channel: VirtualDataChannel): void;
}

/** The data channels of one association. */
export class DataChannels implements ChannelPort {
  maxMessageSize = 65_536;
  readonly #host: ChannelsHost;
  readonly #association: Association;
  readonly #all: VirtualDataChannel[] = [];
  readonly #byStream = new Map<number, VirtualDataChannel>();
  /** Streams whose half was ended by this side. */
  readonly #reset = new Set<number>();
  #role: DtlsRole | null = null;
  #isUp = false;

  constructor(host: ChannelsHost) {
    this.#host = host;
    this.#association = new Association((bytes) => {
      host.transmit(bytes);
    });
  }

  /** True once a channel was made: the next offer has a section for data. */
  get isWanted(): boolean {
    return this.#all.length > 0;
  }

  get all(): readonly VirtualDataChannel[] {
    return this.#all;
  }

  /** @throws TypeError, OperationError for options that can't be (WebRTC 1.0 §6.1.1.3) */
  create(label: string, init: RTCDataChannelInit): VirtualDataChannel {
    const options = channelOptions(label, init);
    const { id } = options;
    if (id !== null && this.#byStream.has(id)) throw unavailable();
    const channel = new VirtualDataChannel(wellFormed(label), options, this);
    if (id !== null) this.#byStream.set(id, channel);
    else if (this.#role !== null) this.#number(channel);
    this.#all.push(channel);
    if (this.#isUp) this.#open(channel);
    return channel;
  }

  task(task: () => void): void {
    this.#host.task(task);
  }

  /** RFC 8832 §6: the DTLS client's channels have even numbers, the server's odd ones. */
  setRole(role: DtlsRole): void {
    if (this.#role !== null) return;
    this.#role = role;
    for (const channel of this.#all) {
      if (channel.id === null && channel.readyState === 'connecting') this.#number(channel);
    }
  }

  /** DTLS is connected and data was negotiated. */
  start(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    for (const channel of [...this.#all]) this.#open(channel);
  }

  /** The transport is over. @param silent no channel fires an event */
  end(silent: boolean): void {
    this.#isUp = false;
    for (const channel of this.#all) {
      if (silent) channel.end(true);
      else channel.fail();
    }
  }

  pollTimeout(): number | null {
    return this.#association.pollTimeout();
  }

  handleTimeout(now: number): void {
    this.#association.handleTimeout(now);
    if (this.#association.isBroken) this.end(false);
  }

  flush(now: number): void {
    if (this.#isUp) this.#association.flush(now);
  }

  handle(now: number, bytes: Uint8Array): void {
    for (const { is, stream, ppid, bytes: body } of this.#association.handle(now, bytes)) {
      if (is === 'reset') this.#ended(stream);
      else if (ppid === PPID.dcep) this.#control(stream, body);
      else this.#byStream.get(stream)?.receive(ppid, body);
    }
  }

  send(
    channel: VirtualDataChannel,
    ppid: number,
    bytes: Uint8Array,
    onSent: (count: number) => void,
  ): void {
    if (channel.id === null) return;
    this.#association.queue(channel.id, ppid, bytes, onSent);
    this.#host.wake();
  }

  close(channel: VirtualDataChannel): void {
    if (channel.id === null || !this.#isUp) {
      // Nobody there has heard of it.
      channel.end(false);
      return;
    }
    this.#resetStream(channel.id);
  }

  #number(channel: VirtualDataChannel): void {
    let id = this.#role === 'client' ? 0 : 1;
    while (this.#byStream.has(id)) id += 2;
    if (id > MAX_ID) throw unavailable();
    channel.id = id;
    this.#byStream.set(id, channel);
  }

  #open(channel: VirtualDataChannel): void {
    if (channel.id === null || channel.readyState !== 'connecting') return;
    if (!channel.negotiated) {
      this.#association.queue(channel.id, PPID.dcep, encodeOpen(channel));
      this.#host.wake();
    }
    // Messages may follow at once, before the ACK (RFC 8832 §6).
    channel.announce();
  }

  #control(stream: number, body: Uint8Array): void {
    const message = decodeDcep(body);
    if (message?.is !== 'open' || this.#byStream.has(stream)) return;
    const { label } = message;
    const channel = new VirtualDataChannel(
      label,
      { ...message, negotiated: false, id: stream },
      this,
    );
    this.#all.push(channel);
    this.#byStream.set(stream, channel);
    this.#association.queue(stream, PPID.dcep, encodeAck());
    this.#host.wake();
    this.#host.task(() => {
      channel.openSilently();
      this.#host.announce(channel);
    });
    channel.tellOpen();
  }

  /** RFC 8831 §6.7: the other side ended its half; so does this one, and when both have, the stream is free. */
  #ended(stream: number): void {
    const channel = this.#byStream.get(stream);
    if (channel === undefined) return;
    channel.closing();
    if (!this.#reset.has(stream)) this.#resetStream(stream);
    this.#reset.delete(stream);
    this.#byStream.delete(stream);
    channel.end(false);
  }

  #resetStream(stream: number): void {
    this.#reset.add(stream);
    this.#association.reset(stream);
    this.#host.wake();
  }
}
