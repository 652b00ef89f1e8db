// Acts of negotiation in one call between real peers: a restart, a collision well met, one that is not, and a silent end.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { SIDES, type Side, type Walk } from './support/walk.ts';

const MOST_WORDS = 60;

/** Chooses an act with its settings, and waits for its first step. */
async function begin(
  walk: Walk,
  name: string,
  by: Side,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  await walk.button(walk.words.whatNext).click();
  await walk.openAct(name);
  for (const [label, option] of Object.entries(settings)) {
    await walk.page.getByLabel(label).selectOption({ label: option });
  }
  await walk.startAct(name, by);
  await expect(walk.heading).toContainText(/^Step 1 of /);
}

/** Waits until a step has ended. Gives what is said of it. */
async function told(page: Page, title: string): Promise<string> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title, { timeout: 60_000 });
  await expect(page.locator('.where.busy')).toHaveCount(0, { timeout: 60_000 });
  const text = await page.locator('.caption .text').first().innerText();
  expect(text.split(/\s+/).length, text).toBeLessThanOrEqual(MOST_WORDS);
  return text;
}

/** Presses Next until a step whose title has these words has ended. */
async function goTo(walk: Walk, ...titles: readonly string[]): Promise<string> {
  let text = '';
  for (const title of titles) {
    await walk.button(walk.words.next).click();
    text = await told(walk.page, title);
  }
  return text;
}

const signaling = (walk: Walk, states: Readonly<Record<Side, string>>) =>
  Promise.all(
    SIDES.map((side) => expect(walk.state(side, 'signalingState')).toHaveText(states[side])),
  );

test('a call is negotiated in every way, and goes on', async ({ walk, page }) => {
  test.slow();
  await walk.open();
  await walk.finish();

  await begin(walk, 'Restart ICE', 'callee');
  await walk.button(walk.words.last).click();
  expect(await told(page, 'Both sides use a new path')).toMatch(
    /with new credentials|still the old one/,
  );
  await walk.connected();

  const perfect = { 'The app:': 'has perfect negotiation' };
  await begin(walk, 'Both offer at once', 'caller', perfect);
  await goTo(walk, 'add it to', 'caller makes an offer', 'callee makes an offer', 'offers cross');
  await signaling(walk, { caller: 'have-local-offer', callee: 'have-local-offer' });
  const title = [
    'first offer arrives at the callee',
    'second offer arrives at the caller',
  ] as const;
  expect(await goTo(walk, title[0])).toContain('gives up its own');
  await signaling(walk, { caller: 'have-local-offer', callee: 'have-remote-offer' });
  expect(await goTo(walk, title[1])).toContain('ignores');
  await walk.tab('States');
  await page.getByRole('button', { name: 'perfect negotiation', exact: true }).click();
  const end = (of: string) => page.getByRole('region', { name: of });
  await expect(end('the caller’s end')).toContainText('ignoreOffer = true');
  await expect(end('the callee’s end').getByRole('status')).toContainText('makingAnswer');
  await walk.button(walk.words.last).click();
  expect(await told(page, 'Which new tracks arrive')).toContain('have both arrived');
  await expect(walk.trouble).toHaveCount(0);

  await begin(walk, 'Answer with a pranswer', 'caller');
  await walk.button(walk.words.last).click();
  await told(page, 'sets the answer as its remote description');
  await signaling(walk, { caller: 'stable', callee: 'stable' });

  // By the same side: what the other one adds would find a section that is there.
  await begin(walk, 'Both offer at once', 'caller', { 'The app:': 'takes whatever arrives' });
  await walk.button(walk.words.last).click();
  await told(page, 'The new offer arrives at the callee');
  await expect(page.getByText(/InvalidAccessError: /).first()).toBeVisible();
  await signaling(walk, { caller: 'have-local-offer', callee: 'stable' });
  await begin(walk, 'Roll back by hand', 'caller', { 'The offer has in it:': 'nothing new' });
  await walk.button(walk.words.last).click();
  await told(page, 'The caller takes its offer back');
  await signaling(walk, { caller: 'stable', callee: 'stable' });

  await begin(walk, 'Hang up', 'caller', { 'The other side:': 'is told nothing' });
  expect(await goTo(walk, 'The callee sees DTLS close')).toContain('the data channel closed');
  await expect(walk.state('callee', 'connectionState')).toHaveText('connected');
  await walk.button(walk.words.last).click();
  await told(page, 'The callee closes too');
  await expect(walk.state('callee', 'connectionState')).toHaveText('closed');
});
