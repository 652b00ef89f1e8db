// A candidate in words: each of its fields, with this candidate's own values.
import { m } from '../../i18n/paraglide/messages.js';
import { addressInfo, type AddressKind } from '../../rtc/address.ts';
import type { CandidateFields } from '../../ice/candidate.ts';
import { candidatePriority, preferenceMeaning } from '../../ice/priority.ts';
import { plain } from './plain.ts';

/** The fields of a candidate by the names of RFC 8839 §5.1, and those that are extensions. */
export type CandidateFieldName =
  | 'foundation'
  | 'component-id'
  | 'transport'
  | 'priority'
  | 'connection-address'
  | 'port'
  | 'typ'
  | 'raddr'
  | 'rport'
  | 'tcptype'
  | 'extension';

/** A field and what it means. */
export interface CandidateFieldText {
  readonly field: CandidateFieldName;
  /** As it is called in the line; of an extension, its own name. */
  readonly name: string;
  readonly value: string;
  /** One to three sentences with the lessons' markup. */
  readonly text: string;
}

/** Every field of a candidate, in the order of the line. Takes any values. */
export function candidateTexts(fields: CandidateFields): readonly CandidateFieldText[] {
  const { foundation, component, transport, priority, address, port, type } = fields;
  const texts = [
    entry('foundation', foundation, m.ice_field_foundation({ value: plain(foundation) })),
    entry('component-id', component, m.ice_field_component({ value: String(component) })),
    entry('transport', transport, m.ice_field_transport({ value: plain(transport) })),
    entry('priority', priority, priorityText(type, priority)),
    entry('connection-address', address, addressText(address)),
    entry('port', port, portText(fields)),
    entry('typ', type, candidateTypeText(type)),
  ];
  const { relatedAddress, relatedPort, tcpType } = fields;
  if (relatedAddress !== null) {
    texts.push(entry('raddr', relatedAddress, relatedText(type, relatedAddress)));
  }
  if (relatedPort !== null) {
    texts.push(entry('rport', relatedPort, m.ice_field_rport({ value: String(relatedPort) })));
  }
  if (tcpType !== null) {
    texts.push(entry('tcptype', tcpType, m.ice_field_tcptype({ value: plain(tcpType) })));
  }
  const extensions = fields.extensions.map(([name, value]) => ({
    ...{ field: 'extension' as const, name, value },
    text: extensionText(name, value),
  }));
  return [...texts, ...extensions];
}

function entry(
  field: CandidateFieldName,
  value: string | number,
  text: string,
): CandidateFieldText {
  return { field, name: field, value: String(value), text };
}

/** A priority taken apart by the formula, and whose type preference it is. */
export function priorityText(type: string, priority: number): string {
  const parts = candidatePriority(priority);
  if (parts?.isLegal !== true) return m.ice_priority_illegal({ priority: String(priority) });
  const { typePreference, localPreference, component } = parts;
  const { source, over, recommended } = preferenceMeaning(type, typePreference);
  const formula = m.ice_priority({
    priority: String(priority),
    type: String(typePreference),
    local: String(localPreference),
    component: String(component),
  });
  const whose = m.ice_priority_source({
    source: source === 'rfc8445' ? 'rfc' : recommended === null ? 'none' : source,
    preference: String(typePreference),
    type: plain(type),
    recommended: String(recommended ?? ''),
  });
  return [formula, whose, ...(over === null ? [] : [m.ice_priority_over({ over })])].join(' ');
}

/** What kind of address it is, and who can reach it. */
export function addressText(address: string): string {
  return m.ice_address({ kind: kindName(addressInfo(address).kind), value: plain(address) });
}

function kindName(kind: AddressKind) {
  switch (kind) {
    case 'link-local':
      return 'link';
    case 'unique-local':
      return 'unique';
    case 'hidden':
    case 'mdns':
    case 'name':
    case 'loopback':
    case 'private':
    case 'shared':
    case 'unspecified':
    case 'multicast':
    case 'documentation':
    case 'reserved':
    case 'global':
    case 'malformed':
      return kind;
  }
}

function portText({ port, tcpType }: CandidateFields): string {
  const isLegal = Number.isInteger(port) && port > 0 && port < 65536;
  const kind = tcpType === 'active' ? 'active' : isLegal ? 'plain' : 'none';
  return m.ice_field_port({ kind, value: String(port) });
}

/** What a candidate's type means. */
export function candidateTypeText(type: string): string {
  return m.ice_type({ value: plain(type) });
}

function relatedText(type: string, address: string): string {
  const isHidden = addressInfo(address).kind === 'unspecified';
  return m.ice_field_raddr({ type: isHidden ? 'hidden' : type, value: plain(address) });
}

function extensionText(name: string, value: string): string {
  switch (name) {
    case 'ufrag':
      return m.ice_field_ufrag({ value: plain(value) });
    case 'generation':
      return m.ice_field_generation({ value: plain(value) });
    case 'network-id':
      return m.ice_field_network_id({ value: plain(value) });
    case 'network-cost':
      return m.ice_field_network_cost({ value: plain(value) });
    default:
      return m.ice_field_other({ name: plain(name) });
  }
}
