// No accessibility violation on the screen, as axe sees it.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Looks at the page as it is now. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // Legacy mode opens no page of its own each time; it is only for pages with frames that it matters.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 5)
        .join(', ')}`,
  );
  expect(found, where).toEqual([]);
}
