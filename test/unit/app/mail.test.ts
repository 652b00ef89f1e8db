// The mail of a call that is over: nothing is posted, written or waited for any more.
import { expect, test } from 'vitest';
import { Mail } from '../../../src/call/mail.ts';
import { memoryPair } from '../../../src/signaling/memory.ts';
import type { EventBody } from '../../../src/trace/event.ts';

/** Mail in memory, what it wrote, and which of its timers still wait. */
function setup(schedule?: (delivery: () => void) => void) {
  const written: EventBody[] = [];
  const waiting = new Set<object>();
  const timers = {
    setTimeout: () => {
      const timer = {};
      waiting.add(timer);
      return timer;
    },
    clearTimeout: (timer: unknown) => {
      waiting.delete(timer as object);
    },
  };
  const pair = memoryPair('session', schedule === undefined ? {} : { schedule });
  const tape = { write: (body: EventBody) => written.push(body) };
  const mail = new Mail(pair, tape, () => undefined, timers);
  return { mail, pair, written, waiting };
}

const hello = { type: 'hang-up', body: null } as const;

test('after its close nothing is posted, and no timer is left', async () => {
  const { mail, written, waiting } = setup();
  await mail.post('caller', hello, null);
  expect(waiting.size).toBe(0);
  await mail.close();
  const before = written.length;
  await expect(mail.post('caller', hello, null)).rejects.toMatchObject({ code: 'message-lost' });
  expect(written).toHaveLength(before);
  expect(waiting.size).toBe(0);
});

test('what is on its way when it closes is waited for no longer', async () => {
  const { mail, waiting } = setup(() => undefined);
  const posted = mail.post('caller', hello, null);
  expect(waiting.size).toBe(1);
  await mail.close();
  await posted;
  expect(waiting.size).toBe(0);
});

test('what the channel does not take is lost at once, and no timer is left', async () => {
  const { mail, pair, written, waiting } = setup();
  await pair.caller.close();
  await expect(mail.post('caller', hello, null)).rejects.toMatchObject({ code: 'message-lost' });
  expect(written.at(-1)).toMatchObject({ kind: 'message', at: 'lost' });
  expect(waiting.size).toBe(0);
});
