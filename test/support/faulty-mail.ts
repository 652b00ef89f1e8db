// A channel that does to messages what networks do: each of the next ones has a fate of its own.
import type { SignalingChannel, SignalMessage } from '../../src/signaling/channel.ts';
import type { SignalingPair } from '../../src/signaling/memory.ts';

/** What becomes of a message. */
export const FATES = ['arrives', 'lost', 'doubled', 'late', 'swapped'] as const;
type Fate = (typeof FATES)[number];

/** Later than anybody waits for a message, in ms. */
const LATE = 7000;

type Later = (task: () => void, ms: number) => void;

/** Both ends of a channel, with the fates of what is sent next; what comes after them arrives. */
export class FaultyMail {
  chosen: Fate[] = [];

  /** @param later runs something once so many ms have passed */
  around(pair: SignalingPair, later: Later): SignalingPair {
    return { caller: this.end(pair.caller, later), callee: this.end(pair.callee, later) };
  }

  /** One end of a channel. @param later runs something once so many ms have passed */
  end(channel: SignalingChannel, later: Later): SignalingChannel {
    let held: SignalMessage | null = null;
    const passOn = (message: SignalMessage) => {
      // A closed channel takes nothing any more.
      channel.post(message).catch(() => undefined);
    };
    return {
      side: channel.side,
      listen: (listener) => {
        channel.listen(listener);
      },
      close: () => channel.close(),
      post: (message) => {
        const before = held;
        held = null;
        switch (this.chosen.shift() ?? 'arrives') {
          case 'lost':
            break;
          case 'doubled':
            passOn(message);
            passOn(message);
            break;
          case 'late':
            later(() => {
              passOn(message);
            }, LATE);
            break;
          case 'swapped':
            held = message;
            break;
          case 'arrives':
            passOn(message);
        }
        if (before !== null) passOn(before);
        return Promise.resolve();
      },
    };
  }
}
