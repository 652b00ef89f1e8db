// Another page of the same origin that knows the channel's name: what it puts there is counted, and the call goes on.
import { expect, test } from './support/test.ts';
import { LAST } from './support/walk.ts';

/** How many messages the stranger posts; both ends hear each. */
const FLOOD = 20_000;

test('a page that floods the channel with garbage neither stops the call nor fills the recording', async ({
  walk,
  page,
  context,
}) => {
  await page.addInitScript(() => {
    const Native = BroadcastChannel;
    globalThis.BroadcastChannel = class extends Native {
      constructor(name: string) {
        super(name);
        if (name.startsWith('peerglass:')) document.documentElement.dataset['channel'] = name;
      }
    };
  });
  await walk.open();
  await walk.nextTo(4);
  const name = await page.locator('html').getAttribute('data-channel');
  const stranger = await context.newPage();
  await stranger.goto('/');
  await stranger.evaluate(
    ([channel, count]) => {
      const open = new BroadcastChannel(String(channel));
      const garbage = [null, 7, 'text', [], {}, { type: 'internal' }, { type: 'message', data: 1 }];
      for (let n = 0; n < count; n += 1) open.postMessage(garbage[n % garbage.length]);
    },
    [name, FLOOD] as const,
  );
  await stranger.close();
  await page.bringToFront();
  await walk.finish();
  await walk.at(LAST);
  const log = await walk.tab('Log');
  const rows = log.getByText(/ignored: no message of this call/);
  await expect(async () => {
    const counts = (await rows.allTextContents()).map((text) => {
      const count = /×([\d,]+)/.exec(text)?.[1];
      return count === undefined ? 1 : Number(count.replaceAll(',', ''));
    });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2 * FLOOD);
    expect(counts.length).toBeLessThan(100);
  }).toPass();
});
