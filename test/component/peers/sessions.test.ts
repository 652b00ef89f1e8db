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

test('garbage of every shape is counted, throws nothing, and keeps no message from its end', async () => {
  const session = newSession();
  const a = openBroadcast(session, 'caller');
  const b = listen(session, 'callee');
  const errors: string[] = [];
  const note = (event: Event) => {
    errors.push(event instanceof ErrorEvent ? event.message : event.type);
    event.preventDefault();
  };
  addEventListener('error', note);
  addEventListener('unhandledrejection', note);
  const stranger = new BroadcastChannel(channelName(session));
  const garbage = shapes();
  try {
    for (const each of garbage) stranger.postMessage(each);
    await a.post(hello('after'));
    await vi.waitUntil(() => b.heard.length === garbage.length + 1);
    // One channel's messages come in order; those of two don't have to.
    expect(b.heard.filter((one) => one !== 'after')).toEqual(garbage.map(() => 'not-an-envelope'));
    expect(b.heard).toContain('after');
    expect(errors).toEqual([]);
  } finally {
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);
    stranger.close();
    await Promise.all([a.close(), b.end.close()]);
  }
});

/** What a stranger can put on a channel, bare and in what the package and the envelope put around a message. */
function shapes(): readonly unknown[] {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const withGetter = {
    get type() {
      return 'message';
    },
  };
  const strange: readonly unknown[] = [
    ...[null, undefined, true, 0, -1, NaN, Infinity, 2n ** 70n, '', 'text', 'x'.repeat(2 ** 20)],
    ...[[], {}, new Array(100_000).fill(null), new Uint8Array(2 ** 20), circle, nested(500)],
    ...[new Date(0), /x/, new Map([[1, 2]]), new Set([1]), new Error('no'), new Blob(['x'])],
    ...[withGetter, JSON.parse('{"__proto__":1}') as unknown],
  ];
  const types = ['message', 'internal', 'leader', 'constructor', '__proto__', 'toString', '', null];
  const times = [0, -1, NaN, Infinity, 'now', null, (Date.now() + 60_000) * 1000];
  return [
    ...strange,
    ...types.flatMap((type) => [{ type }, { type, time: 0 }, { type, time: Infinity, data: null }]),
    ...times.map((time) => ({ type: 'message', time, data: 'x' })),
    ...strange.map((type) => ({ type, time: 1e18, data: 'x' })),
    ...strange.map((data) => ({ type: 'message', time: 1e18, data })),
    ...strange.map((message) => ({
      type: 'message',
      time: 1e18,
      data: { peerglass: 'signal', version: 1, session: 'x', message },
    })),
  ];
}

/** An object as deep as that. */
function nested(depth: number): unknown {
  let inner: unknown = null;
  for (let n = 0; n < depth; n += 1) inner = { data: inner };
  return inner;
}

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
