// Where people stand on the stage, in units of which sixteen are an em: pure, so that it can be tested.
import { SIDES, type Side } from '../../rtc/steps.ts';
import { PERSON_X } from './person-x.ts';

/** How much room there is: all of the stage, a projector's half, a phone. */
export type StageMode = 'full' | 'narrow' | 'compact';

/** What the stage shows between the people. `wide` is a network with more in its middle. */
export type StageKind = 'start' | 'call' | 'net' | 'wide';

/** The stage's own size. */
export interface StageBox {
  readonly width: number;
  readonly height: number;
  readonly mode: StageMode;
}

/** Before it is measured: as it is on a laptop. */
export const FIRST_BOX: StageBox = { width: 840, height: 384, mode: 'full' };

/** Narrower than this, the middle has no room for a column of its own; and than this, it is a phone's. */
const NARROW = 736;
const COMPACT = 480;
/** The widest line under a screen. */
const WIDEST = 252;
/** Lower than this there is room for screens and names only. */
const LOW = 240;

/** The room as it was measured. */
export function boxOf(width: number, height: number): StageBox {
  const mode = width < COMPACT || height < LOW ? 'compact' : width < NARROW ? 'narrow' : 'full';
  return { width, height, mode };
}

/** Where one person is. */
export interface PersonPlace {
  /** The middle of the screen, on which the lifeline goes on. */
  readonly x: number;
  /** The screen. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** What is written under it. */
  readonly left: number;
  readonly room: number;
}

/** Where both people are. */
export function peopleIn(box: StageBox, kind: StageKind): Readonly<Record<Side, PersonPlace>> {
  const { width, mode } = box;
  const x = (side: Side) =>
    mode === 'compact' ? compactX(width, side, kind) : PERSON_X[side] * width;
  const size = screenIn(box, kind, x('caller'));
  const top = topOf(mode, kind);
  const places = SIDES.map((side) => {
    const place = { x: x(side), top, ...size };
    return [side, { ...place, ...detailsOf(box, kind, side, place) }] as const;
  });
  return Object.fromEntries(places) as Record<Side, PersonPlace>;
}

function isNet(kind: StageKind): boolean {
  return kind === 'net' || kind === 'wide';
}

function topOf(mode: StageMode, kind: StageKind): number {
  if (mode === 'compact') return isNet(kind) ? 52 : 44;
  if (kind === 'start') return 84;
  if (isNet(kind) && mode === 'narrow') return 80;
  return kind === 'wide' && mode === 'full' ? 88 : 64;
}

function screenIn(
  { width, height, mode }: StageBox,
  kind: StageKind,
  x: number,
): { readonly width: number; readonly height: number } {
  if (mode === 'compact') return isNet(kind) ? sized(64) : sized(Math.min(116, width * 0.297));
  if (isNet(kind)) return mode === 'full' ? sized(160) : sized(112);
  if (mode === 'narrow') return sized(Math.min(180, 2 * (x - 12)));
  // A lower stage gives up some of the picture.
  const high = Math.max(90, 135 - Math.max(0, 384 - height) * 0.75);
  return sized(Math.min((high * 16) / 9, 2 * (x - 20)));
}

function sized(width: number) {
  return { width, height: (width * 9) / 16 };
}

/** On a phone the people stand at the edges: there the ladder has an axis of its own. */
function compactX(width: number, side: Side, kind: StageKind): number {
  const x = isNet(kind) ? 48 : 16 + Math.min(116, width * 0.297) / 2;
  return side === 'caller' ? x : width - x;
}

function detailsOf(
  { width, mode }: StageBox,
  kind: StageKind,
  side: Side,
  screen: { readonly x: number; readonly width: number },
): { readonly left: number; readonly room: number } {
  if (mode === 'compact') {
    const room = isNet(kind) ? 96 : Math.max(116, width * 0.4 - 16);
    if (side === 'caller') return { left: 16, room };
    if (isNet(kind)) return { left: width - 16 - room, room };
    // Not wider than what is left of the stage.
    const left = screen.x - screen.width / 2;
    return { left, room: Math.min(room, width - left) };
  }
  if (mode === 'narrow' && isNet(kind)) {
    // The longest value, `have-remote-offer`, is whole.
    return side === 'caller' ? { left: 12, room: 164 } : { left: width - 182, room: 178 };
  }
  if (!isNet(kind)) {
    const left = screen.x - screen.width / 2;
    // A change to `have-remote-offer` is the widest line, and ends inside of the column.
    const most = mode === 'full' ? width - WIDEST : left;
    return { left: Math.min(left, most), room: Math.max(240, screen.width) };
  }
  const before = side === 'caller' ? 120 : kind === 'wide' ? 104 : 112;
  return { left: screen.x - before, room: 240 };
}

/** Units as a length in CSS. */
export function em(units: number): string {
  return `${String(Math.round(units * 100) / 1600)}em`;
}

/** A place as a part of a length, in CSS. Unlike an em it is the same in small type. */
export function percent(part: number, whole: number): string {
  return `${String(Math.round((part / whole) * 100_000) / 1000)}%`;
}
