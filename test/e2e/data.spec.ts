// The data channel at the end of the call: text and files both ways; and hanging up.
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test.ts';
import { HANGING_UP, LAST, SIDES, type Side, type Walk } from './support/walk.ts';

const NAMES: Readonly<Record<Side, string>> = { caller: 'Caller', callee: 'Callee' };
const other = (side: Side): Side => (side === 'caller' ? 'callee' : 'caller');

const talk = (walk: Walk, side: Side) =>
  walk.page.getByRole('list', { name: `Sent and received, ${NAMES[side]}` });

test('text crosses both ways', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await walk.openTalk();
  for (const side of SIDES) {
    const text = `안녕 from the ${side} 🙂`;
    const field = page.getByRole('textbox', { name: `Text to send, ${NAMES[side]}` });
    await field.fill(text);
    await walk.button(`Send text, ${NAMES[side]}`).click();
    await expect(field).toHaveValue('');
    for (const end of SIDES) await expect(talk(walk, end)).toContainText(text);
    const log = await walk.tab('Log');
    await expect(log.getByRole('button', { name: `text sent: ${text}` })).toHaveCount(1);
    await expect(log.getByRole('button', { name: `text received: ${text}` })).toHaveCount(1);
  }
  // What has come is told to who can't see it.
  await expect(page.locator('[aria-live]').filter({ hasText: 'from the callee' })).toHaveText(
    'Caller received: 안녕 from the callee 🙂',
  );
  // Empty text is not sent.
  await page.getByRole('textbox', { name: 'Text to send, Caller' }).fill('   ');
  await page.keyboard.press('Enter');
  await expect(talk(walk, 'callee').getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(talk(walk, 'callee')).toHaveCount(0);
});

test('a file of 2 MB crosses, with its progress, and is the same', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await walk.openTalk();
  const buffer = Buffer.from(
    Uint8Array.from({ length: 2_000_000 }, (_, at) => (at * 31 + (at >> 8)) % 251),
  );
  // A progress bar may be gone before it is looked for: what was shown is kept.
  await page.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector('progress') !== null) document.body.dataset['progress'] = 'seen';
    }).observe(document.body, { subtree: true, childList: true });
  });
  await walk.choose(walk.button('Send a file, Callee'), {
    name: 'numbers.bin',
    mimeType: 'application/octet-stream',
    buffer,
  });
  const link = talk(walk, 'caller').getByRole('button', { name: /numbers\.bin/ });
  await expect(link).toBeVisible();
  await expect(page.locator('body')).toHaveAttribute('data-progress', 'seen');
  const download = page.waitForEvent('download');
  await link.click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('numbers.bin');
  expect(buffer.equals(await readFile(await file.path()))).toBe(true);
  const log = await walk.tab('Log');
  await expect(
    log.getByRole('button', { name: /file received: numbers\.bin, 2 MB of 2 MB/ }),
  ).toHaveCount(1);
});

test('a file that is dropped on a side is sent from there', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await walk.openTalk();
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped here'], 'note.txt', { type: 'text/plain' }));
    return data;
  });
  await page
    .getByRole('group', { name: 'Data channel, Caller' })
    .dispatchEvent('drop', { dataTransfer: transfer });
  await expect(talk(walk, 'callee').getByRole('button', { name: /note\.txt/ })).toBeVisible();
});

test('hanging up closes both sides, and the record stays', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  const over = await walk.hangUp();
  for (const side of SIDES) {
    await expect(walk.state(side, 'signalingState')).toHaveText('closed');
    await expect(walk.state(side, 'iceConnectionState')).toHaveText('closed');
    await expect(walk.state(side, 'connectionState')).toHaveText('closed');
    await expect(walk.region(other(side)).locator('video')).toHaveCount(0);
  }
  await walk.hasTool('Hang up', false);
  const log = await walk.tab('Log');
  await expect(log.getByRole('button', { name: 'Callee hang-up: delivered' })).toHaveCount(1);
  // It comes after what happened, which stays as it was.
  await walk.seek(LAST);
  await walk.connected();
  for (let step = LAST; step > 0; step -= 1) await walk.back();
  await walk.seek(7);
  await expect(walk.state('callee', 'signalingState')).toHaveText('have-remote-offer');
  await page.keyboard.press('End');
  await walk.at(over, HANGING_UP[1]);
  await expect(walk.state('caller', 'connectionState')).toHaveText('closed');
});

test('a call can be hung up in the middle', async ({ walk }) => {
  await walk.open();
  await walk.nextTo(6);
  await walk.hangUp();
  await expect(walk.state('caller', 'signalingState')).toHaveText('closed');
  await expect(walk.button('Last step')).toHaveAttribute('aria-disabled', 'true');
  await walk.seek(6);
  await expect(walk.state('caller', 'signalingState')).toHaveText('have-local-offer');
  await walk.back();
  await walk.tool('New call…');
  await walk.at(0);
  await walk.finish();
});
