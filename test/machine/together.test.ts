// The two machines as the program joins them: the player asks, the handshake runs, the record grows between them.
import { createActor, fromPromise } from 'xstate';
import { expect, test } from 'vitest';
import { handshakeMachine } from '../../machines/handshake.ts';
import { isPlaying, playerMachine, stepOfCursor, waitingFor } from '../../machines/player.ts';
import { CALL_STEPS, callStep } from '../../src/rtc/steps.ts';

/** Both machines, and a record that counts its events and keeps none. `fails` names the runs that fail. */
function start(fails: readonly number[] = []) {
  let ends: readonly number[] = [0];
  let settled = 0;
  let failed = false;
  let runs = 0;
  let asks = 0;

  const record = () => {
    const length = (ends.at(-1) ?? 0) + 1;
    ends = ends.with(-1, length);
    player.send({ type: 'GREW', ends, length, settled, failed, final: settled === 14 });
  };
  const work = fromPromise<unknown, { readonly step: string }>(async () => {
    runs++;
    const number = runs;
    record();
    await Promise.resolve();
    record();
    if (fails.includes(number)) throw new Error('no');
  });
  const handshake = createActor(
    handshakeMachine.provide({
      actors: {
        work,
      },
      actions: {
        stepBegins: (_, { step }) => {
          failed = false;
          if (callStep(step)?.number === ends.length) ends = [...ends, ends.at(-1) ?? 0];
          record();
        },
        stepDone: (_, { step }) => {
          settled = callStep(step)?.number ?? 0;
          record();
        },
        stepFailed: () => {
          failed = true;
          record();
        },
      },
    }),
  );
  const player = createActor(
    playerMachine.provide({
      actions: {
        more: () => {
          asks++;
          handshake.send({ type: 'NEXT' });
        },
      },
      delays: { dwell: 0 },
    }),
    { input: { phases: CALL_STEPS.map(({ phase }) => phase) } },
  );
  player.start();
  handshake.start();
  return {
    handshake,
    player,
    asks: () => asks,
    runs: () => runs,
    step: () => stepOfCursor(player.getSnapshot().context),
    rest: async () => {
      const busy = () => {
        const snapshot = player.getSnapshot();
        return isPlaying(snapshot) || waitingFor(snapshot.context) !== null;
      };
      do await new Promise((resolve) => setTimeout(resolve));
      while (busy());
    },
  };
}

test.each([1, 2, 5, 9])('%i times NEXT, pressed fast, runs that many steps', async (times) => {
  const run = start();
  for (let i = 0; i < times; i++) run.player.send({ type: 'NEXT' });
  await run.rest();
  expect([run.step(), run.runs(), run.asks()]).toEqual([times, times, times]);
});

test('NEXT pressed slowly goes to the end, one step at a time', async () => {
  const run = start();
  for (let step = 1; step <= 14; step++) {
    run.player.send({ type: 'NEXT' });
    await run.rest();
    expect(run.step()).toBe(step);
    expect(run.runs()).toBe(step < 10 ? step : 14);
  }
  expect(run.asks()).toBe(10);
});

test('LAST runs the whole call, each step once', async () => {
  const run = start();
  run.player.send({ type: 'LAST' });
  await run.rest();
  expect([run.step(), run.runs()]).toEqual([14, 14]);
  expect(run.handshake.getSnapshot().matches({ call: 'connected' })).toBe(true);
});

test('playing runs the whole call, and stops', async () => {
  const run = start();
  run.player.send({ type: 'PLAY' });
  await run.rest();
  expect([run.step(), run.runs(), run.player.getSnapshot().value.playback]).toEqual([
    ...[14, 14, 'paused'],
  ]);
});

test('a step that fails stops there, and goes on from a retry', async () => {
  const run = start([3]);
  run.player.send({ type: 'LAST' });
  await run.rest();
  expect([run.step(), run.runs()]).toEqual([3, 3]);
  run.handshake.send({ type: 'RETRY' });
  await run.rest();
  run.player.send({ type: 'LAST' });
  await run.rest();
  expect([run.step(), run.runs()]).toEqual([14, 15]);
});
