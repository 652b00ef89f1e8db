// The first act after the call in Firefox: the callee shares a made-up screen, and the caller sees it move.
import { describe, expect, test } from 'vitest';
import { shareScreen } from '../../src/call/acts/share-screen.ts';
import {
  chooseAct,
  path,
  SIDES,
  statesOf,
  untilBoth,
  useFirefox,
  walkTo,
  type AppPage,
} from './firefox.ts';

const CALL = 14;
const KINDS = shareScreen.plan('callee').steps.map(({ kind }) => kind);

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
    await chooseAct(opened, 'Share a screen', 'callee');
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

  test('offers cross, well and badly, and ICE is restarted, in one call', async () => {
    const opened = await open();
    const { page, complaints } = opened;
    await walkTo(page, CALL);
    await untilBoth(page, 'connected');
    const perform = async (
      act: string,
      last: string,
      ...[name, side, options]: readonly [string, string, (readonly string[])?]
    ) => {
      if ((await page.$('#next')) === null) await page.keyboard.press('ArrowRight');
      await chooseAct(opened, name, side, options);
      await page.waitForFunction((id: string) => location.hash.includes(`/${id}/`), {}, act);
      await page.keyboard.press('End');
      await page.waitForFunction(
        (place: string) =>
          location.hash.includes(place) && document.querySelector('.where:not(.busy)') !== null,
        { timeout: 60_000 },
        `/${act}/${last}`,
      );
      return page.$eval('.caption .text', (text) => text.textContent);
    };
    const restarted = await perform('restart-ice', 'new-path', 'Restart ICE', 'callee');
    expect(restarted).toContain('with new credentials');
    const met = ['glare', 'media-flows', 'Both offer at once', 'caller', ['perfect']] as const;
    expect(await perform(...met)).toContain('have both arrived');
    // This browser has no provisional answers, and says so.
    await perform('pranswer', 'set-remote-answer', 'Answer with a pranswer', 'caller');
    const states = await Promise.all(SIDES.map((side) => statesOf(page, side)));
    expect(states.map((each) => each['signalingState'])).toEqual(['stable', 'stable']);
    const stuck = ['glare', 'take-again', 'Both offer at once', 'caller', ['naive']] as const;
    expect(await perform(...stuck)).toContain('InvalidAccessError');
    expect(complaints).toEqual([]);
  });
});
