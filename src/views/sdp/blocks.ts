// Long sections are drawn in blocks, and only those near to what is seen: ten thousand lines cost what a hundred do.
import type { SdpLine } from '../../sdp/parse.ts';

/** Lines to a block. */
export const BLOCK = 64;

/** A text of more lines than this is long: it is judged, and drawn, bit by bit. Browsers' offers have some hundreds. */
export const LONG_TEXT = 1000;

/** Cuts lines into blocks of at most `size`, in order. */
export function blocksOf(
  lines: readonly SdpLine[],
  size: number = BLOCK,
): readonly (readonly SdpLine[])[] {
  const blocks: (readonly SdpLine[])[] = [];
  for (let from = 0; from < lines.length; from += size) blocks.push(lines.slice(from, from + size));
  return blocks;
}

/** Whether a line is in a block, by its number. Blocks are without gaps. */
export function holds(block: readonly SdpLine[], number: number | null): boolean {
  const first = block[0]?.number;
  return number !== null && first !== undefined && number >= first && number < first + block.length;
}
