// Where the ladder stands: it comes to rest anew with every move, unless it was scrolled by hand, and holds the focus.
import type { Attachment } from 'svelte/attachments';
import { moveStop, tendStops } from './roving.ts';
import { restOf, type Lie, type Span } from './sight.ts';

/** The scrolling and the focus of one ladder. */
export class LadderPlace {
  #scroller: HTMLElement | null = null;
  /** What was looked at when it came to rest. */
  #subject: unknown = null;
  /** Where it was scrolled to by itself; anything else is the learner's doing. */
  #scroll = 0;
  /** How large it was then. */
  #size = '';
  #byHand = false;
  #byPointer = false;
  #hasFocus = false;

  /** Attached to what scrolls. */
  readonly attach: Attachment<HTMLElement> = (element) => {
    this.#scroller = element;
    const sizes = new ResizeObserver(() => {
      if (!this.#byHand) this.#rest();
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      this.#scroller = null;
    };
  };

  /**
   * Attached to what scrolls as well, and anew with whatever is shown.
   * @param subject what is looked at: once it is something else, what was scrolled by hand comes back
   */
  settle(subject: unknown, ..._shown: readonly unknown[]): Attachment<HTMLElement> {
    return (element) => {
      const isMove = subject !== this.#subject;
      this.#subject = subject;
      if (isMove) this.#byHand = false;
      if (!this.#byHand) this.#rest(element);
      const hadFocus = this.#hasFocus;
      if (isMove && hadFocus) {
        element.querySelector<HTMLElement>('.lit > .number')?.focus({ preventScroll: true });
      }
      tendStops(element);
    };
  }

  /** It was scrolled. What another size does to it is nobody's doing: it comes to rest anew for that. */
  scrolled(): void {
    const element = this.#scroller;
    if (element === null || sizeOf(element) !== this.#size) return;
    if (Math.abs(element.scrollTop - this.#scroll) < 1) return;
    this.#byHand = true;
    element.style.setProperty('--veil', '0px');
  }

  /** A key was pressed in it. */
  key(event: KeyboardEvent): void {
    const element = this.#scroller;
    if (element === null || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
      return;
    if (moveStop(element, event.key, this.#byPointer)) event.preventDefault();
    if (event.key !== 'Home' && event.key !== 'End') this.#byPointer = false;
  }

  /** The pointer was pressed in it. */
  press(): void {
    this.#byPointer = true;
  }

  /** The focus came into it, or went: keys are for it, or for the page. */
  focus(isThere: boolean): void {
    this.#hasFocus = isThere;
    if (!isThere) this.#byPointer = false;
    if (this.#scroller !== null) tendStops(this.#scroller);
  }

  #rest(element = this.#scroller): void {
    if (element === null || element.clientHeight === 0) return;
    const { scroll, spare, veil } = restOf(lieOf(element));
    element.style.setProperty('--spare', `${String(spare)}px`);
    element.style.setProperty('--veil', `${String(veil)}px`);
    element.scrollTop = scroll;
    this.#scroll = element.scrollTop;
    this.#size = sizeOf(element);
    followAround(element);
  }
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): string {
  return `${String(clientWidth)} ${String(clientHeight)}`;
}

/** Where everything stands in a ladder that scrolls. */
export function lieOf(element: HTMLElement): Lie {
  const above = element.getBoundingClientRect().top - element.scrollTop;
  const spanOf = (each: Element): Span => {
    const { top, bottom } = each.getBoundingClientRect();
    return { top: top - above, bottom: bottom - above };
  };
  const now = element.querySelector('.lit');
  return {
    height: element.clientHeight,
    head: element.querySelector('.heads')?.clientHeight ?? 0,
    rows: [...element.querySelectorAll('.row, .fold')].map(spanOf),
    now: now === null ? null : spanOf(now),
  };
}

/** Where the ladder is as high as its rows and something around it scrolls, that brings the row into sight. */
function followAround(element: HTMLElement): void {
  if (element.scrollHeight > element.clientHeight + 1) return;
  for (let each = element.parentElement; each !== null; each = each.parentElement) {
    if (each === document.body) return;
    const { overflowY } = getComputedStyle(each);
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue;
    if (each.scrollHeight > each.clientHeight + 1) {
      element.querySelector('.lit')?.scrollIntoView({ block: 'nearest' });
    }
    return;
  }
}
