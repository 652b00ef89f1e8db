// The descriptions that the tests of SDP share: what browsers wrote, and rare lines written by hand.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootPath } from '../../../scripts/run.js';

/** One description of test/fixtures/sdp. */
export interface Fixture {
  /** Such as `chromium-audio-offer`. */
  readonly name: string;
  readonly sdp: string;
  readonly type: 'offer' | 'answer';
}

const folder = join(rootPath, 'test', 'fixtures', 'sdp');

/** All descriptions, by name. */
export const fixtures: readonly Fixture[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sdp'))
  .sort()
  .map((file) => ({
    name: file.replace('.sdp', ''),
    sdp: readFileSync(join(folder, file), 'utf8'),
    type: file.includes('-answer') ? 'answer' : 'offer',
  }));

/** Those that a browser wrote. */
export const browserFixtures = fixtures.filter(({ name }) => /^(chromium|firefox)-/.test(name));

/** One of them. */
export function fixture(name: string): string {
  const found = fixtures.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return found.sdp;
}
