// The matrix's cells and reasons: summed up, compared, walked by keys; what is said fits what becomes of the calls.
import { describe, expect, test } from 'vitest';
import { setLocale } from '../../../src/i18n/locale.svelte.ts';
import { LAB_NAMES, labNetworkOf, labRest, labServers } from '../../../src/lessons/net/lab.ts';
import { DEFAULT_LAB, type LabSettings } from '../../../src/lessons/net/lab-settings.ts';
import { matrix } from '../../../src/call/matrix.ts';
import { NAT_KINDS, natKind, natPairAt } from '../../../src/rtc/nat.ts';
import {
  cellByKey,
  countWays,
  EMPTY_TABLE,
  kindText,
  timeText,
  wayBefore,
  wayOf,
  type Outcome,
} from '../../../src/views/matrix/cell.ts';
import { hasDirectWay, obstacle, reasonText } from '../../../src/views/matrix/reason.ts';

const DIRECT: Outcome = {
  ...{ state: 'connected', took: 260, packets: 26 },
  pair: { local: 'srflx', remote: 'srflx', relayed: false, replacedRelay: false },
};
// The relay may be known as peer-reflexive only.
const RELAY: Outcome = {
  ...DIRECT,
  pair: { local: 'srflx', remote: 'prflx', relayed: true, replacedRelay: false },
};
const FAILED: Outcome = { state: 'failed', took: 15_026, packets: 492, pair: null };

async function* calls(settings: LabSettings) {
  const { seed, profile } = settings;
  const setup = {
    ...{ seed, profile, names: LAB_NAMES, iceServers: labServers(settings) },
    rest: labRest(settings),
    network: labNetworkOf.bind(null, settings),
  };
  for await (const { caller, callee, outcome } of matrix(setup)) {
    yield { settings: { ...settings, caller, callee }, outcome };
  }
}

describe('cells', () => {
  test('a way is told from the outcome', () => {
    expect([DIRECT, RELAY, FAILED].map(wayOf)).toEqual(['direct', 'relay', 'none']);
    const table = [...EMPTY_TABLE.slice(3), DIRECT, FAILED, FAILED];
    expect(countWays(table)).toEqual({ direct: 1, relay: 0, none: 2 });
    expect(table).toHaveLength(81);
  });

  test('a cell has changed when its way has, not its time', () => {
    expect(wayBefore(RELAY, FAILED)).toBe('none');
    expect(wayBefore({ ...DIRECT, took: 1 }, DIRECT)).toBeNull();
    expect(wayBefore(null, DIRECT)).toBeNull();
    expect(wayBefore(DIRECT, null)).toBeNull();
  });

  test('keys move inside the table', () => {
    expect(cellByKey('ArrowRight', 2, 7)).toEqual([2, 8]);
    expect(cellByKey('ArrowRight', 2, 8)).toEqual([2, 8]);
    expect(cellByKey('ArrowUp', 0, 3)).toEqual([0, 3]);
    expect(cellByKey('ArrowDown', 7, 3)).toEqual([8, 3]);
    expect(cellByKey('Home', 4, 3)).toEqual([4, 0]);
    expect(cellByKey('End', 4, 3)).toEqual([4, 8]);
    expect(cellByKey('Enter', 4, 3)).toBeNull();
  });

  test('times and kinds are said shortly, in both languages', () => {
    expect([0, 260, 1234, 15_026, 245_112].map(timeText)).toEqual(
      ['0 ms', '260 ms', '1.2 s', '15 s', '245 s'].map((each) => each.replace(' ', '\u00a0')),
    );
    expect(kindText(natKind(2))).toBe('port-restricted');
    expect(kindText(natKind(3))).toBe('address-dependent mapping, endpoint-independent filtering');
    setLocale('ko');
    expect(timeText(1234)).toBe('1.2초');
    setLocale('en');
  });
});

