// Lines explained: every line has a rule, parts lie in it, and meanings say what stands there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainLine } from '../../../src/sdp/explain.ts';
import { ruleOf, RULE_IDS } from '../../../src/sdp/grammar.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { browserFixtures, fixture, fixtures } from './fixtures.ts';
import { mutated } from './mutated.ts';

/** The meanings of the first line that begins with a text. */
function meanings(sdp: string, start: string) {
  const document = parseSdp(sdp);
  const index = document.lines.findIndex(({ text }) => text.startsWith(start));
  const { parts } = explainLine(document, index);
  return parts.map(({ from, to, meaning }) => [
    document.lines[index]?.text.slice(from, to),
    meaning.id,
    meaning.params,
  ]);
}

/** What explaining must hold to, whatever the text is. */
function expectWhole(sdp: string) {
  const document = parseSdp(sdp);
  for (const [index, line] of document.lines.entries()) {
    const { parts, kin } = explainLine(document, index);
    let last = 0;
    for (const { from, to } of parts) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      last = to;
    }
    expect(last).toBeLessThanOrEqual(line.text.length);
    expect(kin).not.toContain(line.number);
    expect([...kin].sort((a, b) => a - b)).toEqual(kin);
    for (const number of kin) expect(document.lines[number - 1]).toBeDefined();
  }
}

