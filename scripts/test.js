// `npm test`: every test there is, or the suites that are named, and one line that sums them up.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium, ensureFirefox, ensureWebKit, howToGet } from './browser.js';
import { ensureBuilt } from './build.js';
import { endWithParent } from './end-with-parent.js';
import { ensureInstalled } from './install.js';
import { rootPath, tool } from './run.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Record<string, { folders: string[], needs: string[] }>} */
const suites = {
  unit: { folders: ['test/unit', 'test/machine'], needs: [] },
  scripts: { folders: ['test/scripts'], needs: ['build', 'chromium'] },
  component: { folders: ['test/component'], needs: ['chromium'] },
  firefox: { folders: ['test/firefox'], needs: ['build', 'firefox'] },
  webkit: { folders: ['test/webkit'], needs: ['build', 'webkit'] },
  e2e: { folders: ['test/e2e'], needs: ['build', 'chromium'] },
};

/** The suites of browsers that are wanted and not needed. */
const wanted = {
  firefox: { name: 'Firefox', ensure: ensureFirefox },
  webkit: { name: 'WebKit', ensure: ensureWebKit },
};

/** How many test files a suite has. */
function fileCount(/** @type {string} */ suite) {
  return (suites[suite]?.folders ?? [])
    .map((folder) => join(rootPath, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }))
    .filter((file) => /\.(test|spec)\.ts$/.test(String(file))).length;
}

/**
 * @param {string} file Vitest's report
 * @returns {Counts}
 */
function countVitest(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A file that doesn't load has no tests in the report, and is a failure all the same.
  const broken = report.testResults.filter(
    (/** @type {any} */ f) => f.status === 'failed' && f.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {string} file Playwright's report
 * @returns {Counts}
 */
function countPlaywright(file) {
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    // One that passes at the second try has failed once; there are no retries to hide it.
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * Runs a suite and reads its report.
 * @param {string} suite
 * @param {string[]} filters
 * @returns {Promise<Counts>}
 */
async function runSuite(suite, filters) {
  const report = join(reports, `${suite}.json`);
  const isE2e = suite === 'e2e';
  const code = isE2e
    ? await tool(
        '@playwright/test/cli.js',
        ['test', '-c', 'test/e2e/playwright.config.ts', '--pass-with-no-tests', ...filters],
        { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      )
    : await tool('vitest/vitest.mjs', [
        ...['run', '--project', suite, '--passWithNoTests', '--reporter=dot'],
        ...['--reporter=json', `--outputFile.json=${report}`],
        ...filters,
      ]);
  const counts = existsSync(report)
    ? (isE2e ? countPlaywright : countVitest)(report)
    : { passed: 0, failed: 0, skipped: 0 };
  // A runner that fails and counts no failure broke down around its tests.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

// Colours are for a terminal; in a file they hide the text.
if (!process.stdout.isTTY) process.env['NO_COLOR'] ??= '1';

// A run that npm started ends with npm; one in the background of a shell may outlive the shell.
if (process.env['npm_lifecycle_event'] !== undefined) endWithParent();

await ensureInstalled();

const args = process.argv.slice(2);
const named = args.filter((arg) => Object.hasOwn(suites, arg));
const filters = args.filter((arg) => !Object.hasOwn(suites, arg));
const chosen = (named.length > 0 ? named : Object.keys(suites)).filter((suite) => {
  if (fileCount(suite) > 0) return true;
  console.log(`${suite}: no test files yet`);
  return false;
});
const needs = new Set(chosen.flatMap((suite) => suites[suite]?.needs ?? []));

const { ensureMessages } = await import('./messages.js');
await ensureMessages();
if (needs.has('build')) await ensureBuilt();
if (needs.has('chromium')) {
  try {
    // Named in the environment, so that every runner takes this one.
    process.env['CHROMIUM_PATH'] = await ensureChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

const total = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'peerglass-tests-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));
for (const suite of chosen) {
  console.log(`\n== ${suite}`);
  const browser = Object.hasOwn(wanted, suite) ? /** @type {keyof wanted} */ (suite) : undefined;
  if (browser !== undefined && (await wanted[browser].ensure()) === undefined) {
    const inCi = Boolean(process.env['CI']);
    const what = `no ${wanted[browser].name}. To get it: ${howToGet(browser)}`;
    console.log(`${inCi ? 'FAILED' : 'SKIPPED'}: ${what}`);
    total[inCi ? 'failed' : 'skipped'] += fileCount(suite);
    continue;
  }
  const counts = await runSuite(suite, filters);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

if (total.passed + total.failed === 0) console.error('No test ran.');
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
