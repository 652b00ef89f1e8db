// What each kind of event does to a frame, and what it leaves alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate, EventBody, TraceEvent, TrackEvent } from '../../../src/trace/event.ts';
import { FIRST_FRAME, reduce, stepNumber } from '../../../src/trace/frame.ts';
import type { Frame } from '../../../src/trace/frame.ts';
import { CALL_STEP } from '../../../src/rtc/steps.ts';
import { events } from '../../fixtures/random-trace.ts';

const STAMP = { t: 0, step: 0, cause: null } as const;

/** Folds events, numbered from the frame on. */
function after(bodies: readonly EventBody[], from: Frame = FIRST_FRAME): Frame {
  return bodies.reduce<Frame>(
    (frame, body) => reduce(frame, { ...STAMP, ...body, n: frame.cursor + 1 }),
    from,
  );
}

function step(
  at: 'begin' | 'done' | 'failed',
  of: 'capture-caller' | 'add-tracks' = 'capture-caller',
): TraceEvent {
  const failed =
    at === 'failed' ? { problem: { code: 'camera-denied', error: null } as const } : {};
  const { number } = CALL_STEP[of];
  return { kind: 'step', n: 1, t: 5, step: number, of, side: 'caller', cause: null, at, ...failed };
}

const LINE: Candidate = {
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'u',
};

describe('steps', () => {
  test('before the first, nothing runs', () => {
    expect(FIRST_FRAME).toMatchObject({ cursor: 0, step: null, progress: 'ready', last: null });
    const frame = after([{ kind: 'hang-up', side: 'caller' }]);
    expect(frame).toMatchObject({ cursor: 1, step: null, progress: 'ready', ended: true });
  });

  test('a step begins, is done, and another begins', () => {
    let frame = reduce(FIRST_FRAME, step('begin'));
    expect(frame).toMatchObject({ step: { kind: 'capture-caller' }, progress: 'running', t: 5 });
    frame = reduce(frame, step('done'));
    expect(frame.progress).toBe('done');
    frame = reduce(frame, step('begin', 'add-tracks'));
    expect(frame).toMatchObject({ step: { kind: 'add-tracks' }, progress: 'running' });
  });

  test('a step fails, with its problem, until it begins again', () => {
    let frame = reduce(reduce(FIRST_FRAME, step('begin')), step('failed'));
    expect(frame).toMatchObject({ progress: 'failed', problem: { code: 'camera-denied' } });
    frame = reduce(frame, step('begin'));
    expect(frame).toMatchObject({ progress: 'running', problem: null });
  });

  test('what comes after a step is done leaves it done', () => {
    const done = reduce(reduce(FIRST_FRAME, step('begin')), step('done'));
    const late = { kind: 'hang-up', side: null, n: 3, t: 9, cause: null } as const;
    expect(reduce(done, { ...late, step: 1 }).progress).toBe('done');
    // A file may leave out that the next has begun.
    expect(reduce(done, { ...late, step: 2 }).progress).toBe('running');
  });
});

describe('messages', () => {
  const message = {
    kind: 'message',
    id: 'm',
    type: 'offer',
    from: 'caller',
    to: 'callee',
  } as const;
  const posted = {
    ...message,
    side: 'caller',
    at: 'posted',
    body: { type: 'offer', sdp: 'v=0' },
  } as const;
  const inFlight = { ...message, side: 'caller', at: 'in-flight' } as const;
  const delivered = { ...message, side: 'callee', at: 'delivered' } as const;
  const lost = { ...message, side: 'caller', at: 'lost' } as const;

  test('one entry from posted to delivered', () => {
    const places = [posted, inFlight, delivered].map((_, k, all) => {
      const frame = after(all.slice(0, k + 1));
      expect(frame.messages.length).toBe(1);
      return frame.messages.at(0);
    });
    expect(places.map((entry) => entry?.at)).toEqual(['posted', 'in-flight', 'delivered']);
    expect(places[2]).toEqual({
      ...{ id: 'm', type: 'offer', from: 'caller', to: 'callee', at: 'delivered' },
      ...{ body: posted.body, posted: 1, delivered: 3, step: 0 },
    });
  });

  test.each([
    { bodies: [posted, delivered, inFlight], at: 'delivered' },
    { bodies: [posted, delivered, lost], at: 'delivered' },
    { bodies: [posted, inFlight, lost], at: 'lost' },
    { bodies: [posted, lost, inFlight], at: 'lost' },
    { bodies: [posted, lost, delivered], at: 'delivered' },
    { bodies: [posted, lost, posted], at: 'posted' },
    { bodies: [delivered], at: 'delivered' },
  ])('it never goes back: $at', ({ bodies, at }) => {
    expect([...after(bodies).messages].map((entry) => entry.at)).toEqual([at]);
  });

  test('posted once more, it is a new posting', () => {
    const [entry] = after([posted, lost, posted, delivered]).messages;
    expect(entry).toMatchObject({ posted: 3, delivered: 4 });
  });
});

