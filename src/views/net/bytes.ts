// The fields of a packet and its bytes, each found from the other.
import type { TreeNode } from '../../stun/tree.ts';

/** A field by its way down the tree: `0.2.1`; the root's is ''. */
export type FieldPath = string;

/** The way to the innermost field that has the byte; '' where only the whole has it. */
export function fieldOfByte(tree: TreeNode, byte: number): FieldPath {
  const steps: number[] = [];
  let node: TreeNode | undefined = tree;
  while (node !== undefined) {
    const at: number = node.children.findIndex(({ start, end }) => start <= byte && byte < end);
    if (at === -1) break;
    steps.push(at);
    node = node.children[at];
  }
  return steps.join('.');
}

/** The field at the end of a way; null where the tree has no such way. */
export function fieldAt(tree: TreeNode, path: FieldPath): TreeNode | null {
  let node: TreeNode | undefined = tree;
  if (path === '') return tree;
  for (const step of path.split('.')) node = node?.children[Number(step)];
  return node ?? null;
}

/** Whether one way is the other's beginning, or the same. */
export function leadsTo(path: FieldPath, other: FieldPath): boolean {
  return path === other || path === '' || other.startsWith(`${path}.`);
}

/** The names down to a field, the root's left out. */
export function fieldNames(tree: TreeNode, path: FieldPath): readonly string[] {
  if (path === '') return [];
  const steps = path.split('.');
  return steps.map((_, at) => fieldAt(tree, steps.slice(0, at + 1).join('.'))?.name ?? '');
}
