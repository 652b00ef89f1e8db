// What is ignored on a channel: each one is counted, and a flood makes few events.
import { expect, test } from 'vitest';
import { IGNORED_PAUSE, IgnoredCount } from '../../../src/call/ignored-count.ts';
import type { EventBody } from '../../../src/trace/event.ts';

/** A count over a tape in memory, with a clock that the test moves. */
function setUp() {
  const written: EventBody[] = [];
  const tasks = new Map<number, () => void>();
  let made = 0;
  const count = new IgnoredCount(
    { write: (body) => written.push(body) },
    {
      setTimeout: (task, milliseconds) => {
        expect(milliseconds).toBe(IGNORED_PAUSE);
        made += 1;
        tasks.set(made, task);
        return made;
      },
      clearTimeout: (timer) => tasks.delete(Number(timer)),
    },
  );
  const pause = () => {
    const due = [...tasks.values()];
    tasks.clear();
    for (const task of due) task();
  };
  return { count, written, tasks, pause };
}

const ignored = { kind: 'ignored', side: 'callee', reason: 'not-an-envelope' } as const;

test('a single one is written at once, as ever', () => {
  const { count, written, tasks, pause } = setUp();
  count.add('callee', 'not-an-envelope');
  expect(written).toEqual([ignored]);
  pause();
  expect(tasks.size).toBe(0);
  count.add('callee', 'not-an-envelope');
  expect(written).toEqual([ignored, ignored]);
});

test('a flood is one event a pause, a side and a reason, and none is lost', () => {
  const { count, written, pause } = setUp();
  const flood = () => {
    for (let n = 0; n < 10_000; n += 1) {
      count.add('callee', 'not-an-envelope');
      count.add('caller', 'newer-version');
    }
  };
  flood();
  expect(written).toHaveLength(2);
  pause();
  expect(written.slice(2)).toEqual([
    { ...ignored, count: 9_999 },
    { kind: 'ignored', side: 'caller', reason: 'newer-version', count: 9_999 },
  ]);
  flood();
  expect(written).toHaveLength(4);
  pause();
  expect(written.at(-2)).toEqual({ ...ignored, count: 10_000 });
});

test('at the end what was counted is written, and no timer is left', () => {
  const { count, written, tasks } = setUp();
  count.add('callee', 'not-an-envelope');
  count.add('callee', 'not-an-envelope');
  count.close();
  expect(written).toEqual([ignored, ignored]);
  expect(tasks.size).toBe(0);
  count.add('callee', 'not-an-envelope');
  expect(written).toHaveLength(2);
  expect(tasks.size).toBe(0);
});
