// The small markup of lesson texts, **bold** and `code`, cut into pieces that are never HTML.

/** A piece of text and how it is set. */
export interface RichPiece {
  readonly style: 'plain' | 'bold' | 'code';
  readonly text: string;
}

/** Cuts a text at its marks. A mark without its twin is text. */
export function richPieces(text: string): readonly RichPiece[] {
  const pieces: RichPiece[] = [];
  let rest = 0;
  for (const match of text.matchAll(/\*\*(.+?)\*\*|`([^`]+)`/gs)) {
    if (match.index > rest) pieces.push({ style: 'plain', text: text.slice(rest, match.index) });
    const [whole, bold, code] = match;
    if (bold !== undefined) pieces.push({ style: 'bold', text: bold });
    else if (code !== undefined) pieces.push({ style: 'code', text: code });
    rest = match.index + whole.length;
  }
  if (rest < text.length) pieces.push({ style: 'plain', text: text.slice(rest) });
  return pieces;
}
