// Which lines of code stand beside an explanation: what fits, and of a step that failed only what ran.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { line } from '../../../src/lessons/code-line.ts';
import { fitted, litLines } from '../../../src/views/caption/excerpt.ts';
import { roomBeside } from '../../../src/views/caption/room.ts';

const SET = line('await pc.setRemoteDescription(offer);', 'set');
const ALL = [line('onmessage = () => {', 'set'), SET, line('await rest();', 'set'), line('};')];

test('a step that failed lights only the call that did not return', () => {
  expect([...litLines(ALL, 'set', false)]).toEqual(ALL.slice(0, 3));
  expect([...litLines(ALL, 'set', true)]).toEqual([SET]);
  expect([...litLines(ALL, 'other', true)]).toEqual([]);
});

test('lines fit the room, and the lit ones stay', () => {
  const lines = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 12 }), (kinds, rows) => {
      const all = kinds.map((isLit, at) => line(String(at), ...(isLit ? ['set'] : [])));
      const lit = litLines(all, 'set', false);
      const shown = fitted(all, lit, { rows, columns: 40 });
      for (const each of lit) expect(shown).toContain(each);
      const span = kinds.lastIndexOf(true) - kinds.indexOf(true) + 1;
      expect(shown.length).toBeLessThanOrEqual(Math.max(rows, lit.size === 0 ? 12 : span));
    }),
  );
  const long = [line('x'.repeat(90)), SET];
  expect(fitted(long, new Set([SET]), { rows: 3, columns: 40 })).toEqual([SET]);
});

test('what is left for the code shrinks with what is said', () => {
  const measured = { height: 644, width: 510, rem: 16 };
  const { rows } = roomBeside({ ...measured, said: 200 });
  expect(rows).toBeGreaterThanOrEqual(5);
  expect(roomBeside({ ...measured, said: 600 }).rows).toBe(1);
});
