// Segments and routers as a graph: whether it runs in a circle, and what is connected with what.
import type { NetworkDescription, RouterDescription } from './description.ts';

/** Whether the way outwards from this router, on through every router there, comes back to it. */
export function hasRouterLoop(routers: readonly RouterDescription[], id: string): boolean {
  const start = routers.find((router) => router.id === id);
  if (start === undefined) return false;
  const seen = new Set<RouterDescription>();
  const ahead = [start];
  for (let router = ahead.pop(); router !== undefined; router = ahead.pop()) {
    const { segment } = router.outside;
    for (const next of routers) {
      if (!next.inside.some((each) => each.segment === segment)) continue;
      if (next === start) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      ahead.push(next);
    }
  }
  return false;
}

/** For every host the segments that it is connected with, by way of routers, whatever they let through. */
export function reachableSets({
  hosts,
  routers,
}: NetworkDescription): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map<string, Set<string>>();
  const connect = (one: string, other: string) => {
    const found = neighbours.get(one);
    if (found === undefined) neighbours.set(one, new Set([other]));
    else found.add(other);
  };
  for (const { inside, outside } of routers) {
    for (const { segment } of inside) {
      connect(segment, outside.segment);
      connect(outside.segment, segment);
    }
  }
  return new Map(
    hosts.map(({ id, interfaces }) => {
      const reached = new Set(interfaces.map(({ segment }) => segment));
      // A set that grows while it is walked is walked to its new end.
      for (const segment of reached) {
        for (const next of neighbours.get(segment) ?? []) reached.add(next);
      }
      return [id, reached];
    }),
  );
}
