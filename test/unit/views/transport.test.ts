// What the ICE and Transport tabs are made of: pairs in order, fingerprints compared, and what flowed up to a cursor.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pair, TraceEvent } from '../../../src/trace/event.ts';
import { FIRST_FRAME } from '../../../src/trace/frame.ts';
import type { PeerFrame } from '../../../src/trace/frame.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { addressAndPort, pairTable } from '../../../src/views/tabs/ice/pair-table.ts';
import { fingerprintsOf } from '../../../src/views/tabs/transport/fingerprints.ts';
import { flowOf } from '../../../src/views/tabs/transport/flow.ts';
import { CALLEE_PRINT, CALLER_PRINT, connectedTrace } from '../../fixtures/connected-trace.ts';
import { events } from '../../fixtures/random-trace.ts';

const BEFORE: PeerFrame = FIRST_FRAME.caller;

function caller(...change: Parameters<typeof connectedTrace>): PeerFrame {
  const trace = connectedTrace(...change);
  return frameAt(trace, trace.length).caller;
}

/** The side with its pairs changed. */
function withPairs(peer: PeerFrame, change: (pair: Pair) => Partial<Pair>): PeerFrame {
  const { pairs } = peer;
  if (pairs === null) return peer;
  const list = pairs.pairs.map((pair) => ({ ...pair, ...change(pair) }));
  return { ...peer, pairs: { ...pairs, pairs: list } };
}

describe('pairTable', () => {
  it('has the highest first, with exact priorities and the reason of the one in use', () => {
    const table = pairTable(caller(), BEFORE);
    expect(table.role).toBe('controlling');
    expect(table.rows.map(({ priority }) => priority)).toEqual([
      9079312923804853758n,
      9079290933572287998n,
    ]);
    expect(table.rows.map(({ pair }) => pair.selected)).toEqual([true, false]);
    expect(table.choice.reason).toEqual({ id: 'only-one-that-worked', failed: 0, unfinished: 1 });
    expect(table.hidesAddress).toBe(true);
    expect(pairTable(caller({ address: '192.0.2.1' }), BEFORE).hidesAddress).toBe(false);
  });

  it('has the selected pair first, whatever its priority', () => {
    const lower = withPairs(caller(), ({ selected }) => ({ selected: !selected }));
    const { rows } = pairTable(lower, BEFORE);
    expect(rows.map(({ pair }) => pair.selected)).toEqual([true, false]);
    expect(rows[0]?.priority).toBe(9079290933572287998n);
  });

  it('goes by the browser’s numbers where the role is not known', () => {
    const { rows, role } = pairTable(caller({ without: ['transport'] }), BEFORE);
    expect(role).toBeNull();
    expect(rows.map(({ pair, priority }) => [pair.priority, priority])).toEqual([
      ['9079312923804853248', null],
      ['9079290933572287488', null],
    ]);
    const peer = caller();
    const { transport } = peer;
    if (transport === null) throw new Error('the record has a transport');
    const unknown = { ...peer, transport: { ...transport, iceRole: 'unknown' } };
    expect(pairTable(unknown, BEFORE).role).toBeNull();
    const none = withPairs(unknown, () => ({ priority: null }));
    expect(pairTable(none, BEFORE).rows).toHaveLength(2);
  });

  it('tells what is new since an earlier frame', () => {
    const now = caller();
    const news = (before: PeerFrame) => pairTable(now, before).rows.map(({ isNew }) => isNew);
    expect(news(BEFORE)).toEqual([true, true]);
    expect(news(now)).toEqual([false, false]);
    expect(news(withPairs(now, () => ({ bytesSent: 0 })))).toEqual([false, false]);
    expect(news(withPairs(now, ({ selected }) => (selected ? { nominated: false } : {})))).toEqual([
      true,
      false,
    ]);
  });

  it('takes any record', () => {
    fc.assert(
      fc.property(events(60), (list) => {
        for (const event of list) {
          if (event.kind !== 'pairs') continue;
          const { rows } = pairTable({ ...BEFORE, pairs: event }, BEFORE);
          expect(rows).toHaveLength(event.pairs.length);
        }
      }),
    );
  });
});

