// Which lessons are done and where each was left: what storage holds is read with care, and where a walk stands is told.
import { expect, test } from 'vitest';
import { formatProgress, parseProgress, visited } from '../../../src/app/store/progress.ts';
import { lessonPlace } from '../../../src/app/walk/lesson-place.ts';
import { CALL_ACT } from '../../../src/rtc/steps.ts';
import { FIRST_ACT, nextAct, stepIn } from '../../../src/trace/script.ts';

test('what was written is read again', () => {
  const kept = {
    done: new Set(['call', 'two-routers']),
    left: new Map([['no-way', { step: 'create-offer', number: 3 }]]),
  };
  expect(parseProgress(formatProgress(kept))).toEqual(kept);
});

test.each([
  null,
  '',
  '{',
  'null',
  '[]',
  '{"done":7,"left":[]}',
  '{"left":{"call":{"step":"<b>","number":1},"no-way":{"step":"connect"},"lab":null}}',
])('of %s nothing is taken', (text) => {
  expect(parseProgress(text)).toEqual({ done: new Set(), left: new Map() });
});

test('a lesson that is left begins where it was left; one that is done begins anew', () => {
  const third = { step: 'create-offer', number: 3 };
  const begun = visited(parseProgress(null), 'no-way', third, false);
  expect(begun.left.get('no-way')).toEqual(third);
  expect(visited(begun, 'no-way', third, false)).toBe(begun);
  const ended = visited(begun, 'no-way', { step: 'connect', number: 14 }, true);
  expect([...ended.done]).toEqual(['no-way']);
  expect(ended.left.size).toBe(0);
  // It is done, also when it is walked once more.
  expect([...visited(ended, 'no-way', third, false).done]).toEqual(['no-way']);
});

const at = (number: number) => stepIn(FIRST_ACT, number);
const last = CALL_ACT.steps.length;
const place = (over: Partial<Parameters<typeof lessonPlace>[0]>) =>
  lessonPlace({ lesson: 'call', step: at(last), frame: { progress: 'done' }, inside: 1, ...over });

test('a lesson is at its end when its last step is seen whole', () => {
  expect(place({})).toEqual({ id: 'call', at: { step: 'connect', number: last }, isEnd: true });
  expect(place({ inside: 0.5 })?.isEnd).toBe(false);
  expect(place({ frame: { progress: 'running' } })?.isEnd).toBe(false);
  expect(place({ step: at(3) })?.isEnd).toBe(false);
  expect(place({ step: null })).toBeNull();
});

test('a network may fail as it should, a call of this browser not', () => {
  expect(place({ lesson: 'no-way', frame: { progress: 'failed' } })?.isEnd).toBe(true);
  expect(place({ frame: { progress: 'failed' } })?.isEnd).toBe(false);
});

test('a later act is a lesson of its own, in any network', () => {
  const act = nextAct(FIRST_ACT, { ...CALL_ACT, id: 'hang-up' }, last + 1);
  const step = stepIn(act, last + 2);
  expect(place({ lesson: 'lab', step })).toMatchObject({ id: 'hang-up', at: { number: 2 } });
  expect(place({ lesson: 'lab' })).toBeNull();
});
