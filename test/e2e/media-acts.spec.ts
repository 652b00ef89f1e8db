// Acts that change what is sent, one after the other in one call: their headings, captions, SDP and pictures.
import { ActWalk } from './support/act.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';
import type { Side, Walk } from './support/walk.ts';

/** Performs an act step by step, and gives the captions by the steps' titles. */
async function perform(
  walk: Walk,
  name: string,
  by: Side,
  chosen: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const { page } = walk;
  const before = await walk.step();
  await walk.openAct(name);
  for (const [label, option] of Object.entries(chosen)) {
    await page.getByLabel(label).selectOption(option);
  }
  await walk.startAct(name, by);
  const told: Record<string, string> = {};
  for (let at = before + 1; ; at += 1) {
    await walk.at(at, /^Step \d+ of \d+: /);
    const title = (await walk.heading.innerText()).replace(/^Step \d+ of \d+:\s*/, '');
    told[title] = await page.locator('.caption .text').first().innerText();
    const next = walk.button(walk.words.next);
    if ((await next.count()) === 0) return told;
    await next.click();
  }
}

test('mute, swap, share, stop, hold, codec and quality in one call', async ({ walk, page }) => {
  test.slow();
  await walk.open();
  await walk.finish();
  const panel = page.getByRole('tabpanel', { name: 'SDP', exact: true });

  const off = await perform(walk, 'Mute', 'caller', { 'How:': 'no-track', 'What:': 'video' });
  expect(off['The caller takes the track away from its sender']).toContain(
    'No negotiationneeded fired',
  );
  expect(off['What the callee gets now']).toContain('no packet with a picture arrived');
  await expectAccessible(page, 'muted');
  const on = await perform(walk, 'Unmute', 'caller', { 'How:': 'no-track', 'What:': 'video' });
  expect(on['What the callee gets now']).toMatch(/\d+ packets with a picture arrived/);

  const swapped = await perform(walk, 'Swap the camera', 'callee');
  expect(swapped['What the caller sees of it']).toContain('the same object as before');

  await perform(walk, 'Share a screen', 'caller');
  const stopped = await perform(walk, 'Stop sharing', 'caller', { 'How:': 'stop' });
  expect(stopped['The caller creates another offer']).toContain('has port 0: it is closed');
  expect(stopped['What is left of the screen at the callee']).toContain('has ended');
  const again = await perform(walk, 'Share a screen', 'callee');
  expect(again['The callee creates an offer']).toContain('A section that was closed is used again');

  const held = await perform(walk, 'Hold', 'callee', { 'Send meanwhile:': 'inactive' });
  expect(held['What flows during the hold']).toContain('no packet arrived on either side');
  await walk.connected();
  // The SDP shows what the offer has changed.
  await walk.button(walk.words.previous).click();
  await expect(panel.locator('li').filter({ hasText: 'a=inactive' }).first()).toBeVisible();
  await walk.button(walk.words.next).click();
  await perform(walk, 'Resume', 'callee');

  const codec = await perform(walk, 'Prefer another codec', 'caller', { 'Codec:': 'vp9' });
  expect(codec['What the caller sends after it']).toContain('VP9 flows where VP8 flowed before');

  const small = await perform(walk, 'Change the quality', 'caller', { 'What:': 'scale' });
  expect(small['What the caller sends after it']).toMatch(/640×360.*/s);
  expect(small['What the caller sends after it']).toContain('160×90');
});

test('a link names an act with its choices, and one that can’t be done says why', async ({
  walk,
  page,
}) => {
  await walk.open('#/call/mute/disable-track?set=how.enabled.what.video');
  await expect(walk.heading).toContainText('The caller switches its track off');
  await new ActWalk(walk, 'caller', ['', 'disable-track', 'see-muted']).next();
  await walk.button('What next?').click();
  const list = page.getByRole('region', { name: 'What next?' });
  await expect(list).toContainText('This side shares no screen.');
  await expect(list).toContainText('This side has nobody on hold.');
});
