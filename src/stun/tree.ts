// A message as a tree for a view: each field with its bytes, its value and where it is specified.
import { formatEndpoint } from '../rtc/address.ts';
import { FAMILY_IPV4, FAMILY_IPV6 } from './address.ts';
import { attributeOfType, isComprehensionRequired } from './attributes.ts';
import { get16 } from './bytes.ts';
import { decodeChannelData } from './channel-data.ts';
import { FINGERPRINT_XOR, HEADER_LENGTH } from './header.ts';
import { decode, isChannelData, METHOD } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';
import { PROTOCOL_UDP } from './relay-requests.ts';

/** A field, or a group of fields. Its bytes are [start, end) of the message. */
export interface TreeNode {
  /** As the specification calls it. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Lower case, without spaces. */
  readonly hex: string;
  /** Readable; '' where the bytes are all there is, or the children say it. */
  readonly value: string;
  /** Such as `RFC 8489 §14.2`. */
  readonly section: string;
  /** What a reader should know of it: it is wrong, not known, or doesn't count. */
  readonly mark: 'unknown' | 'malformed' | 'ignored' | 'wrong' | null;
  readonly children: readonly TreeNode[];
}

const METHOD_NAMES: Readonly<Record<number, string>> = {
  [METHOD.binding]: 'Binding',
  [METHOD.allocate]: 'Allocate',
  [METHOD.refresh]: 'Refresh',
  [METHOD.send]: 'Send',
  [METHOD.data]: 'Data',
  [METHOD.createPermission]: 'CreatePermission',
  [METHOD.channelBind]: 'ChannelBind',
};

const CLASS_NAMES = {
  request: 'request',
  indication: 'indication',
  success: 'success response',
  error: 'error response',
} as const;

/** The name of a method; its number where it has none. */
export function methodName(method: number): string {
  return METHOD_NAMES[method] ?? `0x${method.toString(16).padStart(3, '0')}`;
}

/** What a message is: `Binding request`, `Allocate error response`. */
export function messageName({ class: kind, method }: Pick<DecodedMessage, 'class' | 'method'>) {
  return `${methodName(method)} ${CLASS_NAMES[kind]}`;
}

/** The tree of a STUN or ChannelData message; null for bytes that are neither. Takes any bytes. */
export function messageTree(bytes: Uint8Array): TreeNode | null {
  if (isChannelData(bytes)) return channelDataTree(bytes);
  const decoded = decode(bytes);
  return decoded.ok ? stunTree(decoded.message) : null;
}

function hex(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return text;
}

/** Makes nodes over one message. */
function nodesOf(bytes: Uint8Array) {
  return (
    name: string,
    start: number,
    end: number,
    section: string,
    value = '',
    children: readonly TreeNode[] = [],
    mark: TreeNode['mark'] = null,
  ): TreeNode => ({
    name,
    start,
    end,
    hex: hex(bytes, start, end),
    value,
    section,
    mark,
    children,
  });
}

type MakeNode = ReturnType<typeof nodesOf>;

const hex32 = (value: number) => `0x${(value >>> 0).toString(16).padStart(8, '0')}`;

const hex16 = (value: number) => `0x${value.toString(16).padStart(4, '0')}`;

function channelDataTree(bytes: Uint8Array): TreeNode {
  const node = nodesOf(bytes);
  const section = 'RFC 8656 §12.4';
  const number = hex16(get16(bytes, 0));
  const length = decodeChannelData(bytes)?.payload.length ?? 0;
  const end = 4 + length;
  const children = [
    node('Channel Number', 0, 2, section, number),
    node('Length', 2, 4, section, String(length)),
    node('Application Data', 4, end, section),
  ];
  if (end < bytes.length) children.push(node('Padding', end, bytes.length, 'RFC 8656 §12.5'));
  return node('ChannelData', 0, bytes.length, section, number, children);
}

