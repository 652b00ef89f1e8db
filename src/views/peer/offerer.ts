// Who offers: a role in an exchange, not a person.
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import type { Trace } from '../../trace/trace.ts';

/** Who makes the first offer of a call: by that ICE's roles are given, and later offers leave them (RFC 8445 §6.1.1). */
export function firstOffererOf(trace: Trace): Side | null {
  const side = trace.steps.find(({ kind }) => kind === 'create-offer')?.side ?? 'both';
  return side === 'both' ? null : side;
}

/** Who made the newest offer; `null` while nobody has. */
export function offererOf(frame: Frame): Side | null {
  let newest: { readonly side: Side; readonly n: number } | null = null;
  for (const side of SIDES) {
    const { created, slots } = frame[side];
    for (const held of [created, slots.pendingLocal, slots.currentLocal]) {
      if (held?.type === 'offer' && held.n > (newest?.n ?? 0)) newest = { side, n: held.n };
    }
  }
  return newest?.side ?? null;
}
