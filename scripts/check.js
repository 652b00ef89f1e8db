// `npm run check`: formatting, lint, types, then every test. `--static` leaves the tests out.
import { ensureInstalled } from './install.js';
import { node, rootPath, tool } from './run.js';

await ensureInstalled();
const { ensureMessages } = await import('./messages.js');
await ensureMessages();

/** @type {[string, () => Promise<number>][]} */
const steps = [
  [
    'format',
    () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '--cache', '.']),
  ],
  ['lint', () => tool('eslint/bin/eslint.js', ['--max-warnings', '0', '.'])],
  [
    'types',
    () =>
      tool('svelte-check/bin/svelte-check', [
        ...['--tsconfig', './tsconfig.json', '--fail-on-warnings'],
        ...['--output', 'human', '--no-color'],
      ]),
  ],
];

// All of them, whichever fails: one run shows everything there is to mend. At once, because each has one core's work.
/** @type {string[]} */
const failed = [];
await Promise.all(
  steps.map(async ([name, step]) => {
    const started = performance.now();
    const code = await step();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds} s)`);
    if (code !== 0) failed.push(name);
  }),
);
if (failed.includes('format')) console.log('`npm run format` mends the formatting.');

if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}. The tests were not run.`);
  process.exitCode = 1;
} else if (!process.argv.includes('--static')) {
  process.exitCode = await node(`${rootPath}scripts/test.js`);
}
