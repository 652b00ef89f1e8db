// The QR code says what it was given, as a decoder of other people reads it.
import { expect, it } from 'vitest';
import { qrPath } from '../../../src/views/dialogs/qr.ts';
import { darkRuns, readQr } from '../../support/qr.ts';

it.each([
  'https://peerglass.example/#/call/send-offer?tab=sdp&lang=en',
  'http://localhost:4173/#/two-routers/connect?event=123&tab=network&pick=candidate+udp+2113937151',
  'http://[::1]:5173/#/call?lang=ko',
])('reads back as %s', (link) => {
  const { d, size } = qrPath(link);
  expect(readQr(d, size)).toBe(link);
});

it('has level M and a light border of four modules', () => {
  const { d, size } = qrPath('https://peerglass.example/');
  expect(size).toBe(25 + 2 * 4);
  const runs = darkRuns(d);
  for (const { x, y, run } of runs) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4);
    expect(x + run).toBeLessThanOrEqual(size - 4);
  }
  // The first two bits of the format, below the upper left finder, are 10 for level M and no other.
  const isDark = (at: number, row: number) =>
    runs.some(({ x, y, run }) => y === row && at >= x && at < x + run);
  expect([isDark(4, 12), isDark(5, 12)]).toEqual([true, false]);
});

it('says that a link is too long for any', () => {
  expect(() => qrPath('x'.repeat(3000))).toThrow(Error);
});
