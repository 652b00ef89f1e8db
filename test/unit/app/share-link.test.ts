// A shared link carries what whoever shares it chose, and nothing that would be looked for in vain.
import { expect, it } from 'vitest';
import { formatLink, parseLink } from '../../../src/app/links/link.ts';
import { sharedPlace } from '../../../src/app/links/share-link.ts';
import type { ShareChoice } from '../../../src/views/dialogs/share.ts';

const HERE =
  '#/two-routers/share-screen/create-offer?turn=1&by=callee&event=90&tab=ice&pick=media+video&lang=ko';

function shared(choice: Partial<ShareChoice>, from = HERE): string {
  const place = parseLink(from, (id) => id === 'share-screen');
  return formatLink(sharedPlace(place, { atStep: true, sameTab: true, lang: null, ...choice }));
}

it('leads to the same place, in the language that is chosen', () => {
  expect(shared({ lang: 'ko' })).toBe(HERE);
  expect(shared({ lang: 'en' })).toBe(HERE.replace('lang=ko', 'lang=en'));
  expect(shared({})).toBe(HERE.replace('&lang=ko', ''));
});

it('leads to the start of the same lesson, with its tab and nothing that a step shows', () => {
  expect(shared({ atStep: false })).toBe('#/two-routers?turn=1&tab=ice');
  expect(shared({ atStep: false, sameTab: false })).toBe('#/two-routers?turn=1');
});

it('leaves out the tab, and what is picked in it', () => {
  expect(shared({ sameTab: false })).toBe(
    '#/two-routers/share-screen/create-offer?turn=1&by=callee&event=90',
  );
  expect(
    shared({ sameTab: false }, '#/call/send-offer?sdp=caller.created&view=diff&line=offer.11'),
  ).toBe('#/call/send-offer');
});
