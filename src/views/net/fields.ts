// Makes fields of a packet's tree, in the form that STUN's trees have.
import type { TreeNode } from '../../stun/tree.ts';

/** Makes one field over these bytes; see `TreeNode`. */
export function fieldsOf(bytes: Uint8Array) {
  return (
    name: string,
    start: number,
    end: number,
    section: string,
    value = '',
    children: readonly TreeNode[] = [],
  ): TreeNode => ({
    ...{ name, start, end, section, value, children },
    hex: Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
    mark: null,
  });
}

/** An unsigned number of some bytes, the first the highest; 0 for bytes that are not there. Up to 6 of them. */
export function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let k = at; k < at + length; k += 1) value = value * 256 + (bytes[k] ?? 0);
  return value;
}
