// What the call is made of stands in one line before step 1, which opens.
import { expect, type Page } from '@playwright/test';

/** Opens what the call is made of, where it is not open. */
export async function openSetup(page: Page): Promise<void> {
  const opener = page.locator('.made > button');
  // The picture of the start has one in each language; nobody hears them.
  await expect(opener).toHaveCount(1);
  if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.click();
}
