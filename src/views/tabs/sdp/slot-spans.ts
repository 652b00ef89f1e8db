// The four description slots of a side over the steps: when each was filled, how its text grew, when it was emptied.
import { originOf } from '../../../sdp/origin.ts';
import type { Description, SlotName, TraceEvent } from '../../../trace/event.ts';
import type { Side } from '../../../rtc/steps.ts';

/** A description's stay in one slot. */
export interface SlotSpan {
  readonly slot: SlotName;
  readonly type: Description['type'];
  /** The number of the event that put it there. */
  readonly n: number;
  /** The steps, from 1, in which it came and in which it was taken out; `to` is null while it is there. */
  readonly from: number;
  readonly to: number | null;
  /** How often its text grew: with each candidate. */
  readonly grew: number;
  /** The number of the event that touched it last. */
  readonly last: number;
}

/** The stays in a side's slots among these events, in the order in which they began. */
export function slotSpans(events: readonly TraceEvent[], side: Side): readonly SlotSpan[] {
  const spans: SlotSpan[] = [];
  const open = new Map<SlotName, number>();
  /** Which session each slot holds, by its o= line. */
  const origins = new Map<SlotName, string | null>();
  for (const event of events) {
    if (event.kind !== 'description' || event.side !== side) continue;
    const { slot, description, n } = event;
    const at = open.get(slot);
    const held = at === undefined ? undefined : spans[at];
    const step = Math.max(1, event.step);
    const origin = description === null ? null : originOf(description.sdp);
    // The same session's text with more in it is no new description (RFC 8866 §5.2: its o= line is the same).
    const isSame = description !== null && origin === origins.get(slot);
    if (isSame && held?.type === description.type) {
      spans[at ?? 0] = { ...held, grew: held.grew + 1, last: n };
      continue;
    }
    if (held !== undefined) {
      spans[at ?? 0] = { ...held, to: step, last: n };
      open.delete(slot);
    }
    if (description !== null) {
      const { type } = description;
      open.set(slot, spans.length);
      origins.set(slot, origin);
      spans.push({ slot, type, n, from: step, to: null, grew: 0, last: n });
    }
  }
  return spans;
}