describe('addressAndPort', () => {
  it('writes IPv6 in brackets, and what stands for a hidden address', () => {
    expect(addressAndPort({ address: '192.0.2.1', port: 9 }, 'hidden')).toBe('192.0.2.1:9');
    expect(addressAndPort({ address: '2001:db8::1', port: 9 }, 'hidden')).toBe('[2001:db8::1]:9');
    expect(addressAndPort({ address: '', port: 9 }, 'hidden')).toBe('hidden:9');
    expect(addressAndPort({ address: 'a.local', port: null }, 'hidden')).toBe('a.local');
  });
});

describe('fingerprintsOf', () => {
  it('finds them equal, whatever their case', () => {
    const equal = fingerprintsOf(caller());
    expect(equal).toEqual({
      ...{ own: CALLER_PRINT, seen: CALLEE_PRINT, announced: [CALLEE_PRINT] },
      ...{ announcedIn: 'answer', match: 'equal' },
    });
    expect(fingerprintsOf(caller({ announced: CALLEE_PRINT.toLowerCase() })).match).toBe('equal');
    const upper = CALLEE_PRINT.toUpperCase();
    expect(fingerprintsOf(caller({ announced: upper })).match).toBe('equal');
  });

  it('finds them equal when one of several is', () => {
    const two = `${CALLER_PRINT}\r\na=fingerprint:${CALLEE_PRINT}`;
    expect(fingerprintsOf(caller({ announced: two }))).toMatchObject({
      ...{ match: 'equal', announced: [CALLER_PRINT, CALLEE_PRINT] },
    });
  });

  it('finds them unequal by one digit', () => {
    const other = CALLEE_PRINT.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    expect(fingerprintsOf(caller({ announced: other })).match).toBe('unequal');
    expect(fingerprintsOf(caller({ announced: CALLER_PRINT })).match).toBe('unequal');
  });

  it('does not compare what can’t be compared', () => {
    const match = (...change: Parameters<typeof caller>) => fingerprintsOf(caller(...change)).match;
    expect(match({ announced: 'sha-512 AB' })).toBe('nothing-announced');
    expect(match({ announced: '' })).toBe('nothing-announced');
    expect(match({ without: ['description'] })).toBe('nothing-announced');
    expect(match({ without: ['transport'] })).toBe('no-certificate');
    expect(fingerprintsOf(BEFORE)).toEqual({
      ...{ own: null, seen: null, announced: [], announcedIn: null, match: 'no-certificate' },
    });
  });
});

describe('flowOf', () => {
  const trace = connectedTrace();
  const counted = trace.events.filter(({ kind }) => kind === 'stats').map(({ n }) => n);

  it('is what was counted on a side up to the cursor', () => {
    const flow = flowOf(trace.events, trace.length, 'caller');
    expect(flow.bytesSent.map(({ value }) => value)).toEqual([803451.25, 1606902.5, 3213805]);
    expect(flow.bitsSent).toHaveLength(2);
    // Each reading is 1010 ms after the one before.
    expect(flow.bitsSent[0]?.value).toBeCloseTo((803451.25 * 8) / 1.01, 3);
    expect(flow.rtt.map(({ value }) => value)).toEqual([4, 4, 4]);
    expect(flowOf(trace.events, trace.length, 'callee').bytesSent).toEqual([]);
    const early = flowOf(trace.events, counted[1] ?? 0, 'caller');
    expect(early.bytesSent).toHaveLength(2);
    expect(early.bytesSent).toEqual(flow.bytesSent.slice(0, 2));
    expect(flowOf(trace.events, (counted[0] ?? 0) - 1, 'caller').bytesSent).toEqual([]);
  });

  it('takes any record', () => {
    fc.assert(
      fc.property(events(80), fc.nat({ max: 90 }), (list: readonly TraceEvent[], cursor) => {
        const flow = flowOf(list, cursor, 'callee');
        const own = list.filter(
          ({ n, kind, side }) => n <= cursor && kind === 'stats' && side === 'callee',
        );
        expect(flow.packetsSent).toHaveLength(own.length);
        for (const { value } of flow.bitsReceived) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThan(Infinity);
        }
      }),
    );
  });
});
