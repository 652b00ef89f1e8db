// What changed between two texts: real ones, edited ones, and any.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { joinLists } from '../../../src/sdp/diff-order.ts';
import { changedWords } from '../../../src/sdp/diff-words.ts';
import { diffSdp, diffText, type LineDiff } from '../../../src/sdp/diff.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/sdp/${name}.sdp`, import.meta.url), 'utf8');
const offer = read('chromium-both-and-data-offer');

const diff = (before: string, after: string) => diffSdp(parseSdp(before), parseSdp(after));
const linesOf = (before: string, after: string): readonly LineDiff[] =>
  diff(before, after).sections.flatMap((section) => section.lines);
const told = (before: string, after: string) =>
  linesOf(before, after)
    .filter(({ kind }) => kind !== 'same')
    .map((line) => `${line.kind}: ${(line.after ?? line.before).text}`);

describe('diffSdp', () => {
  it('finds an added, a removed and a changed line where they are', () => {
    const after = offer
      .replace('a=setup:actpass', 'a=setup:active')
      .replace('a=rtcp-rsize\r\n', '')
      .replace('a=mid:1\r\n', 'a=mid:1\r\na=candidate:1 1 udp 5 192.0.2.1 9 typ host\r\n');
    expect(told(offer, after)).toEqual([
      'changed: a=setup:active',
      'removed: a=rtcp-rsize',
      'added: a=candidate:1 1 udp 5 192.0.2.1 9 typ host',
    ]);
  });

  it('knows a renumbered codec again, with all that speaks of it', () => {
    const after = offer
      .replaceAll(/^(a=(?:rtpmap|fmtp|rtcp-fb)):96 /gm, '$1:200 ')
      .replace('apt=96', 'apt=200')
      .replace('SAVPF 96 97', 'SAVPF 200 97');
    const changed = linesOf(offer, after).filter(({ kind }) => kind !== 'same');
    expect(changed.length).toBeGreaterThan(3);
    for (const line of changed) {
      expect(line.kind).toBe('changed');
      if (line.kind !== 'changed') continue;
      const isNumbered = line.after.text.startsWith('a=') && !line.after.text.includes('apt=');
      expect(line.renumbered).toEqual(isNumbered ? { from: '96', to: '200' } : null);
      expect(line.added.map(({ from, to }) => line.after.text.slice(from, to))).toEqual(['200']);
      expect(line.removed.map(({ from, to }) => line.before.text.slice(from, to))).toEqual(['96']);
    }
  });

  it('does not take a number that now means another codec for the same', () => {
    const media = (...maps: string[]) =>
      ['m=video 9 RTP/AVP 96 98', ...maps.map((map) => `a=rtpmap:${map}`), ''].join('\r\n');
    const before = media('96 VP8/90000', '98 AV1/90000');
    expect(told(before, media('98 VP8/90000', '96 AV1/90000'))).toEqual([
      'changed: a=rtpmap:98 VP8/90000',
      'changed: a=rtpmap:96 AV1/90000',
    ]);
    expect(told(before, media('96 VP8/90000', '98 H265/90000'))).toEqual([
      'removed: a=rtpmap:98 AV1/90000',
      'added: a=rtpmap:98 H265/90000',
    ]);
  });

  it('matches header extensions by URI and SSRCs by attribute', () => {
    const before = 'm=audio 9 RTP/AVP 0\na=extmap:1 urn:x\na=ssrc:5 cname:a\na=ssrc:5 msid:b c\n';
    const after = 'm=audio 9 RTP/AVP 0\na=extmap:7 urn:x\na=ssrc:5 msid:b d\na=ssrc:5 cname:a\n';
    expect(told(before, after)).toEqual([
      'changed: a=extmap:7 urn:x',
      'changed: a=ssrc:5 msid:b d',
    ]);
    const moved = linesOf(before, after).flatMap((line) =>
      line.kind === 'changed' && line.isMoved ? line.after.number : [],
    );
    expect(moved).toEqual([3]);
  });

  it('matches sections by mid, wherever they stand', () => {
    const a = 'm=audio 9 RTP/AVP 0\na=mid:a\n';
    const b = 'm=video 9 RTP/AVP 31\na=mid:b\n';
    const c = 'm=audio 9 RTP/AVP 8\na=mid:c\n';
    expect(told(`v=0\n${a}${b}`, `v=0\n${b}${a}`)).toEqual([]);
    const { sections } = diff(`v=0\n${a}${b}`, `v=0\n${b}${a}`);
    expect(sections.filter((section) => section.isMoved)).toHaveLength(1);
    const kinds = diff(`${a}${b}`, `${b}${c}`).sections.map((section) => [
      section.before?.mid ?? null,
      section.after?.mid ?? null,
    ]);
    expect(kinds).toEqual([
      [null, null],
      ['b', 'b'],
      // No mid is left to go by: the kind and the order decide.
      ['a', 'c'],
    ]);
  });

  it('says so where only line ends differ', () => {
    const result = diff(offer, offer.replaceAll('\r\n', '\n'));
    expect(result.endsDiffer).toBe(true);
    expect(result.counts).toMatchObject({ added: 0, removed: 0, changed: 0, moved: 0 });
  });

  it('tells a description from the same one after gathering', () => {
    const before = read('chromium-gathered-offer').replaceAll(/^a=candidate:.*\r\n/gm, '');
    const { counts } = diff(before, read('chromium-gathered-offer'));
    expect(counts.added).toBeGreaterThan(0);
    expect(counts).toMatchObject({ removed: 0, changed: 0, moved: 0 });
  });

  it('takes two long texts', () => {
    const long = (from: number) =>
      Array.from(
        { length: 10_000 },
        (_, at) => `a=candidate:${String(from + at)} 1 udp 5 192.0.2.1 9 typ host`,
      ).join('\r\n');
    expect(diff(long(0), long(100)).counts).toMatchObject({ same: 9900, added: 100, removed: 100 });
    const many = 'a=x:1\n'.repeat(10_000);
    expect(diff(many, many.replaceAll('1', '2')).counts).toMatchObject({ changed: 10_000 });
    const m = (from: number) =>
      `m=audio 9 RTP/AVP ${Array.from({ length: 20_000 }, (_, at) => String(at + from)).join(' ')}`;
    expect(diff(m(0), m(1)).counts.changed).toBe(1);
  });
});

