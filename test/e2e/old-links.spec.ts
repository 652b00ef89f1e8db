// Links that stand in mails, slides and the README lead where they have always led: step, title, tab and picks.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { LAST, STEP_IDS, Walk } from './support/walk.ts';
import type { Locale } from './support/words.ts';

/** The title of each step of the call; the place at [n] is step n's. */
const TITLES = [
  'Two people who cannot see each other yet',
  'The caller captures its media',
  'The caller creates a connection and attaches its tracks',
  'The caller creates an offer',
  'The caller sets the offer as its local description',
  'The caller’s ICE agent gathers candidates',
  'The offer goes out over the signaling channel',
  'The callee sets the offer as its remote description',
  'The callee sets up its end of the call',
  'The callee creates an answer',
  'The callee sets the answer as its local description',
  'The answer goes back over the signaling channel',
  'The answer reaches the caller',
  'The caller sets the answer as its remote description',
  'Both ends are connected',
] as const;

/** Opens a link as somebody does who was sent it. */
async function openCold(page: Page, link: string, locale: Locale = 'en'): Promise<Walk> {
  await page.goto('about:blank');
  const walk = new Walk(page, locale);
  await walk.open(link);
  return walk;
}

const tabOf = (page: Page) => page.locator('[role="tab"][aria-selected="true"]');
const pressed = (page: Page, name: string) =>
  expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true');

interface OldLink {
  readonly link: string;
  readonly step: number;
  /** Where it is not that of the step in every call. */
  readonly title?: string;
  readonly tab?: string;
  readonly locale?: Locale;
  /** What else is seen there. */
  readonly sees?: (walk: Walk) => Promise<void>;
}

const CALL: readonly OldLink[] = [
  { link: '', step: 0 },
  { link: '#/call', step: 0 },
  {
    link: '#/call/set-local-offer?tab=sdp&lang=ko',
    step: 4,
    title: '발신자가 오퍼를 로컬 디스크립션으로 설정합니다',
    tab: 'SDP',
    locale: 'ko',
  },
  {
    link: '#/call/set-local-offer?line=offer.2&lang=en',
    step: 4,
    tab: 'SDP',
    sees: ({ page }) => pressed(page, 'Line 2'),
  },
  {
    link: '#/call/set-remote-offer?tab=states&pick=state+callee+signalingState+have-remote-offer',
    step: 7,
    tab: 'States',
    sees: async (walk) => {
      await expect(walk.region('callee').locator('.states .also')).toHaveText(/have-remote-offer$/);
    },
  },
  { link: '#/call/create-answer?view=agreed', step: 9, tab: 'SDP' },
  {
    link: '#/call/connect?sdp=caller.currentLocal&view=changes&with=callee.currentRemote',
    step: LAST,
    tab: 'SDP',
    sees: async (walk) => {
      const panel = walk.page.getByRole('tabpanel', { name: 'SDP', exact: true });
      await pressed(walk.page, 'Changes');
      await expect(panel.getByLabel('Which description')).toHaveValue('caller.currentLocal');
      await expect(panel.getByLabel('Compared with')).toHaveValue('callee.currentRemote');
    },
  },
  { link: '#/call/no-such-step?tab=none&line=offer.x&lang=xx', step: 0 },
];

const LESSONS: readonly OldLink[] = [
  { link: '#/two-routers?lang=en', step: 0, title: 'Two routers, with STUN' },
  {
    link: '#/two-routers/gather-candidates?tab=network',
    step: 5,
    // Its end is the last of its moments.
    title: 'The caller knows its addresses',
    tab: 'Network',
    sees: async ({ page }) => {
      await expect(page.locator('header').first()).toContainText('Two routers, with STUN');
    },
  },
  { link: '#/symmetric-both/create-answer?tab=ice', step: 9, tab: 'ICE' },
  {
    link: '#/lab/connect?caller=apd-apd&callee=apd-apd&turn=on&tab=transport',
    step: LAST,
    title: 'Media takes the relay',
    tab: 'Transport',
    sees: async ({ page }) => {
      await expect(page.locator('header').first()).toContainText('Your own network');
      await expect(page).toHaveURL(
        /#\/lab\/connect\?caller=apd-apd&callee=apd-apd&turn=on&tab=transport$/,
      );
    },
  },
];

for (const [where, links] of [
  ['the call in this browser', CALL],
  ['the lessons', LESSONS],
] as const) {
  test(`links into ${where} lead where they led`, async ({ page, watch: _watch }) => {
    test.slow();
    for (const { link, step, title, tab, locale, sees } of links) {
      await test.step(`${link} opened cold`, async () => {
        const walk = await openCold(page, link, locale);
        await walk.at(step);
        await expect(walk.heading).toContainText(title ?? TITLES[step] ?? '');
        if (step > 0) await expect(page).toHaveURL(new RegExp(`/${STEP_IDS[step] ?? ''}(\\?|$)`));
        if (tab !== undefined) await expect(tabOf(page)).toHaveText(tab);
        await sees?.(walk);
      });
    }
  });
}

test('each step’s link leads to it in a call that is over, and so does one to an event', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.finish();
  await walk.hangUp();
  const follow = (link: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, link);
  for (const [step, id] of STEP_IDS.entries()) {
    if (step === 0) continue;
    await follow(`#/call/${id}?tab=log`);
    await walk.at(step);
    await expect(walk.heading).toHaveText(`Step ${String(step)} of 14: ${TITLES[step] ?? ''}`);
  }
  // A link that names no place leads to where the call was left, and one that there is not to its start.
  await follow('#/call');
  await walk.at(LAST);
  await follow('#/call/no-such-step');
  await walk.at(0);
  // An event of a record, by its number.
  await walk.seek(7);
  const log = await walk.tab('Log');
  await log
    .getByRole('button', { name: /Callee signalingState: stable → have-remote-offer/ })
    .click();
  await expect(page).toHaveURL(/#\/call\/set-remote-offer\?event=\d+&tab=log&pick=state/);
  const { hash } = new URL(page.url());
  await follow('#/call/create-offer');
  await walk.at(3);
  await follow(hash);
  await walk.at(7);
  await expect(log.locator('[aria-current="true"]')).toContainText('have-remote-offer');
});

test('the matrix and the page for an SDP of one’s own open as they did', async ({ page }) => {
  await page.goto('/#/matrix?callee=apd-apd&turn=on&lang=ko');
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('switch', { name: /TURN/ })).toBeChecked();
  await expect(page.locator('td button[aria-pressed=true]')).toHaveCount(1);
  // Followed from there: the language is the link's.
  await page.goto('/#/sdp?view=changes&lang=en');
  await expect(page.getByRole('heading', { level: 1, name: 'Read an SDP' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('/#/matrix?lang=ko');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
});
