// Forbidden calls on real scratch pairs: each fails as the table of calls says, and no peer is left open.
import { afterEach, expect, test, vi } from 'vitest';
import { tryCall } from '../../../src/app/scratch.ts';
import { CALLS, illegalCalls, outcomeOfCall } from '../../../src/lessons/states/calls.ts';
import { SIGNALING_STATES } from '../../../src/rtc/signaling-state.ts';
import { openBrowserPeer } from '../../../src/peers/browser.ts';
import type { PeerConnection } from '../../../src/peers/connection.ts';

const opened: PeerConnection[] = [];

function open(): PeerConnection {
  const peer = openBrowserPeer([]);
  opened.push(peer);
  return peer;
}

/** Makes peers on which one method never settles. */
function openStuck(method: 'createOffer' | 'createAnswer') {
  return () => Object.assign(open(), { [method]: () => new Promise(() => undefined) });
}

afterEach(() => {
  vi.useRealTimers();
  expect(opened).toHaveLength(2);
  for (const peer of opened.splice(0)) expect(peer.signalingState).toBe('closed');
});

const forbidden = SIGNALING_STATES.flatMap((state) =>
  illegalCalls(state).map((call) => ({ state, call })),
);

test.each(forbidden)('$call in $state', async ({ state, call }) => {
  const tried = await tryCall(state, call, open);
  expect(tried).toMatchObject({
    id: 'failed',
    how: outcomeOfCall(state, call).id === 'throws' ? 'thrown' : 'rejected',
    error: { name: 'InvalidStateError' },
  });
});

test.each(['stable', 'have-local-offer'] as const)(
  'addIceCandidate() in %s, where there is no remote description',
  async (state) => {
    const tried = await tryCall(state, 'addIceCandidate()', open);
    expect(tried).toMatchObject({ id: 'failed', error: { name: 'InvalidStateError' } });
  },
);

const varying = SIGNALING_STATES.flatMap((state) =>
  CALLS.filter((call) => outcomeOfCall(state, call).id === 'varies').map((call) => ({
    ...{ state, call },
  })),
);

test.each(varying)('$call in $state: worked, or why not', async ({ state, call }) => {
  const tried = await tryCall(state, call, open);
  if (tried.id === 'worked') expect(tried).toMatchObject({ from: state, to: 'stable' });
  else expect(tried).toMatchObject({ id: 'failed', error: { name: 'InvalidStateError' } });
});

test('a call that never settles is silent, once patience is over', async () => {
  vi.useFakeTimers();
  const tried = tryCall('stable', 'createAnswer()', openStuck('createAnswer'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await tried).toEqual({ id: 'silent' });
});

test('a state that is not reached in time is told apart from a call that is silent', async () => {
  vi.useFakeTimers();
  const tried = tryCall('have-local-offer', 'createAnswer()', openStuck('createOffer'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await tried).toEqual({ id: 'not-reached', error: null });
});

test('an exception on the way is told as it is', async () => {
  const refuse = () =>
    Object.assign(open(), {
      createOffer: () => Promise.reject(new DOMException('not today', 'OperationError')),
    });
  expect(await tryCall('have-remote-offer', 'createOffer()', refuse)).toEqual({
    id: 'not-reached',
    error: { name: 'OperationError', message: 'not today' },
  });
});
