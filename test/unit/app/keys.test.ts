// Which key does what, and which are left to the control that has the focus.
import { describe, expect, it } from 'vitest';
import { commandOf, type FocusKind, type KeyPress } from '../../../src/app/keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  ...more,
});

describe('keys', () => {
  it.each([
    ['ArrowRight', 'next'],
    ['ArrowLeft', 'back'],
    ['PageDown', 'over'],
    ['PageUp', 'back-over'],
    [' ', 'toggle'],
    ['Home', 'first'],
    ['End', 'last'],
    ['[', 'back-phase'],
    [']', 'next-phase'],
    ['b', 'blank'],
    ['.', 'blank'],
    ['F', 'full-screen'],
    ['s', 'speaker'],
    ['?', 'help'],
    ['1', 'stage'],
    ['2', 'ladder'],
    ['3', 'reader'],
    ['Escape', 'leave'],
    // The same keys on a Korean keyboard.
    ['ㅠ', 'blank'],
    ['ㄹ', 'full-screen'],
    ['ㄴ', 'speaker'],
  ])('%s is %s', (key, command) => {
    expect(commandOf(press(key), 'none')).toBe(command);
  });

  it('Shift makes an arrow a step into', () => {
    expect(commandOf(press('ArrowRight', { shiftKey: true }), 'none')).toBe('next-event');
    expect(commandOf(press('ArrowLeft', { shiftKey: true }), 'none')).toBe('back-event');
  });

  it('Ctrl makes an arrow go over the whole step, and a clicker goes by moments on a projector', () => {
    expect(commandOf(press('ArrowRight', { ctrlKey: true }), 'none')).toBe('over');
    expect(commandOf(press('ArrowLeft', { ctrlKey: true }), 'none')).toBe('back-over');
    expect(commandOf(press('ArrowLeft', { ctrlKey: true, shiftKey: true }), 'none')).toBeNull();
    expect(commandOf(press('PageDown'), 'none', true)).toBe('next');
    expect(commandOf(press('PageUp'), 'none', true)).toBe('back');
    expect(commandOf(press('PageDown', { ctrlKey: true }), 'none')).toBeNull();
  });

  it('nothing is taken from a field, from the system, or while text is composed', () => {
    for (const key of ['ArrowRight', ' ', 'b', 'Home', '?']) {
      const isOver = key === 'ArrowRight';
      expect(commandOf(press(key), 'text')).toBeNull();
      expect(commandOf(press(key, { ctrlKey: true }), 'text')).toBeNull();
      expect(commandOf(press(key, { ctrlKey: true }), 'none') === null).toBe(!isOver);
      expect(commandOf(press(key, { altKey: true }), 'none')).toBeNull();
      expect(commandOf(press(key, { metaKey: true }), 'none')).toBeNull();
      expect(commandOf(press(key, { isComposing: true }), 'none')).toBeNull();
    }
  });

  it('a focused control keeps its own', () => {
    const kept: readonly (readonly [FocusKind, string, boolean])[] = [
      ['choice', 'ArrowRight', true],
      ['choice', ' ', true],
      ['tick', ' ', true],
      ['tick', 'ArrowRight', false],
      ['arrows', 'ArrowRight', true],
      ['arrows', 'Home', true],
      ['arrows', 'PageDown', true],
      // Space plays and pauses wherever there is another key for what the control does.
      ['arrows', ' ', false],
      ['none', ' ', false],
      ['arrows', 'b', false],
    ];
    for (const [focus, key, own] of kept) {
      expect(commandOf(press(key), focus) === null).toBe(own);
    }
  });

  it('what every object has is no key', () => {
    expect(commandOf(press('constructor'), 'none')).toBeNull();
    expect(commandOf(press('toString'), 'none')).toBeNull();
  });
});
