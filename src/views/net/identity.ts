// Whose an endpoint is: one socket has another endpoint on each side of a NAT, and is one thing all the same.
import type { NetworkDescription } from '../../net/description.ts';
import type { Endpoint, Protocol } from '../../net/packet.ts';
import type { NetFrame } from '../../trace/net-frame.ts';
import type { Side } from '../../rtc/steps.ts';

/** Who has an endpoint, as far as colours tell. */
export type Who = Side | 'server' | 'other';

/** A socket, whatever it looks like from where it is seen. */
export interface Identity {
  /** Two endpoints that are one socket have the same. */
  readonly key: string;
  readonly who: Who;
  /** What it looks like at its own host. */
  readonly inside: Endpoint;
}

/** NATs in a row: more than any network here has, and an end for one with a loop. */
const MOST = 16;

/**
 * Whose endpoint it is.
 * @param where the node at which the endpoint stands in a packet or table; private addresses mean something only there
 */
export function identityOf(
  net: NetFrame,
  protocol: Protocol,
  endpoint: Endpoint,
  where: string,
): Identity {
  let at = where;
  let inside = endpoint;
  for (let depth = 0; depth < MOST; depth += 1) {
    const near = segmentsOf(net.description, at);
    const host = hostAt(net.description, inside.address, near);
    if (host !== null) {
      const key = `${host.id} ${protocol} ${inside.address} ${String(inside.port)}`;
      return { key, who: whoOf(host.role), inside };
    }
    const next = behind(net, protocol, inside);
    if (next === null) break;
    ({ inside, at } = next);
  }
  const key = `? ${protocol} ${inside.address} ${String(inside.port)}`;
  return { key, who: 'other', inside };
}

function behind(net: NetFrame, protocol: Protocol, { address, port }: Endpoint) {
  for (const { id, outside } of net.description.routers) {
    if (outside.address !== address) continue;
    const row = net.tables[id]?.findLast(
      ({ binding }) => binding.protocol === protocol && binding.outside.port === port,
    );
    if (row !== undefined) return { inside: row.binding.inside, at: id };
  }
  return null;
}

function segmentsOf({ hosts, routers }: NetworkDescription, id: string): ReadonlySet<string> {
  const host = hosts.find((each) => each.id === id);
  if (host !== undefined) return new Set(host.interfaces.map(({ segment }) => segment));
  const router = routers.find((each) => each.id === id);
  if (router === undefined) return new Set();
  return new Set([router.outside, ...router.inside].map(({ segment }) => segment));
}

/** The host of the address on a segment that is near; else the only one that has it. */
function hostAt({ hosts }: NetworkDescription, address: string, near: ReadonlySet<string>) {
  const having = hosts.filter((host) => host.interfaces.some((each) => each.address === address));
  const close = having.find(({ interfaces }) =>
    interfaces.some((each) => each.address === address && near.has(each.segment)),
  );
  return close ?? (having.length === 1 ? (having[0] ?? null) : null);
}

function whoOf(role: NetworkDescription['hosts'][number]['role']): Who {
  switch (role) {
    case 'caller':
    case 'callee':
    case 'other':
      return role;
    case 'stun':
    case 'turn':
      return 'server';
  }
}
