// Messages of an exchange that are lost, doubled, late or swapped: it ends in agreement, or in a failure that has a name.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calleeOffers } from '../../../src/call/acts/callee-offers.ts';
import { glare } from '../../../src/call/acts/glare.ts';
import { pranswer } from '../../../src/call/acts/pranswer.ts';
import { restartIceAct } from '../../../src/call/acts/restart-ice.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { expectAgreement } from '../../support/agreement.ts';
import { FaultyMail, FATES } from '../../support/faulty-mail.ts';
import { LessonRun } from './lesson-run.ts';

const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');

/** More tries than any of these runs has messages to lose. */
const TRIES = 12;

const ACTS = [
  { script: shareScreen, by: 'caller', settings: {} },
  { script: calleeOffers, by: 'callee', settings: {} },
  { script: pranswer, by: 'caller', settings: {} },
  { script: restartIceAct, by: 'callee', settings: {} },
  { script: glare, by: 'caller', settings: { how: 'perfect', polite: 'caller' } },
] as const;

test.each(ACTS)('$script.id', async ({ script, by, settings }) => {
  const seen = new Set<string>();
  const fates = fc.array(fc.constantFrom(...FATES), { maxLength: 10 });
  const run = fc.asyncProperty(fates, async (chosen) => {
    if (lesson === undefined) throw new Error('There is no such lesson.');
    const mail = new FaultyMail();
    const lessonRun = new LessonRun(lesson, {}, mail);
    const { run: live } = lessonRun;
    await lessonRun.call();
    mail.chosen = [...chosen];
    await lessonRun.perform(script, by, settings);
    const failures: string[] = [];
    for (let tries = 0; live.progress.failed && tries < TRIES; tries += 1) {
      const { trace } = live;
      failures.push(frameAt(trace, trace.length).problem?.code ?? '');
      await lessonRun.again();
    }
    const { trace } = live;
    // Candidates that are lost are not sent again, so that a restart may find no path.
    const named = ['message-lost', 'ice-failed', 'connect-timeout'];
    for (const failure of failures) {
      expect(named).toContain(failure);
      seen.add(failure);
    }
    if (live.progress.failed) expect(script.id).toBe('restart-ice');
    else expectAgreement(trace);
    live.abandon();
  });
  await fc.assert(run, { numRuns: 10, seed: 1 });
  // Some of them have lost what they needed.
  expect(seen).toContain('message-lost');
});
