// The parts of the page as pictures: each painted as it is seen, or as much of it as a slide has room for.
import { lieOf } from '../../ladder/ladder-place.ts';
import { restOf } from '../../ladder/sight.ts';
import { paint } from './paint.ts';
import { SLIDE_ROOM, type Painted } from './slide.ts';

/** What of the page can be a picture. */
export type PictureOf = 'stage' | 'ladder' | 'network' | 'states' | 'matrix';

/** What stands on the stage of a lesson, but is no part of its network. */
const ON_STAGE = [
  ...['.states', '.slots', '.below', '.role', '.address'],
  ...['.scene > svg:first-child', '.scene > .name', '.scene > .chip.any', '.scene > .follow'],
].join();

/** What is pressed over the matrix, and no part of it. */
const ON_MATRIX = 'label, button.button, progress';

/** What the network is drawn of. */
const NETWORK = '.scene > svg:not(:first-child) > *';

/** Air around a network, in pixels of the page. */
const AIR = 8;

/**
 * A part as it is on the page; null where it is not seen there.
 * @param tall how high a ladder may be, by its width
 */
export function paintPart(of: PictureOf, element: Element, tall: number): Painted | null {
  const { width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return null;
  if (of === 'ladder') return paintLadder(element, tall);
  if (of === 'network') return paintNetwork(element);
  return { svg: paint(element, of === 'matrix' ? ON_MATRIX : null), width, height };
}

/** As high as the room of a slide, by its width. */
export const TALL = SLIDE_ROOM.height / SLIDE_ROOM.width;

/** The rows around the present one, as many as there is room for, whatever is in sight on the page. */
function paintLadder(room: Element, tall: number): Painted {
  const scroller = room.querySelector<HTMLElement>('.parts');
  const { width, height } = room.getBoundingClientRect();
  if (scroller === null) return { svg: paint(room), width, height };
  const { scrollTop } = scroller;
  const veil = scroller.style.getPropertyValue('--veil');
  // Nothing of this is seen: it is as it was before the page is drawn again.
  scroller.style.setProperty('--veil', '0px');
  scroller.scrollTop = 0;
  try {
    const lie = { ...lieOf(scroller), height: width * tall };
    const rest = restOf(lie);
    const head = rest.scroll === 0 ? 0 : lie.head;
    const end = rest.scroll + lie.height - rest.veil;
    const bottom = Math.min(end, (lie.rows.at(-1)?.bottom ?? end) + AIR);
    const top = rest.scroll + head;
    const rows = cut(paint(scroller), { x: 0, y: head, width, height: bottom - top }, top);
    const heads = head === 0 ? null : scroller.querySelector('.heads');
    return {
      svg: heads === null ? rows : `${rows}${paint(heads)}`,
      ...{ width, height: bottom - rest.scroll },
    };
  } finally {
    scroller.style.setProperty('--veil', veil);
    scroller.scrollTop = scrollTop;
  }
}

/** The network with the two people at its ends, and nothing of what is told of them. */
function paintNetwork(stage: Element): Painted {
  const { width, height, top } = stage.getBoundingClientRect();
  const seen = [...stage.querySelectorAll(`.person h2, .screen, ${NETWORK}`)].map((element) =>
    element.getBoundingClientRect(),
  );
  const from = Math.max(0, Math.min(...seen.map((each) => each.top)) - top - AIR);
  const to = Math.min(height, Math.max(...seen.map((each) => each.bottom)) - top + AIR);
  const place = { x: 0, y: 0, width, height: to - from };
  return { svg: cut(paint(stage, ON_STAGE), place, from), width, height: to - from };
}

/** As much of a picture as is at a place, from a line down. */
function cut(
  svg: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  from: number,
): string {
  const box = `0 ${from.toFixed(2)} ${width.toFixed(2)} ${height.toFixed(2)}`;
  return `<svg x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${width.toFixed(2)}" height="${height.toFixed(2)}" viewBox="${box}" overflow="hidden">${svg}</svg>`;
}
