// The ladder as an SVG that needs nothing else: no fonts, styles or scripts from outside, every text escaped.
import type { LadderRow, RowArrow } from '../ladder/rows.ts';
import { beginsAct, callTexts, changeText } from './mermaid.ts';
import { escapeXml, textWidth, wrapText } from './text.ts';
import { LIGHT_THEME, MONO, SANS, type LadderTheme } from './theme.ts';
import type { LadderWords } from './words.ts';

const WIDTH = 1600;
const HEAD = 150;
const FOOT = 40;
// Where the lifelines are, and the titles' column beside them.
const X = { caller: 610, signaling: 1000, callee: 1390 } as const;
const TITLE = { x: 104, width: 300, size: 22, line: 28 } as const;
const NUMBER = { x: 60, radius: 19 } as const;
const PILL = { size: 20, height: 38 } as const;
const NOTE = { size: 18, line: 25, width: 380 } as const;
const ACT = { size: 24, height: 64 } as const;
const ARROW = 46;
const PAD = 16;

interface Drawn {
  readonly parts: readonly string[];
  readonly height: number;
}

/**
 * The whole ladder as one SVG, 1600 wide and as high as its rows need. Rows that have not happened are pale. Text is
 * measured by estimate, so boxes are a little wider than their text.
 */
export function ladderSvg(
  rows: readonly LadderRow[],
  words: LadderWords,
  theme: LadderTheme = LIGHT_THEME,
): string {
  const drawn: string[] = [];
  let y = HEAD;
  // An act that comes after the moment has not happened.
  const now = rows.find(({ when }) => when === 'now')?.step.act.number ?? Infinity;
  const drawnRows = rows.filter(({ step }) => step.act.number <= now);
  for (const [at, row] of drawnRows.entries()) {
    if (beginsAct(drawnRows, at)) {
      drawn.push(drawAct(words.act(row.step.act), y, theme));
      y += ACT.height;
    }
    const { parts, height } = drawRow(row, words, theme, y);
    const isPale = row.when === 'future';
    // What is pale lets the lifelines through: they stop behind its boxes all the same.
    if (isPale) drawn.push(...grounds(parts, theme));
    drawn.push(isPale ? '<g opacity="0.4">' : '<g>', ...parts, '</g>');
    y += height;
  }
  const bottom = y + 12;
  const height = bottom + FOOT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(height)}" viewBox="0 0 ${String(WIDTH)} ${String(height)}" role="img" lang="${escapeXml(words.lang)}" font-family="${escapeXml(SANS)}">`,
    `<title>${escapeXml(words.title)}</title>`,
    ...(theme.background === null ? [] : [rect(0, 0, WIDTH, height, { fill: theme.background })]),
    label(NUMBER.x - NUMBER.radius, 62, words.title, { size: 30, fill: theme.ink, weight: 700 }),
    ...lifelines(words, theme, bottom),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** The boxes of a row, in the colour of the ground. */
function grounds(parts: readonly string[], theme: LadderTheme): readonly string[] {
  const fill = ` fill="${escapeXml(theme.background ?? theme.fill)}"`;
  return parts.flatMap((part) =>
    [...part.matchAll(/<rect [^>]*\/>/g)].map(([box]) =>
      box.replace(/ stroke(?:-width)?="[^"]*"/g, '').replace(/ fill="[^"]*"/, fill),
    ),
  );
}

function lifelines(words: LadderWords, theme: LadderTheme, bottom: number): readonly string[] {
  return (['caller', 'signaling', 'callee'] as const).flatMap((who) => {
    const dash = who === 'signaling' ? ' stroke-dasharray="3 7"' : '';
    const x = String(X[who]);
    return [
      `<line x1="${x}" y1="${String(HEAD - 16)}" x2="${x}" y2="${String(bottom)}" stroke="${escapeXml(theme[who])}" stroke-width="3"${dash}/>`,
      pill(
        X[who],
        HEAD - 60,
        words[who],
        { stroke: theme[who], fill: theme[who], size: 24 },
        theme,
      ),
    ];
  });
}