function stunTree(message: DecodedMessage): TreeNode {
  const { bytes, placed } = message;
  const node = nodesOf(bytes);
  const section = 'RFC 8489 §5';
  const header = node('STUN Message Header', 0, HEADER_LENGTH, section, '', [
    node('STUN Message Type', 0, 2, section, messageName(message)),
    node('Message Length', 2, 4, section, String(get16(bytes, 2))),
    node('Magic Cookie', 4, 8, section, `0x${hex(bytes, 4, 8)}`),
    node('Transaction ID', 8, HEADER_LENGTH, section, hex(bytes, 8, HEADER_LENGTH)),
  ]);
  const attributes = placed.map(({ attribute, type, start, end, ignored }, at) => {
    const row = attributeOfType(type);
    const next = placed[at + 1]?.start ?? bytes.length;
    const where = row?.section ?? 'RFC 8489 §14';
    const name = row?.name ?? hex16(type);
    const children = [
      node('Type', start, start + 2, 'RFC 8489 §14', typeText(type)),
      node('Length', start + 2, start + 4, 'RFC 8489 §14', String(end - start - 4)),
    ];
    if (end > start + 4) children.push(valueNode(node, attribute, start + 4, end, where, bytes));
    if (next > end) children.push(node('Padding', end, next, 'RFC 8489 §14'));
    const mark = markOf(message, attribute, ignored);
    return node(name, start, next, where, valueText(attribute), children, mark);
  });
  const name = messageName(message);
  return node('STUN Message', 0, bytes.length, section, name, [header, ...attributes]);
}

function typeText(type: number): string {
  const need = isComprehensionRequired(type) ? 'comprehension-required' : 'comprehension-optional';
  return `${hex16(type)} ${need}`;
}

function markOf(message: DecodedMessage, attribute: Attribute, ignored: boolean) {
  if (attribute.name === 'unknown' || attribute.name === 'malformed') return attribute.name;
  if (ignored) return 'ignored';
  return attribute.name === 'FINGERPRINT' && message.fingerprint === 'wrong' ? 'wrong' : null;
}

/** The value of an attribute, with its fields where it has several. */
function valueNode(
  node: MakeNode,
  attribute: Attribute,
  start: number,
  end: number,
  section: string,
  bytes: Uint8Array,
): TreeNode {
  const { name, value } = attribute;
  const fields: TreeNode[] = [];
  if (typeof value === 'object' && 'port' in value) {
    const x = name.startsWith('XOR-') ? 'X-' : '';
    const family = bytes[start + 1] === FAMILY_IPV4 ? 'IPv4' : 'IPv6';
    fields.push(
      node('Family', start + 1, start + 2, 'RFC 8489 §14.1', family),
      node(`${x}Port`, start + 2, start + 4, section, String(value.port)),
      node(`${x}Address`, start + 4, end, section, value.address),
    );
  } else if (typeof value === 'object' && 'code' in value) {
    fields.push(
      node('Class', start + 2, start + 3, section, String(Math.floor(value.code / 100))),
      node('Number', start + 3, start + 4, section, String(value.code % 100)),
      node('Reason Phrase', start + 4, end, section, value.reason),
    );
  } else if (name === 'FINGERPRINT') {
    fields.push(node('CRC-32', start, end, section, hex32(value ^ FINGERPRINT_XOR)));
  }
  return node('Value', start, end, section, valueText(attribute), fields);
}

const FAMILIES: Readonly<Record<number, string>> = { [FAMILY_IPV4]: 'IPv4', [FAMILY_IPV6]: 'IPv6' };

function valueText({ name, value }: Attribute): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return `0x${value.toString(16).padStart(16, '0')}`;
  if (typeof value === 'number') return numberText(name, value);
  if (typeof value === 'boolean') return name === 'EVEN-PORT' ? `R=${value ? 1 : 0}` : '';
  if (value instanceof Uint8Array) return '';
  if ('port' in value) return formatEndpoint(value);
  if ('code' in value) return `${value.code} ${value.reason}`.trim();
  return value.map((type) => attributeOfType(type)?.name ?? hex16(type)).join(', ');
}

function numberText(name: Attribute['name'], value: number): string {
  if (name === 'LIFETIME') return `${value} s`;
  if (name === 'CHANNEL-NUMBER') return hex16(value);
  if (name === 'FINGERPRINT') return hex32(value);
  if (name.endsWith('-ADDRESS-FAMILY')) return FAMILIES[value] ?? String(value);
  return name === 'REQUESTED-TRANSPORT' && value === PROTOCOL_UDP ? 'UDP' : String(value);
}
