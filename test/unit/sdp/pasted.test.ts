// What people paste: each kind of material, and what is to be found in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootPath } from '../../../scripts/run.js';
import { findMaterial } from '../../../src/sdp/intake.ts';
import type { FoundDescription } from '../../../src/sdp/intake.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { fixture } from './fixtures.ts';

const read = (name: string) => readFileSync(join(rootPath, 'test/fixtures/pasted', name), 'utf8');

/** In short: its type, how many lines it has, and from which to which line of the material. */
function short(found: FoundDescription): string {
  const { type, lines, isFragment, isPreview, mended, side } = found;
  const marks = [
    ...(isFragment ? ['fragment'] : []),
    ...(isPreview ? ['preview'] : []),
    ...mended,
    ...(side === null ? [] : [side]),
  ];
  return [
    `${type ?? '?'} ${lines.length} lines, ${lines[0] ?? 0}-${lines.at(-1) ?? 0}`,
    ...marks,
  ].join(' ');
}

const CASES: readonly (readonly [string, readonly string[], number])[] = [
  ['kvs-answer-no-media.json', ['answer 6 lines, 3-3'], 0],
  ['esp32-both-passive.log', ['offer 17 lines, 2-2 local', 'answer 17 lines, 3-3 remote'], 0],
  ['asterisk-avp.log', ['? 15 lines, 2-16'], 0],
  ['obs-whip-http.txt', ['? 35 lines, 9-43', '? 28 lines, 50-77'], 0],
  ['console-arrows-one-line.txt', ['offer 17 lines, 1-1 local'], 0],
  ['pion-base64.txt', ['offer 17 lines, 2-2 base64'], 0],
  ['aiortc-repr.log', ['answer 17 lines, 1-1 local'], 1],
  ['freeswitch-fragment.log', ['? 9 lines, 1-9 fragment'], 0],
  ['json-raw-lines.txt', ['offer 21 lines, 5-25'], 0],
  ['json-raw-lines-inline.txt', ['offer 17 lines, 1-17'], 0],
  ['console-preview.txt', ['offer 18 lines, 5-5', 'offer 4 lines, 2-2 preview remote'], 0],
  ['ngrep-dots.txt', ['? 19 lines, 2-20 dots'], 0],
  ['webrtc-internals.json', ['offer 17 lines, 19-19 local', 'answer 17 lines, 34-34 remote'], 1],
  ['har.json', ['offer 17 lines, 14-14 local', 'answer 17 lines, 20-20 remote'], 1],
  ['android-candidates.log', [], 2],
  ['double-spaced.log', ['? 17 lines, 9-41'], 0],
  ['esp32-whip.log', ['? 36 lines, 2-37 local'], 0],
  ['laravel-trimmed.json', ['answer 17 lines, 4-4'], 0],
  ['node-inspect-one-line.log', ['answer 18 lines, 1-1 remote'], 0],
  ['line-ends-lost.txt', ['offer 17 lines, 1-1 ends-lost'], 0],
  ['sdp-as-array.json', ['offer 16 lines, 7-22 list local'], 0],
  ['stray-r.txt', ['? 9 lines, 1-9 fragment stray-r'], 0],
  ['fragment-codecs.txt', ['? 5 lines, 1-5 fragment'], 0],
];

