// A message as a tree for a view: each field with its bytes, its value and where it is specified.
import type { Attribute, DecodedMessage } from './message.ts';
import { decode, isChannelData, METHOD } from './message.ts';
import { formatEndpoint } from '../net/packet.ts';
import { attributeOfType, isComprehensionRequired } from './attributes.ts';
import { get16, get32 } from './bytes.ts';
import { decodeChannelData } from './channel-data.ts';
import { FINGERPRINT_XOR, HEADER_LENGTH } from './header.ts';

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
  const value = (fields: readonly TreeNode[] = []) =>
    node('Value', start, end, section, valueText(attribute), fields);
  switch (attribute.name) {
    case 'MAPPED-ADDRESS':
    case 'ALTERNATE-SERVER':
    case 'XOR-MAPPED-ADDRESS':
    case 'XOR-PEER-ADDRESS':
    case 'XOR-RELAYED-ADDRESS': {
      const x = attribute.name.startsWith('XOR-') ? 'X-' : '';
      const family = bytes[start + 1] === 1 ? 'IPv4' : 'IPv6';
      return value([
        node('Family', start + 1, start + 2, 'RFC 8489 §14.1', family),
        node(`${x}Port`, start + 2, start + 4, section, String(attribute.value.port)),
        node(`${x}Address`, start + 4, end, section, attribute.value.address),
      ]);
    }
    case 'ERROR-CODE': {
      const { code, reason } = attribute.value;
      return value([
        node('Class', start + 2, start + 3, section, String(Math.floor(code / 100))),
        node('Number', start + 3, start + 4, section, String(code % 100)),
        node('Reason Phrase', start + 4, end, section, reason),
      ]);
    }
    case 'FINGERPRINT':
      return value([
        node(
          'CRC-32',
          start,
          end,
          section,
          `0x${((get32(bytes, start) ^ FINGERPRINT_XOR) >>> 0).toString(16).padStart(8, '0')}`,
        ),
      ]);
    default:
      return value();
  }
}

/** The protocol number or the address family that these carry (RFC 8656 §18.6, §18.8). */
const SMALL: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'REQUESTED-TRANSPORT': { 6: 'TCP', 17: 'UDP' },
  'REQUESTED-ADDRESS-FAMILY': { 1: 'IPv4', 2: 'IPv6' },
  'ADDITIONAL-ADDRESS-FAMILY': { 1: 'IPv4', 2: 'IPv6' },
};

function valueText(attribute: Attribute): string {
  const { name, value } = attribute;
  switch (name) {
    case 'LIFETIME':
      return `${value} s`;
    case 'CHANNEL-NUMBER':
      return hex16(value);
    case 'FINGERPRINT':
      return `0x${value.toString(16).padStart(8, '0')}`;
    case 'ERROR-CODE':
      return `${value.code} ${value.reason}`.trim();
    case 'UNKNOWN-ATTRIBUTES':
      return value.map((type) => attributeOfType(type)?.name ?? hex16(type)).join(', ');
    case 'EVEN-PORT':
      return value ? 'R=1' : 'R=0';
    default:
      if (typeof value === 'string') return value;
      if (typeof value === 'bigint') return `0x${value.toString(16).padStart(16, '0')}`;
      if (typeof value === 'number') return SMALL[name]?.[value] ?? String(value);
      return typeof value === 'object' && 'port' in value ? formatEndpoint(value) : '';
  }
}
