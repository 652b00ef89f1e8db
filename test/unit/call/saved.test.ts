// A call with several acts that is saved and opened again: its acts, steps, captions and places are what they were.
import { expect, test } from 'vitest';
import { actById } from '../../../src/app/walk/act-registry.ts';
import { hold, resume } from '../../../src/call/acts/hold.ts';
import { restartIceAct } from '../../../src/call/acts/restart-ice.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { decode, encode } from '../../../src/trace/file.ts';
import { frameAt, type Trace } from '../../../src/trace/trace.ts';
import { inLocale, LOCALES } from '../lessons/whole.ts';
import { LessonRun } from './lesson-run.ts';
import { momentAt } from './told.ts';

const ACTS = [
  { script: shareScreen, by: 'callee', settings: {} },
  { script: hold, by: 'caller', settings: { how: 'sendonly' } },
  { script: resume, by: 'caller', settings: {} },
  { script: restartIceAct, by: 'callee', settings: {} },
] as const;

/** What is said at the end of each step of the acts, in each language. */
function said(trace: Trace): readonly string[] {
  const texts: string[] = [];
  for (const locale of LOCALES) {
    inLocale(locale, () => {
      for (let number = CALL_STEPS.length + 1; number <= trace.steps.length; number += 1) {
        const moment = momentAt(trace, number);
        const lesson = actById(moment.step.act.id)?.lesson;
        const { title, body } = lesson?.caption(moment) ?? { title: '', body: '' };
        texts.push(`${title}: ${body}`);
      }
    });
  }
  return texts;
}

test('a call with several acts is the same from its file', async () => {
  const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  await lessonRun.call();
  for (const { script, by, settings } of ACTS) await lessonRun.perform(script, by, settings);
  const { trace } = lessonRun.run;
  const opened = decode(encode(trace));
  lessonRun.run.abandon();

  expect(opened.acts.map(({ id, by }) => [id, by])).toEqual([
    ['call', null],
    ...ACTS.map(({ script, by }) => [script.id, by]),
  ]);
  expect(opened.acts).toEqual(trace.acts);
  expect(opened.steps).toEqual(trace.steps);
  expect(opened.ends).toEqual(trace.ends);
  for (let step = 0; step <= trace.steps.length; step += 1) {
    const end = trace.stepEnd(step);
    expect(opened.stepEnd(step)).toBe(end);
    expect(frameAt(opened, end)).toEqual(frameAt(trace, end));
  }
  const texts = said(trace);
  expect(texts.every((text) => text.length > 20)).toBe(true);
  expect(said(opened)).toEqual(texts);
});
