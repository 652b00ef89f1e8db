// The names of a network's parts, in the reader's language, and the everyday names of NATs.
import { m } from '../../i18n/paraglide/messages.js';
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

/** What the node or segment of an id is called: a host by its role, all else by its id. */
export function placeName(network: NetworkDescription, id: string): string {
  const host = network.hosts.find((each) => each.id === id);
  return host === undefined ? id : hostName(host.role, host.id);
}
