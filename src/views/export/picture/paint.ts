// A part of the page as SVG, as it is seen now: boxes, text line by line, drawings and the pictures of videos.
import { escapeXml } from '../text.ts';
import { colourOf } from './colour.ts';

/** A place and a size, in pixels of the page. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What of a drawing's look is written at each of its elements. */
const LOOK = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray'],
  ...['stroke-linecap', 'stroke-linejoin', 'opacity', 'paint-order', 'display', 'visibility'],
  ...['font-family', 'font-size', 'font-weight', 'letter-spacing', 'text-anchor'],
  'dominant-baseline',
];

/**
 * Paints an element of the page. Its upper left corner is at 0, 0.
 * @param without a selector of what is left out
 */
export function paint(root: Element, without: string | null = null): string {
  return new Painter(root, without).element(root);
}

/** Names within the pictures: two of them may stand on one slide. */
let made = 0;
function newId(): string {
  made += 1;
  return `painted-${String(made)}`;
}

/** Paints from one corner of the page. */
class Painter {
  readonly #root: Element;
  readonly #without: string | null;
  readonly #left: number;
  readonly #top: number;

  constructor(root: Element, without: string | null) {
    const { left, top } = root.getBoundingClientRect();
    this.#root = root;
    this.#without = without;
    this.#left = left;
    this.#top = top;
  }