describe('what people paste', () => {
  it.each(CASES)('%s', (name, descriptions, candidates) => {
    const found = findMaterial(read(name));
    expect(found.descriptions.map(short)).toEqual(descriptions);
    expect(found.candidates).toHaveLength(candidates);
    for (const { sdp } of found.descriptions) {
      // Nothing of the material clings to a line.
      const { lines } = parseSdp(sdp);
      expect(lines.filter(({ text }) => !/^[a-z]=[^\\↵"]*$/.test(text))).toEqual([]);
    }
  });

  it('reads what stands beside a candidate', () => {
    const [android, second] = findMaterial(read('android-candidates.log')).candidates;
    expect(android).toMatchObject({
      sdpMid: 'audio',
      sdpMLineIndex: 0,
      ufrag: 'J/Pu',
      side: 'local',
      where: 1,
    });
    expect(android?.candidate).toMatch(/network-id 3$/);
    expect(second).toMatchObject({ sdpMid: '0', sdpMLineIndex: 0, where: 2 });
    expect(second?.candidate).toMatch(/^candidate:842163049 .* network-cost 999$/);
    const [trickled] = findMaterial(read('webrtc-internals.json')).candidates;
    expect(trickled).toMatchObject({ sdpMid: '0', side: 'local', peer: '1234-1', place: 2 });
  });

  it('lists a description once, and where it is again', () => {
    const [offer] = findMaterial(read('webrtc-internals.json')).descriptions;
    expect(offer?.again).toEqual([{ where: 24, side: 'local', peer: '1234-1' }]);
  });

  it('knows whose line ends are the description’s own', () => {
    expect(findMaterial(read('laravel-trimmed.json')).descriptions[0]?.hasOwnEnds).toBe(true);
    expect(findMaterial(fixture('chromium-audio-offer')).descriptions[0]?.hasOwnEnds).toBe(false);
  });
});

const offer = fixture('chromium-audio-offer');
const lines = offer.trimEnd().split('\r\n');
const escaped = JSON.stringify({ type: 'offer', sdp: offer });

/** Ways in which one and the same offer comes. */
const WAYS: Readonly<Record<string, string>> = {
  'lines ended by ↵': `got "${lines.join('↵')}↵"`,
  'syslog’s line ends': `sip[12]: ${lines.join('#015#012')}#015#012`,
  'tags between': `<td>${lines.join('<br>')}<br/></td>`,
  'a mail’s encoding': lines.map((line) => line.replaceAll('=', '=3D')).join('=0D=0A') + '=0D=0A',
  'a mail’s line ends': `${lines.join('=0D=0A')}=0D=0A`,
  'entities of HTML': `<pre>{&quot;sdp&quot;:&quot;${lines.join('\\r\\n')}\\r\\n&quot;}</pre>`,
  'numbered entities': `${lines.join('&#13;&#10;')}&#13;&#10;`,
  'an address': `GET /?sdp=${encodeURIComponent(offer)}&x=1`,
  'an address twice': `sdp=${encodeURIComponent(encodeURIComponent(offer))}`,
  'a form': new URLSearchParams({ sdp: offer }).toString(),
  'dots in one line': `T 1 -> 2 ${lines.join('..')}..`,
  'pieces in one line': `sdp: '${lines.join("\\r\\n' + '")}\\r\\n' }`,
  'all line ends lost': lines.join(''),
  'spaces for line ends': `offer ${lines.join(' ')}`,
  'backslashes lost': `"${lines.join('rn')}rn"`,
  'escaped by Gson': `send ${escaped.replaceAll('=', '\\u003d')}`,
  'base64 in JSON': JSON.stringify({ data: btoa(escaped) }),
  'base64 over lines': btoa(escaped).replace(/.{64}/g, '$&\n'),
  'a list in a log': `x ${JSON.stringify(lines)} y`,
  'a long prefix': lines
    .map((l, at) => `10:00:${10 + at} ${'word '.repeat(90)}[worker-${at}] INFO a.b.C:12 - ${l}`)
    .join('\n'),
  'an app’s log': lines
    .map((line, at) => `03-04 10:11:12.${300 + at}  1234  1250 D Client: ${line}`)
    .join('\n'),
  'a prefix that the first line has longer': lines
    .map((line, at) => `I (${100 + at}) webrtc: ${at === 0 ? 'Send sdp: ' : ''}${line}`)
    .join('\n'),
  'Wireshark’s tree': [
    'Session Description Protocol',
    ...lines.flatMap((line) => [
      `    Session Attribute (${line.charAt(0)}): ${line.slice(2)}`,
      '        Session Attribute Fieldname: x',
    ]),
  ].join('\n'),
  indents: lines.map((line) => `    ${line}`).join('\n'),
  'indents after the first': lines.join('\n      '),
  'double spacing from the first line on': `${lines.join('\n\n')}\n\n\n\n`,
  'what a terminal shows of line ends': `${lines.join('^M\n')}^M\n`,
  'a program’s listing': lines.map((line) => `    "${line}\\r\\n"`).join('\n'),
  'an array over lines': `const sdp = [\n${lines.map((line) => `  '${line}',`).join('\n')}\n].join()`,
};

describe('one offer, however it comes', () => {
  it.each(Object.entries(WAYS))('%s', (_, text) => {
    const { descriptions, candidates } = findMaterial(text);
    expect(descriptions).toHaveLength(1);
    const texts = parseSdp(descriptions[0]?.sdp ?? '').lines.map((line) => line.text);
    expect(texts).toEqual(lines);
    expect(descriptions[0]?.lines).toHaveLength(lines.length);
    expect(candidates).toEqual([]);
  });

  it('loses nothing where v= is missing', () => {
    const rest = offer.slice(offer.indexOf('o='));
    const [found] = findMaterial(`\n${rest}`).descriptions;
    expect(found).toMatchObject({ sdp: rest, isFragment: false, where: 2 });
    expect(found?.lines[0]).toBe(2);
    const logged = findMaterial(`hello:\n${rest}`).descriptions;
    expect(logged[0]).toMatchObject({ sdp: rest, where: 2 });
  });

  it('says that no more candidates come', () => {
    const text = JSON.stringify({ candidate: '', sdpMid: '0', sdpMLineIndex: 0 });
    expect(findMaterial(text).candidates).toMatchObject([{ candidate: '', sdpMid: '0' }]);
  });
});
