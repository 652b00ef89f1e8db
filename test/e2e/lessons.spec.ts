// The same 14 steps in virtual networks: every lesson moment by moment, there and back, kept, and without any WebRTC.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { NET_LESSONS } from '../../src/lessons/net/lessons.ts';
import { expectAccessible } from './support/axe.ts';
import { withoutWebRtc } from './support/faults.ts';
import { expect, test } from './support/test.ts';
import { LAST, SIDES } from './support/walk.ts';

/** How long the English of a moment may be. */
const MOST_WORDS = 60;

/** A place of the walk, as it is seen. */
interface Seen {
  /** What the timeline says of it, which is another in each moment. */
  readonly place: string;
  readonly step: number;
  /** Which moment of how many; null in a step that is told as one. */
  readonly moment: readonly [number, number] | null;
  readonly heading: string;
  readonly words: number;
  /** The names of the ladder's current rows: of the step, and of its moment. */
  readonly rows: readonly string[];
  /** How many rows are lit, and whether the last current one is in view. */
  readonly lit: number;
  readonly inView: boolean;
}

/** Runs in the page: the place, once it is another than `last` and nothing of it is still to come. */
function look(last: string): Seen | null {
  const slider = document.querySelector<HTMLInputElement>('input[type="range"]');
  const place = slider?.getAttribute('aria-valuetext') ?? '';
  if (slider === null || place === last || document.querySelector('.where.busy') !== null)
    return null;
  const text = (from: Element | null | undefined) =>
    (from?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  const told = /(\d+) of (\d+)$/.exec(place);
  const room = document.querySelector('.ladder-room .parts');
  const rows = [...document.querySelectorAll('.ladder-room [aria-current]')];
  const row = rows.at(-1)?.querySelector('.row')?.getBoundingClientRect();
  const box = room?.getBoundingClientRect();
  return {
    place,
    step: Number(slider.value),
    moment: told === null ? null : [Number(told[1]), Number(told[2])],
    heading: text(document.querySelector('h1')),
    words: [...document.querySelectorAll('.caption .text')]
      .flatMap((each) => text(each).split(' '))
      .filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
    rows: rows.map((each) => text(each.querySelector('.row .number .sr'))),
    lit: document.querySelectorAll('.ladder-room .row.lit').length,
    inView:
      row !== undefined &&
      box !== undefined &&
      row.top >= box.top - 1 &&
      row.bottom <= box.bottom + 1,
  };
}

/** Presses an arrow key until it leads nowhere else: to the end of a lesson, or to its start. */
async function arrows(
  page: Page,
  key: 'ArrowRight' | 'ArrowLeft',
  isLast: (seen: Seen) => boolean,
) {
  const places: Seen[] = [];
  for (let last = ''; ;) {
    if (last === '')
      last = (await page.locator('input[type="range"]').getAttribute('aria-valuetext')) ?? '';
    await page.keyboard.press(key);
    const seen = await (await page.waitForFunction(look, last)).jsonValue();
    if (seen === null) throw new Error('Nothing was seen.');
    places.push(seen);
    if (isLast(seen)) return places;
    last = seen.place;
  }
}

for (const { id, expect: outcome, end, acts } of NET_LESSONS) {
  test(`${id}, moment by moment: ${outcome}${end === outcome ? '' : `, and ${end} in the end`}`, async ({
    walk,
    page,
  }) => {
    await walk.open(`#/${id}`);
    await walk.unfocus();
    const isEnd = ({ step, moment }: Seen) =>
      step === LAST && (moment === null || moment[0] === moment[1]);
    const there = await arrows(page, 'ArrowRight', isEnd);
    // All the steps, and each of a step's moments, in order.
    for (const [
      at,
      { place, step, moment, heading, words, rows, lit, inView },
    ] of there.entries()) {
      const before = there[at - 1];
      const isInside = before?.moment != null && before.moment[0] < before.moment[1];
      expect(step, place).toBe(isInside ? before.step : (before?.step ?? 0) + 1);
      if (moment !== null) expect(moment[0], place).toBe(isInside ? before.moment[0] + 1 : 1);
      const [, title = ''] = /^Step \d+ of 14: (\S.*)$/.exec(heading) ?? [];
      expect(title, place).not.toBe('');
      expect(words, place).toBeGreaterThan(0);
      expect(words, place).toBeLessThanOrEqual(MOST_WORDS);
      expect(rows, place).toHaveLength(moment === null ? 1 : 2);
      expect(rows[0], place).toMatch(new RegExp(`^Step ${String(step)}: .*you are here`));
      if (moment !== null) expect(rows[1], place).toContain(`: ${title} (you are here)`);
      expect(lit, place).toBe(1);
      expect(inView, `the row of ${place}`).toBe(true);
    }
    expect(there.at(-1)?.moment, 'step 14 is told in moments').not.toBeNull();
    // The last moment is how it ended, and no packet that came by.
    await expect(page).toHaveURL(new RegExp(`#/${id}/connect$`));
    for (const side of SIDES) {
      await expect(walk.state(side, 'connectionState')).toHaveText(end);
    }
    await expect(page.locator('.where small')).toHaveText(
      end === 'connected' ? 'the call is up' : /^failed after /,
    );
    if (outcome === 'failed') {
      await expect(walk.trouble).toContainText('ICE found no path');
    } else {
      // A lesson that goes on after the call has its next act in the place of all that could be next.
      const goesOn = acts.length > 0;
      await expect(page.getByRole('region', { name: 'What next?' })).toBeVisible({
        visible: !goesOn,
      });
      if (goesOn) await expect(walk.button(walk.words.next)).toBeEnabled();
      await expect(walk.trouble).toHaveCount(0);
    }
    // The stage has a path in use where there is one.
    const path = page.locator('.stage svg .path');
    if (end === 'connected') await expect(path).not.toHaveCount(0);
    else await expect(path).toHaveCount(0);
    await expect(await walk.tab('Network')).toContainText('Simulated');

    await walk.unfocus();
    const back = await arrows(page, 'ArrowLeft', ({ step }) => step === 0);
    expect(back.map(({ place }) => place).slice(0, -1)).toEqual(
      there
        .map(({ place }) => place)
        .reverse()
        .slice(1),
    );
  });
}

test('a moment has a link, and a reload finds it; Ctrl goes over a step, and Shift by events', async ({
  walk,
  page,
}) => {
  await walk.open('#/two-routers/connect?moment=first-drop');
  const heading = 'Step 14 of 14: The caller’s NAT drops the check';
  await walk.at(LAST, heading);
  const row = page.locator('.ladder-room .moments [aria-current="true"]');
  await expect(row.getByRole('button')).toHaveAccessibleName(/^Moment 3 of 7: .*you are here/);
  await expect(walk.state('caller', 'connectionState')).toHaveText('connecting');
  await page.reload();
  await walk.at(LAST, heading);
  await expect(page).toHaveURL(/#\/two-routers\/connect\?moment=first-drop$/);
  await walk.unfocus();
  // By event it goes on inside of the moment after it, and back.
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page).toHaveURL(/\?event=\d+/);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page).toHaveURL(/\?moment=first-drop$/);
  await page.keyboard.press('Control+ArrowRight');
  await expect(walk.heading).toHaveText('Step 14 of 14: The call is up: media flows');
  await page.keyboard.press('Control+ArrowLeft');
  await walk.at(13);
  await walk.seek(4);
  await walk.unfocus();
  await page.keyboard.press('Control+ArrowRight');
  await walk.at(5);
  await expect(page).toHaveURL(/#\/two-routers\/gather-candidates$/);
  await expect(page.locator('.where')).toContainText('Step 5 · 4 of 4');
});

test('after a call that cannot be, Next leads to the same one with TURN', async ({
  walk,
  page,
}) => {
  await walk.open('#/no-way/connect');
  const next = walk.button('What next?');
  await expect(next).toHaveAccessibleDescription('same call, with TURN');
  await next.click();
  await expect(page).toHaveURL(/#\/symmetric-both\/connect$/);
  await walk.connected();
});

test('a packet is walked hop by hop, opened, and named in the link', async ({ walk, page }) => {
  await walk.open('#/two-routers');
  await walk.nextTo(5);
  await expect(page.locator('.caption')).toContainText('10.0.1.5');
  const panel = await walk.tab('Network');
  await expectAccessible(page, 'the network');
  await panel
    .getByRole('button', { name: /Binding request/ })
    .first()
    .click();
  await expect(panel.getByRole('heading', { name: /Binding request/ })).toBeVisible();
  await expect(page).toHaveURL(/moment=stun-request/);
  // On from the host that sent it: the NAT makes a row, and the packet has another source.
  await walk.unfocus();
  await expect(async () => {
    await page.keyboard.press('Shift+ArrowRight');
    await expect(panel).toContainText('198.51.100.7', { timeout: 100 });
  }).toPass();
  await expect(page).toHaveURL(/event=\d+|moment=mapping/);
  await walk.button('Previous step').click();
  await expect(page).toHaveURL(/moment=stun-request/);
  await walk.button('Previous step').click();
  await walk.at(4);
});

test('a lesson is chosen before step 1, by keyboard, and the next call is of it too', async ({
  walk,
  page,
}) => {
  await walk.open();
  await page.getByRole('link', { name: /^Two routers, with STUN/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/two-routers(\?|$)/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two routers, with STUN');
  await expect(page.locator('.caption')).toContainText('a port-restricted NAT');
  await expectAccessible(page, 'the lesson before it begins');
  await walk.nextTo(2);
  await walk.tool('New call…');
  await expect(page).toHaveURL(/#\/two-routers(\?|$)/);
  await page.getByRole('link', { name: 'All lessons' }).click();
  await expect(page).toHaveURL(/#\/lessons$/);
});

test('text goes over the simulated data channel, and goodbye is said', async ({ walk }) => {
  await walk.open('#/same-router');
  await walk.finish();
  await walk.openTalk();
  const field = walk.page.getByRole('textbox', { name: 'Text to send, Caller' });
  await field.fill('hello there');
  await field.press('Enter');
  await expect(walk.page.getByRole('list', { name: 'Sent and received, Callee' })).toContainText(
    'hello there',
  );
  await walk.hangUp();
  for (const side of SIDES) {
    await expect(walk.state(side, 'connectionState')).toHaveText('closed');
  }
});

test('hanging up while a step still runs ends it, and the walk stays', async ({ walk, page }) => {
  await walk.open('#/no-way');
  await walk.overTo(13);
  await walk.button('Next step').click();
  await walk.hangUp();
  for (const side of SIDES) {
    await expect(walk.state(side, 'connectionState')).toHaveText('closed');
  }
  await expect(page.locator('.where.busy')).toHaveCount(0);
  await walk.seek(4);
  await walk.tool('New call…');
  await walk.at(0);
  await walk.nextTo(2);
});

test('the same lesson is the same every time, also after a reload in its middle', async ({
  walk,
  page,
}) => {
  await walk.open('#/symmetric-both');
  await walk.overTo(5);
  const text = page.locator('.caption .text');
  const said = await text.textContent();
  expect(said).toContain('198.51.100.7');
  await page.reload();
  await walk.at(5);
  await expect(text).toHaveText(said ?? '');
});

test('a record of a lesson is saved, opened, and walked where there is no WebRTC', async ({
  walk,
  page,
}) => {
  await withoutWebRtc(page);
  await walk.open('#/udp-blocked');
  await walk.finish();
  const download = page.waitForEvent('download');
  await walk.tool('Save recording');
  const text = await readFile(await (await download).path(), 'utf8');
  await walk.open('#/call');
  await walk.openRecording({
    ...{ name: 'lesson.json', mimeType: 'application/json', buffer: Buffer.from(text) },
  });
  await walk.at(0);
  await walk.button('Last step').click();
  await walk.at(LAST);
  await walk.connected();
  await expect(await walk.tab('Network')).toContainText('Simulated');
  await expect(page).toHaveURL(/#\/udp-blocked\/connect/);
});

test('a cell of the matrix is walked, with the settings in the link', async ({ walk, page }) => {
  await walk.open('#/lab?caller=apd-apd&callee=apd-apd&turn=on');
  await expect(page.locator('header').first()).toContainText('Your own network');
  await walk.finish();
  await expect(page.locator('.caption')).toContainText('TURN');
  await expect(page).toHaveURL(/#\/lab\/connect\?caller=apd-apd&callee=apd-apd&turn=on/);
  await page.reload();
  await walk.at(LAST);
  await expect(page.locator('header').first()).toContainText('Your own network');
  // The call after the one that was kept is of the same lesson.
  await walk.tool('New call…');
  await expect(page).toHaveURL(/#\/lab\?caller=apd-apd&callee=apd-apd&turn=on/);
});
