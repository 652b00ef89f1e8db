// What is said of browsers, held to what they did: each description that they were asked about has its finding, and
// the finding says what both of them answered.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ANSWERED, PROBES } from '../../fixtures/browsers/probes.js';
import { MEASURED_KEYS, reactionKey } from '../../../src/sdp/findings/reactions.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { verdictOf } from '../../../src/sdp/verdict.ts';

type Answers = Readonly<Record<string, { readonly answers: Readonly<Record<string, string>> }>>;

const file = new URL('../../fixtures/browsers/answers.json', import.meta.url);
const asked = JSON.parse(readFileSync(file, 'utf8')) as Answers;

function didTo(name: string) {
  const of = (browser: string) => (asked[browser]?.answers[name] === '' ? 'takes' : 'refuses');
  return { chromium: of('chromium'), firefox: of('firefox') };
}

function judge({ type, shape, sdp, name }: (typeof PROBES)[number]) {
  const text = {
    document: parseSdp(sdp),
    from: name.includes('last line end') ? 'json' : 'plain',
  } as const;
  if (type === 'offer') return verdictOf({ offer: text });
  return verdictOf({ offer: { document: parseSdp(ANSWERED[shape]) }, answer: text });
}

describe('what both browsers did', () => {
  it.each(PROBES)('$name', (probe) => {
    const { findings } = judge(probe);
    const did = didTo(probe.name);
    if (probe.finding === null) {
      expect(did).toEqual({ chromium: 'takes', firefox: 'takes' });
      expect(findings.filter(({ weight }) => weight === 'wrong')).toEqual([]);
    } else {
      const found = findings.find(({ id }) => id === probe.finding);
      expect(found, `${probe.finding} in ${findings.map(({ id }) => id).join(', ')}`).toBeDefined();
      if (found?.reactions !== null) expect(found?.reactions).toEqual(did);
    }
  });

  it('is said of nothing that they were not asked about', () => {
    const keys = PROBES.flatMap((probe) =>
      judge(probe).findings.map(({ id, params }) => reactionKey(id, params)),
    );
    for (const key of MEASURED_KEYS) expect(keys).toContain(key);
  });

  it('says who refuses a text, wherever one does for a finding of it', () => {
    for (const probe of PROBES) {
      const { summary, findings } = judge(probe);
      const refused = findings.some(
        ({ reactions }) => reactions?.chromium === 'refuses' || reactions?.firefox === 'refuses',
      );
      if (refused) expect(summary.id, probe.name).toBe('refused');
    }
  });
});
