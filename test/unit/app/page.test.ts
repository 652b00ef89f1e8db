// What an address says before the program is there.
import { describe, expect, it } from 'vitest';
import { isStart, pageOf } from '../../../src/app/links/page.ts';
import { preferredLocale } from '../../../src/i18n/preferred.ts';

describe('the start', () => {
  it.each(['', '#', '#/', '#/call', '#/call/', '#/call?lang=ko', '#/call?tab=ice'])(
    'is %s',
    (hash) => {
      expect(isStart(hash)).toBe(true);
    },
  );

  it.each(['#/sdp', '#/matrix', '#/call/create-offer', '#/two-routers', '#/speaker/x', '#/calls'])(
    'is not %s',
    (hash) => {
      expect(isStart(hash)).toBe(false);
    },
  );
});

describe('the page', () => {
  it.each([
    ['#/lessons', 'lessons'],
    ['#/lessons/two-routers?lang=ko', 'lessons'],
    ['#/sdp', 'sdp'],
    ['#/matrix?turn=on', 'matrix'],
    ['#/two-routers', 'call'],
    ['', 'call'],
  ])('of %s is %s', (hash, page) => {
    expect(pageOf(hash)).toBe(page);
  });
});

describe('the language', () => {
  it.each([
    [['ko-KR', 'en'], 'ko'],
    [['fr', 'EN-gb', 'ko'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('for %j is %s', (languages, wanted) => {
    expect(preferredLocale(languages)).toBe(wanted);
  });
});
