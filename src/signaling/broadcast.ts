// Signaling over BroadcastChannel: the two ends may be in one page, or in two tabs of one browser.
import { BroadcastChannel } from 'broadcast-channel';
import type { Side } from '../rtc/steps.ts';
import type { SignalingChannel, SignalMessage } from './channel.ts';
import { SignalingError } from './error.ts';
import { Inbox } from './inbox.ts';
import { seal } from './message.ts';
import { nativeMethod } from './native-method.ts';

/** The name of the channel that a session uses, so that two calls never hear each other. */
export function channelName(session: string): string {
  return `peerglass:${session}`;
}

/**
 * Opens one end of a session's channel. It hears from this moment on; what arrives before `listen` waits.
 * @param session the session's id
 * @param side whose end it is
 * @throws SignalingError where the browser has no BroadcastChannel, or does not let this page use it
 */
export function openBroadcast(session: string, side: Side): SignalingChannel {
  const inbox = new Inbox(session, side);
  const methods = nativeMethod(() => {
    inbox.refused();
  });
  let channel: BroadcastChannel<unknown>;
  try {
    // The browser's own channel or none: the package's other ways lose the order of messages, or keep
    // them in storage after the call.
    channel = new BroadcastChannel(channelName(session), { type: 'native', methods });
  } catch (cause) {
    throw new SignalingError('This page cannot open a BroadcastChannel.', { cause });
  }
  // At once, not in `listen`: the package drops what was sent before its listener was added.
  channel.addEventListener('message', (data: unknown) => {
    inbox.arrived(data);
  });
  return {
    side,
    async post(message: SignalMessage): Promise<void> {
      if (channel.isClosed) throw new SignalingError('The channel is closed.');
      try {
        await channel.postMessage(seal(session, message));
      } catch (cause) {
        throw new SignalingError('The channel did not take the message.', { cause });
      }
    },
    listen: (listener) => {
      inbox.listen(listener);
    },
    async close(): Promise<void> {
      inbox.close();
      await channel.close();
    },
  };
}