describe('reasons', () => {
  test.each(['chromium', 'rfc8445'] as const)(
    'on a good path, the rules alone say what becomes of every call (%s)',
    async (profile) => {
      for await (const { settings, outcome } of calls({ ...DEFAULT_LAB, profile })) {
        const isOpen = hasDirectWay(natKind(settings.caller), natKind(settings.callee));
        const cell = [settings.caller, settings.callee];
        expect([...cell, wayOf(outcome)]).toEqual([...cell, isOpen ? 'direct' : 'none']);
      }
      for await (const { settings, outcome } of calls({ ...DEFAULT_LAB, profile, turn: true })) {
        const isOpen = hasDirectWay(natKind(settings.caller), natKind(settings.callee));
        const cell = [settings.caller, settings.callee];
        expect([...cell, wayOf(outcome)]).toEqual([...cell, isOpen ? 'direct' : 'relay']);
      }
    },
  );

  test('each obstacle is found', () => {
    const [cone, portRestricted, symmetric] = [natKind(0), natKind(2), natKind(8)];
    expect(obstacle(symmetric, cone)).toBeNull();
    expect(obstacle(portRestricted, symmetric)).toBe('own-port');
    expect(obstacle(symmetric, portRestricted)).toBe('unknown-port');
    expect(obstacle(portRestricted, natKind(3))).toBe('answer-port');
    expect(obstacle(natKind(6), natKind(6))).toBe('chase');
  });

  test('where packets are lost or mappings end, something fitting is said of every call', async () => {
    const changes = [
      { loss: 0.3, turn: true },
      { lifetime: 100, turn: true },
    ] satisfies Partial<LabSettings>[];
    for (const change of changes) {
      for await (const { settings, outcome } of calls({ ...DEFAULT_LAB, ...change })) {
        const said = reasonText(settings, outcome);
        expect(said.length).toBeGreaterThan(0);
        expect(said.every((each) => each.length > 20)).toBe(true);
        // Only where mappings end early may two NATs meet against their rules.
        if (wayOf(outcome) === 'direct' && settings.lifetime > 2000) {
          const kinds = [settings.caller, settings.callee].map(natKind);
          expect(hasDirectWay(kinds[0] ?? natKind(0), kinds[1] ?? natKind(0))).toBe(true);
        }
      }
    }
  });

  test('each reason is another text', () => {
    const of = (change: Partial<LabSettings>, outcome: Outcome) =>
      reasonText({ ...DEFAULT_LAB, ...change }, outcome).join(' ');
    const texts = [
      of({}, DIRECT),
      of({ caller: 8, callee: 1 }, DIRECT),
      of({ caller: 1, callee: 8 }, DIRECT),
      of({ caller: 3, callee: 4 }, DIRECT),
      of({ caller: 8, callee: 8 }, DIRECT),
      of({}, RELAY),
      of(
        {},
        {
          ...DIRECT,
          pair: { local: 'srflx', remote: 'srflx', relayed: false, replacedRelay: true },
        },
      ),
      of({ callee: 8, turn: true }, RELAY),
      of({ callee: 8 }, FAILED),
      of({ caller: 8, callee: 2 }, FAILED),
      of({ caller: 8, callee: 8 }, FAILED),
      of({ caller: 6, callee: 6 }, FAILED),
      of({ callee: 3 }, FAILED),
      of({ loss: 0.5 }, FAILED),
      of({ lifetime: 100 }, FAILED),
      of({ callee: 8, turn: true, lifetime: 100 }, FAILED),
    ];
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts[3]).toContain('Both NATs take **another port**');
    expect(texts[8]).toContain('no TURN server');
    expect(texts[14]).toContain('100\u00a0ms');
  });
});

test('every cell of the table has its own place', () => {
  const places = NAT_KINDS.flatMap((_, caller) =>
    NAT_KINDS.map((__, callee) => natPairAt(caller, callee)),
  );
  expect(new Set(places).size).toBe(EMPTY_TABLE.length);
});
