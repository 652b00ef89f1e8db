// Links name places; whatever else a link says is left out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressOf,
  formatLink,
  parseLink,
  START,
  type Place,
} from '../../../src/app/links/link.ts';
import { TABS } from '../../../src/views/tabs/tab-name.ts';
import { SDP_VIEWS } from '../../../src/views/sdp/view.ts';
import { CALL_STEPS, exchangeSteps, SIDES } from '../../../src/rtc/steps.ts';

/** An act, as a link names it. */
const actWish = fc.record({
  id: fc.constantFrom('share-screen', 'hang-up'),
  by: fc.constantFrom(...SIDES),
  settings: fc.constantFrom({}, { screen: 'own' }, { how: 'stop', what: 'video' }),
});

/** Before the call, in a step of it, at the end of a later act, or in one of its steps. */
const where: fc.Arbitrary<Pick<Place, 'act' | 'before' | 'step'>> = fc.oneof(
  fc.record({
    act: fc.constant(null),
    before: fc.constant([]),
    step: fc.constantFrom(null, ...CALL_STEPS.map(({ kind }) => kind)),
  }),
  fc.record({
    act: actWish,
    before: fc.array(actWish, { maxLength: 3 }),
    step: fc.constantFrom(null, ...exchangeSteps('caller').map(({ kind }) => kind), 'close'),
  }),
);

const look = fc.record<Omit<Place, 'act' | 'before' | 'step'>>({
  lesson: fc.constantFrom('call', 'two-routers', 'lab'),
  settings: fc.constantFrom('', 'caller=2&turn=1', 'loss=0.2'),
  event: fc.option(fc.nat(999_999), { nil: null }),
  moment: fc.constantFrom(null, 'first-drop', 'm2'),
  tab: fc.constantFrom(null, ...TABS),
  sdp: fc.constantFrom(null, 'caller.pendingLocal', 'callee.created'),
  view: fc.constantFrom(null, ...SDP_VIEWS),
  against: fc.constantFrom(null, 'caller.currentLocal', 'callee.created'),
  pick: fc.constantFrom(null, 'candidate udp 2113937151 59257 a-b.local', 'media video'),
  line: fc.option(
    fc.record({
      type: fc.constantFrom('offer' as const, 'answer' as const),
      number: fc.nat(99_999),
    }),
    { nil: null },
  ),
  lang: fc.constantFrom(null, 'en', 'ko'),
});

const place: fc.Arbitrary<Place> = fc.tuple(look, where).map(([rest, at]) => ({ ...rest, ...at }));

/** What is called so may be an act. */
const anyAct = (id: string) => id !== '';

describe('links', () => {
  it('name things as they are documented', () => {
    expect(parseLink('#/call/set-local-offer?tab=sdp&line=offer.23&lang=ko')).toEqual({
      ...START,
      step: 'set-local-offer',
      tab: 'sdp',
      line: { type: 'offer', number: 23 },
      lang: 'ko',
    });
    expect(formatLink({ ...START, step: 'set-local-offer', tab: 'log' })).toBe(
      '#/call/set-local-offer?tab=log',
    );
    expect(formatLink(START)).toBe('#/call');
    expect(parseLink('#/two-routers/gather-candidates?tab=network')).toEqual({
      ...START,
      lesson: 'two-routers',
      step: 'gather-candidates',
      tab: 'network',
    });
    const several =
      '#/call/hang-up/close?set=how.silent&acts=share-screen.callee.screen.own_hang-up.caller';
    expect(parseLink(several, anyAct)).toEqual({
      ...START,
      act: { id: 'hang-up', by: 'caller', settings: { how: 'silent' } },
      before: [
        { id: 'share-screen', by: 'callee', settings: { screen: 'own' } },
        { id: 'hang-up', by: 'caller', settings: {} },
      ],
      step: 'close',
    });
    expect(formatLink(parseLink(several, anyAct))).toBe(several);
    expect(parseLink('#/call/share-screen/create-offer?by=callee', anyAct)).toEqual({
      ...START,
      act: { id: 'share-screen', by: 'callee', settings: {} },
      step: 'create-offer',
    });
    expect(parseLink('#/two-routers/connect?moment=first-drop')).toEqual({
      ...START,
      lesson: 'two-routers',
      step: 'connect',
      moment: 'first-drop',
    });
    expect(parseLink('#/two-routers/connect?moment=<b>')).toMatchObject({ moment: null });
    expect(parseLink('#/lab?caller=2&tab=ice&<b>=1&loss=a%20b').settings).toBe('caller=2');
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(place, (each) => {
        expect(parseLink(formatLink(each), anyAct)).toEqual(each);
      }),
    );
  });

  it('never throw, and give a place for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = parseLink(text);
        expect([null, ...TABS]).toContain(found.tab);
        expect(parseLink(`#/call/${text}`).tab).toBeDefined();
        expect(parseLink(`#/call?${text}`).tab).toBeDefined();
      }),
    );
    expect(parseLink('#/call/No-such-step')).toEqual(START);
    expect(parseLink('#/call/create-offer/no-such-step')).toEqual({
      ...START,
      step: 'create-offer',
    });
    // What is no step may be an act; where it is none, the link leads to the start.
    expect(parseLink('#/call/no-such-step')).toEqual(START);
    const act = { id: 'no-such-step', by: 'caller', settings: {} } as const;
    expect(parseLink('#/call/no-such-step', anyAct)).toEqual({ ...START, act });
    expect(parseLink('#/call?sdp=caller.<b>')).toEqual(START);
  });

  it('become addresses of the page they are on', () => {
    expect(addressOf(START, 'https://example.org/a/b/?x#old')).toBe(
      'https://example.org/a/b/?x#/call',
    );
  });
});
