// Text and files over a data channel, recorded.
import type { ChannelEvent, DataEvent } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import { recordCall } from './call.ts';
import type { DataChannel } from './connection.ts';
import {
  byteLength,
  CHUNK,
  decodeFrame,
  encodeFrame,
  MAX_FILE,
  safeName,
  safeType,
} from './framing.ts';
import type { FileFrame } from './framing.ts';
import type { Tape } from './tape.ts';
import { watchChannel } from './watch.ts';
import type { ChannelWatch } from './watch.ts';

/** Something is too large to be sent: a text above 16 KiB with its framing, or a file above 64 MiB. */
export class DataTooLargeError extends Error {
  override readonly name = 'DataTooLargeError';
}

/** The channel is not open, or closed before all was sent. */
export class DataClosedError extends Error {
  override readonly name = 'DataClosedError';
}

/** What is sent as a file: a File, or any Blob with a name. */
export type NamedBlob = Blob & { readonly name: string };

/** A data channel that carries text and files, and writes it down. */
export interface RecordedChannel {
  readonly label: string;
  readonly readyState: ChannelEvent['state'];
  /** Told of each text that arrives. */
  onText: ((text: string, id: string) => void) | null;
  /** Told of each file that has arrived completely. The blob's type is none that runs scripts. */
  onFile: ((name: string, blob: Blob, id: string) => void) | null;
  /**
   * Sends a text.
   * @returns its id, the same on both sides
   * @throws DataTooLargeError, DataClosedError
   */
  sendText(text: string): string;
  /**
   * Sends a file after those that are being sent. Resolves with its id when the channel has taken all of it.
   * @param onProgress told how many bytes the channel has taken, and of how many
   * @throws DataTooLargeError, DataClosedError; and what reading the file throws (NotReadableError, NotFoundError)
   */
  sendFile(file: NamedBlob, onProgress?: (done: number, size: number) => void): Promise<string>;
  /** Closes the channel. */
  close(): void;
}

/** How much of a file is read at once. */
const PIECE = 16 * CHUNK;
/** When to stop handing bytes to the channel, and when to go on. */
const HIGH_WATER = 1024 * 1024;
const LOW_WATER = 256 * 1024;
/** How many events a file has at most, but for its first and its last. */
const MARKS = 20;

/**
 * Records a channel from now on, and speaks the framing on it. What arrives and is not of it is ignored.
 * @param origin who made it: this side, or the other
 */
