// Acts that change what is sent, one after the other in one call in Firefox: what each tells of this run.
import { describe, expect, test } from 'vitest';
import { chooseAct, path, untilBoth, useFirefox, walkTo, type AppPage } from './firefox.ts';

const CALL = 14;

/** Walks the act to its end. Gives its captions, by the names of its steps in links. */
async function captions({ page }: AppPage, act: string): Promise<Readonly<Record<string, string>>> {
  const told: Record<string, string> = {};
  for (;;) {
    await page.waitForFunction(
      (id: string, known: readonly string[]) => {
        const [, step = ''] = new RegExp(`/${id}/([a-z-]+)`).exec(location.hash) ?? [];
        const still = document.querySelector('.where:not(.busy)') !== null;
        return still && step !== '' && !known.includes(step);
      },
      { timeout: 60_000 },
      ...([act, Object.keys(told)] as const),
    );
    const [step, caption, isLast] = await page.evaluate((id: string) => {
      const [, kind = ''] = new RegExp(`/${id}/([a-z-]+)`).exec(location.hash) ?? [];
      const text = document.querySelector<HTMLElement>('.caption .text')?.innerText ?? '';
      return [
        kind,
        text,
        document.querySelector('button[aria-label="Next step"]') === null,
      ] as const;
    }, act);
    told[step] = caption;
    if (isLast) return told;
    await page.keyboard.press('ArrowRight');
  }
}

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  test('what is sent is muted, replaced, held and changed in one call', async () => {
    const opened = await open();
    const { page, complaints } = opened;
    await walkTo(page, CALL);
    await untilBoth(page, 'connected');
    const perform = async (
      ...[name, id, side, chosen]: [string, string, string, (readonly string[])?]
    ) => {
      await chooseAct(opened, name, side, chosen);
      return captions(opened, id);
    };
    const off = await perform('Mute', 'mute', 'caller', ['no-track', 'video']);
    expect(off['drop-track']).toContain('No negotiationneeded fired');
    // Firefox may still send a black picture now and then.
    expect(off['see-muted']).toMatch(
      /(?:no|one|[2-5]) packets? with a picture arrived at the callee/,
    );
    const on = await perform('Unmute', 'unmute', 'caller', ['no-track', 'video']);
    const [, arrived] =
      /(\d+) packets with a picture arrived at the callee/.exec(on['see-unmuted'] ?? '') ?? [];
    expect(Number(arrived)).toBeGreaterThan(5);

    const swapped = await perform('Swap the camera', 'swap-camera', 'callee');
    expect(swapped['see-swapped']).toContain('the same object as before');

    const held = await perform('Hold', 'hold', 'callee', ['inactive']);
    expect(held['create-offer']).toContain('goes from sendrecv to inactive');
    expect(held['see-held']).toContain('no packet arrived on either side');
    const resumed = await perform('Resume', 'resume', 'callee');
    expect(resumed['see-resumed']).toContain('sendrecv on this side and sendrecv on the other');

    const channel = await perform('Add a data channel', 'add-channel', 'caller', ['unreliable']);
    expect(channel['channel-opens']).toContain('readyState is open on both sides');

    const scaled = await perform('Change the quality', 'quality', 'caller', ['scale']);
    // On a machine that is busy the encoder may have made its pictures smaller before that by itself.
    const sizes = [...(scaled['see-new-quality'] ?? '').matchAll(/(\d+)×\d+/g)];
    const [sent = 0, before = 0, received] = sizes.map(([, width]) => Number(width));
    expect(sent).toBeGreaterThan(0);
    expect(sent * 4).toBeLessThanOrEqual(before);
    expect(received).toBe(sent);
    await untilBoth(page, 'connected');
    expect(complaints).toEqual([]);
  });
});
