// RTCDataChannel of a virtual peer (WebRTC 1.0 §6.2). Whatever it asks for, its messages arrive, and in order.
import type { DataChannel } from '../connection.ts';
import type { ChannelOptions } from './channel-options.ts';
import { PPID } from '../../rtc/data-chunk.ts';
import { Listeners } from './listeners.ts';

/** The events of a channel. */
interface ChannelEvents {
  open: Event;
  close: Event;
  closing: Event;
  bufferedamountlow: Event;
  error: Event;
  message: { readonly data: unknown };
}

/** What a channel asks of the association under it. */
export interface ChannelPort {
  /** Takes a message; `onSent` is told of the bytes that left. */
  send(
    channel: VirtualDataChannel,
    ppid: number,
    bytes: Uint8Array,
    onSent: (count: number) => void,
  ): void;
  /** The app closes it: its stream ends after what was sent. */
  close(channel: VirtualDataChannel): void;
  /** Has an event fire in a task of its own. */
  task(task: () => void): void;
  /** RFC 8841 §6.1: what the other side takes, in bytes; 0 is no limit. */
  readonly maxMessageSize: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function isBlob(data: object): data is Blob {
  return data instanceof Blob;
}

/** RTCErrorEvent with an RTCError, as far as it is used. */
class ChannelErrorEvent extends Event {
  readonly error: DOMException & { readonly errorDetail: 'sctp-failure' };

  constructor() {
    super('error');
    const error = new DOMException('Transport channel closed', 'OperationError');
    this.error = Object.assign(error, { errorDetail: 'sctp-failure' } as const);
  }
}

/** A data channel. */
export class VirtualDataChannel implements DataChannel {
  readonly label: string;
  readonly ordered: boolean;
  readonly maxPacketLifeTime: number | null;
  readonly maxRetransmits: number | null;
  readonly protocol: string;
  readonly negotiated: boolean;
  id: number | null;
  readyState: 'connecting' | 'open' | 'closing' | 'closed' = 'connecting';
  /** It was open once. */
  hasOpened = false;
  bufferedAmountLowThreshold = 0;
  binaryType: 'arraybuffer' | 'blob' = 'arraybuffer';
  messagesSent = 0;
  messagesReceived = 0;
  bytesSent = 0;
  bytesReceived = 0;
  #bufferedAmount = 0;
  /** A blob that is to be sent is being read. */
  #reading: Promise<void> | null = null;
  readonly #port: ChannelPort;
  readonly #listeners = new Listeners<ChannelEvents>();

  constructor(label: string, options: ChannelOptions, port: ChannelPort) {
    this.label = label;
    this.ordered = options.ordered;
    this.maxPacketLifeTime = options.maxPacketLifeTime;
    this.maxRetransmits = options.maxRetransmits;
    this.protocol = options.protocol;
    this.negotiated = options.negotiated;
    this.id = options.id;
    this.#port = port;
  }

  get bufferedAmount(): number {
    return this.#bufferedAmount;
  }

