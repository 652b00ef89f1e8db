// What a packet carries, by its bytes: its name, and the tree of its fields. What a relay wraps is looked into, too.
import type { Protocol, TcpFlag } from '../../net/packet.ts';
import { bytesOf, isDtls, isRtp } from '../../rtc/datagram.ts';
import { isChannelData, isStun } from '../../stun/message.ts';
import { messageTree, type TreeNode } from '../../stun/tree.ts';
import { dtlsName, dtlsTree } from './dtls.ts';
import { rtpTree } from './rtp.ts';

/** What makes a packet what it is. A `PacketFrame` is one. */
export interface Carrier {
  readonly protocol: Protocol;
  readonly flag: TcpFlag | null;
  /** Hexadecimal. */
  readonly bytes: string;
}

/** What a packet carries. */
export interface Payload {
  /** As its specification calls it: `Binding request`, `ChannelData`, `DTLS ClientHello`, `TCP SYN`. */
  readonly name: string;
  /** What a relay's message wraps; null where it wraps nothing that has a name. */
  readonly inner: string | null;
  /** Null for no bytes, or bytes that are nothing known. */
  readonly tree: TreeNode | null;
  /** The lengths and headers are true, what they lead is made up. */
  readonly modelled: 'dtls' | 'rtp' | null;
}

const FLAG_NAMES: Readonly<Record<TcpFlag, string>> = {
  syn: 'TCP SYN',
  'syn-ack': 'TCP SYN-ACK',
  ack: 'TCP ACK',
  data: 'TCP',
  fin: 'TCP FIN',
  rst: 'TCP RST',
};

/** Payloads that have been read: a view asks for the same ones again at every step. */
const read = new Map<string, Payload>();
const MOST_READ = 4000;

/** So many wrappings are looked into. A relay behind a relay has two; bytes that were made up can have thousands. */
const MOST_WRAPPINGS = 4;

/** What a packet carries. Takes any bytes. */
export function payloadOf({ protocol, flag, bytes }: Carrier): Payload {
  const key = `${flag ?? protocol} ${bytes}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  if (read.size >= MOST_READ) read.clear();
  const payload = readPayload(protocol, flag, bytes);
  read.set(key, payload);
  return payload;
}

/** The name with what is inside of it: `ChannelData: Binding request`. */
export function fullName({ name, inner }: Pick<Payload, 'name' | 'inner'>): string {
  return inner === null ? name : `${name}: ${inner}`;
}

function readPayload(protocol: Protocol, flag: TcpFlag | null, hex: string): Payload {
  const bytes = bytesOf(hex);
  if (bytes.length === 0) {
    const name = flag === null ? protocol.toUpperCase() : FLAG_NAMES[flag];
    return { name, inner: null, tree: null, modelled: null };
  }
  const found = known(bytes) ?? (protocol === 'tcp' ? framed(bytes) : null);
  if (found !== null) return found;
  return { name: protocol.toUpperCase(), inner: null, tree: null, modelled: null };
}

function known(bytes: Uint8Array, wrappings = MOST_WRAPPINGS): Payload | null {
  if (isStun(bytes) || isChannelData(bytes)) {
    const tree = messageTree(bytes);
    if (tree !== null) return wrapping(tree, bytes, wrappings);
  }
  if (isDtls(bytes)) {
    return { name: dtlsName(bytes), inner: null, tree: dtlsTree(bytes), modelled: 'dtls' };
  }
  return isRtp(bytes) ? { name: 'RTP', inner: null, tree: rtpTree(bytes), modelled: 'rtp' } : null;
}

/** RFC 4571 §2: between ICE-TCP candidates each message follows its length in 16 bits. */
function framed(bytes: Uint8Array): Payload | null {
  const length = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (length === 0 || length !== bytes.length - 2) return null;
  const inside = known(bytes.subarray(2));
  if (inside?.tree == null) return null;
  const section = 'RFC 4571 §2';
  const frame: TreeNode = {
    ...{ name: 'Frame', start: 0, end: bytes.length, section, value: '', mark: null, hex: '' },
    children: [
      {
        ...{ name: 'Frame Length', start: 0, end: 2, section, mark: null, children: [] },
        ...{ hex: length.toString(16).padStart(4, '0'), value: String(length) },
      },
      shifted(inside.tree, 2),
    ],
  };
  return { ...inside, tree: frame };
}

/** Looks into what a relay carries: the Application Data of ChannelData, the DATA of Send and Data indications. */
function wrapping(tree: TreeNode, bytes: Uint8Array, wrappings: number): Payload {
  const name = tree.name === 'ChannelData' ? tree.name : tree.value;
  const data =
    tree.children.find((each) => each.name === 'Application Data') ??
    tree.children
      .find((each) => each.name === 'DATA')
      ?.children.find((each) => each.name === 'Value');
  const inside =
    data === undefined || wrappings === 0
      ? null
      : known(bytes.subarray(data.start, data.end), wrappings - 1);
  const error = tree.children.find((each) => each.name === 'ERROR-CODE')?.value;
  const said = error === undefined ? name : `${name} ${error.slice(0, 3)}`;
  if (data === undefined || inside?.tree == null) {
    return { name: said, inner: null, tree, modelled: null };
  }
  const { start } = data;
  const opened = { ...data, children: [shifted(inside.tree, start)] };
  const { modelled } = inside;
  return { name: said, inner: fullName(inside), tree: replaced(tree, data, opened), modelled };
}

function shifted(node: TreeNode, by: number): TreeNode {
  const children = node.children.map((each) => shifted(each, by));
  return { ...node, start: node.start + by, end: node.end + by, children };
}

function replaced(tree: TreeNode, old: TreeNode, other: TreeNode): TreeNode {
  if (tree === old) return other;
  return { ...tree, children: tree.children.map((each) => replaced(each, old, other)) };
}
