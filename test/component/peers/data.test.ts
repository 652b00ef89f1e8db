// Text and files between two real peers, and what becomes of what is too large, malformed or cut off.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DataChannel } from '../../../src/peers/connection.ts';
import { DataClosedError, DataTooLargeError, recordChannel } from '../../../src/peers/data.ts';
import type { RecordedChannel } from '../../../src/peers/data.ts';
import { connect, MemoryTape, newSession, openEnd } from './call.ts';
import type { End } from './call.ts';

let tape: MemoryTape;
let caller: End;
let callee: End;
let raw: DataChannel;
let ours: RecordedChannel;
let theirs: RecordedChannel;

beforeEach(async () => {
  tape = new MemoryTape();
  const session = newSession();
  caller = openEnd(session, 'caller', tape);
  callee = openEnd(session, 'callee', tape);
  raw = caller.peer.createDataChannel('chat');
  ours = recordChannel(raw, 'caller', 'local', tape);
  const announced = new Promise<RecordedChannel>((resolve) => {
    callee.peer.addEventListener('datachannel', ({ channel }) => {
      resolve(recordChannel(channel, 'callee', 'remote', tape));
    });
  });
  await connect(caller, callee);
  theirs = await announced;
  await vi.waitUntil(() => ours.readyState === 'open' && theirs.readyState === 'open');
});

afterEach(async () => {
  await caller.close();
  await callee.close();
});

/** Bytes that differ from chunk to chunk. */
function file(size: number, name = 'notes.bin', type = 'application/x-notes'): File {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = (i * 31 + (i >> 14)) & 0xff;
  return new File([bytes], name, { type });
}

/** SHA-256, because comparing millions of bytes one by one is slow in a test. */
async function digest(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return bytes.join(' ');
}

test('the channel is written when it is made or announced, and as it opens', () => {
  const local = tape.of('caller', 'channel');
  expect(local.map(({ state }) => state)).toEqual(['connecting', 'open']);
  expect(local).toMatchObject([
    { origin: 'local', label: 'chat', cause: tape.call('caller', 'createDataChannel').n },
    { origin: 'local', cause: null },
  ]);
  expect(local.map(({ id }) => typeof id)).toEqual(['object', 'number']);
  const remote = tape.of('callee', 'channel');
  expect(remote.at(-1)).toMatchObject({ origin: 'remote', label: 'chat', state: 'open' });
  expect(new Set(remote.map(({ state }) => state)).size).toBe(remote.length);
});

test('text arrives as it was sent, in both directions, and both sides write it', async () => {
  const heard: string[] = [];
  theirs.onText = (text) => heard.push(text);
  ours.onText = (text) => heard.push(text);
  const id = ours.sendText('안녕 <b>hi</b> 👋');
  await vi.waitUntil(() => heard.length === 1);
  theirs.sendText('{"peerglass":"cancel","id":"x"}');
  await vi.waitUntil(() => heard.length === 2);
  expect(heard).toEqual(['안녕 <b>hi</b> 👋', '{"peerglass":"cancel","id":"x"}']);
  const size = new TextEncoder().encode('안녕 <b>hi</b> 👋').byteLength;
  const data = { id, what: 'text', label: '안녕 <b>hi</b> 👋', size, done: size };
  expect(tape.of('caller', 'data')[0]).toMatchObject({
    ...data,
    at: 'sent',
    cause: tape.call('caller', 'send').n,
  });
  expect(tape.of('callee', 'data')[0]).toMatchObject({ ...data, at: 'received' });
});

test('a file of 3 MB arrives intact, with progress on both sides', async () => {
  const sent = file(3_000_000);
  const got = new Promise<{ name: string; blob: Blob }>((resolve) => {
    theirs.onFile = (name, blob) => {
      resolve({ name, blob });
    };
  });
  const progress: number[] = [];
  let most = 0;
  const id = await ours.sendFile(sent, (done, size) => {
    expect(size).toBe(sent.size);
    progress.push(done);
    most = Math.max(most, raw.bufferedAmount);
  });
  const { name, blob } = await got;
  expect(name).toBe('notes.bin');
  expect(blob.type).toBe('application/octet-stream');
  expect(await digest(blob)).toBe(await digest(sent));
  expect(progress.at(-1)).toBe(sent.size);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(most).toBeLessThanOrEqual(1024 * 1024 + 16 * 1024);
  for (const side of ['caller', 'callee'] as const) {
    const events = tape.of(side, 'data');
    expect(events.length).toBeGreaterThan(10);
    expect(events.length).toBeLessThanOrEqual(22);
    expect(events.every((event) => event.id === id && event.size === sent.size)).toBe(true);
    expect(events[0]?.done).toBe(0);
    expect(events.at(-1)?.done).toBe(sent.size);
  }
});