  element(element: Element): string {
    const style = getComputedStyle(element);
    if (isHidden(style)) return '';
    if (this.#without !== null && element.matches(this.#without)) return '';
    const place = this.#placeOf(element.getBoundingClientRect());
    if (element instanceof SVGSVGElement) return shape(style, place) + drawing(element, place);
    const parts = [shape(style, place), moving(element, place), ...this.#inside(element, place)];
    const inner = parts.join('');
    if (inner === '') return '';
    const look = style.opacity === '1' ? '' : ` opacity="${style.opacity}"`;
    // Whoever scrolls what is painted cuts it too.
    if (element === this.#root || !clips(style))
      return look === '' ? inner : `<g${look}>${inner}</g>`;
    const { x, y, width, height } = place;
    const edge = { x, y, width, height, rx: radiusOf(style, place) };
    const id = newId();
    return `<clipPath id="${id}"><rect ${numbers(edge)}/></clipPath><g${look} clip-path="url(#${id})">${inner}</g>`;
  }

  /** What is inside, what lies higher last. */
  #inside(element: Element, place: Place): readonly string[] {
    const drawn = [...element.childNodes].map((node) => {
      if (node instanceof Element) {
        return { level: levelOf(getComputedStyle(node)), svg: () => this.element(node) };
      }
      return { level: 0, svg: () => (node instanceof Text ? this.#text(node) : '') };
    });
    const added = (which: '::before' | '::after') => {
      const style = getComputedStyle(element, which);
      return { level: levelOf(style), svg: () => this.#pseudo(element, place, style) };
    };
    return [added('::before'), ...drawn, added('::after')]
      .toSorted((one, other) => one.level - other.level)
      .map(({ svg }) => svg());
  }

  /** A text, each of its lines where it is, and as wide. */
  #text(node: Text): string {
    const parent = node.parentElement;
    if (parent === null || node.data.trim() === '') return '';
    const style = getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    const isUpright = style.writingMode !== 'horizontal-tb';
    return linesOf(node, isUpright)
      .map(({ text, rect, isUp }) => {
        const { x, y, width, height } = this.#placeOf(rect);
        if (isUpright) {
          const turn = `translate(${round(x + width / 2)} ${round(y + height / 2)}) rotate(${isUp ? '-90' : '90'})`;
          return `<text transform="${turn}" ${numbers({ y: size * 0.35 })} text-anchor="middle" ${fontOf(style)}>${escapeXml(text)}</text>`;
        }
        // The box of a line of text is as high as the font's ascent and descent: so far down is the baseline in most.
        const baseline = y + height / 2 + size * 0.35;
        const told = style.textTransform === 'uppercase' ? text.toUpperCase() : text;
        const fit = width > 0 && told.length > 1 ? ` textLength="${round(width)}"` : '';
        return `<text ${numbers({ x, y: baseline })} ${fontOf(style)}${fit} lengthAdjust="spacingAndGlyphs">${escapeXml(told)}</text>`;
      })
      .join('');
  }

  /** What the style adds: a line or a dot, or words at the beginning of the box. */
  #pseudo(element: Element, of: Place, style: CSSStyleDeclaration): string {
    if (style.content === 'none' || style.content === 'normal' || isHidden(style)) return '';
    const host = getComputedStyle(element);
    if (style.position !== 'absolute') {
      const text = /^"(.*?)"/.exec(style.content)?.[1] ?? '';
      if (text.trim() === '') return '';
      const size = parseFloat(style.fontSize);
      const before = [host.borderLeftWidth, host.paddingLeft, style.marginLeft];
      const x = before.reduce((sum, each) => sum + parseFloat(each), of.x);
      return `<text ${numbers({ x, y: of.y + of.height / 2 + size * 0.35 })} ${fontOf(style)} xml:space="preserve">${escapeXml(text)}</text>`;
    }
    if (host.position === 'static') return '';
    const shift = new DOMMatrixReadOnly(style.transform === 'none' ? '' : style.transform);
    return shape(style, {
      x: of.x + parseFloat(host.borderLeftWidth) + parseFloat(style.left) + shift.e,
      y: of.y + parseFloat(host.borderTopWidth) + parseFloat(style.top) + shift.f,
      width: parseFloat(style.width),
      height: parseFloat(style.height),
    });
  }

  #placeOf({ left, top, width, height }: DOMRect): Place {
    return { x: left - this.#left, y: top - this.#top, width, height };
  }
}

function isHidden({ display, visibility, opacity, clipPath }: CSSStyleDeclaration): boolean {
  const isUnseen = display === 'none' || visibility !== 'visible' || opacity === '0';
  return isUnseen || clipPath === 'inset(50%)';
}

function clips({ overflowX, overflowY }: CSSStyleDeclaration): boolean {
  return overflowX !== 'visible' || overflowY !== 'visible';
}

/** How high something lies: what is positioned over what is not, and by its number. */
function levelOf({ position, zIndex }: CSSStyleDeclaration): number {
  if (position === 'static') return 0;
  return zIndex === 'auto' ? 0.5 : Number(zIndex);
}

function fontOf({ fontFamily, fontSize, fontWeight, color }: CSSStyleDeclaration): string {
  return `font-family="${escapeXml(fontFamily)}" font-size="${round(parseFloat(fontSize))}" font-weight="${fontWeight}" fill="${colourOf(color)}"`;
}

/** A box; where the style cuts one to a polygon, such as the head of an arrow, that. */
function shape(style: CSSStyleDeclaration, place: Place): string {
  const cut = /^polygon\((.*)\)$/.exec(style.clipPath)?.[1];
  if (cut === undefined) return box(style, place);
  const at = (text: string | undefined, whole: number) => {
    const value = parseFloat(text ?? '0');
    return text?.endsWith('%') === true ? (value / 100) * whole : value;
  };
  const points = cut.split(',').map((pair) => {
    const [x, y] = pair.trim().split(' ');
    return `${round(place.x + at(x, place.width))},${round(place.y + at(y, place.height))}`;
  });
  return `<polygon points="${points.join(' ')}" fill="${colourOf(style.backgroundColor)}"/>`;
}

/** The ground and the edges of a box. */
function box(style: CSSStyleDeclaration, { x, y, width, height }: Place): string {
  if (width === 0 || height === 0) return '';
  const gradient = gradientOf(style.backgroundImage);
  const ground = gradient?.fill ?? colourOf(style.backgroundColor);
  const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
    side,
    width: style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]),
    colour: colourOf(style[`border${side}Color`]),
    dash: style[`border${side}Style`],
  }));
  const [first] = sides;
  const isRing = sides.every((each) => each.width > 0 && each.colour === first?.colour);
  const radius = radiusOf(style, { x, y, width, height });
  const inset = isRing ? (first?.width ?? 0) / 2 : 0;
  const parts: string[] = gradient === null ? [] : [gradient.svg];
  if (ground !== 'none' || (isRing && first?.colour !== 'none')) {
    const ring =
      isRing && first !== undefined
        ? ` stroke="${first.colour}" stroke-width="${round(first.width)}"${dashes(first.dash, first.width)}`
        : '';
    parts.push(
      `<rect ${numbers({ x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset, rx: Math.max(0, radius - inset) })} fill="${ground}"${ring}/>`,
    );
  }
  if (!isRing) {
    for (const each of sides) {
      if (each.width === 0 || each.colour === 'none') continue;
      const half = each.width / 2;
      const [x1, y1, x2, y2] = {
        Top: [x, y + half, x + width, y + half],
        Right: [x + width - half, y, x + width - half, y + height],
        Bottom: [x, y + height - half, x + width, y + height - half],
        Left: [x + half, y, x + half, y + height],
      }[each.side];
      parts.push(
        `<line ${numbers({ x1: x1 ?? 0, y1: y1 ?? 0, x2: x2 ?? 0, y2: y2 ?? 0 })} stroke="${each.colour}" stroke-width="${round(each.width)}"${dashes(each.dash, each.width)}/>`,
      );
    }
  }
  return parts.join('');
}