describe('candidates', () => {
  const candidate = (
    at: 'found' | 'queued' | 'added' | 'rejected',
    line: Candidate | null = LINE,
  ) => ({ kind: 'candidate', side: 'callee', at, candidate: line }) as const;
  const remote = (...bodies: readonly EventBody[]) =>
    [...after(bodies).callee.remote].map(({ n, at }) => [n, at]);

  test('found ones are local; the null that ends gathering is none', () => {
    const { callee, caller } = after([candidate('found'), candidate('found', null)]);
    expect([...callee.local]).toEqual([{ n: 1, candidate: LINE, step: 0, at: 'found' }]);
    expect([callee.remote.length, caller.local.length]).toEqual([0, 0]);
  });

  test('one that waited is the same entry when it is added or rejected', () => {
    expect(remote(candidate('queued'), candidate('added'))).toEqual([[1, 'added']]);
    expect(remote(candidate('queued'), candidate('rejected'))).toEqual([[1, 'rejected']]);
    expect(remote(candidate('added'))).toEqual([[1, 'added']]);
  });

  test('of two that read the same the newest that waits goes first', () => {
    const [queued, added] = [candidate('queued'), candidate('added')];
    expect(remote(queued, queued, added)).toEqual([
      [1, 'queued'],
      [2, 'added'],
    ]);
    expect(remote(queued, queued, added, added)).toEqual([
      [1, 'added'],
      [2, 'added'],
    ]);
    expect(remote(queued, added, added)).toEqual([
      [1, 'added'],
      [3, 'added'],
    ]);
  });

  test.each([{ sdpMid: '1' }, { sdpMid: null }, { usernameFragment: 'w' }, { candidate: '' }])(
    'another media section or generation is another candidate: %j',
    (other) => {
      const added = candidate('added', { ...LINE, ...other });
      expect(remote(candidate('queued'), added)).toEqual([
        [1, 'queued'],
        [2, 'added'],
      ]);
    },
  );
});

describe('one side', () => {
  const caller = (...bodies: readonly EventBody[]) => after(bodies).caller;
  const returned = (method: string, result: object | null) =>
    ({ kind: 'return', side: 'caller', call: 1, method, result }) as EventBody;

  test('createOffer and createAnswer give what was created', () => {
    const offer = { type: 'offer', sdp: 'v=0' } as const;
    expect(caller(returned('createOffer', offer)).created).toEqual({ ...offer, n: 1 });
    const answer = { type: 'answer', sdp: 'v=0' } as const;
    expect(caller(returned('createAnswer', answer)).created).toEqual({ ...answer, n: 1 });
  });

  test.each([
    ['addTrack', { type: 'offer', sdp: 'v=0' }],
    ['createOffer', null],
    ['createOffer', { type: 'offer' }],
    ['createOffer', { type: 'jam', sdp: 'v=0' }],
    ['createOffer', [1]],
  ])('%s with %j creates nothing', (method, result) => {
    expect(caller(returned(method, result))).toBe(FIRST_FRAME.caller);
  });

  test('a slot is filled and emptied', () => {
    const description = { type: 'offer', sdp: 'v=0' } as const;
    const slot = { kind: 'description', side: 'caller', slot: 'pendingLocal' } as const;
    const filled = caller({ ...slot, description });
    expect(filled.slots).toMatchObject({
      pendingLocal: { ...description, n: 1 },
      currentLocal: null,
    });
    expect(caller({ ...slot, description }, { ...slot, description: null }).slots).toEqual(
      FIRST_FRAME.caller.slots,
    );
  });

  test('a state is what it was changed to last', () => {
    const state = { kind: 'state', side: 'caller', machine: 'signalingState' } as const;
    const { states } = caller(
      { ...state, from: null, to: 'stable' },
      { ...state, from: 'stable', to: 'have-local-offer' },
    );
    expect(states.signalingState).toBe('have-local-offer');
    expect(states.connectionState).toBeNull();
  });

  test('a track is one entry, and another where it comes from elsewhere', () => {
    const track = { kind: 'track', side: 'caller', id: 't', media: 'video', streams: [] } as const;
    const { tracks } = caller(
      { ...track, at: 'added', origin: 'local' },
      { ...track, at: 'added', origin: 'remote' },
      { ...track, at: 'unmuted', origin: 'remote' },
    );
    expect([...tracks].map(({ n, origin, at }) => [n, origin, at])).toEqual([
      [1, 'local', 'added'],
      [2, 'remote', 'unmuted'],
    ]);
  });

  test('a track is switched off and on, and muted, each by itself', () => {
    const track = {
      ...({ kind: 'track', side: 'caller', origin: 'remote', id: 't' } as const),
      ...({ media: 'video', streams: [] } as const),
    } as const;
    const of = (...all: readonly TrackEvent['at'][]) => {
      const { tracks } = caller(...all.map((at) => ({ ...track, at })));
      return [...tracks].map(({ at, enabled }) => [at, enabled]);
    };
    expect(of('added', 'unmuted', 'muted')).toEqual([['muted', true]]);
    expect(of('added', 'unmuted', 'muted', 'unmuted')).toEqual([['unmuted', true]]);
    expect(of('added', 'unmuted', 'disabled')).toEqual([['unmuted', false]]);
    expect(of('added', 'disabled', 'unmuted', 'enabled')).toEqual([['unmuted', true]]);
  });

  test('a further channel is one more, and text goes over the first that is not closed', () => {
    const channel = { kind: 'channel', side: 'caller', id: 0, origin: 'local' } as const;
    const first = { ...channel, label: 'peerglass', nth: 1 };
    const second = { ...channel, label: 'more', nth: 2 };
    const open = caller({ ...first, state: 'open' }, { ...second, state: 'connecting' });
    expect([...open.channels].map(({ label, state }) => [label, state])).toEqual([
      ['peerglass', 'open'],
      ['more', 'connecting'],
    ]);
    expect(open.channel?.label).toBe('peerglass');
    const later = caller(
      { ...first, state: 'open' },
      { ...first, state: 'closed' },
      { ...second, state: 'open' },
    );
    expect(later.channel?.label).toBe('more');
    expect(later.channels.length).toBe(2);
    // A record of version 4 has one, without a place.
    const old = caller(
      { ...channel, label: 'a', state: 'connecting' },
      { ...channel, label: 'a', state: 'open' },
    );
    expect([...old.channels].map(({ state }) => state)).toEqual(['open']);
    expect(old.channel?.state).toBe('open');
  });

  test('a file is one entry on its way, and another in the other direction', () => {
    const file = {
      kind: 'data',
      side: 'caller',
      id: 'f',
      what: 'file',
      label: 'a',
      size: 9,
    } as const;
    const { data } = caller(
      { ...file, at: 'sent', done: 3 },
      { ...file, at: 'received', done: 1 },
      { ...file, at: 'sent', done: 9 },
    );
    expect([...data].map(({ n, direction, done }) => [n, direction, done])).toEqual([
      [1, 'sent', 9],
      [2, 'received', 1],
    ]);
  });
});

