// A data channel's state: written when it becomes known, and each time it changes.
import type { ChannelEvent, ChannelOptions } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import type { DataChannel } from './connection.ts';
import type { Tape } from './tape.ts';

/** The one who watches a channel. */
export interface ChannelWatch {
  /**
   * Whether something that is sent now can arrive. After the connection's close() Chromium still says
   * `open` for a moment, and takes whatever it is given.
   */
  isOpen(): boolean;
  /**
   * Tells that a call closes the channel. Writes the state if that changed it at once; what changes from
   * now on is also that call's doing.
   */
  closedBy(call: number): void;
  /** Calls back at each change, and when `closedBy` is told, which may fire no event. */
  onChange(listener: () => void): () => void;
}

// The connection watches its channels, and so does who records one without a connection; whoever comes
// second gets the watch of the first, so that nothing is written twice.
const watches = new WeakMap<DataChannel, ChannelWatch>();

/**
 * Watches a channel and writes the state it is in, unless it is being watched.
 * @param origin who made it: this side, or the other
 * @param cause the call that made it
 * @param nth its place among the channels of its side, from 1
 */
export function watchChannel(
  channel: DataChannel,
  side: Side,
  origin: ChannelEvent['origin'],
  tape: Tape,
  cause: number | null,
  nth = 1,
): ChannelWatch {
  const known = watches.get(channel);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  let last: ChannelEvent['state'] | null = null;
  let closedBy: number | null = null;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const note = (by: number | null) => {
    const state = channel.readyState;
    if (state === last) return;
    last = state;
    const { label, id } = channel;
    const options = optionsOf(channel);
    tape.write({ kind: 'channel', side, label, id, origin, state, nth, options }, by);
    tell();
  };
  const watch: ChannelWatch = {
    isOpen: () => closedBy === null && channel.readyState === 'open',
    closedBy(call) {
      closedBy ??= call;
      note(closedBy);
      tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  watches.set(channel, watch);
  note(cause);
  for (const type of ['open', 'closing', 'close'] as const) {
    channel.addEventListener(type, () => {
      note(closedBy);
    });
  }
  return watch;
}

function optionsOf(channel: DataChannel): ChannelOptions {
  const { ordered, maxRetransmits, maxPacketLifeTime, negotiated } = channel;
  return { ordered, maxRetransmits, maxPacketLifeTime, negotiated };
}
