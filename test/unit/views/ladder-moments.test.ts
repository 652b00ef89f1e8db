// Moments as rows of the ladder: how far each packet comes, on the stage's axis, in lessons walked to their end.
import { beforeAll, describe, expect, test } from 'vitest';
import { momentsOf } from '../../../src/lessons/moments/moments.ts';
import { NET_LESSONS, type NetLessonId } from '../../../src/lessons/net/lessons.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import { momentDrawing } from '../../../src/views/ladder/moment-row.ts';
import { LessonRun } from '../call/lesson-run.ts';

const LAST = 14;

async function walked(id: NetLessonId): Promise<Trace> {
  const lesson = NET_LESSONS.find((each) => each.id === id);
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  await lessonRun.call();
  lessonRun.run.abandon();
  return lessonRun.run.trace;
}

function drawingOf(trace: Trace, name: string) {
  const moment = momentsOf(trace, LAST).find((each) => each.name === name);
  if (moment === undefined) throw new Error(`There is no ${name}.`);
  return momentDrawing(trace, moment);
}

describe('two routers', () => {
  let trace: Trace;
  beforeAll(async () => {
    trace = await walked('two-routers');
  });

  test('a check that is dropped ends at the NAT that drops it', () => {
    const drawing = drawingOf(trace, 'first-drop');
    expect(drawing).toMatchObject({ kind: 'packet', end: 'dropped' });
    if (drawing.kind !== 'packet') return;
    // From one person to the other's NAT.
    const [from, to] = drawing.by === 'caller' ? [0, 376 / 552] : [1, 176 / 552];
    expect(drawing.from).toBe(from);
    expect(drawing.to).toBeCloseTo(to);
  });

  test('one that is let in arrives, answers go both ways, a candidate comes through signaling', () => {
    expect(drawingOf(trace, 'let-in')).toMatchObject({ kind: 'packet', end: 'delivered' });
    expect(drawingOf(trace, 'answered')).toMatchObject({ kind: 'packet' });
    expect(drawingOf(trace, 'new-candidate')).toMatchObject({ kind: 'message' });
    expect(drawingOf(trace, 'media')).toMatchObject({ kind: 'media', passes: [] });
  });
});

test('a relay is passed in the middle', async () => {
  const drawing = drawingOf(await walked('symmetric-both'), 'media');
  expect(drawing).toMatchObject({ kind: 'media', passes: [{ what: 'relay' }] });
});

describe('a call that cannot be', () => {
  let trace: Trace;
  beforeAll(async () => {
    trace = await walked('no-way');
  });

  test('many checks are told in words, and so is how it ended', () => {
    for (const name of ['more-drops', 'callee-failed', 'outcome']) {
      expect(drawingOf(trace, name), name).toEqual({ kind: 'text' });
    }
    const line = (name: string) => momentsOf(trace, LAST).find((each) => each.name === name)?.line;
    expect(line('more-drops')).toMatch(/^\d+ more checks in the next \d+ s, all of them dropped$/);
    expect(line('callee-failed')).toBe('callee: **connecting → failed**');
  });

  test('the last row is the side that gave up last, and that there is no call', () => {
    expect(momentsOf(trace, LAST).at(-1)).toMatchObject({
      ...{ side: 'caller', line: 'caller: **connecting → failed**', stands: 'not connected' },
    });
  });
});

test('a carrier’s NAT turns a check around', async () => {
  const drawing = drawingOf(await walked('nat-behind-nat'), 'hairpin');
  expect(drawing).toMatchObject({ kind: 'packet', passes: [{ what: 'hairpin' }] });
});
