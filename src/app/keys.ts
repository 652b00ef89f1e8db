// Which key does what. A key pressed in a field, or one that the focused control uses itself, is left alone.

import type { Only } from './presenting.svelte.ts';

/** What a key can ask for. */
export type KeyCommand =
  | 'next'
  | 'back'
  | 'over'
  | 'back-over'
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
  /** A choice of one of several: arrows, Home, End, Page keys and Space are its own. */
  | 'choice'
  /** What is ticked or switched: Space is its own, for it has no other key. */
  | 'tick'
  /** A slider, a tab: arrows, Home, End and Page keys are its own. */
  | 'arrows'
  /** Anything else. A button and a link have Enter. */
  | 'none';

const COMMANDS: Readonly<Record<string, KeyCommand>> = {
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
  ...['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'],
  ...['Home', 'End', 'PageDown', 'PageUp'],
]);

/** The keys that go on and back, with what they do by moments and by whole steps. */
const BY_STEP: Readonly<Record<string, { readonly one: KeyCommand; readonly whole: KeyCommand }>> =
  {
    ArrowRight: { one: 'next', whole: 'over' },
    ArrowLeft: { one: 'back', whole: 'back-over' },
    PageDown: { one: 'next', whole: 'over' },
    PageUp: { one: 'back', whole: 'back-over' },
  };

/**
 * The command of a key press, or null. The Korean letters are those on the B, F and S keys.
 * @param presenting a clicker's keys, Page down and up, go by moments, as the arrows do; else they go by whole steps
 */
export function commandOf(
  press: KeyPress,
  focus: FocusKind,
  presenting = false,
): KeyCommand | null {
  const { key, shiftKey, ctrlKey } = press;
  if (press.altKey || press.metaKey || press.isComposing || focus === 'text') return null;
  if (focus !== 'none' && focus !== 'tick' && OWN_OF_ARROWS.has(key)) return null;
  if ((focus === 'choice' || focus === 'tick') && key === ' ') return null;
  const isArrow = key === 'ArrowRight' || key === 'ArrowLeft';
  // With Ctrl, all but these belong to the browser.
  if (ctrlKey && (!isArrow || shiftKey)) return null;
  if (isArrow && shiftKey) return key === 'ArrowRight' ? 'next-event' : 'back-event';
  if (Object.hasOwn(BY_STEP, key)) {
    const isWhole = isArrow ? ctrlKey : !presenting;
    return (isWhole ? BY_STEP[key]?.whole : BY_STEP[key]?.one) ?? null;
  }
  return Object.hasOwn(COMMANDS, key) ? (COMMANDS[key] ?? null) : null;
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
  if (element.matches('select, input[type=radio], [role=radio], [role=listbox], [role=option]')) {
    return 'choice';
  }
  if (element.matches('input[type=checkbox], [role=checkbox], [role=switch]')) return 'tick';
  const isArrows = element.matches('input[type=range], [role=slider], [role=tab], video');
  return isArrows ? 'arrows' : 'none';
}
