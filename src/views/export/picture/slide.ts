// A slide of 16 to 9: the step, its title, and what is shown of it.
import { richPieces } from '../../rich.ts';
import { escapeXml, textWidth, wrapText } from '../text.ts';

/** A slide's size, in pixels. */
export const SLIDE = { width: 1920, height: 1080 } as const;

/** Something painted, with the size it was painted at. */
export interface Painted {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** What a slide says and shows. */
export interface SlideInput {
  readonly kicker: string;
  readonly title: string;
  readonly lang: string;
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly font: string;
  /** One, or two side by side. */
  readonly parts: readonly Painted[];
  /** What is said of the moment, below the first of two; empty for nothing. */
  readonly text: string;
}

const EDGE = 80;
const TOP = 210;
const FOOT = 60;
const GAP = 48;
const TITLE = 60;
const TEXT = { size: 32, line: 46, above: 72 } as const;

/** The room below the title, for one picture. */
export const SLIDE_ROOM = {
  width: SLIDE.width - 2 * EDGE,
  height: SLIDE.height - TOP - FOOT,
} as const;

/** How high one of two may be, by its width. */
export const HALF_TALL = SLIDE_ROOM.height / ((SLIDE_ROOM.width - GAP) / 2);

/** A slide as an SVG that needs nothing else. */
export function slideSvg({
  kicker,
  title,
  lang,
  paper,
  ink,
  muted,
  font,
  parts,
  text,
}: SlideInput): string {
  const { width, height } = SLIDE;
  const room = {
    width: (SLIDE_ROOM.width - GAP * (parts.length - 1)) / Math.max(1, parts.length),
    height: SLIDE_ROOM.height,
  };
  const placed = parts.map((part, at) => {
    const scale = Math.min(room.width / part.width, room.height / part.height);
    const x = EDGE + at * (room.width + GAP) + (room.width - part.width * scale) / 2;
    // One alone stands in the middle, two begin at one height.
    const y = TOP + (parts.length > 1 ? 0 : (room.height - part.height * scale) / 2);
    return `<g transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})">${part.svg}</g>`;
  });
  const [first, second] = parts;
  const said =
    first === undefined || second === undefined || text === ''
      ? []
      : told(
          text,
          room,
          Math.min(room.width / first.width, room.height / first.height) * first.height,
          ink,
        );
  const size = Math.min(TITLE, (TITLE * (width - 2 * EDGE)) / textWidth(title, TITLE));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}" lang="${escapeXml(lang)}" font-family="${escapeXml(font)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${String(width)}" height="${String(height)}" fill="${paper}"/>`,
    `<text x="${String(EDGE)}" y="84" font-size="28" font-weight="600" fill="${muted}">${escapeXml(kicker)}</text>`,
    `<text x="${String(EDGE)}" y="156" font-size="${size.toFixed(1)}" font-weight="700" fill="${ink}">${escapeXml(title)}</text>`,
    ...placed,
    ...said,
    '</svg>',
    '',
  ].join('\n');
}

/** A text below a picture of such a height: as large as there is room for all of it. */
function told(
  text: string,
  room: { readonly width: number; readonly height: number },
  above: number,
  ink: string,
): readonly string[] {
  const plain = richPieces(text)
    .map((piece) => piece.text)
    .join('');
  const left = room.height - above - TEXT.above;
  for (let size: number = TEXT.size; size >= 22; size -= 2) {
    const lines = wrapText(plain, size, room.width);
    const line = (TEXT.line * size) / TEXT.size;
    if (lines.length * line > left) continue;
    return lines.map(
      (each, at) =>
        `<text x="${String(EDGE)}" y="${(TOP + above + TEXT.above + at * line).toFixed(1)}" font-size="${String(size)}" fill="${ink}">${escapeXml(each)}</text>`,
    );
  }
  return [];
}
