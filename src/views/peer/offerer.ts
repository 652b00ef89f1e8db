// Who is the offerer: a role in the newest exchange, not a person.
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';

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
