// SDP as lines and sections: nothing is lost, whatever the text is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attribute,
  attributes,
  inherited,
  parseSdp,
  isFragment,
  sectionByMid,
} from '../../../src/sdp/parse.ts';

/** Texts that look a little like SDP, and texts that don't. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom('\r', '\n', '\r\n', '=', ':', 'a=', 'm=', 'm=audio 9 X 0', 'mid', '𝄞', ' '),
    )
    .map((pieces) => pieces.join('')),
);

describe('parseSdp', () => {
  it('gives any text back, and covers it with its sections', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { lines, sections } = parseSdp(text);
        expect(lines.map((line) => line.text + line.end).join('')).toBe(text);
        expect(lines.map((line) => line.number)).toEqual(lines.map((_, at) => at + 1));
        expect(sections.flatMap((section) => section.lines)).toEqual(lines);
        expect(sections.map(({ index }) => index)).toEqual(sections.map((_, at) => at));
        for (const line of lines) {
          expect(line.text).not.toMatch(/[\r\n]/);
          expect(sections[line.section]?.lines).toContain(line);
          expect(line.type === null ? line.value : `${line.type}=${line.value}`).toBe(line.text);
          const { name, argument } = line;
          expect(name === null).toBe(line.type !== 'a');
          if (name === null) expect(argument).toBeNull();
          else expect(argument === null ? name : `${name}:${argument}`).toBe(line.value);
        }
        // Only the last line may have no end.
        expect(lines.slice(0, -1).every(({ end }) => end !== '')).toBe(true);
      }),
    );
  });

  it('tells the four line ends apart', () => {
    expect(parseSdp('v=0\r\ns=-\nt=0 0\ra=x\n\r').lines.map(({ end }) => end)).toEqual([
      '\r\n',
      '\n',
      '\r',
      '\n',
      '\r',
    ]);
    expect(parseSdp('v=0').lines.map(({ end }) => end)).toEqual(['']);
    expect(parseSdp('').lines).toEqual([]);
  });

  it('takes a line into type, value, name and argument', () => {
    const taken = (text: string) => {
      const { type, value, name, argument } = parseSdp(text).lines[0] ?? {};
      return [type, value, name, argument];
    };
    expect(taken('v=0')).toEqual(['v', '0', null, null]);
    expect(taken('a=sendrecv')).toEqual(['a', 'sendrecv', 'sendrecv', null]);
    expect(taken('a=mid:')).toEqual(['a', 'mid:', 'mid', '']);
    expect(taken('a=extmap:1 urn:x:y')).toEqual(['a', 'extmap:1 urn:x:y', 'extmap', '1 urn:x:y']);
    expect(taken('a=')).toEqual(['a', '', '', null]);
    expect(taken('candidate:1')).toEqual([null, 'candidate:1', null, null]);
    expect(taken('=x')).toEqual([null, '=x', null, null]);
  });

  it('reads the m= line and the mid of each section', () => {
    const { sections } = parseSdp(
      'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\na=mid:0\r\na=mid:1\r\nm=video 49170/2 X\r\nm=\r\nm=a x\r\n',
    );
    expect(sections.map(({ mid, media }) => [mid, media])).toEqual([
      [null, null],
      ['0', { kind: 'audio', port: 9, proto: 'UDP/TLS/RTP/SAVPF', formats: ['111', '63'] }],
      [null, { kind: 'video', port: 49170, proto: 'X', formats: [] }],
      [null, { kind: '', port: null, proto: '', formats: [] }],
      [null, { kind: 'a', port: null, proto: '', formats: [] }],
    ]);
    expect(sections.map(({ first, end }) => [first, end])).toEqual([
      [0, 1],
      [1, 4],
      [4, 5],
      [5, 6],
      [6, 7],
    ]);
  });

  it('has a session without lines where the text begins with a section', () => {
    expect(parseSdp('m=audio 9 X 0\r\n').sections.map(({ lines }) => lines.length)).toEqual([0, 1]);
  });

  it('takes ten thousand lines, and a line of a megabyte', { timeout: 60_000 }, () => {
    expect(parseSdp('a=candidate:1\r\n'.repeat(10_000)).lines).toHaveLength(10_000);
    expect(parseSdp('\r'.repeat(10_000)).lines).toHaveLength(10_000);
    const long = `a=x:${'y'.repeat(1_000_000)}`;
    expect(parseSdp(long).lines[0]?.argument).toHaveLength(1_000_000);
  });
});

describe('attributes', () => {
  const document = parseSdp('a=setup:actpass\r\nm=audio 9 X 0\r\na=x:1\r\na=y\r\na=x:2\r\n');
  const [session, audio] = document.sections;

  it('finds all of a name, and the first', () => {
    if (session === undefined || audio === undefined) throw new Error('no sections');
    expect(attributes(audio, 'x').map(({ argument }) => argument)).toEqual(['1', '2']);
    expect(attribute(audio, 'x')?.number).toBe(3);
    expect(attribute(audio, 'setup')).toBeNull();
    expect(attribute(audio, 'toString')).toBeNull();
    expect(inherited(document, audio, 'setup')?.number).toBe(1);
    expect(inherited(document, session, 'x')).toBeNull();
  });

  it('finds a section by its mid, the first of two', () => {
    const two = parseSdp('m=a 9 x\na=mid:1\nm=b 9 x\na=mid:1\nm=c 9 x\na=mid:2\n');
    expect(sectionByMid(two, '1')?.index).toBe(1);
    expect(sectionByMid(two, '2')?.index).toBe(3);
    expect(sectionByMid(two, '3')).toBeNull();
  });

  it('knows a fragment by the lines it has not', () => {
    expect(isFragment(parseSdp('m=a 9 x\n'))).toBe(true);
    expect(isFragment(parseSdp('v=0\nm=a 9 x\n'))).toBe(false);
    expect(isFragment(parseSdp(''))).toBe(false);
  });
});
