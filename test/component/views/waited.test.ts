// How long is waited: told second by second to who looks, and never announced.
import { afterEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { hangUp } from '../../../src/call/acts/hang-up.ts';
import { caption, captionFacts, waitingFor } from '../../../src/lessons/call/caption.ts';
import { FIRST_ACT, stepIn } from '../../../src/trace/script.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { browserRun, toTheEnd } from '../app/walked.ts';
import CaptionOf from './CaptionOf.svelte';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const PROPS = {
  step: stepIn(FIRST_ACT, 14),
  ...{ title: 'Connecting', body: 'So it goes.' },
} as const;

test('the seconds pass outside of what is announced, and end with the wait', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const waiting = { ...PROPS, progress: 'running', waitingFor: 'No path yet.' } as const;
  const screen = await render(CaptionOf, waiting);
  const timer = () => screen.container.querySelector('[role=timer]');
  expect(timer()).toBeNull();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(timer()?.textContent).toBe('12 s so far');
  expect(timer()?.closest('[aria-live=polite], [role=status]')).toBeNull();
  // Another reason of the same step goes on counting.
  await screen.rerender({ ...waiting, waitingFor: 'Waiting for keys.' });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(timer()?.textContent).toBe('15 s so far');
  await screen.rerender({ ...waiting, progress: 'done', waitingFor: null });
  expect(timer()).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

test('a real call that loses every candidate says that none has arrived', async () => {
  const run = browserRun();
  const { caller, callee } = run.call.ends;
  for (const end of [caller, callee]) {
    const receive = end.receive.bind(end);
    end.receive = (message, cause) => {
      if (message.type !== 'candidate' && message.type !== 'end-of-candidates') {
        receive(message, cause);
      }
    };
  }
  const ending = toTheEnd(run);
  await vi.waitUntil(() => run.progress.settled === 13 && run.progress.busy, { timeout: 30_000 });
  const { trace } = run;
  const frame = frameAt(trace, trace.length);
  expect(frame.step?.kind).toBe('connect');
  const facts = captionFacts({
    ...{ options: trace.header.options, before: frame, after: frame, step: 'connect' },
    events: [],
  });
  expect(waitingFor(facts)).toMatch(/^No candidate of the other side has arrived/);
  expect(caption(facts).title).not.toBe('');
  run.perform(hangUp, 'caller', {});
  await Promise.race([ending, vi.waitUntil(() => run.progress.final)]);
});
