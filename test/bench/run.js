// `npm run bench`: measures what the program promises, and prints one table. With --strict, a value over its limit fails.
import { ensureInstalled } from '../../scripts/install.js';

/**
 * One row of the table. Without a limit it is there to be read.
 * @typedef {{ measure: string, value: number, unit: string, limit?: number }} Row
 */

const PARTS = [
  'frame',
  'sdp',
  'long',
  'load',
  'keys',
  'acts',
  'many-acts',
  'play',
  'virtual',
  'matrix',
  'ratio',
  'act-ratio',
  'runs',
];

const args = process.argv.slice(2);
const strict = args.includes('--strict');
const named = args.filter((arg) => !arg.startsWith('-'));
const strangers = named.filter((name) => !PARTS.includes(name));
if (strangers.length > 0) {
  console.error(`No such part: ${strangers.join(', ')}. There are ${PARTS.join(', ')}.`);
  process.exit(2);
}

await ensureInstalled();

/** @type {Row[]} */
const rows = [];
/** @type {string[]} */
const unmeasured = [];
for (const part of PARTS) {
  if (named.length > 0 && !named.includes(part)) continue;
  const started = performance.now();
  console.error(`— ${part}`);
  try {
    /** @type {{ measure: () => Promise<Row[]> }} */
    const { measure } = await import(`./${part}.js`);
    rows.push(...(await measure()));
  } catch (error) {
    unmeasured.push(part);
    console.error(error);
  }
  console.error(`  ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

const isOver = (/** @type {Row} */ row) => row.limit !== undefined && row.value > row.limit;
const shown = (/** @type {number} */ value, /** @type {string} */ unit) =>
  `${Number(value.toPrecision(4))}${unit === '' ? '' : ` ${unit}`}`;
const table = [
  ['measure', 'value', 'limit', ''],
  ...rows.map((row) => [
    row.measure,
    shown(row.value, row.unit),
    row.limit === undefined ? '' : shown(row.limit, row.unit),
    row.limit === undefined ? '' : isOver(row) ? 'over' : 'ok',
  ]),
];
const widths = [0, 1, 2].map((at) => Math.max(...table.map((cells) => (cells[at] ?? '').length)));
for (const [name = '', value = '', limit = '', verdict = ''] of table) {
  const [first = 0, second = 0, third = 0] = widths;
  console.log(
    `${name.padEnd(first)}  ${value.padStart(second)}  ${limit.padStart(third)}  ${verdict}`.trimEnd(),
  );
}
if (unmeasured.length > 0) console.error(`Could not be measured: ${unmeasured.join(', ')}`);

// An exit of its own: a browser's pipe or a preview's socket must not keep it from ending.
process.exit(unmeasured.length > 0 || (strict && rows.some(isOver)) ? 1 : 0);
