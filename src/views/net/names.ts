// The names of a network's parts, in the reader's language, and the everyday names of NATs.
import { m } from '../../i18n/paraglide/messages.js';
import type { HostRole, NatBehaviour, NatRule, NetworkDescription } from '../../net/description.ts';
import { sideName } from '../words.ts';

/** What people call a NAT of this mapping and filtering (RFC 3489 §5); null for one that has no such name. */
export function natKind({
  mapping,
  filtering,
}: NatBehaviour): 'full-cone' | 'restricted' | 'port-restricted' | 'symmetric' | null {
  if (mapping === 'endpoint-independent') {
    switch (filtering) {
      case 'endpoint-independent':
        return 'full-cone';
      case 'address-dependent':
        return 'restricted';
      case 'address-and-port-dependent':
        return 'port-restricted';
    }
  }
  const isStrict =
    mapping === 'address-and-port-dependent' && filtering === 'address-and-port-dependent';
  return isStrict ? 'symmetric' : null;
}

/** The everyday name of a NAT; for one without, that it is a NAT. */
export function natName(nat: NatBehaviour): string {
  const kind = natKind(nat);
  switch (kind) {
    case 'full-cone':
      return m.net_nat_full_cone();
    case 'restricted':
      return m.net_nat_restricted();
    case 'port-restricted':
      return m.net_nat_port_restricted();
    case 'symmetric':
      return m.net_nat_symmetric();
    case null:
      return m.net_nat_other();
  }
}

/** The two behaviours by the names of RFC 4787. */
export function natRules({ mapping, filtering }: NatBehaviour): string {
  return m.net_nat_rules({ mapping: ruleName(mapping), filtering: ruleName(filtering) });
}

function ruleName(rule: NatRule): string {
  switch (rule) {
    case 'endpoint-independent':
      return m.net_rule_endpoint();
    case 'address-dependent':
      return m.net_rule_address();
    case 'address-and-port-dependent':
      return m.net_rule_port();
  }
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
