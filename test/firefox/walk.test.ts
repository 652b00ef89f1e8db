// The walk of 14 in Firefox: by the keyboard, with the states of both sides at each step.
import { describe, expect, test } from 'vitest';
import { path, SIDES, statesOf, untilPictures, useFirefox, walkTo } from './firefox.ts';

const NONE = ['—'];
const MADE = {
  iceGatheringState: ['new'],
  iceConnectionState: ['new'],
  connectionState: ['new'],
};
// ICE keeps its own time: where it races the walk, any of these is right.
const OFFERED = {
  ...MADE,
  iceGatheringState: ['gathering', 'complete'],
  connectionState: ['new', 'connecting'],
};
const CHECKING = {
  iceGatheringState: ['new', 'gathering', 'complete'],
  iceConnectionState: ['new', 'checking', 'connected', 'completed'],
  connectionState: ['new', 'connecting', 'connected'],
};
const UP = {
  iceGatheringState: ['gathering', 'complete'],
  iceConnectionState: ['connected', 'completed'],
  connectionState: ['connected'],
};
const NOT_MADE = {
  signalingState: NONE,
  iceGatheringState: NONE,
  iceConnectionState: NONE,
  connectionState: NONE,
};
const stable = { signalingState: ['stable'] };
const haveLocal = { signalingState: ['have-local-offer'] };
const haveRemote = { signalingState: ['have-remote-offer'] };

type Allowed = Readonly<Record<string, readonly string[]>>;

/** What the two sides may show at the end of each step, from before the first on. */
const WALK: readonly (readonly [caller: Allowed, callee: Allowed])[] = [
  [NOT_MADE, NOT_MADE],
  [NOT_MADE, NOT_MADE],
  [{ ...stable, ...MADE }, NOT_MADE],
  [{ ...stable, ...MADE }, NOT_MADE],
  [{ ...haveLocal, ...MADE, connectionState: ['new', 'connecting'] }, NOT_MADE],
  [{ ...haveLocal, ...OFFERED }, NOT_MADE],
  [{ ...haveLocal, ...OFFERED }, NOT_MADE],
  [
    { ...haveLocal, ...OFFERED },
    { ...haveRemote, ...MADE },
  ],
  [
    { ...haveLocal, ...OFFERED },
    { ...haveRemote, ...MADE },
  ],
  [
    { ...haveLocal, ...OFFERED },
    { ...haveRemote, ...MADE },
  ],
  [
    { ...haveLocal, ...CHECKING },
    { ...stable, ...CHECKING },
  ],
  [
    { ...haveLocal, ...CHECKING },
    { ...stable, ...CHECKING },
  ],
  [
    { ...haveLocal, ...CHECKING },
    { ...stable, ...CHECKING },
  ],
  [
    { ...stable, ...CHECKING },
    { ...stable, ...CHECKING },
  ],
  [
    { ...stable, ...UP },
    { ...stable, ...UP },
  ],
];

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  for (const media of ['synthetic', 'camera'] as const) {
    test(`the walk of 14 with ${media} media connects, and each step has its states`, async () => {
      const { page, complaints } = await open();
      if (media === 'camera') {
        await page.click('.made > button');
        await page.waitForSelector('input[name=media][value=camera]');
        await page.click('input[name=media][value=camera]');
        await page.waitForSelector('input[name=media][value=camera]:checked');
      }
      // The choice has the focus, and arrows are its own.
      await page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
      });
      const strange: string[] = [];
      for (const [step, allowed] of WALK.entries()) {
        if (step > 0) await walkTo(page, step, step - 1);
        for (const [at, side] of SIDES.entries()) {
          const states = await statesOf(page, side);
          for (const [machine, values] of Object.entries(allowed[at] ?? {})) {
            const value = states[machine] ?? '';
            if (!values.includes(value)) strange.push(`${step} ${side} ${machine} ${value}`);
          }
        }
      }
      expect(strange).toEqual([]);
      await untilPictures(page);
      expect(complaints).toEqual([]);
    });
  }

  test('back and forward again by the keyboard shows the same states', async () => {
    const { page, complaints } = await open();
    await walkTo(page, 14);
    for (let step = 13; step >= 4; step -= 1) await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => document.title.startsWith('4 · '));
    expect((await statesOf(page, 'caller'))['signalingState']).toBe('have-local-offer');
    expect((await statesOf(page, 'callee'))['signalingState']).toBe('—');
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.title.startsWith('14 · '));
    expect((await statesOf(page, 'callee'))['connectionState']).toBe('connected');
    expect(complaints).toEqual([]);
  });
});
