// A slide of 16 to 9: the step, its title, and what is shown of it.
import { escapeXml, textWidth } from '../text.ts';

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
}

const EDGE = 80;
const TOP = 210;
const FOOT = 60;
const GAP = 48;
const TITLE = 60;

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
}: SlideInput): string {
  const { width, height } = SLIDE;
  const room = {
    width: (width - 2 * EDGE - GAP * (parts.length - 1)) / Math.max(1, parts.length),
    height: height - TOP - FOOT,
  };
  const placed = parts.map((part, at) => {
    const scale = Math.min(room.width / part.width, room.height / part.height);
    const x = EDGE + at * (room.width + GAP) + (room.width - part.width * scale) / 2;
    return `<g transform="translate(${x.toFixed(2)} ${String(TOP)}) scale(${scale.toFixed(4)})">${part.svg}</g>`;
  });
  const size = Math.min(TITLE, (TITLE * (width - 2 * EDGE)) / textWidth(title, TITLE));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}" lang="${escapeXml(lang)}" font-family="${escapeXml(font)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${String(width)}" height="${String(height)}" fill="${paper}"/>`,
    `<text x="${String(EDGE)}" y="84" font-size="28" font-weight="600" fill="${muted}">${escapeXml(kicker)}</text>`,
    `<text x="${String(EDGE)}" y="156" font-size="${size.toFixed(1)}" font-weight="700" fill="${ink}">${escapeXml(title)}</text>`,
    ...placed,
    '</svg>',
    '',
  ].join('\n');
}
