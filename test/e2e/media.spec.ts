// Where media comes from: the camera with all its troubles, and a file.
import type { Page } from '@playwright/test';
import { faultyCamera, repairCapture } from './support/faults.ts';
import { recordVideo } from './support/video.ts';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { SIDES, type Walk } from './support/walk.ts';

async function chooseSource(page: Page, name: RegExp): Promise<void> {
  await openSetup(page);
  await page.getByRole('radio', { name }).check();
}

/** A picture comes from the other side. */
async function seesVideo(walk: Walk): Promise<void> {
  for (const side of SIDES) {
    const video = walk.region(side).locator('video').last();
    await expect
      .poll(() =>
        video.evaluate((element: HTMLVideoElement) => !element.paused && element.videoWidth > 0),
      )
      .toBe(true);
  }
}

test('a call with the camera', async ({ walk, page }) => {
  await walk.open();
  await chooseSource(page, /^Camera and microphone/);
  await walk.next();
  await expect(walk.heading).toContainText('The caller captures its media');
  await expect(page.locator('.caption')).toContainText('getUserMedia()');
  await walk.finish();
  await seesVideo(walk);
  const log = await walk.tab('Log');
  await walk.seek(1);
  await expect(log.getByRole('button', { name: /getUserMedia\(/ }).first()).toBeVisible();
});

for (const [name, message, title] of [
  ['NotFoundError', 'Requested device not found', 'No camera or microphone was found'],
  ['NotReadableError', 'Could not start video source', 'Camera or microphone could not be read'],
] as const) {
  test(`${name}: explained, and the walk goes on once it is mended`, async ({ walk, page }) => {
    await faultyCamera(page, name, message);
    await walk.open();
    await chooseSource(page, /^Camera and microphone/);
    await walk.button('Next step').click();
    await expect(walk.trouble).toContainText(title);
    await expect(walk.trouble).toContainText(`${name}: ${message}`);
    await walk.at(1);
    const again = walk.trouble.getByRole('button', { name: 'Try again' });
    await again.click();
    await expect(again).toBeVisible();
    await repairCapture(page);
    await again.click();
    await expect(walk.trouble).toHaveCount(0);
    await walk.at(1);
    await walk.finish();
  });
}

test('a file of one’s own', async ({ walk, page, context, watch: _watch }) => {
  const file = await recordVideo(context);
  await walk.open();
  await chooseSource(page, /^A file of yours/);
  await walk.choose(page.getByText('Choose a media file', { exact: true }), {
    name: 'clip.webm',
    mimeType: 'video/webm',
    buffer: file,
  });
  await openSetup(page);
  await expect(page.getByRole('radio', { name: /clip\.webm/ })).toBeChecked();
  await walk.finish();
  await seesVideo(walk);
});

test('a file that is none is explained', async ({ walk, page }) => {
  await walk.open();
  await chooseSource(page, /^A file of yours/);
  await walk.choose(page.getByText('Choose a media file', { exact: true }), {
    name: 'not-a-film.mp4',
    mimeType: 'video/mp4',
    buffer: Buffer.from('this is text'),
  });
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('The file cannot be played');
  await expect(walk.trouble).toContainText('MediaFileError: ');
  await walk.trouble.getByRole('button', { name: 'New call' }).click();
  await chooseSource(page, /^Test card/);
  await walk.finish();
});
