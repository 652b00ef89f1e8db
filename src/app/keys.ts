// Which key does what. A key pressed in a field, or one that the focused control uses itself, is left alone.

import type { Only } from './presenting.svelte.ts';

/** What a key can ask for. */
export type KeyCommand =
  | 'next'
  | 'back'
  | 'next-event'
  | 'back-event'
  | 'toggle'
  | 'first'
  | 'last'
  | 'next-phase'
  | 'back-phase'
  | 'next-act'
  | 'back-act'
  | 'blank'
  | 'full-screen'
  | 'speaker'
  | 'help'
  /** In present mode: the whole screen for one of the three, and out again. */
  | Only
  | 'leave';

/** What of a key press is looked at. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'
>;

/** The control that has the focus, as far as keys care. */
export type FocusKind =
  /** Takes text, or a letter for a line of a menu: it gets every key. */
  | 'text'
  /** A slider, a choice, a tab: arrows, Home, End, Page keys and Space are its own. */
  | 'arrows'
  /** A button or a link: Space and Enter are its own. */
  | 'press'
  /** Anything else. */
  | 'none';

const COMMANDS: Readonly<Record<string, KeyCommand>> = {
  ArrowRight: 'next',
  ArrowLeft: 'back',
  PageDown: 'next',
  PageUp: 'back',
  ' ': 'toggle',
  Home: 'first',
  End: 'last',
  ']': 'next-phase',
  '[': 'back-phase',
  '}': 'next-act',
  '{': 'back-act',
  b: 'blank',
  B: 'blank',
  ㅠ: 'blank',
  '.': 'blank',
  f: 'full-screen',
  F: 'full-screen',
  ㄹ: 'full-screen',
  s: 'speaker',
  S: 'speaker',
  ㄴ: 'speaker',
  '?': 'help',
  1: 'stage',
  2: 'ladder',
  3: 'reader',
  Escape: 'leave',
};

const OWN_OF_ARROWS = new Set([
  'ArrowRight',
  'ArrowLeft',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageDown',
  'PageUp',
  ' ',
]);

/** The command of a key press, or null. The Korean letters are those on the B, F and S keys. */
export function commandOf(press: KeyPress, focus: FocusKind): KeyCommand | null {
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
  if (focus === 'text') return null;
  if (focus === 'arrows' && OWN_OF_ARROWS.has(press.key)) return null;
  if (focus === 'press' && press.key === ' ') return null;
  if (press.shiftKey && press.key === 'ArrowRight') return 'next-event';
  if (press.shiftKey && press.key === 'ArrowLeft') return 'back-event';
  return Object.hasOwn(COMMANDS, press.key) ? (COMMANDS[press.key] ?? null) : null;
}

/** Whether a command means something in present mode alone. Elsewhere its key is nobody's. */
export function isOfPresent(command: KeyCommand): command is Only | 'leave' {
  return command === 'stage' || command === 'ladder' || command === 'reader' || command === 'leave';
}

/** What kind of control an element is, for `commandOf`. */
export function focusKind(element: Element | null): FocusKind {
  if (element === null) return 'none';
  if (
    element.matches(
      '[role=menu], [role=menuitem], textarea, [contenteditable]:not([contenteditable="false"]), input:not([type=range], [type=radio], [type=checkbox], [type=button], [type=submit], [type=file])',
    )
  ) {
    return 'text';
  }
  if (
    element.matches(
      'input[type=range], input[type=radio], select, [role=slider], [role=tab], [role=option], [role=radio], video',
    )
  ) {
    return 'arrows';
  }
  if (element.matches('button, a[href], summary, input, [role=button]')) return 'press';
  return 'none';
}
