// What is broken says so in its place, and the rest lives: parts that throw, parts that do not come, and any recording.
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import type { Trace } from '../../../src/trace/trace.ts';
import Panels from '../../../src/views/tabs/Panels.svelte';
import { TABS } from '../../../src/views/tabs/tab-name.ts';
import { randomTrace } from '../../fixtures/random-trace.ts';
import GuardText from './GuardText.svelte';
import LadderOf from './LadderOf.svelte';
import StageOf from './StageOf.svelte';
import PartText from './PartText.svelte';

const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);

afterEach(() => {
  cleanup();
  errors.mockClear();
});

test('a part that throws explains it, and its neighbour is drawn', async () => {
  const onsave = vi.fn<() => void>();
  const screen = await render(GuardText, { text: 'boom', onsave });
  const alert = screen.getByRole('alert');
  await expect.element(alert).toHaveTextContent('RangeError: too deep');
  await expect.element(screen.getByText('second boom')).toBeVisible();
  await screen.getByRole('button', { name: 'Save recording' }).click();
  expect(onsave).toHaveBeenCalledOnce();
  await expect.element(screen.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(alert).toHaveTextContent('RangeError: too deep');
});

test.each([
  ['once', ['boom'], []],
  ['twice, with other content', ['boom', 'boom again'], []],
  ['three times', ['boom', 'boom again', 'boom once more'], []],
  ['twice, with the same content', ['boom'], ['Try again']],
  ['three times, with the same content', ['boom'], ['Try again', 'Try again']],
] as const)(
  'a part that threw %s is drawn once its content changes',
  async (_name, texts, tries) => {
    const screen = await render(GuardText, { text: texts[0] });
    const alert = screen.getByRole('alert');
    for (const text of texts) {
      await screen.rerender({ text });
      await expect.element(alert).toHaveTextContent(`RangeError: too deep: ${text}`);
    }
    for (const name of tries) {
      const before = errors.mock.calls.length;
      await screen.getByRole('button', { name }).click();
      await vi.waitUntil(() => errors.mock.calls.length > before);
      await expect.element(alert).toHaveTextContent('RangeError: too deep');
    }
    await screen.rerender({ text: 'fine' });
    await expect.element(screen.getByText('first fine')).toBeVisible();
    await expect.element(alert).not.toBeInTheDocument();
    // And it holds what comes after.
    await screen.rerender({ text: 'boom' });
    await expect.element(alert).toHaveTextContent('RangeError: too deep: boom');
    await screen.rerender({ text: 'well' });
    await expect.element(screen.getByText('first well')).toBeVisible();
  },
);

test('a part that does not come says so, and comes when it is tried again', async () => {
  let comes = false;
  const load = () =>
    comes ? Promise.resolve('text') : Promise.reject(new TypeError('Failed to fetch m.js'));
  const screen = await render(PartText, { load });
  await expect.element(screen.getByRole('alert')).toHaveTextContent('could not be loaded');
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('TypeError: Failed to fetch m.js');
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  comes = true;
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByText('loaded text')).toBeVisible();
});

test('a part that is on its way says so', async () => {
  let resolve: (text: string) => void = () => undefined;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  const screen = await render(PartText, { load: () => promise });
  await expect.element(screen.getByText('Loading…')).toBeInTheDocument();
  resolve('at last');
  await expect.element(screen.getByText('loaded at last')).toBeVisible();
  await expect.element(screen.getByText('Loading…')).not.toBeInTheDocument();
});

/** Draws every panel at a cursor. Gives what they threw. */
async function thrownAt(trace: Trace, cursor: number): Promise<readonly unknown[]> {
  errors.mockClear();
  const frame = trace.frameAt(cursor);
  const before = trace.frameAt(Math.floor(cursor / 2));
  const nothing = () => undefined;
  await render(LadderOf, { trace, frame });
  await render(StageOf, { trace, frame });
  for (const tab of TABS) {
    await render(Panels, {
      ...{ tab, trace, frame, before, length: trace.length, sdp: null, line: null, view: 'text' },
      ...{ against: null, ontab: nothing, onpick: nothing, onsdp: nothing, online: nothing },
      ...{ onview: nothing, onagainst: nothing, ontry: null, following: true, onfollow: nothing },
    });
  }
  cleanup();
  return errors.mock.calls.map(([error]) => error as unknown);
}

test('any recording that opens is drawn by every panel', async () => {
  await fc.assert(
    fc.asyncProperty(randomTrace(80), async (trace) => {
      for (const cursor of [trace.length, Math.floor(trace.length / 2)]) {
        expect(await thrownAt(trace, cursor)).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