test('troubles and strangers are counted', () => {
  const problem = { code: 'ice-server-silent', error: null } as const;
  const frame = after([
    { kind: 'problem', side: null, problem },
    { kind: 'ignored', side: 'callee', reason: 'not-an-envelope' },
    { kind: 'ignored', side: 'callee', reason: 'newer-version' },
    { kind: 'ignored', side: 'callee', reason: 'newer-version', count: 5 },
  ]);
  expect([...frame.troubles]).toEqual([{ n: 1, problem }]);
  expect(frame.ignored).toBe(7);
});

describe('identity', () => {
  test('counters of the caller leave all else the same object', () => {
    const message = {
      kind: 'message',
      id: 'm',
      type: 'offer',
      from: 'caller',
      to: 'callee',
    } as const;
    const before = after([
      { ...message, side: 'caller', at: 'posted' },
      { kind: 'candidate', side: 'caller', at: 'found', candidate: LINE },
      { kind: 'candidate', side: 'callee', at: 'queued', candidate: LINE },
    ]);
    const numbers = { bytesSent: 1, bytesReceived: 1, packetsSent: 1, packetsReceived: 1 };
    const rest = { packetsLost: 0, framesDecoded: 0, rtt: null };
    const next = after([{ kind: 'stats', side: 'caller', ...numbers, ...rest }], before);
    expect(next.caller).not.toBe(before.caller);
    expect(next.callee).toBe(before.callee);
    expect(next.messages).toBe(before.messages);
    expect(next.troubles).toBe(before.troubles);
    for (const part of [
      'states',
      'slots',
      'tracks',
      'transceivers',
      'local',
      'remote',
      'data',
    ] as const) {
      expect(next.caller[part]).toBe(before.caller[part]);
    }
  });

  test('an event touches its own side at most, and none when it has none', () => {
    fc.assert(
      fc.property(events(), (list) => {
        let frame = FIRST_FRAME;
        for (const event of list) {
          const next = reduce(frame, event);
          if (event.side !== 'caller') expect(next.caller).toBe(frame.caller);
          if (event.side !== 'callee') expect(next.callee).toBe(frame.callee);
          if (event.kind !== 'message') expect(next.messages).toBe(frame.messages);
          if (event.kind !== 'problem') expect(next.troubles).toBe(frame.troubles);
          expect(next).toMatchObject({
            cursor: event.n,
            t: event.t,
            last: event,
          });
          expect(stepNumber(next)).toBe(event.step);
          frame = next;
        }
      }),
    );
  });
});
