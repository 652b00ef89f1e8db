// A packet field by field, in two columns: its bytes as they are written, and what they mean in a few words.
import { m } from '../../i18n/paraglide/messages.js';
import type { TreeNode } from '../../stun/tree.ts';
import type { Payload } from './payload.ts';

/** A field, or some that say one thing together. */
export interface Meaning {
  readonly bytes: string;
  /** As its specification calls it; '' where the words are enough. */
  readonly name: string;
  readonly text: string;
}

/** Bytes of a value that are shown before it is cut. */
const FEW = 4;

/**
 * The rows of a packet, outermost fields only; none where its bytes are nothing known.
 * @param hex all of its bytes
 */
export function meanings({ name, inner, tree }: Payload, hex: string): readonly Meaning[] {
  if (tree === null) return [];
  const isStun = tree.name === 'STUN Message';
  return tree.children.flatMap((node): readonly Meaning[] => {
    if (isStun && node.name === 'STUN Message Header') return header(node, name, hex);
    if (isStun) return [attribute(node, inner, hex)];
    const carries = node.name === 'Application Data' || node.name === 'DATA';
    const text = carries && inner !== null ? inner : node.value;
    return [{ bytes: cut(hex, node.start, node.end, 8), name: node.name, text }];
  });
}

function header({ start }: TreeNode, name: string, hex: string): readonly Meaning[] {
  const at = (from: number, to: number) => hex.slice((start + from) * 2, (start + to) * 2);
  const count = Number.parseInt(at(2, 4), 16);
  return [
    {
      bytes: `${at(0, 2)} ${at(2, 4)} ${at(4, 8)}`,
      ...{ name: '', text: m.net_means_header({ name, count }) },
    },
    { bytes: at(8, 20), name: '', text: m.net_means_transaction() },
  ];
}

function attribute(
  { name, start, end, value }: TreeNode,
  inner: string | null,
  hex: string,
): Meaning {
  const type = hex.slice(start * 2, start * 2 + 4);
  const length = hex.slice(start * 2 + 4, start * 2 + 8);
  const bytes = [type, length, cut(hex, start + 4, end, FEW)].filter((each) => each !== '');
  const said = name === 'DATA' && inner !== null ? inner : value;
  const gloss = m.net_means({ name });
  const text = [said.length > 40 ? '' : said, gloss].filter((each) => each !== '').join(', ');
  return { bytes: bytes.join(' '), name, text };
}

function cut(hex: string, start: number, end: number, few: number): string {
  const all = hex.slice(start * 2, end * 2);
  return all.length <= few * 2 ? all : `${all.slice(0, few * 2)}…`;
}
