// Messages between real peers that are lost, doubled, late or swapped: agreement in the end, or a failure with a name.
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { calleeOffers } from '../../../src/call/acts/callee-offers.ts';
import { glare } from '../../../src/call/acts/glare.ts';
import { pranswer } from '../../../src/call/acts/pranswer.ts';
import { restartIceAct } from '../../../src/call/acts/restart-ice.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { pageTimers } from '../../../src/peers/timers.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { ActRun } from '../../support/act-run.ts';
import { expectAgreement } from '../../support/agreement.ts';
import { FATES, FaultyMail } from '../../support/faulty-mail.ts';

/** So many times shorter is all patience. */
const HASTE = 5;
const TRIES = 12;

const ACTS = [
  { script: shareScreen, by: 'caller', settings: {} },
  { script: calleeOffers, by: 'callee', settings: {} },
  { script: pranswer, by: 'caller', settings: {} },
  { script: restartIceAct, by: 'callee', settings: {} },
  { script: glare, by: 'caller', settings: { how: 'perfect', polite: 'caller' } },
] as const;

const { mails } = vi.hoisted(() => ({ mails: new Map<string, unknown>() }));
vi.mock(import('../../../src/signaling/broadcast.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    openBroadcast: (id, side) => {
      const channel = real.openBroadcast(id, side);
      const mail = mails.get(id);
      if (!(mail instanceof FaultyMail)) return channel;
      return mail.end(channel, (task, ms) => {
        pageTimers.setTimeout(task, ms);
      });
    },
  };
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Performs an act in a call of its own. @returns what its steps failed with */
async function performed(
  { script, by, settings }: (typeof ACTS)[number],
  fates: FaultyMail['chosen'],
): Promise<readonly string[]> {
  const mail = new FaultyMail();
  const id = crypto.randomUUID();
  mails.set(id, mail);
  const actRun = new ActRun({ id });
  const { run } = actRun;
  const failures: string[] = [];
  try {
    await actRun.connect();
    mail.chosen = [...fates];
    let going = actRun.perform(script, by, settings);
    for (;;) {
      try {
        await going;
        break;
      } catch (thrown) {
        if (!run.progress.failed || failures.length === TRIES) throw thrown;
        failures.push(frameAt(run.trace, run.trace.length).problem?.code ?? '');
        going = actRun.again();
      }
    }
    expectAgreement(run.trace);
  } finally {
    run.abandon();
  }
  return failures;
}

test.each(ACTS)('$script.id', { timeout: 30_000 }, async (act) => {
  const hasty = vi.spyOn(pageTimers, 'setTimeout');
  hasty.mockImplementation((task, ms) => setTimeout(task, ms / HASTE));
  const fates = fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 4 });
  const chosen = [['lost' as const], ...fc.sample(fates, { numRuns: 2, seed: 1 })];
  const failures = await Promise.all(chosen.map((each) => performed(act, each)));
  // The first has lost what it needed, and said so.
  expect(failures[0]).toEqual(['message-lost']);
  for (const failure of failures.flat()) expect(failure).toBe('message-lost');
});
