// SDP found in pasted material: plain, in JSON, in logs, and nowhere.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPasted } from '../../../src/sdp/intake.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { browserFixtures, fixture } from './fixtures.ts';

const findSdp = (text: string) => findPasted(text).descriptions;

const offer = fixture('chromium-audio-offer');
const answer = fixture('firefox-audio-answer');
const lines = (sdp: string) => sdp.trimEnd().split('\r\n');
/** Found descriptions without their texts, which are compared on their own. */
const facts = (text: string) => findSdp(text).map(({ type, from, where }) => [type, from, where]);
const texts = (text: string) => findSdp(text).map(({ sdp }) => sdp);

describe('findSdp', () => {
  it('takes plain SDP as it stands, byte for byte', () => {
    for (const { sdp, name } of browserFixtures) {
      expect(findSdp(sdp), name).toMatchObject([{ type: null, sdp, from: 'plain', where: 1 }]);
      const lf = sdp.replaceAll('\r\n', '\n').trimEnd();
      expect(findSdp(`\n\n${lf}`), name).toMatchObject([
        { type: null, sdp: lf, from: 'plain', where: 3 },
      ]);
    }
    const broken = offer.replace('a=mid:0', 'what is this\r\n\r\n\r\n\r\nA=mid:0');
    expect(texts(broken)).toEqual([broken]);
  });

  it('finds several in one text, and the words before them', () => {
    const text = `The offer:\n\n${offer}\nThe answer was:\n${answer}`;
    expect(texts(text)).toEqual([offer, answer]);
    expect(facts(text)).toEqual([
      ['offer', 'plain', 3],
      ['answer', 'plain', 3 + lines(offer).length + 2],
    ]);
    expect(texts(`${offer}${answer}`)).toEqual([offer, answer]);
    expect(facts(`v=0\r\n${offer}`)).toHaveLength(1);
  });

  it('reads session descriptions in JSON, however deep', () => {
    const description = { type: 'offer', sdp: offer };
    expect(findSdp(JSON.stringify(description))).toMatchObject([
      { ...description, from: 'json', where: 1 },
    ]);
    const deep = {
      room: 1,
      messages: [{ from: 'a', body: description }, { body: { sdp: answer, type: 'answer' } }],
    };
    expect(texts(JSON.stringify(deep, null, 2))).toEqual([offer, answer]);
    expect(facts(JSON.stringify(deep, null, 2))).toEqual([
      ['offer', 'json', 8],
      ['answer', 'json', 13],
    ]);
    expect(texts(JSON.stringify(JSON.stringify(description)))).toEqual([offer]);
    expect(facts(JSON.stringify({ data: JSON.stringify(description) }))).toEqual([
      ['offer', 'json', 1],
    ]);
    expect(facts(JSON.stringify([{ sdp: offer }]))).toEqual([[null, 'json', 1]]);
    expect(facts(JSON.stringify({ value: `type: pranswer, sdp: ${answer}` }))).toEqual([
      ['pranswer', 'json', 1],
    ]);
  });

  it('takes the type from the key that holds a description, too', () => {
    expect(facts(JSON.stringify({ offer: { sdp: offer }, answer }))).toEqual([
      ['offer', 'json', 1],
      ['answer', 'json', 1],
    ]);
  });

  it('takes the candidate of JSON as a fragment', () => {
    const candidate = 'candidate:1 1 udp 2122194687 192.0.2.2 43604 typ host';
    expect(findSdp(JSON.stringify({ candidate, sdpMid: '0' }))).toMatchObject([
      { type: null, sdp: `a=${candidate}`, from: 'json', where: 1 },
    ]);
  });

  it('unescapes SDP in a line of a log', () => {
    const escaped = JSON.stringify({ type: 'offer', sdp: offer });
    const text = `starting\n12:00:01 [ws] send ${escaped} ok\n12:00:02 [ws] got {"sdp":${JSON.stringify(answer)},"type":"answer"}`;
    expect(texts(text)).toEqual([offer, answer]);
    expect(facts(text)).toEqual([
      ['offer', 'log', 2],
      ['answer', 'log', 3],
    ]);
    const twice = JSON.stringify(escaped);
    expect(texts(`x: ${twice}`)).toEqual([offer]);
    expect(texts(offer.replaceAll('\r\n', '\\r\\n'))).toEqual([offer]);
    expect(texts(`sdp: 'v=0\\ns=-\\n'`)).toEqual(['v=0\ns=-\n']);
  });

  it('strips what a log puts before each line', () => {
    const stamped = lines(offer).map(
      (line, at) => `2026-01-01T10:00:00.${100 + at}Z INFO offer: ${line}`,
    );
    expect(texts(`hello\n${stamped.join('\n')}\nbye`)).toEqual([offer]);
    expect(facts(`hello\n${stamped.join('\n')}\nbye`)).toEqual([['offer', 'log', 2]]);
    const spread = lines(offer).map((line) => `    ${line}  `);
    expect(texts(spread.join('\n'))).toEqual([offer]);
    expect(
      texts(
        lines(offer)
          .map((line) => `> ${line}`)
          .join('\n\n'),
      ),
    ).toEqual([offer]);
    const quoted = lines(offer).map((line) => `  '${line}\\r\\n' +`);
    expect(texts(`const offer =\n${quoted.join('\n')}`)).toEqual([offer]);
    expect(facts(`const offer =\n${quoted.join('\n')}`)).toEqual([['offer', 'log', 2]]);
    const one = lines(offer).map((line, at) => (at === 0 ? `remote answer ${line}` : line));
    expect(facts(one.join('\n'))).toEqual([['answer', 'log', 1]]);
    expect(texts(one.join('\n'))).toEqual([offer]);
  });

  it('takes a lone section or candidate as a fragment', () => {
    const section = offer.slice(offer.indexOf('m='));
    expect(findSdp(section)).toMatchObject([{ type: null, sdp: section, from: 'plain', where: 1 }]);
    expect(texts('here:\na=candidate:1 1 udp 1 192.0.2.2 9 typ host\nthat is all')).toEqual([
      'a=candidate:1 1 udp 1 192.0.2.2 9 typ host',
    ]);
    expect(texts('candidate:1 1 udp 1 192.0.2.2 9 typ host')).toEqual([
      'a=candidate:1 1 udp 1 192.0.2.2 9 typ host',
    ]);
  });

  it('finds nothing where nothing is', () => {
    for (const text of [
      '',
      ' ',
      'hello',
      'x=1',
      'let v=0;',
      '{"a":1}',
      '[]',
      '"',
      '{"v":"v=0"}',
      '{'.repeat(20_000),
    ]) {
      expect(findSdp(text), text.slice(0, 20)).toEqual([]);
    }
    expect(findSdp('['.repeat(20_000) + ']'.repeat(20_000))).toEqual([]);
    expect(findSdp(JSON.stringify({ label: 'a=b', note: 'm=x' }))).toEqual([]);
  });

  it('takes any text, and what it finds can be read', { timeout: 30_000 }, () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom(
          ...['v=0', '\r\n', '\n', '\\r\\n', '\\\\n', '"', '\\"', '{', '}', '"sdp":', 'offer'],
        ),
        fc.constantFrom(
          ...['a=x', 'm=audio 9 X 1', ' ', '> ', 'candidate:1', '12:00 ', ',', 's=-', '['],
        ),
      ),
    );
    fc.assert(
      fc.property(pieces, (all) => {
        const text = all.join('');
        for (const { sdp, where } of findSdp(text)) {
          expect(parseSdp(sdp).lines.length).toBeGreaterThan(0);
          expect(where).toBeGreaterThan(0);
          expect(where).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
        }
      }),
    );
  });

  it('takes a megabyte of anything', { timeout: 60_000 }, () => {
    const size = 1_000_000;
    for (const piece of [
      'v=0\\r\\n',
      'v=0\n',
      'v=0 ',
      'a=',
      'a=\n',
      '"v=0\\n',
      'x',
      '\n',
      '\\',
      '> v=0\n',
      'v=0\\',
      '9 a=',
    ]) {
      expect(Array.isArray(findSdp(piece.repeat(size / piece.length)))).toBe(true);
    }
    const many = JSON.stringify(Array.from({ length: 500 }, () => ({ type: 'offer', sdp: offer })));
    expect(findSdp(many)).toHaveLength(500);
  });
});
