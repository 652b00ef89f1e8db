// What came of a call that was tried where it is forbidden.
import type { TriedCall } from '../../../lessons/states/calls.ts';
import type { SignalingState } from '../../../rtc/signaling-state.ts';
import type { ErrorInfo } from '../../../trace/event.ts';

/** What came of it. */
export type Tried =
  /** It failed: thrown at once, or by a promise that was rejected. The exception is the browser's own, unedited. */
  | { readonly id: 'failed'; readonly how: 'thrown' | 'rejected'; readonly error: ErrorInfo }
  /** It worked after all; the state before it and after it. */
  | { readonly id: 'worked'; readonly from: string; readonly to: string }
  /** The scratch pair could not be brought so far; an exception on the way there, or null when it was too slow. */
  | { readonly id: 'not-reached'; readonly error: ErrorInfo | null }
  /** The call gave no answer as long as it was waited for. */
  | { readonly id: 'silent' };

/** Tries a call in a state on a pair of peers made for it alone, and closes them. Never rejects. */
export type TryCall = (state: SignalingState, call: TriedCall) => Promise<Tried>;
