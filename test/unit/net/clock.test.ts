// The order in which things are due, and the queue of what waits.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock } from '../../../src/net/clock.ts';
import { Queue } from '../../../src/net/queue.ts';

test('it gives by time, and at the same time in the order of putting in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), (times) => {
      const clock = new Clock<readonly [number, number]>();
      for (const [at, time] of times.entries()) clock.add(time, [time, at]);
      const taken: (readonly [number, number])[] = [];
      for (let each = clock.take(99); each !== null; each = clock.take(99)) taken.push(each);
      const sorted = times
        .map((time, at) => [time, at] as const)
        .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
      expect(taken).toEqual(sorted);
    }),
  );
});

test('it stays in order while things come and go', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 9 }))), (steps) => {
      const clock = new Clock<readonly [number, number]>();
      let model: (readonly [number, number])[] = [];
      for (const [at, step] of steps.entries()) {
        if (step === null) {
          const first = model.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])[0] ?? null;
          model = model.filter((each) => each !== first);
          expect(clock.next).toBe(first?.[0] ?? null);
          expect(clock.take(9)).toBe(first);
        } else {
          const item = [step, at] as const;
          model.push(item);
          clock.add(step, item);
        }
        expect(clock.size).toBe(model.length);
      }
    }),
  );
});

test('what isn’t due stays', () => {
  const clock = new Clock<string>();
  clock.add(5, 'later');
  expect(clock.take(4.9)).toBeNull();
  expect(clock.next).toBe(5);
  expect(clock.take(5)).toBe('later');
  expect(clock.next).toBeNull();
});

test('a queue gives first what came first, however many wait', () => {
  const queue = new Queue<number>();
  for (let at = 0; at < 3000; at += 1) queue.add(at);
  for (let at = 0; at < 3000; at += 1) expect(queue.take()).toBe(at);
  expect(queue.take()).toBeNull();
  queue.add(7);
  expect(queue.take()).toBe(7);
});
