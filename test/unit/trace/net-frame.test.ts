// The virtual network in a frame: packets on their way, mappings that come and go, and records that leave things out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Binding } from '../../../src/net/event.ts';
import { changesBetween } from '../../../src/trace/changes.ts';
import type { EventBody, PacketEvent, TraceEvent } from '../../../src/trace/event.ts';
import { FIRST_FRAME, firstFrame, reduce, stepNumber } from '../../../src/trace/frame.ts';
import type { Frame, NetFrame } from '../../../src/trace/frame.ts';
import { MAX_ENDED, MAX_HOPS, MAX_ROWS, packetOf } from '../../../src/trace/net-frame.ts';
import { frameAt, Trace } from '../../../src/trace/trace.ts';
import { chance, HEADER, longTrace, VIRTUAL } from '../../fixtures/long-trace.ts';
import { events, traceOf } from '../../fixtures/random-trace.ts';

const FIRST = firstFrame(VIRTUAL.options);

/** Folds events, numbered from the frame on, all of one step. */
function after(bodies: readonly EventBody[], from: Frame = FIRST, step = 0): Frame {
  return bodies.reduce<Frame>(
    (frame, body) => reduce(frame, { t: 0, step, cause: null, ...body, n: frame.cursor + 1 }),
    from,
  );
}

function netOf({ network }: Frame): NetFrame {
  if (network === null) throw new Error('no network');
  return network;
}

const INSIDE = { address: '10.0.1.5', port: 50_000 };
const OUTSIDE = { address: '192.0.2.1', port: 62_000 };
const SERVER = { address: '198.51.100.7', port: 3478 };

const bindingOf = (id: number, more: Partial<Binding> = {}): Binding => ({
  ...{ id, protocol: 'udp', inside: INSIDE, outside: OUTSIDE, mappedFor: null, sentTo: [SERVER] },
  ...{ since: 0, until: 120_000 },
  ...more,
});

type Packet = Omit<PacketEvent, 'n' | 't' | 'step' | 'cause'>;
const packet = (at: Packet['at'], where: string, more: Partial<Packet> = {}): Packet => ({
  ...{ kind: 'packet', side: 'caller', at, id: 1, where, protocol: 'udp', flag: null, size: 2 },
  ...{ source: INSIDE, destination: SERVER },
  ...more,
});
const sent = (id = 1) => packet('sent', 'caller', { id, bytes: '0001' });
const translated = (id: number, binding: Binding, created = true) =>
  packet('forwarded', 'nat-a', {
    ...{ id, source: OUTSIDE, translation: { binding, created, direction: 'out' } },
  });
const expired = (id: number): EventBody => ({
  ...{ kind: 'binding', side: null, at: 'expired', router: 'nat-a', binding: bindingOf(id) },
});

describe('packets', () => {
  test('one goes its way', () => {
    const net = netOf(
      after([
        sent(),
        translated(1, bindingOf(1)),
        packet('delivered', 'stun', { source: OUTSIDE }),
      ]),
    );
    expect([...net.packets]).toEqual([
      {
        ...{ id: 1, n: 1, t: 0, step: 0, side: 'caller', from: 'caller', to: 'stun' },
        ...{ at: 'delivered', protocol: 'udp', flag: null, bytes: '0001', size: 2 },
        path: [
          expect.objectContaining({ n: 1, where: 'caller', source: INSIDE, translation: null }),
          expect.objectContaining({
            ...{ n: 2, where: 'nat-a', at: 'forwarded', source: OUTSIDE, rule: null },
            translation: { binding: bindingOf(1), created: true, direction: 'out' },
          }),
          expect.objectContaining({ n: 3, where: 'stun', at: 'delivered', destination: SERVER }),
        ],
      },
    ]);
    expect(net.newest).toBe(1);
  });

  test('one is dropped, by a rule', () => {
    const net = netOf(after([sent(), packet('dropped', 'nat-b', { rule: 'filtered' })]));
    expect(packetOf(net, 1)).toMatchObject({ at: 'dropped', to: null });
    expect(packetOf(net, 1)?.path.at(-1)).toMatchObject({ where: 'nat-b', rule: 'filtered' });
  });

  test('they do not mix, and each is found by its id', () => {
    const net = netOf(after([sent(7), sent(3), packet('delivered', 'stun', { id: 7 })]));
    expect([...net.packets].map(({ id }) => id)).toEqual([7, 3]);
    expect([packetOf(net, 7)?.at, packetOf(net, 3)?.at]).toEqual(['delivered', 'sent']);
    expect(packetOf(net, 1)).toBeUndefined();
    expect(net.newest).toBe(7);
  });

  test.each(['forwarded', 'delivered', 'dropped'] as const)(
    'one that is only %s is there from then on',
    (at) => {
      const net = netOf(after([packet(at, 'x')]));
      expect(packetOf(net, 1)).toMatchObject({
        ...{ n: 1, from: 'x', to: at === 'delivered' ? 'x' : null, at, bytes: '', size: 2 },
      });
    },
  );

  test('a copy that is lost later leaves it delivered; one that goes on makes good a loss', () => {
    const lost = packet('dropped', 'lan', { rule: 'lost' });
    const delivered = packet('delivered', 'stun');
    for (const bodies of [
      [sent(), delivered, lost],
      [sent(), lost, delivered],
    ]) {
      const found = packetOf(netOf(after(bodies)), 1);
      expect(found).toMatchObject({ at: 'delivered', to: 'stun' });
      expect(found?.path).toHaveLength(3);
    }
  });

  test('a way without an end is kept up to a limit', () => {
    const net = netOf(
      after(Array.from({ length: MAX_HOPS + 9 }, () => packet('forwarded', 'router'))),
    );
    expect(packetOf(net, 1)?.path).toHaveLength(MAX_HOPS);
  });

  test('what a packet leaves alone is the same object', () => {
    const before = after([sent(1), translated(1, bindingOf(1)), sent(2)]);
    const next = after([packet('delivered', 'stun', { id: 2 })], before);
    const [was, is] = [netOf(before), netOf(next)];
    expect([is.tables, is.places, is.description]).toEqual([
      was.tables,
      was.places,
      was.description,
    ]);
    expect(is.tables).toBe(was.tables);
    expect(is.places).toBe(was.places);
    expect(is.description).toBe(was.description);
    expect(is.packets.at(0)).toBe(was.packets.at(0));
    expect(next.caller).toBe(before.caller);
    expect(after([{ kind: 'hang-up', side: null }], next).network).toBe(next.network);
  });
});