test('files wait for each other, and text goes between', async () => {
  const names: string[] = [];
  theirs.onFile = (name, blob) => names.push(`${name} ${String(blob.size)}`);
  theirs.onText = (text) => names.push(text);
  const sending = [ours.sendFile(file(400_000, 'a')), ours.sendFile(file(0, 'b'))];
  ours.sendText('between');
  await Promise.all(sending);
  await vi.waitUntil(() => names.length === 3);
  expect(names.sort()).toEqual(['a 400000', 'b 0', 'between']);
});

test('what is too large is refused by name', async () => {
  expect(() => ours.sendText('a'.repeat(16 * 1024))).toThrow(DataTooLargeError);
  // Sparse: a blob of references takes no memory of its own.
  const part = new Blob([new Uint8Array(1024 * 1024)]);
  const large = new File(new Array<Blob>(65).fill(part), 'large');
  await expect(ours.sendFile(large)).rejects.toThrow(DataTooLargeError);
  expect(tape.of('caller', 'data')).toEqual([]);
});

test('what is not of the framing is ignored, and what comes after it is heard', async () => {
  const heard: string[] = [];
  const files: string[] = [];
  theirs.onText = (text) => heard.push(text);
  theirs.onFile = (name) => files.push(name);
  raw.send('not JSON');
  raw.send('{"peerglass":"text"}');
  raw.send('[1,2]');
  raw.send(new ArrayBuffer(100));
  raw.send(JSON.stringify({ peerglass: 'file', id: 'x', name: 'x', size: 2 ** 40, type: '' }));
  raw.send(new ArrayBuffer(100));
  // More bytes than it says.
  raw.send(JSON.stringify({ peerglass: 'file', id: 'y', name: 'y', size: 10, type: '' }));
  raw.send(new ArrayBuffer(100));
  // A name that would go elsewhere, and a type that would run.
  raw.send(
    JSON.stringify({ peerglass: 'file', id: 'z', name: '../../z', size: 1, type: 'text/html' }),
  );
  raw.send(new ArrayBuffer(1));
  ours.sendText('still here');
  await vi.waitUntil(() => heard.length > 0);
  expect(heard).toEqual(['still here']);
  expect(files).toEqual(['z']);
});

test('a file stops when its channel closes, with a named error', async () => {
  let closing = false;
  const sending = ours.sendFile(file(20_000_000), (done) => {
    if (done < 2_000_000 || closing) return;
    closing = true;
    caller.peer.close();
  });
  await expect(sending).rejects.toThrow(DataClosedError);
  // In Chromium the channel's own state follows a moment later.
  await vi.waitUntil(() => tape.of('caller', 'channel').at(-1)?.state === 'closed');
  expect(tape.of('caller', 'exception').at(-1)).toMatchObject({
    method: 'sendFile',
    error: { name: 'DataClosedError' },
  });
  expect(() => ours.sendText('too late')).toThrow(DataClosedError);
});

test('a file that waits for room stops when its connection closes, which fires nothing', async () => {
  // All in one task, in which nothing gets away; strays that the other side ignores.
  while (raw.bufferedAmount <= 1024 * 1024) raw.send(new ArrayBuffer(16 * 1024));
  const sending = ours.sendFile(file(20_000_000));
  setTimeout(() => {
    caller.peer.close();
  }, 0);
  await expect(sending).rejects.toThrow(DataClosedError);
});

test('closing the channel is written on both sides', async () => {
  ours.close();
  await vi.waitUntil(() => theirs.readyState === 'closed' && ours.readyState === 'closed');
  for (const side of ['caller', 'callee'] as const) {
    await vi.waitUntil(() => tape.of(side, 'channel').at(-1)?.state === 'closed');
  }
  expect(tape.causedBy(tape.call('caller', 'close').n)).toMatchObject([
    { kind: 'channel', state: 'closing' },
    { kind: 'return' },
    { kind: 'channel', state: 'closed' },
  ]);
});
