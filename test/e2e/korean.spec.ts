// The same in Korean: by the link and by the button, with nothing English left around the walk.
import { expect, test } from './support/test.ts';
import { LAST, SIDES, Walk } from './support/walk.ts';

/** Names of the field, of keys and of this program, the same in every language. */
const SAME =
  /^(Peerglass|English|BroadcastChannel|SDP|ICE|\?|[\d.,]+[×x]?|[+F]|P2P|Enter|[←→ ]+|Shift|Home|End|PageDown|PageUp|[[\].BFS]+|(stun|http):\S+|States|Code|Log|Transport|(pending|current) (local|remote)|offerer|answerer|controlling|controlled)$/;

test('a link in Korean opens a Korean walk', async ({ page, watch: _watch }) => {
  const walk = new Walk(page, 'ko');
  await walk.open('#/call?lang=ko');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(walk.heading).toHaveText(/^[^a-z]*[가-힣]/);
  for (let step = 1; step <= LAST; step += 1) {
    await walk.next();
    await expect(walk.heading).toHaveText(/[가-힣]/);
    await expect(page).toHaveURL(/lang=ko/);
    expect(await page.title()).toMatch(/[가-힣].* · Peerglass$/);
  }
  for (const side of SIDES) {
    await expect(walk.state(side, 'connectionState')).toHaveText('connected');
    await expect(walk.region(side).getByRole('term')).toHaveText([
      'signalingState',
      'iceGatheringState',
      'iceConnectionState',
      'connectionState',
    ]);
  }
});

test('the button turns the screen Korean, and a reload keeps it', async ({ page, walk }) => {
  await walk.open();
  await walk.nextTo(4);
  const korean = new Walk(page, 'ko');
  await walk.button('한국어').click();
  await korean.at(4);
  await page.reload();
  await korean.at(4);
  await korean.button('English').click();
  await walk.at(4);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('nothing English is left in the chrome', async ({ page, watch: _watch }) => {
  const walk = new Walk(page, 'ko');
  await walk.open('#/call?lang=ko');
  const names = () =>
    page.evaluate(() => {
      const found: string[] = [];
      // What a program says is not translated: code, SDP, states and what stands for them.
      const skip = 'code, pre, kbd, dt, dd, [translate=no], script, style, .change, .from, .type';
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.parentElement?.closest(skip) !== null) continue;
        found.push((node.textContent ?? '').trim());
      }
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        for (const name of ['aria-label', 'title', 'placeholder']) {
          if (element.closest('[translate=no]') === null) {
            found.push((element.getAttribute(name) ?? '').trim());
          }
        }
      }
      return [...new Set(found.filter((text) => /[a-z]/i.test(text)))];
    });
  const english = async () =>
    (await names()).filter((text) => !/[가-힣]/.test(text) && !SAME.test(text));
  expect(await english()).toEqual([]);
  await walk.nextTo(4);
  expect(await english()).toEqual([]);
  await walk.button('도움말').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await english()).toEqual([]);
  await page.keyboard.press('Escape');
  await walk.button('공유').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await english()).toEqual([]);
});