describe('explainLine', () => {
  it('knows every line of the browsers, and all their parts', () => {
    for (const { name, sdp } of browserFixtures) {
      const document = parseSdp(sdp);
      expect(document.lines.length, name).toBeGreaterThan(10);
      for (const [index, { text }] of document.lines.entries()) {
        const { ruleId, parts, missing } = explainLine(document, index);
        expect(['unknown-attribute', 'unknown-type', 'no-line'], text).not.toContain(ruleId);
        expect(missing, text).toEqual([]);
        for (const { meaning } of parts) {
          expect(['malformed', 'unexpected', 'parameter-unknown'], text).not.toContain(meaning.id);
          // Here `other` says that nothing special is meant.
          if (['port', 'candidate-port', 'rtcp-port', 'ssrc'].includes(meaning.id)) continue;
          expect(Object.values(meaning.params), text).not.toContain('other');
        }
      }
    }
  });

  it('meets every rule in the fixtures but four of what is rare or not known', () => {
    const met = new Set(
      fixtures.flatMap(({ sdp }) => parseSdp(sdp).lines.map((line) => ruleOf(line).id)),
    );
    const unmet = RULE_IDS.filter((id) => !met.has(id));
    expect(unmet.sort()).toEqual(['crypto', 'no-line', 'sctp-init', 'unknown-type']);
  });

  it('keeps parts within lines, in order and apart, for any text', () => {
    for (const { sdp } of fixtures) expectWhole(sdp);
    const lines = fc.tuple(
      fc.constantFrom(...RULE_IDS.map((id) => (id.length === 1 ? `${id}=` : `a=${id}:`))),
      fc.array(fc.constantFrom(' ', ' ', '/', ':', ';', '=', '9', '111', 'x', 'send', '*', '~')),
    );
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 6 }), (all) => {
        expectWhole(
          `m=audio 9 RTP 111\r\n${all.map(([start, rest]) => start + rest.join('')).join('\n')}`,
        );
      }),
    );
  });

  it('throws only for a line that is not there', () => {
    expect(() => explainLine(parseSdp('v=0'), 1)).toThrow(RangeError);
  });

  it('links payload types to their codecs', () => {
    const offer = fixture('chromium-both-and-data-offer');
    expect(meanings(offer, 'm=audio').slice(6, 8)).toEqual([
      ['111', 'payload-media', { pt: '111', codec: 'Opus', rate: '48000' }],
      ['63', 'payload-helper', { pt: '63', role: 'red' }],
    ]);
    expect(meanings(offer, 'a=fmtp:97')).toEqual([
      ['97', 'payload-rtx', { pt: '97', apt: '96', codec: 'VP8', known: 'yes' }],
      ['apt=96', 'parameter-apt', { apt: '96', codec: 'VP8', known: 'yes' }],
    ]);
    expect(meanings(offer, 'a=fmtp:63')[1]).toEqual([
      ...['111/111', 'parameter-redundancy'],
      { pt: '111', codec: 'Opus' },
    ]);
    expect(meanings(offer, 'a=fmtp:45')).toEqual([
      ['45', 'payload-media', { pt: '45', codec: 'AV1', rate: '90000' }],
      ['level-idx=5', 'parameter-level', { codec: 'AV1', profile: '0', level: '3.1' }],
      ['profile=0', 'parameter', { name: 'profile', value: '0' }],
      ['tier=0', 'parameter', { name: 'tier', value: '0' }],
    ]);
    expect(meanings(offer, 'a=fmtp:108').at(-1)).toEqual([
      ...['profile-level-id=42e01f', 'parameter-level'],
      { codec: 'H264', profile: 'Constrained Baseline', level: '3.1' },
    ]);
    expect(meanings('m=audio 9 RTP/AVP 0\n', 'm=').at(-1)).toEqual([
      ...['0', 'payload-media'],
      { pt: '0', codec: 'PCMU', rate: '8000' },
    ]);
  });

  it('takes the fields of an m= line and a candidate', () => {
    expect(
      meanings('m=audio 0/2 UDP/TLS/RTP/SAVPF 5', 'm=').map(([text, id]) => [text, id]),
    ).toEqual([
      ...[
        ['audio', 'media'],
        ['0', 'port'],
        ['2', 'port-count'],
        ['UDP', 'protocol'],
      ],
      ...[
        ['TLS', 'protocol'],
        ['RTP', 'protocol'],
        ['SAVPF', 'protocol'],
        ['5', 'payload-media'],
      ],
    ]);
    const candidate =
      'a=candidate:1 1 udp 2122194687 192.0.2.2 9 typ host raddr :: tcptype active odd';
    expect(meanings(`m=x 9 y\n${candidate}`, 'a=c').map(([text, id]) => [text, id])).toEqual([
      ...[
        ['1', 'foundation'],
        ['1', 'component'],
        ['udp', 'transport'],
      ],
      ...[
        ['2122194687', 'priority'],
        ['192.0.2.2', 'address'],
        ['9', 'candidate-port'],
      ],
      ...[
        ['typ', 'typ'],
        ['host', 'candidate-type'],
        ['raddr ::', 'candidate-extension'],
      ],
      ...[
        ['tcptype active', 'candidate-extension'],
        ['odd', 'candidate-extension'],
      ],
    ]);
    expect(meanings(`m=x 9 y\n${candidate}`, 'a=c')[3]?.[2]).toEqual({
      ...{ type: '126', local: '32286', component: '1' },
    });
  });

  it('knows a port of 0 as rejected, unless the section is bundle-only', () => {
    const port = (sdp: string) => meanings(sdp, 'm=')[1]?.[2];
    expect(port('m=audio 0 X 1')).toEqual({ kind: 'rejected', value: '0' });
    expect(port('m=audio 0 X 1\na=bundle-only')).toEqual({ kind: 'bundle-only', value: '0' });
    expect(port('m=audio 9 X 1')).toEqual({ kind: 'discard', value: '9' });
  });

  it('calls malformed what has not its form, and unexpected what should not be there', () => {
    expect(meanings('v=1', 'v')).toEqual([['1', 'malformed', {}]]);
    expect(meanings('m=a 9 b\na=rtcp-mux:x', 'a=')).toEqual([['x', 'unexpected', {}]]);
    expect(meanings('m=a 9 b\na=setup:both', 'a=')).toEqual([['both', 'malformed', {}]]);
    const { missing } = explainLine(parseSdp('o=- 1'), 0);
    expect(missing).toEqual(['session-version', 'network', 'address-type', 'origin-address']);
  });

  it('says which sections a group names', () => {
    const sdp =
      'a=group:BUNDLE 0 1 2 3\nm=audio 9 X 1\na=mid:0\nm=video 9 X 1\na=mid:1\nm=video 0 X 1\na=mid:2\n';
    expect(meanings(sdp, 'a=group').map(([, , params]) => params)).toEqual([
      { semantics: 'BUNDLE' },
      { use: 'tagged', mid: '0', kind: 'audio' },
      { use: 'member', mid: '1', kind: 'video' },
      { use: 'rejected', mid: '2', kind: 'video' },
      { use: 'missing', mid: '3', kind: '' },
    ]);
  });

  it('finds the kin of a line', () => {
    const document = parseSdp(fixture('chromium-both-and-data-offer'));
    const kin = (start: string) => {
      const index = document.lines.findIndex(({ text }) => text.startsWith(start));
      return explainLine(document, index).kin.map((number) =>
        document.lines[number - 1]?.text.slice(0, 14),
      );
    };
    expect(kin('a=rtpmap:111')).toEqual([
      ...['m=audio 9 UDP/', 'a=rtcp-fb:111 ', 'a=fmtp:111 min'],
      ...['a=rtpmap:63 re', 'a=fmtp:63 111/'],
    ]);
    expect(kin('a=ice-ufrag')).toEqual(['a=ice-pwd:gVnZ', 'a=ice-options:']);
    expect(kin('a=group')).toEqual(['a=mid:0', 'a=mid:1', 'a=mid:2']);
    expect(kin('a=mid:2')).toEqual(['a=group:BUNDLE']);
    expect(kin('a=ssrc-group')).toHaveLength(4);
    expect(kin('a=ssrc:1758791781')).toHaveLength(4);
    expect(kin('a=extmap:4')).toEqual([]);
  });

  it('survives what a fuzzer makes of the fixtures', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(mutated, (sdp) => {
        const { lines } = parseSdp(sdp);
        expect(lines.map(({ text, end }) => text + end).join('')).toBe(sdp);
        expectWhole(sdp);
      }),
      { numRuns: 40 },
    );
  });
});