/** The name of an act over its rows, on a ground of its own. */
function drawAct(name: string, top: number, theme: LadderTheme): string {
  const ground = theme.background ?? theme.fill;
  const x = NUMBER.x - NUMBER.radius;
  return (
    rect(x, top, WIDTH - 40 - x, ACT.height, { fill: ground }) +
    label(x, top + ACT.height - 20, name, { size: ACT.size, fill: theme.ink, weight: 700 })
  );
}

function drawRow(row: LadderRow, words: LadderWords, theme: LadderTheme, top: number): Drawn {
  const parts = [line(NUMBER.x - NUMBER.radius, top, WIDTH - 40, top, theme.rule, 1)];
  const title = wrapText(words.step(row.step), TITLE.size, TITLE.width);
  let y = top + PAD;
  const middle = y + PILL.height / 2;
  const tone = row.failed ? theme.bad : toneOf(row, theme);
  parts.push(
    `<circle cx="${String(NUMBER.x)}" cy="${String(middle)}" r="${String(NUMBER.radius)}" fill="${escapeXml(tone)}"/>`,
    label(NUMBER.x, middle + 7, String(row.step.ordinal), {
      ...{ size: 20, fill: theme.fill, weight: 700, anchor: 'middle' as const },
    }),
  );
  for (const [at, text] of title.entries()) {
    parts.push(
      label(TITLE.x, middle + 7 + at * TITLE.line, text, { size: TITLE.size, fill: theme.ink }),
    );
  }
  const titleEnd = middle + 7 + title.length * TITLE.line;
  const x = row.side === 'callee' ? X.callee : X.caller;
  const [call, ...others] = callTexts(row, words);
  if (call !== undefined) {
    const isCode = row.call !== '—';
    const stroke = row.step.kind === 'gather-candidates' ? theme.network : tone;
    parts.push(pill(x, y, call, { stroke, size: PILL.size, isCode }, theme));
    y += PILL.height + 4;
    for (const text of others.flatMap(noteLines)) {
      parts.push(note(x, y, text, theme.muted, theme));
      y += NOTE.line;
    }
  }
  for (const arrow of row.arrows) {
    parts.push(...drawArrow(arrow, y, words, theme));
    y += ARROW;
  }
  if (row.step.phase === 'communication') {
    const isOn = row.when !== 'future' && !row.failed;
    const text = row.failed ? words.failed : words.flows;
    parts.push(...drawFlow(y, text, isOn ? theme.network : theme.muted, theme));
    y += ARROW + 4;
  }
  const ends = { caller: y, callee: y };
  for (const change of row.changes) {
    for (const text of noteLines(changeText(change, words))) {
      parts.push(note(X[change.side], ends[change.side], text, theme[change.side], theme));
      ends[change.side] += NOTE.line;
    }
  }
  const bottom = Math.max(ends.caller, ends.callee, titleEnd) + PAD;
  return { parts, height: Math.ceil(bottom - top) };
}

function noteLines(text: string): readonly string[] {
  return wrapText(text, NOTE.size, NOTE.width);
}

function toneOf({ side }: LadderRow, theme: LadderTheme): string {
  return side === 'both' ? theme.network : theme[side];
}

