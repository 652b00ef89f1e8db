// A lesson is found where it was left; another one, or one that had not begun, is not.
import { expect, test } from 'vitest';
import { isBare, LeftPlaces } from '../../../src/app/links/left-places.ts';
import { parseLink, START } from '../../../src/app/links/link.ts';

test('what was left is found by its lesson and what that is told', () => {
  const places = new LeftPlaces();
  const left = { place: { ...START, lesson: 'lab', settings: 'turn=on' }, walk: null };
  places.leave(left.place, left);
  expect(places.find({ lesson: 'lab', settings: 'turn=on' })).toBe(left);
  expect(places.find({ lesson: 'lab', settings: '' })).toBeNull();
  places.leave(left.place, null);
  expect(places.find(left.place)).toBeNull();
});

test.each([
  ['#/call', true],
  ['#/two-routers?lang=ko', true],
  ['', true],
  ['#/call/send-offer', false],
  ['#/call/share-screen', false],
  ['#/call?event=7', false],
])('%s names no place: %s', (link, bare) => {
  expect(isBare(parseLink(link, () => true))).toBe(bare);
});
