// Fixtures with a few bytes, lines or sections changed, for the properties that must hold for any text.
import fc from 'fast-check';
import { fixtures } from './fixtures.ts';

/** One change: where, as a part of the text's length, what kind, and with what. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('delete', 'insert', 'double', 'swap', 'cut', 'number'),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      ...[' ', '\r', '\n', '\r\n', ':', ';', '=', '/', '-1', '99999999999', '\0', '\t'],
    ),
    fc.constantFrom(
      ...['a=', 'm=', 'v=0\r\n', 'm=audio 0 RTP/AVP\r\n', 'a=mid:0\r\n', 'a=group:BUNDLE'],
    ),
  ),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(sdp: string, { at, kind, text }: Change): string {
  const place = Math.floor(at * sdp.length);
  const lines = sdp.split('\r\n');
  const index = Math.floor(at * lines.length);
  const line = lines[index] ?? '';
  switch (kind) {
    case 'insert':
      return sdp.slice(0, place) + text + sdp.slice(place);
    case 'delete':
      return sdp.slice(0, place) + sdp.slice(place + 1 + text.length);
    case 'double':
      return lines.toSpliced(index, 0, line).join('\r\n');
    case 'swap':
      return lines.toSpliced(index, 1).concat(line).join('\r\n');
    case 'cut':
      return sdp.slice(0, place);
    case 'number':
      return lines.toSpliced(index, 1, line.replace(/\d+/, text)).join('\r\n');
  }
}

/** A fixture after up to eight changes. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(change, { minLength: 1, maxLength: 8 }))
  .map(([{ sdp }, changes]) => changes.reduce(apply, sdp));
