// The names of a network's parts, in the reader's language, and the everyday names of NATs.
import { m } from '../../i18n/paraglide/messages.js';
import { whoseNat } from '../../lessons/moments/whose.ts';
import { natName as kindOf } from '../../lessons/net/behaviours.ts';
import type { HostRole, NatBehaviour, NetworkDescription } from '../../net/description.ts';
import type { NatRule } from '../../rtc/nat.ts';
import { sideName } from '../words.ts';

/** The everyday name of a NAT; for one without, that it is a NAT. @param isShort where it stands with its picture */
export function natName(nat: NatBehaviour, isShort = false): string {
  const kind = kindOf(nat);
  if (kind === null) return 'NAT';
  return isShort ? kind : `${kind} NAT`;
}

/** The two behaviours by the names of RFC 4787. */
export function natRules({ mapping, filtering }: NatBehaviour): string {
  return m.net_nat_rules({ mapping: ruleName(mapping), filtering: ruleName(filtering) });
}

function ruleName(rule: NatRule): string {
  return rule === 'address-and-port-dependent' ? 'address and port-dependent' : rule;
}

/** What a host is called: caller, callee, STUN, TURN; any other by its id. */
export function hostName(role: HostRole, id: string): string {
  switch (role) {
    case 'caller':
    case 'callee':
      return sideName(role);
    case 'stun':
      return 'STUN';
    case 'turn':
      return 'TURN';
    case 'other':
      return id;
  }
}

/** Whose a router is. A person's two ways out have the name of the network that each is one of. */
export type RouterOf = 'caller' | 'callee' | 'carrier' | 'shared' | 'wifi' | 'cell' | 'other';

/** Whose router it is, as the learner sees it. */
export function whoseRouter(network: NetworkDescription, id: string): RouterOf {
  const inside = network.routers.find((each) => each.id === id)?.inside[0]?.segment;
  if (inside === 'wifi' || inside === 'cell') return inside;
  const { of } = whoseNat(id, network, network);
  return of === 'old' ? 'other' : of;
}

/** What a router is called: "caller’s NAT". */
export function routerName(network: NetworkDescription, id: string): string {
  const router = network.routers.find((each) => each.id === id);
  return m.net_router_of({
    of: whoseRouter(network, id),
    what: router?.nat == null ? m.net_router() : 'NAT',
  });
}

/** What the node or segment of an id is called: nobody has to know the ids. */
export function placeName(network: NetworkDescription, id: string): string {
  const host = network.hosts.find((each) => each.id === id);
  if (host !== undefined) return hostName(host.role, host.id);
  if (network.routers.some((router) => router.id === id)) return routerName(network, id);
  return segmentName(network, id);
}

function segmentName(network: NetworkDescription, id: string): string {
  if (network.segments.some((each) => each.id === id && each.prefixes.includes('0.0.0.0/0'))) {
    return m.net_internet();
  }
  if (id === 'wifi' || id === 'cell') return m.net_segment_of({ of: id });
  const isOn = (role: HostRole) =>
    network.hosts.some(
      (each) => each.role === role && each.interfaces.some(({ segment }) => segment === id),
    );
  const [caller, callee] = [isOn('caller'), isOn('callee')];
  if (caller && callee) return m.net_segment_of({ of: 'both' });
  if (caller || callee) return m.net_segment_of({ of: caller ? 'caller' : 'callee' });
  const isBetween = network.routers.some(({ outside }) => outside.segment === id);
  return isBetween ? m.net_segment_of({ of: 'carrier' }) : id;
}

/** Whose an address is: a host's or a router's outside; '' for one that nothing has. */
export function ownerName(network: NetworkDescription, address: string): string {
  const host = network.hosts.find(({ interfaces }) =>
    interfaces.some((each) => each.address === address),
  );
  if (host !== undefined) return hostName(host.role, host.id);
  const router = network.routers.find(({ outside }) => outside.address === address);
  return router === undefined ? '' : routerName(network, router.id);
}
