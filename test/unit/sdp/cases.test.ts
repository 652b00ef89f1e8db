// Descriptions of failing calls as people have shown them, each with the verdict that is right, and what it rests on.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { verdictOf, type JudgedText } from '../../../src/sdp/verdict.ts';

function read(name: string): JudgedText | null {
  const file = new URL(`../../fixtures/sdp-cases/${name}.sdp`, import.meta.url);
  if (!existsSync(file)) return null;
  const document = parseSdp(readFileSync(file, 'utf8'));
  return { document, from: name.startsWith('last-end-lost') ? 'json' : 'plain' };
}

function judge(name: string) {
  const [offer, answer] = [read(`${name}-offer`), read(`${name}-answer`)];
  const alone = read(name);
  return alone === null ? verdictOf({ offer, answer }) : verdictOf({ alone });
}

/** The verdict, then what was found that is wrong or suspicious. */
it.each<[name: string, summary: string, ...findings: string[]]>([
  ['sections-turned', 'refused', 'order-differs'],
  ['no-sections', 'refused', 'no-media'],
  ['payload-type-twice', 'wrong', 'bundle-payload'],
  ['both-passive', 'no-keys', 'setup-same', 'setup-offer'],
  ['h264-without-fmtp', 'refused', 'no-common-codec', 'codec-profile', 'h264-bare'],
  ['only-red-left', 'refused', 'no-main-codec', 'no-common-codec'],
  ['no-format', 'wrong', 'malformed'],
  ['rtp-avp', 'refused', 'not-encrypted'],
  ['pause-dropped', 'suspicious', 'simulcast-unpaused'],
  ['bundle-added', 'wrong', 'bundle-added', 'port-revived'],
  ['bundle-refused', 'suspicious', 'bundle-refused', 'red-stranger'],
  ['ice-mismatch', 'refused', 'ice-mismatch', 'no-mux', 'bundle-refused'],
  ['mixed-sctp', 'refused', 'sctp-mixed'],
  ['mid-null', 'refused', 'mid-characters', 'bundle-stranger', 'mid-differs'],
  ['comma-in-options', 'suspicious', 'comma'],
  ['no-sctp-port', 'fine'],
  ['passive-out-of-order', 'suspicious', 'h264-bare', 'h264-bare'],
  ['last-end-lost', 'refused', 'line-end-lost'],
  ['line-swallowed', 'suspicious', 'swallowed'],
  ['empty-fingerprint', 'refused', 'malformed', 'fingerprint-length'],
  ['non-ascii', 'refused', 'non-ascii'],
  ['stray-r', 'suspicious', 'stray-end'],
  ['h265-level', 'kind-lost', 'bundle-rejected', 'rejected-differs'],
  ['lite-with-relay', 'suspicious', 'lite-candidate', 'lite-candidate', 'both-lite'],
  ['quoted-section', 'fragment'],
  // Nothing is wrong with these.
  ['good-firefox', 'fine'],
  ['good-lite', 'fine'],
  ['good-asterisk', 'suspicious', 'transport-cc'],
  ['good-streaming', 'fine'],
  ['good-old-data', 'fine'],
])('%s', (name, summary, ...expected) => {
  const verdict = judge(name);
  expect(verdict.summary.id).toBe(summary);
  const found = verdict.findings.filter(({ weight }) => weight !== 'note').map(({ id }) => id);
  expect(found.sort()).toEqual([...expected].sort());
});

it('shows the lines of both sides', () => {
  const { findings } = judge('both-passive');
  const clash = findings.find(({ id }) => id === 'setup-same');
  expect(clash?.lines).toEqual({ offer: [17], answer: [17], alone: [] });
});