describe('tables', () => {
  test('a packet makes a row, another uses it, and it ends', () => {
    let frame = after([sent(1), translated(1, bindingOf(1))]);
    const row = { binding: bindingOf(1), n: 2, packet: 1, ended: false };
    expect(netOf(frame).tables).toEqual({ 'nat-a': [row] });
    const later = bindingOf(1, { until: 150_000 });
    frame = after([translated(2, bindingOf(2)), translated(3, later, false)], frame);
    expect(netOf(frame).tables['nat-a']).toEqual([
      { binding: later, n: 4, packet: 3, ended: false },
      { binding: bindingOf(2), n: 3, packet: 2, ended: false },
    ]);
    frame = after([expired(1)], frame);
    expect(netOf(frame).tables['nat-a']?.[0]).toEqual({
      ...{ binding: bindingOf(1), n: 4, packet: 3, ended: true },
    });
  });

  test('a row that has ended stays through its step', () => {
    const run = after([translated(1, bindingOf(1)), translated(2, bindingOf(2)), expired(1)]);
    const same = after([sent(3)], run);
    expect(netOf(same).tables['nat-a']).toHaveLength(2);
    const next = after([sent(4)], same, 3);
    expect(netOf(next).tables['nat-a']).toEqual([
      { binding: bindingOf(2), n: 2, packet: 2, ended: false },
    ]);
    // Where none has ended, the next step has the same network.
    const onward = after([{ kind: 'hang-up', side: null }], next, 14);
    expect(onward.network).toBe(next.network);
  });

  test('the end of a row that no packet made is a row', () => {
    expect(netOf(after([expired(5)])).tables).toEqual({
      'nat-a': [{ binding: bindingOf(5), n: 1, packet: null, ended: true }],
    });
  });

  test('a number that a new NAT gives again is a row that lives', () => {
    const net = netOf(
      after([translated(1, bindingOf(1)), expired(1), translated(2, bindingOf(1))]),
    );
    expect(net.tables['nat-a']).toEqual([{ binding: bindingOf(1), n: 3, packet: 2, ended: false }]);
  });

  test('a table has a limit, and so have the rows in it that have ended', () => {
    const ids = Array.from({ length: MAX_ROWS + 5 }, (_, k) => k + 1);
    const full = after(ids.map((id) => translated(id, bindingOf(id))));
    const rows = netOf(full).tables['nat-a'] ?? [];
    expect(rows.map(({ binding }) => binding.id)).toEqual(ids.slice(5));
    const last = netOf(after(ids.slice(5, 55).map(expired), full)).tables['nat-a'] ?? [];
    expect(last.filter(({ ended }) => ended).map(({ binding }) => binding.id)).toEqual(
      ids.slice(55 - MAX_ENDED, 55),
    );
    expect(last).toHaveLength(MAX_ROWS - 50 + MAX_ENDED);
    expect(netOf(after(ids.map(expired))).tables['nat-a']).toHaveLength(MAX_ENDED);
  });

  test('a router may have any name', () => {
    const first = netOf(FIRST).tables;
    for (const where of ['__proto__', 'constructor', 'toString']) {
      expect(first[where]).toBeUndefined();
      const through = { ...translated(1, bindingOf(1)), where };
      const { tables } = netOf(after([through, { ...through, id: 2 }]));
      expect(Object.keys(tables)).toEqual([where]);
      expect(tables[where]).toHaveLength(1);
      expect('hasOwnProperty' in tables).toBe(false);
    }
  });
});

