// The ICE and Transport tabs with real peers: candidates and pairs opened, one selected, and what protects the call.
import { expectAccessible } from './support/axe.ts';
import { faultySignaling } from './support/faults.ts';
import { expect, test } from './support/test.ts';
import { LAST, SIDES, Walk } from './support/walk.ts';

const NAMES = { caller: 'Caller', callee: 'Callee' } as const;

test('a candidate opens into what its line says, one at a time on a side', async ({ walk }) => {
  await walk.open();
  await walk.nextTo(5);
  await expect(walk.state('caller', 'iceGatheringState')).toHaveText('complete');
  const panel = await walk.tab('ICE');
  const caller = panel.getByRole('region', { name: 'Candidates, Caller' });
  const rows = caller.getByRole('row', { name: /^found host / });
  const row = rows.first().getByRole('button');
  await expect(row).toHaveAttribute('aria-expanded', 'false');
  await row.focus();
  await walk.page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  const opened = caller.locator('td.open');
  await expect(opened.locator('code.line')).toHaveText(/^candidate:\d+ 1 (udp|tcp) \d+ /);
  const line = await opened.locator('code.line').innerText();
  // The formula gives the number that stands in the line.
  const text = await opened.innerText();
  const numbers =
    /(\d+) = 2\^24 × (\d+) \+ 2\^8 × (\d+) \+ \(256 − (\d+)\)/.exec(text)?.slice(1) ?? [];
  const [priority = 0, type = 0, local = 0, component = 0] = numbers.map(Number);
  expect(priority).toBe(2 ** 24 * type + 2 ** 8 * local + 256 - component);
  expect(priority).toBe(Number(line.split(' ')[3]));
  await expect(opened.getByRole('term')).toContainText(['foundation', 'component-id', 'transport']);
  // Another opened closes this one.
  await rows.nth(1).getByRole('button').click();
  await expect(row).toHaveAttribute('aria-expanded', 'false');
  await expect(caller.locator('td.open')).toHaveCount(1);
  // It leads to its event.
  await caller.getByRole('button', { name: /^Go to event \d+$/ }).click();
  await expect(walk.page).toHaveURL(/gather-candidates\?event=\d+&tab=ice&pick=candidate[^&]+$/);
});

test('pairs come with step 14: one in use, each with its priority', async ({ walk }) => {
  await walk.open();
  await walk.nextTo(4);
  const panel = await walk.tab('ICE');
  await expect(panel.getByText(/^No pairs yet/)).toHaveCount(2);
  await walk.nextTo(LAST);
  for (const side of SIDES) {
    const pairs = panel.getByRole('region', { name: `Pairs, ${NAMES[side]}` });
    const chosen = pairs.getByRole('row', { name: /in use/ });
    await expect(chosen).toHaveCount(1);
    await expect(chosen).toHaveAccessibleName(/^succeeded ✓?\s?nominated/);
    await expect(pairs.getByText('Why this one?')).toBeVisible();
    // The selected pair comes first, the others in the order of their priorities.
    await expect(pairs.locator('tr.row').first()).toHaveClass(/chosen/);
    const column = await pairs.locator('tr.row td.wide').allInnerTexts();
    const priorities = column.map(BigInt);
    expect(priorities.length).toBeGreaterThan(0);
    const others = priorities.slice(1);
    expect(others).toEqual(
      [...others].sort((one, other) => (one < other ? 1 : one > other ? -1 : 0)),
    );
    await chosen.getByRole('button').click();
    const text = await pairs.locator('td.open').innerText();
    const [, total = '', g = '', d = ''] =
      /(\d+) = 2\^32 × min\(G, D\).*G = (\d+) .* D = (\d+) /.exec(text) ?? [];
    const [low, high] = [BigInt(g), BigInt(d)].sort((one, other) => (one < other ? -1 : 1));
    const odd = BigInt(g) > BigInt(d) ? 1n : 0n;
    expect(BigInt(total)).toBe(2n ** 32n * (low ?? 0n) + 2n * (high ?? 0n) + odd);
    expect(column).toContain(total);
  }
  // Going back takes them away again, and forward brings them.
  await walk.seek(7);
  await expect(panel.getByText(/^No pairs yet/)).toHaveCount(2);
  await walk.seek(LAST);
  await expect(panel.getByRole('row', { name: /in use/ })).toHaveCount(2);
});

