// Signaling in memory: a pair of ends that reach nobody else, and may lose a message on purpose.
import type { Side } from '../rtc/steps.ts';
import type { SignalingChannel, SignalMessage } from './channel.ts';
import { SignalingError } from './error.ts';
import { Inbox } from './inbox.ts';
import { seal } from './message.ts';

/** How a pair in memory behaves. */
export interface MemoryOptions {
  /** Decides what becomes of each message; without it all are delivered. */
  readonly deliver?: (message: SignalMessage) => 'deliver' | 'lose';
  /** Runs a delivery later, never at once; a microtask unless told. */
  readonly schedule?: (delivery: () => void) => void;
}

/** The two ends of a channel. */
export interface SignalingPair {
  readonly caller: SignalingChannel;
  readonly callee: SignalingChannel;
}

/**
 * Makes the two ends of a session's channel in memory. Messages go through the same envelope as
 * anywhere else, as JSON, so that nothing is shared between the sides.
 * @param session the session's id
 * @param options how it behaves
 */
export function memoryPair(session: string, options: MemoryOptions = {}): SignalingPair {
  const deliver = options.deliver ?? (() => 'deliver');
  const schedule = options.schedule ?? queueMicrotask;
  const inboxes = { caller: new Inbox(session, 'caller'), callee: new Inbox(session, 'callee') };

  const end = (side: Side): SignalingChannel => {
    const other = inboxes[side === 'caller' ? 'callee' : 'caller'];
    let closed = false;
    return {
      side,
      // async, so that a wrong use is a rejection here as it is with a browser's channel.
      async post(message: SignalMessage): Promise<void> {
        if (closed) throw new SignalingError('The channel is closed.');
        if (deliver(message) === 'lose') return Promise.resolve();
        const sealed = JSON.stringify(seal(session, message));
        schedule(() => {
          other.arrived(JSON.parse(sealed));
        });
        return Promise.resolve();
      },
      listen: (listener) => {
        inboxes[side].listen(listener);
      },
      close: () => {
        closed = true;
        inboxes[side].close();
        return Promise.resolve();
      },
    };
  };
  return { caller: end('caller'), callee: end('callee') };
}