describe('the network', () => {
  test('a browser’s call has none, whatever a file says happened in it', () => {
    expect(firstFrame(HEADER.options)).toBe(FIRST_FRAME);
    const frame = after([sent(), translated(1, bindingOf(1)), expired(1)], FIRST_FRAME);
    expect(frame).toMatchObject({ cursor: 3, network: null });
  });

  test('it is as described, until the lesson changes it', () => {
    expect(frameAt(new Trace(VIRTUAL), 0).network?.description).toBe(
      VIRTUAL.options.network?.description,
    );
    const description = { segments: [], hosts: [], routers: [] };
    const before = after([sent()]);
    const change = { kind: 'network', side: null, change: 'segment', at: 'lan' } as const;
    const net = netOf(after([{ ...change, description }], before));
    expect(net.description).toBe(description);
    expect(net.packets).toBe(netOf(before).packets);
  });
});

/** All frames, folded one after the other. */
function fold(list: readonly TraceEvent[]): readonly Frame[] {
  const frames = [FIRST];
  let frame = FIRST;
  for (const event of list) frames.push((frame = reduce(frame, event)));
  return frames;
}

describe('any record', () => {
  test('folds, and has a network whose parts agree', () => {
    fc.assert(
      fc.property(events(), (list) => {
        for (const frame of fold(list)) {
          const net = netOf(frame);
          const ids = [...net.packets].map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          ids.forEach((id, at) => {
            expect(packetOf(net, id)).toBe(net.packets.at(at));
          });
          for (const rows of Object.values(net.tables)) {
            expect(new Set(rows.map(({ binding }) => binding.id)).size).toBe(rows.length);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('an event leaves the network alone unless it is told of it, or begins a step', () => {
    fc.assert(
      fc.property(events(), (list) => {
        const frames = fold(list);
        list.forEach(({ kind, step }, k) => {
          const [before, next] = [frames[k], frames[k + 1]];
          if (['packet', 'binding', 'network'].includes(kind)) {
            expect(next?.caller).toBe(before?.caller);
            expect(next?.callee).toBe(before?.callee);
          } else if (before !== undefined && stepNumber(before) === step) {
            expect(next?.network).toBe(before.network);
          }
        });
      }),
    );
  });

  test('frameAt is the straight fold', () => {
    fc.assert(
      fc.property(events(), fc.array(fc.nat({ max: 220 }), { maxLength: 20 }), (list, cursors) => {
        const frames = fold(list);
        const trace = traceOf(VIRTUAL, list);
        for (const cursor of cursors) {
          expect(frameAt(trace, cursor)).toEqual(frames[Math.min(cursor, list.length)]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('frameAt is the straight fold in a long record, where frames were forgotten', () => {
    const trace = longTrace(3, 8000, VIRTUAL);
    const frames = fold(trace.events);
    const random = chance(4);
    for (let k = 0; k < 300; k += 1) {
      const cursor = Math.floor(random() * trace.length);
      const [net, folded] = [frameAt(trace, cursor).network, frames[cursor]?.network];
      expect(net?.tables).toEqual(folded?.tables);
      expect(net?.newest).toBe(folded?.newest);
      expect(net?.packets.length).toBe(folded?.packets.length);
      expect(net?.packets.at(-1)).toEqual(folded?.packets.at(-1));
    }
    expect(netOf(frameAt(trace, 8000)).packets.length).toBeGreaterThan(500);
  });
});

describe('changesBetween', () => {
  test('each kind of change is told of', () => {
    const begin = after([sent(1), sent(2)]);
    expect(changesBetween(begin, begin).network).toEqual({
      ...{ packets: [], rows: [], description: false },
    });
    const made = after([translated(1, bindingOf(1))], begin);
    expect(changesBetween(begin, made).network).toEqual({
      packets: [packetOf(netOf(made), 1)],
      rows: [{ router: 'nat-a', row: { binding: bindingOf(1), n: 3, packet: 1, ended: false } }],
      description: false,
    });
    const ended = after([expired(1)], made);
    expect(changesBetween(made, ended).network).toMatchObject({
      ...{ packets: [], rows: [{ router: 'nat-a', row: { ended: true } }] },
    });
    const description = { segments: [], hosts: [], routers: [] };
    const change = { kind: 'network', side: null, change: 'reboot', at: 'nat-a' } as const;
    expect(changesBetween(ended, after([{ ...change, description }], ended)).network).toEqual({
      packets: [],
      rows: [],
      description: true,
    });
  });

  test('it does not matter whether parts are the same objects or were folded again', () => {
    fc.assert(
      fc.property(events(), fc.nat(), fc.nat(), (list, a, b) => {
        const trace = traceOf(VIRTUAL, list);
        const [from, to] = [a % (list.length + 1), b % (list.length + 1)];
        const again = fold(list.slice(0, from)).at(-1) ?? FIRST;
        expect(changesBetween(again, frameAt(trace, to))).toEqual(
          changesBetween(frameAt(trace, from), frameAt(trace, to)),
        );
      }),
    );
  });
});
