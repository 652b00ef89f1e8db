// Signaling in memory: order, waiting, losing, closing.
import { expect, test } from 'vitest';
import type { SignalingChannel, SignalMessage } from '../../../src/signaling/channel.ts';
import { SignalingError } from '../../../src/signaling/error.ts';
import { memoryPair } from '../../../src/signaling/memory.ts';

const hangUp = (id: string): SignalMessage => ({
  id,
  from: 'caller',
  to: 'callee',
  type: 'hang-up',
  body: null,
});

function hear(end: SignalingChannel): string[] {
  const heard: string[] = [];
  end.listen({
    message: ({ id }) => heard.push(id),
    ignored: (reason) => heard.push(reason),
  });
  return heard;
}

test('messages arrive at the other end, later and in order', async () => {
  const { caller, callee } = memoryPair('s');
  const heard = hear(callee);
  const own = hear(caller);
  const posted = [caller.post(hangUp('1')), caller.post(hangUp('2'))];
  expect(heard).toEqual([]);
  await Promise.all(posted);
  expect(heard).toEqual(['1', '2']);
  expect(own).toEqual([]);
});

test('what arrives before anybody listens waits, and is heard once', async () => {
  const { caller, callee } = memoryPair('s');
  await caller.post(hangUp('1'));
  await caller.post(hangUp('2'));
  expect(hear(callee)).toEqual(['1', '2']);
  expect(hear(callee)).toEqual([]);
});

test('a message for the wrong side is told of as ignored', async () => {
  const { callee, caller } = memoryPair('s');
  const heard = hear(caller);
  await callee.post(hangUp('1'));
  await Promise.resolve();
  expect(heard).toEqual(['not-for-this-side']);
});

test('a message can be lost on purpose, and posting it still succeeds', async () => {
  const { caller, callee } = memoryPair('s', {
    deliver: ({ id }) => (id === '1' ? 'lose' : 'deliver'),
  });
  const heard = hear(callee);
  await caller.post(hangUp('1'));
  await caller.post(hangUp('2'));
  await Promise.resolve();
  expect(heard).toEqual(['2']);
});

test('a scheduler decides when, and what was posted stays as it was', async () => {
  const deliveries: (() => void)[] = [];
  const { caller, callee } = memoryPair('s', { schedule: (task) => deliveries.push(task) });
  const bodies: unknown[] = [];
  callee.listen({ message: ({ body }) => bodies.push(body), ignored: () => undefined });
  const body = { type: 'offer' as const, sdp: 'v=0\r\n' };
  await caller.post({ id: '1', from: 'caller', to: 'callee', type: 'offer', body });
  body.sdp = 'changed';
  expect(bodies).toEqual([]);
  for (const deliver of deliveries) deliver();
  expect(bodies).toEqual([{ type: 'offer', sdp: 'v=0\r\n' }]);
});

test('a closed end hears nothing, and posting on it is an error with a name', async () => {
  const { caller, callee } = memoryPair('s');
  const heard = hear(callee);
  await caller.post(hangUp('1'));
  await callee.close();
  await caller.post(hangUp('2'));
  await Promise.resolve();
  expect(heard).toEqual(['1']);
  await expect(callee.post(hangUp('3'))).rejects.toThrow(SignalingError);
});