/** How round its corners are. */
function radiusOf({ borderTopLeftRadius }: CSSStyleDeclaration, { width, height }: Place): number {
  const half = Math.min(width, height) / 2;
  return borderTopLeftRadius.endsWith('%')
    ? half
    : Math.min(parseFloat(borderTopLeftRadius) || 0, half);
}

/** A ground that goes from one colour to others, from the left to the right; null for one that does not. */
function gradientOf(image: string): { readonly svg: string; readonly fill: string } | null {
  const colours = /^linear-gradient\(90deg, (.*)\)$/
    .exec(image)?.[1]
    ?.match(/[\w-]+\([^)]*\)|#\w+/g);
  if (colours === undefined || colours === null) return null;
  const id = newId();
  const stops = colours.map(
    (colour, at) =>
      `<stop offset="${round(at / Math.max(1, colours.length - 1))}" stop-color="${colourOf(colour)}"/>`,
  );
  return {
    svg: `<linearGradient id="${id}">${stops.join('')}</linearGradient>`,
    fill: `url(#${id})`,
  };
}

function dashes(kind: string, width: number): string {
  if (kind === 'dashed') return ` stroke-dasharray="${round(width * 3)} ${round(width * 3)}"`;
  return kind === 'dotted' ? ` stroke-dasharray="${round(width)} ${round(width * 2)}"` : '';
}

/** What a video or a canvas shows. One that the page may not read is left out: its ground stays. */
function moving(element: Element, { x, y, width, height }: Place): string {
  if (!(element instanceof HTMLVideoElement || element instanceof HTMLCanvasElement)) return '';
  try {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * 2));
    canvas.height = Math.max(1, Math.round(height * 2));
    canvas.getContext('2d')?.drawImage(element, 0, 0, canvas.width, canvas.height);
    return `<image ${numbers({ x, y, width, height })} preserveAspectRatio="none" href="${canvas.toDataURL('image/png')}"/>`;
  } catch {
    return '';
  }
}

/** A drawing of the page, with the look that the style sheets give it. */
function drawing(svg: SVGSVGElement, { x, y, width, height }: Place): string {
  if (width === 0 || height === 0) return '';
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [at, original] of originals.entries()) {
    const target = copies[at];
    if (target === undefined) continue;
    const style = getComputedStyle(original);
    for (const name of LOOK) {
      const value = style.getPropertyValue(name);
      if (value !== '')
        target.setAttribute(name, name === 'fill' || name === 'stroke' ? colourOf(value) : value);
    }
    if (original !== svg && style.transform !== 'none') {
      target.setAttribute('transform', style.transform);
      target.setAttribute('transform-origin', style.transformOrigin);
    }
    for (const name of ['class', 'style', 'id', 'aria-hidden']) target.removeAttribute(name);
  }
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    copy.setAttribute(name, round(value));
  }
  copy.setAttribute('overflow', getComputedStyle(svg).overflowX);
  if (!copy.hasAttribute('viewBox'))
    copy.setAttribute('viewBox', `0 0 ${round(width)} ${round(height)}`);
  return new XMLSerializer().serializeToString(copy);
}

/** A line of a text. */
interface Line {
  readonly text: string;
  readonly rect: DOMRect;
  /** It is read upwards. */
  readonly isUp: boolean;
}

/**
 * The lines that a text is broken into, and where each is.
 * @param isUpright its lines stand beside each other
 */
function linesOf(node: Text, isUpright: boolean): readonly Line[] {
  const range = document.createRange();
  const lines: { from: number; to: number; at: number; start: number; end: number }[] = [];
  for (let at = 0; at < node.data.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rect = range.getClientRects()[0];
    if (rect === undefined || rect.width === 0 || rect.height === 0) continue;
    const last = lines.at(-1);
    const place = isUpright ? rect.left : rect.top;
    const near = (isUpright ? rect.width : rect.height) / 2;
    if (last !== undefined && Math.abs(last.at - place) < near) {
      last.to = at + 1;
      last.end = rect.top;
    } else lines.push({ from: at, to: at + 1, at: place, start: rect.top, end: rect.top });
  }
  return lines.flatMap(({ from, to, start, end }) => {
    const text = node.data.slice(from, to);
    const kept = text.trim();
    if (kept === '') return [];
    const first = from + text.indexOf(kept);
    range.setStart(node, first);
    range.setEnd(node, first + kept.length);
    const rect = range.getBoundingClientRect();
    return [{ text: kept.replaceAll(/\s+/g, ' '), rect, isUp: end < start }];
  });
}

function numbers(all: Readonly<Record<string, number>>): string {
  return Object.entries(all)
    .map(([name, value]) => `${name}="${round(value)}"`)
    .join(' ');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