test('pairs are seen while the sides connect, before step 14', async ({ walk, page }) => {
  // Without the answer the caller knows nothing of the callee, whose ICE checks all the same.
  await faultySignaling(page, { kind: 'lose', type: 'answer', times: 1 });
  await walk.open();
  await walk.nextTo(11);
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('A message did not arrive');
  const panel = await walk.tab('ICE');
  const callee = panel.getByRole('region', { name: 'Pairs, Callee' });
  await expect(callee.locator('tr.row')).not.toHaveCount(0);
  await expect(callee.getByText(/^As they stood \d+ ms after the start/)).toBeVisible();
  await expect(walk.state('callee', 'connectionState')).not.toHaveText('connected');
  await walk.trouble.getByRole('button', { name: 'Try again' }).click();
  await walk.nextTo(LAST);
  await expect(panel.getByRole('row', { name: /in use/ })).toHaveCount(2);
});

test('Transport says how the call is protected, and that fingerprints are equal', async ({
  walk,
}) => {
  await walk.open();
  await walk.next();
  const panel = await walk.tab('Transport');
  await expect(panel.getByText(/^Nothing to show yet/)).toHaveCount(1);
  await walk.nextTo(LAST);
  const seen: string[] = [];
  const own: string[] = [];
  for (const side of SIDES) {
    const region = panel.getByRole('region', { name: `Transport, ${NAMES[side]}` });
    await expect(region.getByText('the keys are agreed')).toBeVisible();
    await expect(region.getByText(/is DTLS 1\.[23]/)).toBeVisible();
    await expect(region.getByText('They are equal.')).toBeVisible();
    await expect(region.getByText('that came by signaling')).toBeVisible();
    const digests = await region.locator('dd code:not(.hash)').allInnerTexts();
    const prints = digests.filter((text) => /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/i.test(text));
    expect(prints).toHaveLength(3);
    expect(prints[0]).toBe(prints[1]);
    seen.push(prints[0] ?? '');
    own.push(prints[2] ?? '');
    // The counters come once a second.
    const rate = region.getByRole('img', { name: /^Bit rate\. sent: first .+, highest .+, last / });
    await expect(rate).toBeVisible();
    await expect(region.getByRole('img')).toHaveCount(4);
  }
  expect(seen).toEqual(own.toReversed());
  await expect(walk.page).toHaveURL(/tab=transport$/);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`both tabs by axe, and nothing sideways (${scheme})`, async ({ page, watch: _watch }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const locale = scheme === 'dark' ? 'ko' : 'en';
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await walk.nextTo(LAST);
    for (const tab of ['ICE', 'Transport'] as const) {
      await page.setViewportSize({ width: 1440, height: 900 });
      const panel = await walk.tab(tab);
      if (tab === 'ICE') {
        await expect(panel.locator('tr.chosen')).toHaveCount(2);
        await panel.locator('tr.row button').first().click();
        await panel.locator('tr.chosen button').first().click();
      } else await expect(panel.getByRole('img')).toHaveCount(8);
      for (const [width, height] of [
        [1440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        if (width < 720) {
          // On a phone the tabs are below one of four; in Korean too it is the last.
          await page.locator('.views').getByRole('button').last().click();
          await walk.tab(tab);
        }
        await expectAccessible(page, `${tab} at ${String(width)}`);
        const wide = await panel.evaluate((element) => [element.scrollWidth, element.clientWidth]);
        expect(wide[0], `${tab} at ${String(width)}`).toBeLessThanOrEqual(wide[1] ?? 0);
      }
    }
  });
}
