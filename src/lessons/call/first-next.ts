// What the call's first step is called on the button that leads to it.
import { m } from '../../i18n/paraglide/messages.js';
import type { RunOptions } from '../../trace/event.ts';

/** A few words for what the caller captures. */
export function firstNext({ carry }: RunOptions): string {
  const media =
    carry.audio && carry.video ? 'both' : carry.audio ? 'audio' : carry.video ? 'video' : 'none';
  return m.call_next_capture_caller({ media });
}
