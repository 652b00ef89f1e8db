// The same 14 steps in virtual networks: every lesson to its end, packet by packet, kept, and without any WebRTC.
import { readFile } from 'node:fs/promises';
import { NET_LESSONS } from '../../src/lessons/net/lessons.ts';
import { expectAccessible } from './support/axe.ts';
import { withoutWebRtc } from './support/faults.ts';
import { expect, test } from './support/test.ts';
import { LAST, SIDES } from './support/walk.ts';

for (const { id, expect: outcome, end } of NET_LESSONS) {
  test(`${id}: ${outcome}${end === outcome ? '' : `, and ${end} in the end`}`, async ({
    walk,
    page,
  }) => {
    await walk.open(`#/${id}`);
    await walk.button('Last step').click();
    await walk.at(LAST);
    if (outcome === 'connected') {
      for (const side of SIDES) {
        await expect(walk.state(side, 'connectionState')).toHaveText(
          end === 'connected' ? 'connected' : /^(connected|disconnected|failed)$/,
        );
      }
    } else await expect(walk.trouble).toContainText('failed');
    if (end === 'failed') {
      await expect(page.locator('.states dd').filter({ hasText: /^failed$/ })).not.toHaveCount(0);
    }
    await expect(page).toHaveURL(new RegExp(`#/${id}/connect`));
    const panel = await walk.tab('Network');
    await expect(panel).toContainText('Simulated');
    // The map shows the path in use where there is one, and the ladder does not say that media flows where it does not.
    const isUp = outcome === 'connected' && end === 'connected';
    await expect(panel.locator('figcaption')).toHaveCount(isUp ? 1 : 0);
    await expect(page.locator('.ladder .flow .label')).toHaveText(
      isUp ? 'media flows' : outcome === 'connected' ? 'nothing gets through' : 'not connected',
    );
  });
}

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
  await expect(page).toHaveURL(/event=\d+/);
  // On from the host that sent it: the NAT makes a row, and the packet has another source.
  await walk.unfocus();
  await expect(async () => {
    await page.keyboard.press('Shift+ArrowRight');
    await expect(panel).toContainText('198.51.100.7', { timeout: 100 });
  }).toPass();
  await walk.button('Previous step').click();
  await expect(walk.slider).toHaveValue('4');
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
  await walk.nextTo(13);
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
  await walk.nextTo(5);
  const note = page.locator('.caption .note');
  const said = await note.textContent();
  expect(said).toContain('198.51.100.7');
  await page.reload();
  await walk.at(5);
  await expect(note).toHaveText(said ?? '');
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
  await expect(page.locator('header')).toContainText('Your own network');
  await walk.finish();
  await expect(page.locator('.caption')).toContainText('TURN');
  await expect(page).toHaveURL(/#\/lab\/connect\?caller=apd-apd&callee=apd-apd&turn=on/);
  await page.reload();
  await walk.at(LAST);
  await expect(page.locator('header')).toContainText('Your own network');
  // The call after the one that was kept is of the same lesson.
  await walk.tool('New call…');
  await expect(page).toHaveURL(/#\/lab\?caller=apd-apd&callee=apd-apd&turn=on/);
});
