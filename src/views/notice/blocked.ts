// The first packet that a NAT or a firewall did not let through: where looking for a cause begins.
import type { DropRule } from '../../net/event.ts';
import type { Frame, Hop } from '../../trace/frame.ts';

/** What else can become of a packet is no one's doing: it is lost, or was sent to where nobody is. */
const NOBODY: ReadonlySet<DropRule> = new Set(['lost', 'no-route', 'no-socket', 'hop-limit']);

/** The event that dropped it; null where every packet came through. */
export function firstBlocked({ network }: Frame): number | null {
  let [blocked, dropped]: [number | null, number | null] = [null, null];
  const sooner = (one: number | null, { n }: Hop) => Math.min(one ?? n, n);
  for (const { path } of network?.packets ?? []) {
    for (const hop of path) {
      if (hop.rule === null) continue;
      dropped = sooner(dropped, hop);
      if (!NOBODY.has(hop.rule)) blocked = sooner(blocked, hop);
    }
  }
  return blocked ?? dropped;
}
