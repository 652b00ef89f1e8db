// Lesson markup becomes pieces, and never anything else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { richPieces } from '../../../src/views/rich.ts';

describe('richPieces', () => {
  it('knows bold and code', () => {
    expect(richPieces('is **pending** until `createAnswer()` runs')).toEqual([
      { style: 'plain', text: 'is ' },
      { style: 'bold', text: 'pending' },
      { style: 'plain', text: ' until ' },
      { style: 'code', text: 'createAnswer()' },
      { style: 'plain', text: ' runs' },
    ]);
  });

  it('leaves a mark without its twin, and HTML, as text', () => {
    expect(richPieces('a ** b ` c <b>')).toEqual([{ style: 'plain', text: 'a ** b ` c <b>' }]);
  });

  it('loses nothing but the marks', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const whole = richPieces(text)
          .map(({ style, text: inner }) =>
            style === 'bold' ? `**${inner}**` : style === 'code' ? `\`${inner}\`` : inner,
          )
          .join('');
        expect(whole).toBe(text);
      }),
    );
  });
});
