// The first act after the call in Firefox: the callee shares a made-up screen, and the caller sees it move.
import { describe, expect, test } from 'vitest';
import { shareScreen } from '../../src/call/acts/share-screen.ts';
import { path, SIDES, statesOf, untilBoth, useFirefox, walkTo, type AppPage } from './firefox.ts';

const CALL = 14;
const KINDS = shareScreen.plan('callee').steps.map(({ kind }) => kind);

/** Chooses an act of a side in the list at the end of one. */
async function choose({ page }: AppPage, act: string, side: string): Promise<void> {
  await page.waitForSelector('#next');
  await page.evaluate((name: string) => {
    const cards = [...document.querySelectorAll<HTMLElement>('#next button.card')];
    const card = cards.find((each) => each.querySelector('b')?.textContent === name);
    if (card === undefined) throw new Error(`${name} can't be chosen.`);
    card.click();
  }, act);
  await page.locator(`#next .how button.${side}`).click();
}

/** Waits until the walk stands at the end of a step of the act, with nothing under way. */
async function untilAt({ page }: AppPage, kind: string): Promise<void> {
  await page.waitForFunction(
    (step: string) =>
      location.hash.includes(`/share-screen/${step}?`) &&
      document.querySelector('.where:not(.busy)') !== null,
    { timeout: 60_000 },
    kind,
  );
}

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  test('the callee shares a screen, step by step, and it is seen at the caller', async () => {
    const opened = await open();
    const { page, complaints } = opened;
    await walkTo(page, CALL);
    await untilBoth(page, 'connected');
    await choose(opened, 'Share a screen', 'callee');
    const states: string[][] = [];
    for (const [at, kind] of KINDS.entries()) {
      if (at > 0) await page.keyboard.press('ArrowRight');
      await untilAt(opened, kind);
      const both = await Promise.all(SIDES.map((side) => statesOf(page, side)));
      states.push(both.map((each) => each['signalingState'] ?? ''));
    }
    const stable = ['stable', 'stable'];
    expect(states).toEqual([
      ...[stable, stable, stable],
      ...[
        ['stable', 'have-local-offer'],
        ['stable', 'have-local-offer'],
      ],
      ...[
        ['have-remote-offer', 'have-local-offer'],
        ['have-remote-offer', 'have-local-offer'],
      ],
      ...[
        ['stable', 'have-local-offer'],
        ['stable', 'have-local-offer'],
      ],
      ...[stable, stable],
    ]);
    await untilBoth(page, 'connected');
    // The screen is a third picture on both sides.
    await page.waitForFunction(
      () =>
        ['caller', 'callee'].every((side) => {
          const videos = [...document.querySelectorAll<HTMLVideoElement>(`.person.${side} video`)];
          return videos.length === 3 && videos.every((video) => video.currentTime > 0);
        }),
      { timeout: 30_000 },
    );
    expect(complaints).toEqual([]);
  });
});
