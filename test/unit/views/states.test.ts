// The drawn machines: what was gone through, where badges stand, and what can be tried in each state.
import fc from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { CALLS } from '../../../src/lessons/states/calls.ts';
import { SIGNALING_STATES } from '../../../src/rtc/signaling-state.ts';
import { boxOf } from '../../../src/lessons/states/diagram.ts';
import { MACHINE_DATA } from '../../../src/lessons/states/machines.ts';
import { MACHINES, type MachineName, type StateEvent } from '../../../src/trace/event.ts';
import {
  BADGE_HEIGHT,
  drawMachine,
  type Badge,
  type Drawing,
} from '../../../src/views/tabs/states/drawing.ts';
import {
  areaOf,
  freePath,
  headOf,
  overlaps,
  pointAt,
  type Area,
} from '../../../src/views/tabs/states/geometry.ts';
import { callsToTry, whyForbidden } from '../../../src/views/tabs/states/why.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

/** Changes of a machine, each as its state and the number of its step; event 10 is the first, then 20. */
function way(machine: MachineName, ...states: readonly (readonly [string, number])[]) {
  return states.map(([to, step], at): StateEvent => {
    const from = states[at - 1]?.[0] ?? null;
    return {
      ...{ kind: 'state', n: (at + 1) * 10, t: 0, step },
      ...{ side: 'caller', cause: null, machine, from, to },
    };
  });
}

const edgeOf = (drawing: Drawing, from: string | null, to: string) =>
  drawing.edges.find((edge) => edge.from === from && edge.to === to);

const badgeArea = (badge: Badge): Area => areaOf({ ...badge, height: BADGE_HEIGHT });

describe('signalingState of a caller', () => {
  const machine = MACHINE_DATA.signalingState;
  const events = way(
    'signalingState',
    ...([
      ['stable', 2],
      ['have-local-offer', 4],
      ['stable', 13],
    ] as const),
  );

  it('before the connection is made is empty', () => {
    const drawing = drawMachine(machine, [], 0);
    expect(drawing).toMatchObject({ present: null, start: null });
    expect(drawing.states.some(({ passed, present, lit }) => passed || present || lit)).toBe(false);
    expect(drawing.edges.some(({ passed, next, lit }) => passed || next || lit)).toBe(false);
  });

  it('at step 4 has the offer present and lit, and the way there numbered', () => {
    const drawing = drawMachine(machine, events.slice(0, 2), 10);
    expect(drawing.present).toBe('have-local-offer');
    expect(drawing.start?.text).toBe('2');
    expect(drawing.states.filter(({ passed }) => passed).map(({ id }) => id)).toEqual([
      'have-local-offer',
      'stable',
    ]);
    expect(drawing.states.filter(({ lit }) => lit).map(({ id }) => id)).toEqual([
      'have-local-offer',
    ]);
    expect(edgeOf(drawing, 'stable', 'have-local-offer')).toMatchObject({
      ...{ passed: true, lit: true, next: false },
      badge: { text: '4' },
    });
    expect(edgeOf(drawing, 'have-local-offer', 'stable')).toMatchObject({
      ...{ passed: false, lit: false, next: true, badge: null },
    });
    expect(drawing.edges.filter(({ next }) => next).map(({ to }) => to)).toEqual([
      ...['stable', 'have-remote-offer', 'have-remote-pranswer', 'closed'],
    ]);
  });

  it('no longer lights what an earlier step did', () => {
    const drawing = drawMachine(machine, events, 20);
    expect(drawing.edges.filter(({ lit }) => lit).map(({ key }) => key)).toEqual([
      'have-local-offer stable',
    ]);
    expect(edgeOf(drawing, 'stable', 'have-local-offer')).toMatchObject({ passed: true });
  });

  it('numbers a way that was gone twice with both steps', () => {
    const again = way(
      'signalingState',
      ...([
        ['stable', 2],
        ['have-local-offer', 4],
        ['stable', 13],
        ['have-local-offer', 14],
      ] as const),
    );
    expect(edgeOf(drawMachine(machine, again, 0), 'stable', 'have-local-offer')?.badge?.text).toBe(
      '4 14',
    );
  });

  it('takes any state to closed by the one arrow that leads there', () => {
    const closed = [...events.slice(0, 2), ...way('signalingState', ['closed', 14])].map(
      (event, at) => (at === 2 ? { ...event, n: 30, from: 'have-local-offer' } : event),
    );
    const drawing = drawMachine(machine, closed, 20);
    expect(edgeOf(drawing, null, 'closed')).toMatchObject({ passed: true, lit: true });
    expect(drawing.edges.some(({ next, edge }) => next || edge === null)).toBe(false);
  });
});

test('a way that the machine has not is drawn as one that it has not', () => {
  const machine = MACHINE_DATA.iceGatheringState;
  const events = way('iceGatheringState', ['new', 2], ['complete', 5]);
  const drawing = drawMachine(machine, events, 10);
  const unlisted = drawing.edges.filter(({ edge }) => edge === null);
  expect(unlisted).toMatchObject([{ from: 'new', to: 'complete', passed: true, lit: true }]);
  const through = machine.states.find(({ id }) => id === 'gathering')?.box;
  const area = areaOf(through ?? boxOf('', { x: 0, y: 0 }));
  for (let at = 0; at <= 20; at += 1) {
    const { x, y } = pointAt(unlisted[0]?.path ?? '', at / 20);
    expect(x > area.left && x < area.right && y > area.top && y < area.bottom).toBe(false);
  }
});

