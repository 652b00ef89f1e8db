// How long reading a description takes, beside sdp-transform, on what browsers wrote.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'sdp-transform';
import { rootPath } from '../../scripts/run.js';
import { importBundled, median, progress } from './tools.js';

const ROUNDS = 60;
const REPEATS = 10;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  /** @type {typeof import('./sdp.ts')} */
  const { explainLine, parseSdp } = await importBundled('test/bench/sdp.ts');
  const folder = join(rootPath, 'test', 'fixtures', 'sdp');
  const texts = readdirSync(folder)
    .filter((file) => /^(chromium|firefox)-.*\.sdp$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  // Both must read all lines: what is kept alive here cannot be left out by the engine.
  let kept = 0;
  const ours = (/** @type {string} */ text) => {
    kept += parseSdp(text).lines.length;
  };
  const rival = (/** @type {string} */ text) => {
    kept += parse(text).media.length;
  };
  const explained = (/** @type {string} */ text) => {
    const document = parseSdp(text);
    for (let at = 0; at < document.lines.length; at += 1) {
      kept += explainLine(document, at).parts.length;
    }
  };
  const time = (/** @type {(text: string) => void} */ read) => {
    const began = performance.now();
    for (let n = 0; n < REPEATS; n += 1) for (const text of texts) read(text);
    return (performance.now() - began) / (REPEATS * texts.length);
  };

  /** @type {Record<'ours' | 'rival' | 'explained', number[]>} */
  const took = { ours: [], rival: [], explained: [] };
  // They alternate, so that whatever else the machine does meets all of them; the first rounds warm up.
  for (let round = -10; round < ROUNDS; round += 1) {
    const one = { ours: time(ours), rival: time(rival), explained: time(explained) };
    if (round < 0) continue;
    took.ours.push(one.ours);
    took.rival.push(one.rival);
    took.explained.push(one.explained);
    progress('sdp', round + 1, ROUNDS);
  }
  if (kept === 0) throw new Error('Nothing was read.');
  const mid = {
    ours: median(took.ours),
    rival: median(took.rival),
    explained: median(took.explained),
  };
  return [
    {
      measure: 'sdp: reading, as a part of sdp-transform’s time',
      value: mid.ours / mid.rival,
      unit: '',
      limit: 0.6,
    },
    { measure: 'sdp: reading a description, median', value: mid.ours * 1000, unit: 'µs' },
    { measure: 'sdp: rival, sdp-transform, median', value: mid.rival * 1000, unit: 'µs' },
    {
      measure: 'sdp: reading and explaining all lines, as a part of sdp-transform’s time',
      value: mid.explained / mid.rival,
      unit: '',
    },
  ];
}
