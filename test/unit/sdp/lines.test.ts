// SDP as lines, and which of them are new.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newLines, sdpLines } from '../../../src/sdp/lines.ts';

const offer = 'v=0\r\ns=-\r\nm=audio 9 X 111\r\na=mid:0\r\nm=video 9 X 96\r\na=mid:1\r\n';

describe('sdpLines', () => {
  it('numbers lines and knows their sections', () => {
    expect(sdpLines(offer).map(({ number, section }) => [number, section])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 1],
      [5, 2],
      [6, 2],
    ]);
  });

  it('takes any line end, and any text', () => {
    expect(sdpLines('a\nb\rc\r\nd').map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
    expect(sdpLines('')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const lines = sdpLines(text);
        expect(lines.map((line) => line.number)).toEqual(lines.map((_, at) => at + 1));
        expect(lines.map((line) => line.text).join('')).toBe(text.replace(/[\r\n]/g, ''));
      }),
    );
  });
});

describe('newLines', () => {
  it('finds what was added, in its section', () => {
    const after = offer.replace('a=mid:1', 'a=candidate:1\r\na=mid:1');
    expect([...newLines(offer, after)]).toEqual([6]);
  });

  it('knows the same line in another section as new', () => {
    expect([...newLines(offer, `${offer}a=mid:0\r\n`)]).toEqual([7]);
  });

  it('counts a line that stands there twice', () => {
    expect([...newLines('a\na\n', 'a\na\na\n')]).toEqual([3]);
  });

  it('finds nothing new in the same text, and all in another', () => {
    const texts = fc
      .array(fc.constantFrom('v=0', 'm=audio', 'a=x', 'a=y'))
      .map((l) => l.join('\n'));
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        expect(newLines(one, one).size).toBe(0);
        expect(newLines('', other).size).toBe(sdpLines(other).length);
        expect(newLines(one, other).size).toBeLessThanOrEqual(sdpLines(other).length);
      }),
    );
  });
});
