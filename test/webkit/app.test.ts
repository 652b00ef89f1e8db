// The app in WebKit, Safari's engine: what needs no WebRTC, which WebKitGTK lacks, and where things stand on the screen.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rootPath } from '../../scripts/run.js';
import { shareScreen } from '../../src/call/acts/share-screen.ts';
import { NET_LESSONS } from '../../src/lessons/net/lessons.ts';
import { encode } from '../../src/trace/file.ts';
import { connectedTrace } from '../fixtures/connected-trace.ts';
import { ladderFaults } from '../support/ladder-faults.ts';
import { LessonRun } from '../unit/call/lesson-run.ts';
import { paths, THEMES, useWebKit, type AppPage } from './webkit.ts';

/** The widths at which the ladder is measured: on a phone it is behind a tab of its own. */
const WIDTHS = [1440, 1280, 1024, 768] as const;

const LAST = 14;

/** The steps of the act in which a screen is shared. */
const SHARING = shareScreen.plan('callee').steps.map(({ kind }) => kind);

/** Waits until the walk stands at a step of that act, with nothing under way. */
async function untilSharing(page: AppPage, kind: string): Promise<void> {
  await page.until(
    (step: string) =>
      location.hash.includes(`/share-screen/${step}?`) &&
      document.querySelector('.where:not(.busy)') !== null,
    kind,
  );
}

/** Walks that act from its first step to its end, and looks at the ladder at each. */
async function walkSharing(page: AppPage): Promise<void> {
  for (const [at, kind] of SHARING.entries()) {
    if (at > 0) await page.press('button.next');
    await untilSharing(page, kind);
    expect(await page.run(ladderFaults), kind).toEqual([]);
  }
}

/** A lesson's call in which the callee has shared a screen, as a file has it. */
async function sharedRecording(): Promise<string> {
  const lesson = NET_LESSONS.find(({ id }) => id === 'two-routers');
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  await lessonRun.call();
  await lessonRun.perform(shareScreen, 'callee');
  const text = encode(lessonRun.run.trace);
  lessonRun.run.abandon();
  return text;
}

/** What stands wrong in the ladder, at every width. */
async function faultsAtAllWidths(page: AppPage): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.resize(width, 900);
    const here = await page.run(ladderFaults);
    faults.push(...here.map((fault) => `${width} wide: ${fault}`));
  }
  await page.resize(1440, 900);
  return faults;
}

describe.skipIf(paths === undefined)('in WebKit', () => {
  const app = useWebKit();

  describe.each(THEMES)('%s', (theme) => {
    const open = async (hash: string) => {
      const page = app();
      await page.open(hash, theme);
      expect(await page.run(() => document.documentElement.dataset['theme'])).toBe(theme);
      return page;
    };

    test('the start page', async () => {
      const page = await open('');
      await page.untilText('h1', 'Two people who cannot see each other yet');
      expect(await faultsAtAllWidths(page)).toEqual([]);
      expect(await page.complaints()).toEqual([]);
    });

    test('a lesson is walked to its end, with its ladder in place at each step', async () => {
      const page = await open('#/two-routers');
      for (let step = 0; step <= LAST; step += 1) {
        if (step > 0) await page.walkTo(step, step - 1);
        expect(await page.run(ladderFaults), `step ${step}`).toEqual([]);
      }
      for (const side of ['caller', 'callee']) {
        await page.untilText(`section.person.${side} .states dd`, 'connected');
      }
      await page.untilText('.caption', '198.51.100.7:25394');
      expect(await faultsAtAllWidths(page)).toEqual([]);
      expect(await page.complaints()).toEqual([]);
    });

    test('the matrix', async () => {
      const page = await open('#/matrix');
      // The controls as designed: a select as high as any field, a NAT's name on the line of its heading.
      const heights = await page.run(() =>
        [...document.querySelectorAll('select')]
          .map((each) => each.offsetHeight)
          // The call's page may stand behind it, hidden.
          .filter((height) => height > 0),
      );
      expect(heights).toEqual([36, 36, 36, 36, 36, 36]);
      const apart = await page.run(() =>
        [...document.querySelectorAll('p.name')].map((name) => {
          const heading = name.previousElementSibling ?? name;
          return name.getBoundingClientRect().top - heading.getBoundingClientRect().top;
        }),
      );
      expect(apart).toEqual([0, 0]);
      await page.until(() => document.querySelector('table[aria-busy=false]') !== null);
      const counts = () =>
        page.run(() => [...document.querySelectorAll('.bar li b')].map((each) => each.textContent));
      expect(await counts()).toEqual(['42', '0', '39']);
      await page.press('a', 'Walk this call');
      await page.until(() => document.title.startsWith('Your own network'));
      await page.walkTo(LAST);
      await page.untilText('section.person.callee .states dd', 'connected');
      expect(await page.complaints()).toEqual([]);
    });

    test('an SDP that is pasted', async () => {
      const page = await open('#/sdp');
      const sdp = readFileSync(
        join(rootPath, 'test/fixtures/sdp/chromium-audio-offer.sdp'),
        'utf8',
      );
      // By its event: WebDriver types key by key, and the driver has no clipboard.
      await page.run((text: string) => {
        const box = document.querySelector('textarea');
        if (box === null) throw new Error('There is no box to paste into.');
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
      }, sdp);
      await page.until(() => document.querySelector('[data-line="1"]') !== null);
      await page.untilText('main', 'Opus');
      expect(await page.complaints()).toEqual([]);
    });

    test('a recording that is opened', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'peerglass-webkit-'));
      onTestFinished(() => {
        rmSync(folder, { recursive: true });
      });
      const file = join(folder, 'call.json');
      writeFileSync(file, encode(connectedTrace()));
      const page = await open('');
      await page.driver.findElement({ css: 'footer input[type=file]' }).sendKeys(file);
      await page.untilText('body', 'call.json');
      await page.press('button[title^="Last step"]');
      await page.until(() => document.title.startsWith('14 · '));
      await page.untilText('body', 'Recording of');
      expect(await faultsAtAllWidths(page)).toEqual([]);
      expect(await page.complaints()).toEqual([]);
    });

    test('a recording with an act after the call', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'peerglass-webkit-'));
      onTestFinished(() => {
        rmSync(folder, { recursive: true });
      });
      const file = join(folder, 'shared.json');
      writeFileSync(file, await sharedRecording());
      const page = await open('');
      await page.driver.findElement({ css: 'footer input[type=file]' }).sendKeys(file);
      await page.untilText('body', 'shared.json');
      await page.press('button[title^="Last step"]');
      await untilSharing(page, SHARING.at(-1) ?? '');
      await page.press('button[title^="First step"]');
      await page.walkTo(LAST);
      await page.press('button.next');
      await walkSharing(page);
      expect(await page.complaints()).toEqual([]);
    });

    test('a screen that is shared in a lesson', async () => {
      const page = await open('#/two-routers');
      await page.walkTo(LAST);
      await page.press('#next button.card', 'Share a screen');
      await page.press('#next .how button.callee', 'Callee');
      await walkSharing(page);
      expect(await page.complaints()).toEqual([]);
    });
  });
});
