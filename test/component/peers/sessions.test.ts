// Sessions over the browser's own channels: two of them at once don't hear each other.
import { expect, test, vi } from 'vitest';
import { channelName, openBroadcast } from '../../../src/signaling/broadcast.ts';
import type { SignalMessage } from '../../../src/signaling/channel.ts';
import { SignalingError } from '../../../src/signaling/error.ts';
import { newSession } from './call.ts';

const hello = (id: string): SignalMessage => ({
  id,
  from: 'caller',
  to: 'callee',
  type: 'hang-up',
  body: null,
});

/** An end that writes down what it hears. */
function listen(session: string, side: 'caller' | 'callee') {
  const end = openBroadcast(session, side);
  const heard: string[] = [];
  end.listen({
    message: ({ id }) => heard.push(id),
    ignored: (reason) => heard.push(reason),
  });
  return { end, heard };
}

test('two sessions do not hear each other, and a third end of one hears what is not for it', async () => {
  const [one, two] = [newSession(), newSession()];
  const a = openBroadcast(one, 'caller');
  const b = listen(one, 'callee');
  const c = listen(one, 'caller');
  const d = openBroadcast(two, 'caller');
  const e = listen(two, 'callee');
  await d.post(hello('of two'));
  await a.post(hello('of one'));
  await vi.waitUntil(() => b.heard.length > 0 && c.heard.length > 0 && e.heard.length > 0);
  expect(b.heard).toEqual(['of one']);
  expect(c.heard).toEqual(['not-for-this-side']);
  expect(e.heard).toEqual(['of two']);
  await Promise.all([a, b.end, c.end, d, e.end].map((end) => end.close()));
});

test('what arrives before listening waits, in order', async () => {
  const session = newSession();
  const a = openBroadcast(session, 'caller');
  const b = openBroadcast(session, 'callee');
  const witness = listen(session, 'callee');
  await a.post(hello('1'));
  await a.post(hello('2'));
  await vi.waitUntil(() => witness.heard.length === 2);
  const heard: string[] = [];
  b.listen({ message: ({ id }) => heard.push(id), ignored: () => undefined });
  expect(heard).toEqual(['1', '2']);
  await Promise.all([a, b, witness.end].map((end) => end.close()));
});

test('what another page writes to the channel is counted, not trusted', async () => {
  const session = newSession();
  const b = listen(session, 'callee');
  const stranger = new BroadcastChannel(channelName(session));
  // The package has an envelope of its own around ours, with the time in microseconds.
  const wrap = (data: unknown) => ({ type: 'message', time: (Date.now() + 60_000) * 1000, data });
  stranger.postMessage(wrap('hello'));
  stranger.postMessage(wrap({ peerglass: 'signal', version: 9 }));
  await vi.waitUntil(() => b.heard.length === 2);
  expect(b.heard).toEqual(['not-an-envelope', 'newer-version']);
  stranger.close();
  await b.end.close();
});

test('a closed end is an error with a name, and hears nothing', async () => {
  const session = newSession();
  const a = openBroadcast(session, 'caller');
  const b = listen(session, 'callee');
  const witness = listen(session, 'callee');
  await b.end.close();
  await a.post(hello('late'));
  await vi.waitUntil(() => witness.heard.length === 1);
  expect(b.heard).toEqual([]);
  await a.close();
  await a.close();
  await expect(a.post(hello('never'))).rejects.toThrow(SignalingError);
  await witness.end.close();
});
