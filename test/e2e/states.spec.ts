// The States tab in the real app: the drawing of the step, a forbidden call tried for real. And what Export gives.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';
import { LAST, Walk } from './support/walk.ts';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

test('the drawing follows the step, and lights what is new', async ({ walk }) => {
  await walk.open();
  await walk.next();
  const panel = await walk.tab('States');
  const picture = panel.getByRole('img');
  const state = (name: string) => panel.getByRole('button', { name, exact: true });
  await expect(picture).toHaveAccessibleName(/not made yet/);
  await walk.nextTo(4);
  await expect(picture).toHaveAccessibleName(/^signalingState, Caller, .*have-local-offer/);
  await expect(state('have-local-offer, now')).toHaveAttribute('aria-current', 'true');
  await expect(state('stable, gone through')).toBeVisible();
  await expect(panel.locator('.state.lit')).toHaveText('have-local-offer');
  await walk.next();
  await expect(picture).toHaveAccessibleName(/^iceGatheringState, Caller/);
  await walk.nextTo(7);
  await expect(picture).toHaveAccessibleName(/^signalingState, Callee, .*have-remote-offer/);
  await walk.nextTo(10);
  await expect(state('stable, now')).toBeVisible();
  await expect(panel.locator('.badge')).toHaveText(['7', '10', '7']);
  await walk.nextTo(LAST);
  await expect(picture).toHaveAccessibleName(/^connectionState, Caller, .*connected/);
  // Every way that was gone is one that the specification knows.
  for (const side of ['Caller', 'Callee']) {
    await panel.getByRole('button', { name: side, exact: true }).click();
    for (const machine of ['signaling', 'gathering', 'connection']) {
      await panel.getByRole('button', { name: machine, exact: true }).click();
      await expect(panel.locator('.edge.passed')).not.toHaveCount(0);
      await expect(panel.locator('.edge path[stroke-dasharray]')).toHaveCount(0);
    }
  }
});

test('what is forbidden is tried for real, and the call goes on', async ({ walk }) => {
  await walk.open();
  await walk.nextTo(3);
  const panel = await walk.tab('States');
  await panel.getByRole('button', { name: 'Try it createAnswer()' }).click();
  const result = panel.getByRole('listitem').filter({ hasText: 'Try again createAnswer()' });
  await expect(result).toContainText(/InvalidStateError: .*createAnswer/);
  await expect(result).toContainText('Tried on a scratch pair');
  await expect(walk.state('caller', 'signalingState')).toHaveText('stable');
  // In another state than the present one, by keyboard.
  await panel.getByRole('button', { name: 'closed', exact: true }).focus();
  await walk.page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Try it addTrack()' }).focus();
  await walk.page.keyboard.press('Enter');
  await expect(panel.getByText('The call threw at once:')).toBeVisible();
  await walk.finish();
});

test('every try that the states offer gives an answer', async ({ walk }) => {
  test.slow();
  await walk.open();
  await walk.nextTo(4);
  const panel = await walk.tab('States');
  for (const name of [
    'stable, gone through',
    'have-remote-offer',
    'have-local-pranswer',
    'have-remote-pranswer',
    'closed',
    'have-local-offer, now',
  ]) {
    await panel.getByRole('button', { name, exact: true }).click();
    const tries = panel.getByRole('button', { name: /^Try it/ });
    await expect(tries).not.toHaveCount(0);
    while ((await tries.count()) > 0) await tries.first().click();
    const results = panel.locator('.result');
    for (let at = 0; at < (await results.count()); at += 1) {
      await expect(results.nth(at)).toContainText(/InvalidStateError|this browser took the call/);
    }
  }
});

test('without WebRTC it says why nothing can be tried', async ({ page, walk }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
  });
  await walk.open('#/same-router');
  await walk.next();
  const panel = await walk.tab('States');
  await expect(panel.getByText('this browser has no RTCPeerConnection')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^Try it/ })).toHaveCount(0);
});

test('Export gives the ladder, the description and the record', async ({ walk, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await walk.open();
  await walk.hasTool('Export…', false);
  await walk.nextTo(7);
  await walk.tool('Export…');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const download = async (what: string, name = `Download ${what}`) => {
    const waiting = page.waitForEvent('download');
    await dialog.getByRole('button', { name }).click();
    const file = await waiting;
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  };
  await dialog.getByRole('button', { name: 'Both' }).click();
  const svg = await download('', 'SVG');
  expect(svg.name).toBe('peerglass-step-7.svg');
  expect(svg.content.toString()).toMatch(/^<svg .*setRemoteDescription\(offer\)/s);
  const png = await download('', 'PNG');
  expect(png.name).toBe('peerglass-step-7.png');
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  expect(png.content.length).toBeGreaterThan(20_000);
  const mermaid = await download('Sequence as Mermaid');
  expect(mermaid.name).toBe('peerglass-step-7.mmd');
  expect(mermaid.content.toString()).toContain('sequenceDiagram');
  const sdp = await download('This description as text');
  expect(sdp.name).toBe('peerglass-step-7-callee-offer.txt');
  expect(sdp.content.toString()).toMatch(/^v=0\r\n/);
  const record = await download('This record');
  expect(record.name).toMatch(/^peerglass-[\d-]+\.json$/);
  await dialog.getByRole('button', { name: 'Copy Sequence as Mermaid' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Copied');
  await expect(dialog.getByRole('button', { name: 'Copied Sequence as Mermaid' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    mermaid.content.toString(),
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(walk.button('This call')).toBeFocused();
});

for (const { look, scheme, locale, words } of [
  { look: 'light', scheme: 'light', locale: 'en', words: ['Try it', 'Export…'] },
  { look: 'Korean, dark', scheme: 'dark', locale: 'ko', words: ['시도하기', '내보내기…'] },
] as const) {
  test(`no violation, and nothing scrolls sideways (${look})`, async ({ page, watch: _watch }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await walk.nextTo(4);
    const panel = await walk.tab('States');
    await panel
      .getByRole('button', { name: new RegExp(`^${words[0]}`) })
      .first()
      .click();
    await expect(panel.getByText('InvalidStateError').first()).toBeVisible();
    await page
      .locator('.views')
      .getByRole('button', { name: 'SDP', includeHidden: true })
      .evaluate((button: HTMLElement) => {
        button.click();
      });
    await walk.tab('States');
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await expectAccessible(page, `States at ${String(width)}`);
      const wide = await page.evaluate(() =>
        ['html', '.panels'].map((selector) => {
          const element = document.querySelector(selector);
          return (element?.scrollWidth ?? 0) - (element?.clientWidth ?? 0);
        }),
      );
      expect(wide, `States at ${String(width)}`).toEqual([0, 0]);
      await walk.tool(words[1]);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, `Export at ${String(width)}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });
}

for (const part of ['Stage', 'Ladder', 'Both']) {
  test(`the step as a picture for slides: ${part}`, async ({ walk, page }) => {
    await walk.open();
    await walk.nextTo(4);
    await walk.tool('Export…');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: part, exact: true }).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'PNG A picture for slides' }).click();
    const file = await readFile(await (await download).path());
    // The size of a PNG is written at its beginning.
    expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([1920, 1080]);
  });
}
