// What belongs to a life ends with it, once, in order, however late it comes and whatever fails.
import { afterEach, expect, test, vi } from 'vitest';
import { Life } from '../../../src/call/life.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('what belongs to it ends with it, in order and once', () => {
  const life = new Life();
  const ended: string[] = [];
  for (const name of ['channel', 'peer', 'capture']) life.owns(() => ended.push(name));
  expect([ended, life.isOver, life.signal.aborted]).toEqual([[], false, false]);
  life.end();
  life.end();
  expect([ended, life.isOver, life.signal.aborted]).toEqual([
    ['channel', 'peer', 'capture'],
    true,
    true,
  ]);
});

test('what comes too late ends at once', () => {
  const life = new Life();
  const end = vi.fn();
  life.end();
  life.owns(end);
  expect(end).toHaveBeenCalledOnce();
});

test('once it is stopped nothing new may come, and what is there stays until the end', () => {
  const life = new Life();
  const [early, late] = [vi.fn(), vi.fn()];
  life.owns(early);
  life.stop();
  life.owns(late);
  expect(late).toHaveBeenCalledOnce();
  expect(early).not.toHaveBeenCalled();
  life.end();
  expect(early).toHaveBeenCalledOnce();
  expect(late).toHaveBeenCalledOnce();
});

test('what takes something in while it ends is ended too', () => {
  const life = new Life();
  const inner = vi.fn();
  life.owns(() => {
    life.owns(inner);
  });
  life.end();
  expect(inner).toHaveBeenCalledOnce();
});

test('an end that fails is reported, and keeps no other from ending', () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const life = new Life();
  const error = new Error('stuck');
  const end = vi.fn();
  life.owns(() => {
    throw error;
  });
  life.owns(end);
  life.end();
  expect(end).toHaveBeenCalledOnce();
  expect(reported).toHaveBeenCalledWith(error);
});
