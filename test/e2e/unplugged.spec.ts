// A camera or a microphone that is lost during the call: it is said where the learner looks, on the side that lost it.
import type { Page } from '@playwright/test';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, type Side } from './support/walk.ts';

/** Keeps the streams that the page captures, so that one of their devices can be taken away. */
async function keepCaptures(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: MediaStream[] = [];
    Object.assign(globalThis, { kept });
    const { prototype } = MediaDevices;
    const real = Object.getOwnPropertyDescriptor(prototype, 'getUserMedia')
      ?.value as MediaDevices['getUserMedia'];
    prototype.getUserMedia = async function (constraints) {
      const stream = await real.call(this, constraints);
      kept.push(stream);
      return stream;
    };
  });
}

/** Ends a track as the browser does when its device is gone. The caller captures first. */
async function unplug(page: Page, side: Side, media: 'audio' | 'video'): Promise<void> {
  await page.evaluate(
    ([at, kind]) => {
      const { kept } = globalThis as unknown as { readonly kept: readonly MediaStream[] };
      const track = kept[at]?.getTracks().find((each) => each.kind === kind);
      track?.dispatchEvent(new Event('ended'));
    },
    [side === 'caller' ? 0 : 1, media] as const,
  );
}

test('a camera that is unplugged is explained at its step, and shown on its side', async ({
  walk,
  page,
}) => {
  await keepCaptures(page);
  await walk.open();
  await openSetup(page);
  await page.getByRole('radio', { name: /^Camera and microphone/ }).check();
  await walk.finish();
  const told = page.locator('.trouble');
  await expect(told).toHaveCount(0);

  await unplug(page, 'callee', 'video');
  await expect(told).toHaveCount(1);
  await expect(told).toContainText('The camera is gone, and its track has ended');
  await expect(told).toContainText('nothing is renegotiated by itself');
  await expect(told).toContainText('replaceTrack()');
  await expect(walk.region('callee').getByText('camera gone')).toBeVisible();
  await expect(walk.region('caller').getByText('camera gone')).toHaveCount(0);
  await expect(walk.state('caller', 'connectionState')).toHaveText('connected');
  await expect(walk.notices).not.toContainText('gone');

  // The learner looks at an earlier step: a notice says it there.
  await walk.seek(3);
  await expect(told).toHaveCount(0);
  await unplug(page, 'caller', 'audio');
  await expect(walk.notices).toContainText('Caller: the microphone is gone');
  await walk.seek(LAST);
  await expect(told).toHaveCount(2);
  await expect(told.last()).toContainText('The microphone is gone, and its track has ended');
  await expect(walk.region('caller').getByText('microphone gone')).toBeVisible();
});

test('hanging up ends the tracks, and nothing is said to be lost', async ({ walk, page }) => {
  await keepCaptures(page);
  await walk.open();
  await openSetup(page);
  await page.getByRole('radio', { name: /^Camera and microphone/ }).check();
  await walk.finish();
  await walk.hangUp();
  await expect(walk.state('caller', 'connectionState')).toHaveText('closed');
  await expect(page.locator('.trouble')).toHaveCount(0);
  await expect(page.getByText('camera gone')).toHaveCount(0);
});