describe('diffText', () => {
  it('has every line once, with its mark', () => {
    const text = diffText(diff('v=0\na=b:1\na=c\na=d\n', 'v=0\na=b:2\na=d\na=c\na=e\n'), {
      before: 'offer',
      after: 'answer',
    });
    expect(text).toBe('--- offer\n+++ answer\n v=0\n-a=b:1\n+a=b:2\n>a=d\n a=c\n+a=e\n');
  });
});

test('changedWords points at what differs', () => {
  const [before, after] = ['a=fmtp:96 apt=5;x=1', 'a=fmtp:97 apt=5;y=1;z'];
  const { removed, added } = changedWords(before, after);
  expect(removed.map(({ from, to }) => before.slice(from, to))).toEqual(['96', 'x']);
  expect(added.map(({ from, to }) => after.slice(from, to))).toEqual(['97', 'y', ';z']);
});

test('changedWords leaves the same words on both sides', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ' ', ':', '=', ';', '끝')).map((x) => x.join(''));
  const rest = (all: string, ranges: readonly { from: number; to: number }[]) =>
    ranges.reduceRight((kept, { from, to }) => kept.slice(0, from) + kept.slice(to), all);
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { removed, added } = changedWords(before, after);
      expect(rest(before, removed)).toBe(rest(after, added));
    }),
  );
});

test('joinLists has each item once, in the order of the list after', () => {
  const lists = fc
    .tuple(fc.nat({ max: 20 }), fc.array(fc.option(fc.nat({ max: 19 })), { maxLength: 20 }))
    .map(([length, picks]) => {
      const used = new Set<number>();
      const counterparts = picks.map((pick) => {
        if (pick === null || pick >= length || used.has(pick)) return null;
        used.add(pick);
        return pick;
      });
      return { length, counterparts };
    });
  fc.assert(
    fc.property(lists, ({ length, counterparts }) => {
      const places = joinLists(length, counterparts);
      const afters = places.flatMap(({ after }) => after ?? []);
      expect(afters).toEqual([...counterparts.keys()]);
      const befores = places.flatMap(({ before }) => before ?? []);
      expect(befores.toSorted((a, b) => a - b)).toEqual([...Array(length).keys()]);
      // What has not moved stands in the order of the list before.
      const steady = places.filter((place) => !place.isMoved).flatMap(({ before }) => before ?? []);
      expect(steady).toEqual(steady.toSorted((a, b) => a - b));
    }),
  );
});

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...offer.split('\r\n')),
      fc.constantFrom('m=video 9 RTP/AVP 96 97 98', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=98'),
      fc.constantFrom('a=rtpmap:98 rtx/90000', 'a=fmtp:98 apt=97', 'a=rtcp-fb:* nack', 'a=mid:1'),
      fc.constantFrom('a=fmtp:98 apt=55', 'a=rtpmap:98 VP8/90000', 'a=rtpmap:97 VP8/90000'),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.join('\n'));

test('a text has not changed from itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { counts, sections, endsDiffer } = diff(text, text);
      expect(counts).toMatchObject({ added: 0, removed: 0, changed: 0, moved: 0 });
      expect(sections.some((section) => section.isMoved)).toBe(false);
      expect(endsDiffer).toBe(false);
    }),
  );
});

test('every line of both texts is there exactly once', () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      const lines = linesOf(before, after);
      const numbers = (side: 'before' | 'after') =>
        lines.flatMap((line) => line[side]?.number ?? []).sort((a, b) => a - b);
      expect(numbers('before')).toEqual(parseSdp(before).lines.map((line) => line.number));
      expect(numbers('after')).toEqual(parseSdp(after).lines.map((line) => line.number));
      for (const line of lines) {
        if (line.kind !== 'changed') continue;
        expect(line.before.text).not.toBe(line.after.text);
        expect(line.removed.length + line.added.length).toBeGreaterThan(0);
      }
    }),
  );
});