test('a state that the machine does not know is present, and nowhere in the drawing', () => {
  const drawing = drawMachine(
    MACHINE_DATA.connectionState,
    way('connectionState', ['new', 2], ['dreaming', 3]),
    0,
  );
  expect(drawing.present).toBe('dreaming');
  expect(drawing.states.some(({ present }) => present)).toBe(false);
  expect(drawing.edges.some(({ next }) => next)).toBe(false);
});

describe.each(['en', 'ko'] as const)('badges in %s', (locale) => {
  it.each(MACHINES)('cover no name, no label and no other badge of %s', (name) => {
    overwriteGetLocale(() => locale);
    const machine = MACHINE_DATA[name];
    // Every arrow gone, each after another.
    const events = machine.edges.map(({ from, to }, at): StateEvent => {
      const [event] = way(name, [to, 14]);
      if (event === undefined) throw new Error('no event');
      return { ...event, n: at + 1, from: from ?? machine.initial };
    });
    const { edges } = drawMachine(machine, events, 0);
    const labels = edges.flatMap(({ area }) => area ?? []);
    const boxes = machine.states.map(({ box }) => areaOf(box));
    const badges = edges.flatMap(({ badge }) => (badge === null ? [] : badgeArea(badge)));
    expect(badges).toHaveLength(machine.edges.length);
    for (const [at, badge] of badges.entries()) {
      const others = [...labels, ...boxes, ...badges.slice(at + 1)];
      expect.soft(others.filter((other) => overlaps(badge, other))).toEqual([]);
    }
  });
});

test('any changes at all are drawn without an exception', () => {
  const names = [...MACHINE_DATA.iceConnectionState.states.map(({ id }) => id), 'odd', ''];
  const change = fc.record({
    from: fc.option(fc.constantFrom(...names), { nil: null }),
    to: fc.constantFrom(...names),
    step: fc.integer({ min: 0, max: 14 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const events = changes.map(({ from, to, step }, at): StateEvent => {
        return {
          ...{ kind: 'state', n: at + 1, t: 0, step },
          ...{ side: 'callee', cause: null, machine: 'iceConnectionState', from, to },
        };
      });
      const { edges, present } = drawMachine(MACHINE_DATA.iceConnectionState, events, 3);
      expect(present).toBe(changes.at(-1)?.to ?? null);
      expect(new Set(edges.map(({ key }) => key)).size).toBe(edges.length);
      for (const edge of edges) {
        expect(edge.passed).toBe(edge.badge !== null);
        if (edge.lit) expect(edge.passed).toBe(true);
      }
    }),
  );
});

test('a path is followed from its tail to its tip, and its head points there', () => {
  expect(pointAt('M 0 0 L 10 20', 0)).toEqual({ x: 0, y: 0 });
  expect(pointAt('M 0 0 L 10 20', 0.5)).toEqual({ x: 5, y: 10 });
  expect(pointAt('M 0 0 Q 10 0 10 10', 1)).toEqual({ x: 10, y: 10 });
  expect(pointAt('M 0 0 Q 10 0 10 10', 0.5)).toEqual({ x: 7.5, y: 2.5 });
  expect(headOf('M 0 0 L 20 0')).toBe('20,0 13,3.2 13,-3.2');
  expect(headOf('M 0 0 Q 20 0 20 20')).toBe('20,20 16.8,13 23.2,13');
});

test('a free path bends around what stands between', () => {
  const [from, to] = [boxOf('a', { x: 0, y: 0 }), boxOf('b', { x: 200, y: 0 })];
  expect(freePath(from, to, [])).toContain('L');
  const between = { left: 90, right: 110, top: -12, bottom: 12 };
  expect(freePath(from, to, [between])).toContain('Q');
  // Nothing helps: straight through.
  expect(freePath(from, to, [{ left: 90, right: 110, top: -500, bottom: 500 }])).toContain('L');
});

test('what can be tried is what is forbidden, and a candidate only without a remote description', () => {
  expect(callsToTry('stable', false)).toEqual([
    ...['createAnswer()', 'setLocalDescription(pranswer)', 'setLocalDescription(answer)'],
    ...['setLocalDescription(rollback)', 'setRemoteDescription(pranswer)'],
    ...['setRemoteDescription(answer)', 'setRemoteDescription(rollback)', 'addIceCandidate()'],
  ]);
  expect(callsToTry('stable', true)).not.toContain('addIceCandidate()');
  expect(callsToTry('have-remote-offer', true)).toContain('createOffer()');
  expect(callsToTry('have-remote-offer', true)).toContain('setLocalDescription(rollback)');
  expect(callsToTry('closed', true)).toEqual(CALLS.filter((call) => call !== 'close()'));
});

test.each(['en', 'ko'] as const)('each says why in %s', (locale) => {
  overwriteGetLocale(() => locale);
  for (const state of SIGNALING_STATES) {
    for (const call of callsToTry(state, false)) {
      const why = whyForbidden(state, call);
      expect(why).toMatch(/\.$/);
      expect(why.includes('`close()`'), `${state} ${call}`).toBe(state === 'closed');
    }
  }
});
