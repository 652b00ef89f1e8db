// The port to signaling: one end of a channel, over which the two sides of one call meet.
import type { Candidate, Description, ErrorInfo } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';

/** A message of signaling, without its envelope. `id` is unique within the session. */
export type SignalMessage = {
  readonly id: string;
  readonly from: Side;
  readonly to: Side;
} & (
  | { readonly type: 'offer' | 'answer'; readonly body: Description }
  | { readonly type: 'candidate' | 'end-of-candidates'; readonly body: Candidate }
  /** Session control: a call is wanted, and is over. */
  | { readonly type: 'call' | 'hang-up'; readonly body: null }
  | { readonly type: 'error'; readonly body: ErrorInfo }
);

/** Why something that arrived was no message for this end. */
export type IgnoredReason =
  'not-an-envelope' | 'newer-version' | 'other-session' | 'not-for-this-side';

/** What an end tells of what arrives. */
export interface SignalListener {
  message(message: SignalMessage): void;
  ignored(reason: IgnoredReason): void;
}

/** One end of the channel of one session. What arrives before `listen` is called waits. */
export interface SignalingChannel {
  readonly side: Side;
  /** Sends to the other end. Resolves when the channel has taken the message, which does not say that it arrived. */
  post(message: SignalMessage): Promise<void>;
  /** Sets the one listener. */
  listen(listener: SignalListener): void;
  /** Closes this end; nothing is heard or sent any more. */
  close(): Promise<void>;
}