export function recordChannel(
  channel: DataChannel,
  side: Side,
  origin: ChannelEvent['origin'],
  tape: Tape,
): RecordedChannel {
  const watch = watchChannel(channel, side, origin, tape, null);
  channel.binaryType = 'arraybuffer';

  let sent = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let incoming: Incoming | null = null;

  const newId = () => `${side}-${String(++sent)}`;
  const closed = () => new DataClosedError('The data channel is not open.');
  const write = (at: DataEvent['at'], what: DataEvent['what'], cause: number | null) => {
    return (id: string, label: string, size: number, done: number) =>
      tape.write({ kind: 'data', side, at, id, what, label, size, done }, cause);
  };

  /** Sends the bytes of a file whose header is out. */
  async function sendBytes(file: NamedBlob, progress: (done: number) => void): Promise<void> {
    for (let at = 0; at < file.size; at += PIECE) {
      const piece = await file.slice(at, at + PIECE).arrayBuffer();
      for (let from = 0; from < piece.byteLength; from += CHUNK) {
        if (!(await room(channel, watch))) throw new DataClosedError('The data channel closed.');
        const chunk = piece.slice(from, from + CHUNK);
        channel.send(chunk);
        progress(at + from + chunk.byteLength);
      }
    }
  }

  async function sendNow(
    file: NamedBlob,
    id: string,
    onProgress: ((done: number, size: number) => void) | undefined,
  ): Promise<string> {
    const { size, type } = file;
    const name = file.name.slice(-255);
    const call = recordCall(tape, side, 'Peerglass', 'sendFile', [{ name, size, type }]);
    const note = write('sent', 'file', call.n);
    const marks = throttle(size, (done) => {
      note(id, name, size, done);
    });
    try {
      if (!(await room(channel, watch))) throw closed();
      channel.send(encodeFrame({ peerglass: 'file', id, name, size, type: type.slice(0, 255) }));
      marks(0);
      try {
        await sendBytes(file, (done) => {
          marks(done);
          onProgress?.(done, size);
        });
      } catch (error) {
        if (watch.isOpen()) channel.send(encodeFrame({ peerglass: 'cancel', id }));
        throw error;
      }
    } catch (error) {
      call.threw(error);
      throw error;
    }
    call.returned(id);
    return id;
  }

  function arrivedBytes(bytes: ArrayBuffer): void {
    if (incoming === null) return;
    incoming.chunks.push(bytes);
    incoming.done += bytes.byteLength;
    const { header, done } = incoming;
    if (done > header.size) {
      incoming = null;
      return;
    }
    incoming.marks(done);
    if (done === header.size) complete(incoming);
  }

  function complete({ header, name, chunks }: Incoming): void {
    incoming = null;
    recorded.onFile?.(name, new Blob(chunks, { type: safeType(header.type) }), header.id);
  }

  function beginFile(header: FileFrame): void {
    const name = safeName(header.name);
    const note = write('received', 'file', null);
    const marks = throttle(header.size, (done) => {
      note(header.id, name, header.size, done);
    });
    incoming = { header, name, chunks: [], done: 0, marks };
    marks(0);
    if (header.size === 0) complete(incoming);
  }

  function arrivedText(data: string): void {
    const frame = decodeFrame(data);
    if (frame === null) return;
    switch (frame.peerglass) {
      case 'text': {
        const size = byteLength(frame.text);
        write('received', 'text', null)(frame.id, frame.text, size, size);
        recorded.onText?.(frame.text, frame.id);
        return;
      }
      case 'file':
        beginFile(frame);
        return;
      case 'cancel':
        if (incoming?.header.id === frame.id) incoming = null;
    }
  }

  channel.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') arrivedText(data);
    else if (data instanceof ArrayBuffer) arrivedBytes(data);
  });
  watch.onChange(() => {
    if (!watch.isOpen()) incoming = null;
  });

  const recorded: RecordedChannel = {
    get label() {
      return channel.label;
    },
    get readyState() {
      return channel.readyState;
    },
    onText: null,
    onFile: null,
    sendText(text) {
      const call = recordCall(tape, side, 'RTCDataChannel', 'send', [text.slice(0, CHUNK)]);
      try {
        const id = newId();
        const message = encodeFrame({ peerglass: 'text', id, text });
        if (byteLength(message) > CHUNK) {
          throw new DataTooLargeError(`A text has at most ${String(CHUNK)} bytes.`);
        }
        if (!watch.isOpen()) throw closed();
        channel.send(message);
        const size = byteLength(text);
        write('sent', 'text', call.n)(id, text, size, size);
        call.returned(null);
        return id;
      } catch (error) {
        call.threw(error);
        throw error;
      }
    },
    async sendFile(file, onProgress) {
      if (file.size > MAX_FILE) {
        throw new DataTooLargeError(`A file has at most ${String(MAX_FILE)} bytes.`);
      }
      const id = newId();
      const turn = queue.then(() => sendNow(file, id, onProgress));
      // The next one's turn comes whatever becomes of this one.
      queue = turn.catch(() => undefined);
      return turn;
    },
    close() {
      const call = recordCall(tape, side, 'RTCDataChannel', 'close', []);
      channel.close();
      watch.closedBy(call.n);
      call.returned(null);
    },
  };
  return recorded;
}

/** A file that is arriving. */
interface Incoming {
  readonly header: FileFrame;
  readonly name: string;
  readonly chunks: ArrayBuffer[];
  done: number;
  readonly marks: (done: number) => void;
}

/** Passes on the first, the last and at most `MARKS` in between of a growing number of bytes. */
function throttle(size: number, pass: (done: number) => void): (done: number) => void {
  let next = 0;
  return (done) => {
    if (done < next && done !== size) return;
    next = done + size / MARKS;
    pass(done);
  };
}

/**
 * Waits until the channel has room (WebRTC 1.0 §6.2, `bufferedAmountLowThreshold`).
 * @returns false when it will have none any more, because it is not open
 */
async function room(channel: DataChannel, watch: ChannelWatch): Promise<boolean> {
  if (!watch.isOpen()) return false;
  if (channel.bufferedAmount <= HIGH_WATER) return true;
  channel.bufferedAmountLowThreshold = LOW_WATER;
  await new Promise<void>((resolve) => {
    const done = () => {
      channel.removeEventListener('bufferedamountlow', done);
      forget();
      resolve();
    };
    const forget = watch.onChange(done);
    channel.addEventListener('bufferedamountlow', done);
  });
  return watch.isOpen();
}
