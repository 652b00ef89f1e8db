// What is drawn one picture behind the rest: it catches up, and is not starved by what changes with every picture.
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { flushSync } from 'svelte';
import BehindText from './BehindText.svelte';

const picture = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });

test('what changes is shown after the next picture, and said to be busy until then', async () => {
  const screen = await render(BehindText, { text: 'one' });
  const line = screen.getByText(/./);
  await expect.element(line).toHaveTextContent('one');
  const busy = () => screen.container.querySelector('[aria-busy]')?.getAttribute('aria-busy');
  expect(busy()).toBe('false');
  void screen.rerender({ text: 'two' });
  flushSync();
  expect(screen.container.textContent.trim()).toBe('one');
  expect(busy()).toBe('true');
  await expect.element(line).toHaveTextContent('two');
  expect(busy()).toBe('false');
});

test('what changes with every picture is shown while it does', async () => {
  const screen = await render(BehindText, { text: '0' });
  const seen = new Set<string>();
  for (let n = 1; n <= 30; n += 1) {
    await picture();
    void screen.rerender({ text: String(n) });
    flushSync();
    seen.add(screen.container.textContent.trim());
  }
  expect(seen.size).toBeGreaterThan(10);
  await expect.element(screen.getByText(/./)).toHaveTextContent('30');
});
