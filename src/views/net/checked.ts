// All pairs of both sides, and how many checks went out for each: what is left to read where no path was found.
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { Pair } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';

/** A pair of one side. */
export interface CheckedPair {
  readonly side: Side;
  readonly pair: Pair;
  readonly checks: number;
}

/** The pairs of both sides. Checks are counted by their packets; those through a relay as the agent counts them. */
export function checkedPairs(frame: Frame): readonly CheckedPair[] {
  const sent = new Map<string, number>();
  for (const { side, bytes, path } of frame.network?.packets ?? []) {
    const [first] = path;
    if (side === null || first === undefined || !bytes.startsWith('0001')) continue;
    const { address, port } = first.destination;
    const key = `${side} ${first.source.address} ${address} ${String(port)}`;
    sent.set(key, (sent.get(key) ?? 0) + 1);
  }
  return SIDES.flatMap((side) =>
    (frame[side].pairs?.pairs ?? []).map((pair) => {
      const { local, remote } = pair;
      const key = `${side} ${local.address} ${remote.address} ${String(remote.port)}`;
      return { side, pair, checks: sent.get(key) ?? pair.requestsSent ?? 0 };
    }),
  );
}
