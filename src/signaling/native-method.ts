// How broadcast-channel reaches the browser's BroadcastChannel: through a door that lets only the package's own
// messages in. Any page of this origin can write to a channel, and the package throws at whatever it doesn't know.
import type { BroadcastMethod } from 'broadcast-channel';

/** What the package puts around each message. */
interface Package {
  readonly type: 'message';
  readonly time: number;
  readonly data: unknown;
}

/** An open channel of the browser, and who hears it. */
interface State {
  readonly native: globalThis.BroadcastChannel;
  heard: ((message: Package) => void) | null;
}

/** Later than any time that the package compares with: it drops what was sent before its listener was added. */
const ALWAYS = Number.MAX_SAFE_INTEGER;

/**
 * The package's way over the browser's own channel.
 * @param refused told of each thing that arrives and is no message of the package
 */
export function nativeMethod(refused: () => void): BroadcastMethod<State> {
  return {
    type: 'native',
    canBeUsed: () => typeof globalThis.BroadcastChannel === 'function',
    microSeconds: () => Date.now() * 1000,
    averageResponseTime: () => 150,
    create(name) {
      const state: State = { native: new globalThis.BroadcastChannel(name), heard: null };
      state.native.onmessage = ({ data }: MessageEvent<unknown>) => {
        const message = packageOf(data);
        if (message === null) refused();
        else state.heard?.(message);
      };
      // What can't be read here, such as memory that is shared with another process.
      state.native.onmessageerror = refused;
      return state;
    },
    onMessage(state, callback) {
      state.heard = callback;
    },
    // Async, so that what the channel throws is a rejection.
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async postMessage({ native }, message: unknown) {
      native.postMessage(message);
    },
    close({ native }) {
      native.close();
    },
  };
}

/** The package around a message; null for anything else. What was cloned to get here has no getters and throws nothing. */
function packageOf(data: unknown): Package | null {
  const isPackage =
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'message' &&
    'data' in data;
  return isPackage ? { type: 'message', time: ALWAYS, data: data.data } : null;
}