function drawArrow(
  arrow: RowArrow,
  y: number,
  words: LadderWords,
  theme: LadderTheme,
): readonly string[] {
  const isLost = arrow.at === 'lost' || arrow.kind === 'error';
  const tone = isLost ? theme.bad : arrow.kind === 'candidates' ? theme.network : theme.signaling;
  const stroke = arrow.ghost ? theme.muted : tone;
  const isRight = arrow.from === 'caller';
  const [start, end] = isRight ? [X.caller + 8, X.callee - 8] : [X.callee - 8, X.caller + 8];
  const middle = y + ARROW / 2;
  // What has not arrived ends at signaling.
  const tip = arrow.at === 'delivered' || arrow.ghost ? end : (X.signaling + end) / 2;
  const back = isRight ? -16 : 16;
  const isDashed = arrow.ghost || arrow.at === 'posted' || arrow.at === 'in-flight';
  const head =
    arrow.at === 'lost'
      ? `M ${String(tip - 9)} ${String(middle - 9)} l 18 18 m 0 -18 l -18 18`
      : `M ${String(tip)} ${String(middle)} l ${String(back)} -8 v 16 z`;
  const told = words.arrow(arrow);
  const text = arrow.at === 'delivered' || arrow.ghost ? told : `${told} · ${words.life(arrow.at)}`;
  return [
    line(start, middle, tip, middle, stroke, 3, isDashed ? '9 7' : null),
    `<path d="${head}" fill="${arrow.at === 'lost' ? 'none' : escapeXml(stroke)}" stroke="${escapeXml(stroke)}" stroke-width="${arrow.at === 'lost' ? '4' : '1'}"/>`,
    pill(X.signaling, middle - 17, text, { stroke, size: 19, height: 34, radius: 6 }, theme),
  ];
}

function drawFlow(y: number, text: string, tone: string, theme: LadderTheme): readonly string[] {
  const middle = y + ARROW / 2;
  return [
    line(X.caller + 8, middle, X.callee - 8, middle, tone, 8),
    pill(X.signaling, middle - 19, text, { stroke: tone, size: 20, radius: 8 }, theme),
  ];
}

interface PillLook {
  readonly stroke: string;
  readonly fill?: string;
  readonly size: number;
  readonly height?: number;
  readonly radius?: number;
  readonly isCode?: boolean;
}

/** A box with a text in its middle, from `y` down. Filled with its own colour, its text is as the ground. */
function pill(x: number, y: number, text: string, look: PillLook, theme: LadderTheme): string {
  const { stroke, size, height = PILL.height, isCode = false } = look;
  const width = Math.ceil(textWidth(text, size, isCode) + 36);
  const radius = look.radius ?? height / 2;
  const ink = look.fill === undefined ? theme.ink : theme.fill;
  const weight = look.fill === undefined ? 500 : 700;
  return (
    rect(x - width / 2, y, width, height, { fill: look.fill ?? theme.fill, stroke, radius }) +
    label(x, y + height / 2 + size * 0.35, text, {
      ...{ size, fill: ink, weight, anchor: 'middle' as const, isCode },
    })
  );
}

/** A small text on the ground's colour, so that the lifeline does not cross it. */
function note(x: number, y: number, text: string, fill: string, theme: LadderTheme): string {
  const width = Math.ceil(textWidth(text, NOTE.size) + 12);
  const ground = theme.background ?? theme.fill;
  return (
    rect(x - width / 2, y, width, NOTE.line, { fill: ground }) +
    label(x, y + 18, text, { size: NOTE.size, fill, anchor: 'middle' })
  );
}

function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  look: { readonly fill: string; readonly stroke?: string; readonly radius?: number },
): string {
  const { fill, stroke, radius = 0 } = look;
  const edge = stroke === undefined ? '' : ` stroke="${escapeXml(stroke)}" stroke-width="2.5"`;
  return `<rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="${String(radius)}" fill="${escapeXml(fill)}"${edge}/>`;
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  width: number,
  dash: string | null = null,
): string {
  const dashes = dash === null ? '' : ` stroke-dasharray="${dash}"`;
  return `<line x1="${String(x1)}" y1="${String(y1)}" x2="${String(x2)}" y2="${String(y2)}" stroke="${escapeXml(stroke)}" stroke-width="${String(width)}"${dashes}/>`;
}

interface LabelLook {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'start' | 'middle';
  readonly isCode?: boolean;
}

function label(x: number, y: number, text: string, look: LabelLook): string {
  const { size, fill, weight = 400, anchor = 'start', isCode = false } = look;
  const font = isCode ? ` font-family="${escapeXml(MONO)}"` : '';
  return `<text x="${String(x)}" y="${String(y)}" font-size="${String(size)}" font-weight="${String(weight)}" text-anchor="${anchor}" fill="${escapeXml(fill)}"${font}>${escapeXml(text)}</text>`;
}