  send(data: string | ArrayBuffer | Blob): void {
    const refused = (message: string) => `Failed to execute 'send' on 'RTCDataChannel': ${message}`;
    if (this.readyState !== 'open') {
      throw new DOMException(
        refused("RTCDataChannel.readyState is not 'open'"),
        'InvalidStateError',
      );
    }
    const isText = typeof data === 'string';
    const content = isText
      ? encoder.encode(data)
      : isBlob(data)
        ? data
        : new Uint8Array(data.slice(0));
    const size = isBlob(content) ? content.size : content.length;
    const limit = this.#port.maxMessageSize;
    if (size > limit)
      throw new TypeError(refused(`Message size (${size}) is larger than ${limit}.`));
    this.messagesSent += 1;
    this.bytesSent += size;
    this.#bufferedAmount += size;
    if (this.#reading === null && !isBlob(content)) this.#pass(isText, content);
    else this.#passLater(isText, content);
  }

  /** A blob has to be read first, and what is sent after it waits (WebRTC 1.0 §6.2). */
  #passLater(isText: boolean, content: Uint8Array | Blob): void {
    const before = this.#reading ?? Promise.resolve();
    const reading = before
      .then(async () => (isBlob(content) ? new Uint8Array(await content.arrayBuffer()) : content))
      .then((bytes) => {
        if (this.#reading === reading) this.#reading = null;
        this.#pass(isText, bytes);
      });
    this.#reading = reading;
  }

  #pass(isText: boolean, bytes: Uint8Array): void {
    if (bytes.length === 0) {
      // RFC 8831 §6.6: SCTP has no empty messages, so one byte stands for nothing.
      const ppid = isText ? PPID.textEmpty : PPID.binaryEmpty;
      this.#port.send(this, ppid, Uint8Array.of(0), () => undefined);
      return;
    }
    this.#port.send(this, isText ? PPID.text : PPID.binary, bytes, (count) => {
      this.#sent(count);
    });
  }

  close(): void {
    if (this.readyState === 'closing' || this.readyState === 'closed') return;
    this.readyState = 'closing';
    this.#port.close(this);
  }

  addEventListener<K extends keyof ChannelEvents>(
    type: K,
    listener: (event: ChannelEvents[K]) => void,
  ): void {
    this.#listeners.add(type, listener);
  }

  removeEventListener<K extends keyof ChannelEvents>(
    type: K,
    listener: (event: ChannelEvents[K]) => void,
  ): void {
    this.#listeners.remove(type, listener);
  }

  /** It may carry messages now (WebRTC 1.0 §6.2, "announce as open"). */
  announce(): void {
    this.#port.task(() => {
      if (this.readyState !== 'connecting') return;
      this.openSilently();
      this.#tell('open');
    });
  }

  /** The other side made it: it is open before anybody heard of it (WebRTC 1.0 §6.2). */
  openSilently(): void {
    this.hasOpened = true;
    this.readyState = 'open';
  }

  tellOpen(): void {
    this.#port.task(() => {
      if (this.readyState === 'open') this.#tell('open');
    });
  }

  /** The other side ends it (WebRTC 1.0 §6.2.4). */
  closing(): void {
    this.#port.task(() => {
      if (this.readyState !== 'open' && this.readyState !== 'connecting') return;
      this.readyState = 'closing';
      this.#tell('closing');
    });
  }

  /** It is over. @param silent the connection was closed here, which fires nothing */
  end(silent: boolean): void {
    if (silent) {
      this.readyState = 'closed';
      return;
    }
    this.#port.task(() => {
      if (this.readyState === 'closed') return;
      this.readyState = 'closed';
      this.#tell('close');
    });
  }

  /** What carried it is over, and nobody had closed it (WebRTC 1.0 §6.2.5). */
  fail(): void {
    this.#port.task(() => {
      if (this.readyState === 'closed') return;
      this.readyState = 'closed';
      this.#listeners.tell('error', new ChannelErrorEvent());
      this.#tell('close');
    });
  }

  /** A message has arrived. */
  receive(ppid: number, bytes: Uint8Array): void {
    const own = bytes.slice();
    this.#port.task(() => {
      this.#take(ppid, own);
    });
  }

  #take(ppid: number, bytes: Uint8Array): void {
    if (this.readyState !== 'open' && this.readyState !== 'closing') return;
    const isEmpty = ppid === PPID.textEmpty || ppid === PPID.binaryEmpty;
    const content = isEmpty ? new Uint8Array(0) : bytes;
    this.messagesReceived += 1;
    this.bytesReceived += content.length;
    if (ppid === PPID.text || ppid === PPID.textEmpty) {
      this.#listeners.tell('message', { data: decoder.decode(content) });
    } else if (ppid === PPID.binary || ppid === PPID.binaryEmpty) {
      const data = new Uint8Array(content).buffer;
      const asked = this.binaryType === 'blob' ? new Blob([data]) : data;
      this.#listeners.tell('message', { data: asked });
    }
  }

  #sent(count: number): void {
    const before = this.#bufferedAmount;
    this.#bufferedAmount = before - count;
    const threshold = this.bufferedAmountLowThreshold;
    if (before <= threshold || this.#bufferedAmount > threshold) return;
    this.#port.task(() => {
      this.#tell('bufferedamountlow');
    });
  }

  #tell(type: Exclude<keyof ChannelEvents, 'message'>): void {
    if (this.#listeners.has(type)) this.#listeners.tell(type, new Event(type));
  }
}
