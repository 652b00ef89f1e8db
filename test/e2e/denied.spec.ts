// A camera that nobody has allowed. In a file of its own, because it takes a browser of its own.
import { chromiumArgs } from '../../scripts/browser.js';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';

test.use({
  permissions: [],
  launchOptions: async ({ launchOptions }, use) => {
    const args = chromiumArgs().filter((arg) => arg !== '--use-fake-ui-for-media-stream');
    await use({ ...launchOptions, args });
  },
});

test('a refused camera is explained, and can be allowed', async ({ walk, page, context }) => {
  await walk.open();
  await openSetup(page);
  await page.getByRole('radio', { name: /^Camera and microphone/ }).check();
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('Camera or microphone was not allowed');
  await expect(walk.trouble).toContainText('NotAllowedError: Permission');
  await context.grantPermissions(['camera', 'microphone']);
  await walk.trouble.getByRole('button', { name: 'Try again' }).click();
  await expect(walk.trouble).toHaveCount(0);
  await walk.at(1);
  await walk.finish();
});
