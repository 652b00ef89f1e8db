// Links to the matrix: what is chosen comes back from them, and from the link to the walk.
import { expect, test } from 'vitest';
import { pageOf } from '../../../src/app/links/page.ts';
import {
  formatLabLink,
  formatMatrixLink,
  parseMatrixLink,
} from '../../../src/app/links/matrix-link.ts';
import { DEFAULT_LAB, parseLab } from '../../../src/lessons/net/lab-settings.ts';

test('a place comes back from its link', () => {
  const settings = { ...DEFAULT_LAB, caller: 4, callee: 8, turn: true, lifetime: 500 };
  for (const lang of [null, 'ko']) {
    const link = formatMatrixLink({ settings, lang });
    expect(parseMatrixLink(link)).toEqual({ settings, lang });
    expect(pageOf(link)).toBe('matrix');
    const walk = formatLabLink({ settings, lang });
    expect(walk.startsWith('#/lab?caller=ad-ad&callee=apd-apd&turn=on')).toBe(true);
    expect(parseLab(walk.slice(walk.indexOf('?')))).toEqual(settings);
  }
  expect(formatMatrixLink({ settings: DEFAULT_LAB, lang: null })).toBe('#/matrix');
});

test('a link names its page', () => {
  expect(['#/sdp', '#/sdp?view=changes', '/sdp'].map(pageOf)).toEqual(['sdp', 'sdp', 'sdp']);
  expect(['#/matrix', '#/matrix?x'].map(pageOf)).toEqual(['matrix', 'matrix']);
  expect(['', '#', '#/call', '#/call/set-local-offer', '#/sdpx', '#/matrix2'].map(pageOf)).toEqual(
    Array(6).fill('call'),
  );
});
