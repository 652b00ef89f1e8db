// The player machine: where the cursor goes, when it asks for a step, and how it plays.
import fc from 'fast-check';
import { SimulatedClock, createActor } from 'xstate';
import { describe, expect, test } from 'vitest';
import {
  canBack,
  canNext,
  isPlaying,
  paced,
  playerMachine,
  stepOfCursor,
  waitingFor,
} from '../../machines/player.ts';
import type { PlayerContext, PlayerEvent, PlayerInput } from '../../machines/player.ts';
import { CALL_STEPS } from '../../src/rtc/steps.ts';

const phases = CALL_STEPS.map(({ phase }) => phase);
const DWELL = 1000;
const GAP = 10;

interface Options {
  readonly input?: Partial<PlayerInput>;
  /** The handshake answers later, when `deliver` is called, and not within the asking. */
  readonly lag?: boolean;
  /** Steps that are over have moments, and are looked at once they are over. */
  readonly told?: boolean;
}

/** A moment at every other event inside a step. */
function stopsOf(ends: readonly number[], over: number): readonly (readonly number[])[] {
  return ends.map((end, step) => {
    const begin = ends[step - 1] ?? end;
    if (step > over) return [];
    return Array.from({ length: Math.max(0, end - begin - 1) }, (_, k) => begin + k + 1).filter(
      (stop) => (stop - begin) % 2 === 1,
    );
  });
}

/** A player, a clock, and a handshake that does by hand what the real one does. */
function start({ input = {}, lag = false, told = false }: Options = {}) {
  const clock = new SimulatedClock();
  const asks: number[] = [];
  let ends: readonly number[] = input.ends ?? [0];
  let { settled = 0, failed = false, final = false } = input;
  let wanted = false;

  const head = () => ends.length - 1;
  const length = () => ends.at(-1) ?? 0;
  const isRunning = () => head() > settled && !failed && !final;
  const plan = () =>
    told ? { stops: stopsOf(ends, failed || final ? head() : Math.min(settled, head())) } : {};
  const player = createActor(
    playerMachine.provide({
      actions: {
        more: () => {
          expect([isRunning(), failed, final]).toEqual([false, false, false]);
          asks.push(head() + 1);
          wanted = true;
          if (!lag) deliver();
        },
      },
      delays: {
        dwell: ({ context }) => paced(context, DWELL),
        gap: ({ context }) => paced(context, GAP),
      },
    }),
    { clock, input: { phases, ends, length: length(), whole: told, ...plan(), ...input } },
  );
  player.start();

  const grew = () => {
    player.send({ type: 'GREW', ends, length: length(), settled, failed, final, ...plan() });
  };
  const grow = () => {
    ends = ends.with(-1, length() + 1);
  };
  const begin = () => {
    if (isRunning() || failed || final || head() === 14) return;
    ends = [...ends, length() + 1];
    grew();
  };
  const deliver = () => {
    if (wanted) begin();
    wanted = false;
  };
  const world = {
    deliver,
    /** Something happens in the step at the head, done or not. */
    happen: () => {
      grow();
      grew();
    },
    settle: () => {
      if (!isRunning()) return;
      grow();
      settled = head();
      final = settled === 14;
      grew();
      if (settled >= 10) begin();
    },
    fail: () => {
      if (!isRunning()) return;
      grow();
      failed = true;
      grew();
    },
    retry: () => {
      if (!failed || final) return;
      grow();
      failed = false;
      grew();
    },
    hangUp: () => {
      grow();
      final = true;
      grew();
    },
  };
  return {
    ...world,
    player,
    clock,
    asks,
    isRunning,
    head,
    length,
    end: (step: number) => ends[step],
    context: () => player.getSnapshot().context,
    cursor: () => player.getSnapshot().context.cursor,
    step: () => stepOfCursor(player.getSnapshot().context),
    state: () => player.getSnapshot().value.playback,
    press: (...types: readonly Press[]) => {
      for (const type of types) player.send({ type });
    },
    send: (event: PlayerEvent) => {
      player.send(event);
    },
    /** The handshake does all that it was asked for. */
    finish: () => {
      deliver();
      while (isRunning()) {
        world.settle();
        deliver();
      }
    },
  };
}

type Press = Exclude<
  PlayerEvent['type'],
  'SEEK' | 'SEEK_STEP' | 'SPEED' | 'MODE' | 'RATE' | 'GREW'
>;

/** A walk of 14 steps, step k with k events, that is complete. */
const walk: Partial<PlayerInput> = {
  ends: Array.from({ length: 15 }, (_, step) => (step * (step + 1)) / 2),
  length: 105,
  settled: 14,
  final: true,
};

/** A walk on its way: so many steps are done, with two events each. */
function onItsWay(steps: number): Partial<PlayerInput> {
  const ends = Array.from({ length: steps + 1 }, (_, step) => step * 2);
  return { ends, length: steps * 2, settled: steps };
}

describe('a step over', () => {
  test('goes from end to end, and from inside a step to its end', () => {
    const run = start({ input: walk });
    run.press('NEXT', 'NEXT', 'NEXT');
    expect(run.cursor()).toBe(6);
    run.send({ type: 'SEEK', cursor: 12 });
    run.press('NEXT');
    expect(run.cursor()).toBe(15);
    run.press('BACK');
    expect(run.cursor()).toBe(10);
    run.send({ type: 'SEEK', cursor: 12 });
    run.press('BACK');
    expect(run.cursor()).toBe(10);
  });

  test('does nothing at either end of a complete walk', () => {
    const run = start({ input: walk });
    run.press('BACK');
    expect([run.cursor(), canBack(run.context())]).toEqual([0, false]);
    run.press('LAST', 'NEXT');
    expect([run.cursor(), canNext(run.context())]).toEqual([105, false]);
    expect(run.asks).toEqual([]);
  });

  test('at the head asks the handshake, goes into the step and along with it', () => {
    const run = start({ input: onItsWay(3), lag: true });
    run.send({ type: 'SEEK_STEP', step: 3 });
    run.press('NEXT');
    expect([run.asks, run.step(), waitingFor(run.context())]).toEqual([[4], 3, 4]);
    run.deliver();
    run.happen();
    run.happen();
    expect([run.cursor(), run.step(), waitingFor(run.context())]).toEqual([run.length(), 4, 4]);
    run.settle();
    expect([run.cursor(), waitingFor(run.context())]).toEqual([run.length(), null]);
  });

  test('asks for what is wanted after the running step only when that is done', () => {
    const run = start();
    run.press('NEXT', 'NEXT', 'NEXT');
    expect(run.asks).toEqual([1]);
    expect([run.context().goal, run.step()]).toEqual([3, 1]);
    run.settle();
    expect([run.asks, run.step()]).toEqual([[1, 2], 2]);
    run.settle();
    expect([run.asks, run.step(), run.context().goal]).toEqual([[1, 2, 3], 3, null]);
  });

  test('back, while it waits, gives up the wait and stays', () => {
    const run = start({ lag: true });
    run.press('NEXT');
    run.deliver();
    run.press('NEXT', 'NEXT');
    const { cursor } = run.context();
    run.press('BACK');
    expect([run.context().goal, run.cursor()]).toEqual([null, cursor]);
    run.finish();
    expect([run.asks, run.step()]).toEqual([[1], 1]);
  });

  test('asks once for a step that was given up and is wanted again', () => {
    const run = start({ lag: true });
    run.press('NEXT', 'BACK', 'NEXT', 'BACK', 'NEXT');
    expect(run.asks).toEqual([1]);
    run.finish();
    expect(run.step()).toBe(1);
  });

  test('follows an end that grows after its step was done', () => {
    const run = start({ input: onItsWay(5) });
    run.send({ type: 'SEEK_STEP', step: 5 });
    run.happen();
    expect(run.cursor()).toBe(11);
    run.press('BACK');
    run.happen();
    expect(run.cursor()).toBe(8);
  });
});

describe('a step into', () => {
  test('goes by one event, over the borders of steps', () => {
    const run = start({ input: walk });
    run.press('NEXT_EVENT', 'NEXT_EVENT', 'NEXT_EVENT', 'NEXT_EVENT');
    expect([run.cursor(), run.step()]).toEqual([4, 3]);
    run.press('BACK_EVENT', 'BACK_EVENT');
    expect([run.cursor(), run.step()]).toEqual([2, 2]);
  });

  test('at the head goes to the first event of the next step, and no further', () => {
    const run = start({ input: onItsWay(2) });
    run.send({ type: 'SEEK', cursor: 4 });
    run.press('NEXT_EVENT');
    expect(run.asks).toEqual([3]);
    run.happen();
    run.settle();
    expect([run.cursor(), run.step()]).toEqual([5, 3]);
  });

  test('waits for the next event of a step that runs, and asks for nothing', () => {
    const run = start();
    run.press('NEXT');
    run.press('NEXT_EVENT');
    expect(waitingFor(run.context())).not.toBeNull();
    run.happen();
    run.happen();
    expect([run.cursor(), run.asks]).toEqual([2, [1]]);
  });

  test('that waits becomes a step over by NEXT, and is given up by a step back', () => {
    const run = start({ input: { ...onItsWay(2), cursor: 4 }, lag: true });
    run.press('NEXT_EVENT', 'NEXT');
    expect(run.context()).toMatchObject({ goal: 3, single: false });
    run.press('BACK_EVENT');
    expect(run.context()).toMatchObject({ goal: null, cursor: 4 });
  });

  test('is given up when nothing more is to come', () => {
    const input = { ...onItsWay(2), cursor: 4 };
    const run = start({ input, lag: true });
    run.press('NEXT_EVENT');
    const { ends, length, settled, failed } = run.context();
    run.send({ type: 'GREW', ends, length, settled, failed, final: true });
    expect(run.context()).toMatchObject({ goal: null, single: false, cursor: 4 });
  });

  test('leaves a step over that waits as it is', () => {
    const run = start({ lag: true });
    run.press('NEXT', 'NEXT', 'NEXT_EVENT');
    expect(run.context()).toMatchObject({ goal: 2, single: false });
  });
});

describe('a jump', () => {
  test('to the last step runs all that are missing', () => {
    const run = start();
    run.press('LAST');
    run.finish();
    expect([run.step(), run.cursor()]).toEqual([14, run.length()]);
    expect(run.asks.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('to a step that has not run runs up to it', () => {
    const run = start();
    run.send({ type: 'SEEK_STEP', step: 4 });
    run.finish();
    expect([run.step(), run.head()]).toEqual([4, 4]);
  });

  test('to the first gives up what was wanted', () => {
    const run = start();
    run.press('LAST', 'FIRST');
    run.finish();
    expect([run.cursor(), run.head()]).toEqual([0, 1]);
  });

  test('stays where it was sent while the head grows', () => {
    const run = start();
    run.press('NEXT');
    run.happen();
    run.send({ type: 'SEEK', cursor: 2 });
    run.happen();
    expect(run.cursor()).toBe(2);
  });

  test.each([
    [{ type: 'SEEK', cursor: Infinity }, 105],
    [{ type: 'SEEK', cursor: -7 }, 0],
    [{ type: 'SEEK', cursor: NaN }, 0],
    [{ type: 'SEEK', cursor: 3.4 }, 3],
    [{ type: 'SEEK_STEP', step: 99 }, 105],
    [{ type: 'SEEK_STEP', step: -1 }, 0],
  ] as const)('%j is kept within the record', (event, cursor) => {
    const run = start({ input: { ...walk, cursor: 50 } });
    run.send(event);
    expect(run.cursor()).toBe(cursor);
  });

  test('goes by phases, to their first steps', () => {
    const run = start({ input: walk });
    const steps = (...types: Press[]) =>
      types.map((type) => {
        run.press(type);
        return run.step();
      });
    expect(steps('NEXT_PHASE', 'NEXT_PHASE', 'NEXT_PHASE', 'NEXT_PHASE', 'NEXT_PHASE')).toEqual([
      ...[1, 3, 13, 14, 14],
    ]);
    expect(steps('BACK_PHASE', 'BACK_PHASE', 'NEXT', 'BACK_PHASE', 'BACK_PHASE')).toEqual([
      ...[13, 3, 4, 3, 1],
    ]);
    expect(steps('BACK_PHASE', 'BACK_PHASE')).toEqual([0, 0]);
  });

  test('goes on by phases from the step that is wanted', () => {
    const run = start();
    run.press('NEXT_PHASE', 'NEXT_PHASE', 'NEXT_PHASE');
    expect(run.context().goal).toBe(13);
    run.press('BACK_PHASE');
    expect(run.context().goal).toBeNull();
  });
});

describe('after step 10', () => {
  test('the handshake runs on and the cursor stays', () => {
    const run = start({ input: onItsWay(9) });
    run.send({ type: 'SEEK_STEP', step: 9 });
    run.press('NEXT');
    run.finish();
    expect([run.head(), run.step(), run.cursor()]).toEqual([14, 10, run.end(10)]);
    run.press('NEXT');
    expect([run.step(), run.asks]).toEqual([11, [10]]);
  });

  test('growth by several steps at once takes it no further than it wanted', () => {
    const run = start({ input: onItsWay(10), lag: true });
    run.send({ type: 'SEEK_STEP', step: 10 });
    run.press('NEXT');
    const ends = [...Array.from({ length: 11 }, (_, step) => step * 2), 22, 24, 26];
    run.send({ type: 'GREW', ends, length: 26, settled: 12, failed: false, final: false });
    expect(run.context()).toMatchObject({ cursor: 22, pinned: true, goal: null });
  });
});

describe('a step that fails', () => {
  test('is shown at its end to who waited, and the rest is no longer wanted', () => {
    const run = start();
    run.press('LAST');
    run.settle();
    run.fail();
    expect(run.context()).toMatchObject({ cursor: run.length(), goal: null });
    run.press('NEXT', 'NEXT_EVENT');
    expect([run.step(), run.context().goal, canNext(run.context())]).toEqual([2, null, false]);
    expect(run.asks).toEqual([1, 2]);
  });

  test('goes on from a retry, which the player is only told of', () => {
    const run = start();
    run.press('NEXT');
    run.fail();
    run.retry();
    expect(waitingFor(run.context())).toBe(1);
    run.press('NEXT');
    run.settle();
    expect([run.asks, run.step()]).toEqual([[1, 2], 2]);
  });

  test('takes who stands inside it to its end, and once only', () => {
    const run = start();
    run.press('NEXT');
    run.happen();
    run.press('BACK_EVENT');
    run.fail();
    expect(run.cursor()).toBe(run.length());
    run.press('BACK_EVENT');
    const cursor = run.cursor();
    run.happen();
    expect(run.cursor()).toBe(cursor);
  });

  test('leaves who stands elsewhere', () => {
    const run = start({ input: onItsWay(9) });
    run.send({ type: 'SEEK_STEP', step: 10 });
    run.settle();
    run.settle();
    run.fail();
    expect([run.head(), run.step()]).toEqual([12, 10]);
  });
});

describe('playing steps', () => {
  test('begins at once, dwells at each step, and stops at the end of step 14', () => {
    const run = start({ input: walk });
    run.press('PLAY');
    for (let step = 1; step <= 14; step++) {
      expect([run.step(), run.cursor()]).toEqual([step, run.end(step)]);
      expect(isPlaying(run.player.getSnapshot())).toBe(step < 14);
      run.clock.increment(DWELL - 1);
      expect(run.step()).toBe(step);
      run.clock.increment(1);
    }
    run.press('PLAY');
    expect([run.step(), run.state()]).toEqual([1, { playing: 'dwelling' }]);
  });

  test('waits while the handshake works, and dwells when it is done', () => {
    const run = start();
    run.press('PLAY');
    expect([run.state(), run.asks]).toEqual([{ playing: 'waiting' }, [1]]);
    run.happen();
    run.clock.increment(100 * DWELL);
    expect([run.state(), run.step()]).toEqual([{ playing: 'waiting' }, 1]);
    run.settle();
    expect(run.state()).toEqual({ playing: 'dwelling' });
    run.clock.increment(DWELL);
    expect([run.state(), run.asks]).toEqual([{ playing: 'waiting' }, [1, 2]]);
  });

  test('dwells at each of the last steps, though the handshake ran on', () => {
    const run = start({ input: onItsWay(9) });
    run.send({ type: 'SEEK_STEP', step: 9 });
    run.press('PLAY');
    run.clock.increment(DWELL);
    run.finish();
    for (const step of [10, 11, 12, 13]) {
      expect([run.step(), run.state()]).toEqual([step, { playing: 'dwelling' }]);
      run.clock.increment(DWELL);
    }
    expect([run.step(), run.state()]).toEqual([14, 'paused']);
  });

  test('goes on to the end of step 14 when that one still runs', () => {
    const run = start({ input: { ...onItsWay(14), settled: 13 } });
    run.send({ type: 'SEEK_STEP', step: 14 });
    run.press('PLAY');
    expect(run.state()).toEqual({ playing: 'waiting' });
    run.happen();
    run.settle();
    expect([run.state(), run.cursor()]).toEqual(['paused', run.length()]);
  });

  test('goes on from where a move took it, with all the time for it', () => {
    const run = start({ input: walk });
    run.press('PLAY');
    run.clock.increment(DWELL - 1);
    run.send({ type: 'SEEK_STEP', step: 7 });
    run.clock.increment(DWELL - 1);
    expect(run.step()).toBe(7);
    run.clock.increment(1);
    expect(run.step()).toBe(8);
    run.press('BACK');
    run.clock.increment(DWELL);
    expect(run.step()).toBe(8);
  });

  test('is paused and toggled', () => {
    const run = start({ input: walk });
    run.press('TOGGLE');
    expect(run.state()).toEqual({ playing: 'dwelling' });
    run.press('PAUSE');
    run.clock.increment(10 * DWELL);
    expect([run.step(), run.state()]).toEqual([1, 'paused']);
    run.press('TOGGLE', 'TOGGLE', 'PAUSE');
    expect(run.state()).toBe('paused');
  });

  test('takes another speed at once', () => {
    const run = start({ input: walk });
    run.press('PLAY');
    run.clock.increment(DWELL / 2);
    run.send({ type: 'SPEED', speed: 4 });
    run.clock.increment(DWELL / 4);
    expect(run.step()).toBe(2);
    run.send({ type: 'SPEED', speed: 0.25 });
    run.clock.increment(4 * DWELL - 1);
    expect(run.step()).toBe(2);
    run.clock.increment(1);
    expect(run.step()).toBe(3);
  });

  test.each([
    [{ type: 'SPEED', speed: 0 }, { speed: 0.25 }],
    [{ type: 'SPEED', speed: 99 }, { speed: 4 }],
    [{ type: 'SPEED', speed: NaN }, { speed: 0.25 }],
    [{ type: 'RATE', rate: 0 }, { rate: 0.01 }],
    [{ type: 'RATE', rate: 2 }, { rate: 1 }],
  ] as const)('%j is kept within bounds', (event, expected) => {
    const run = start();
    run.send(event);
    expect(run.context()).toMatchObject(expected);
  });

  test('stops at a step that fails, and is not to be played on from there', () => {
    const run = start();
    run.press('PLAY');
    run.fail();
    expect([run.state(), run.cursor()]).toEqual(['paused', run.length()]);
    run.press('PLAY');
    expect(run.state()).toBe('paused');
  });

  test('stops in the middle of a dwell when its step fails', () => {
    const run = start();
    run.press('NEXT');
    run.happen();
    run.press('BACK_EVENT', 'PLAY');
    expect(run.state()).toEqual({ playing: 'dwelling' });
    run.fail();
    expect([run.state(), run.cursor()]).toEqual(['paused', run.length()]);
  });

  test('stops when the call is hung up', () => {
    const run = start();
    run.press('PLAY');
    run.hangUp();
    expect([run.state(), run.cursor()]).toEqual(['paused', run.length()]);
  });
});

describe('a page that is hidden', () => {
  test('pauses the playing, and says why; shown, it plays on', () => {
    const run = start({ input: walk });
    run.press('PLAY', 'HIDDEN');
    expect([run.state(), isPlaying(run.player.getSnapshot())]).toEqual(['hidden', false]);
    run.clock.increment(10 * DWELL);
    expect(run.step()).toBe(1);
    run.press('SHOWN');
    expect(run.state()).toEqual({ playing: 'dwelling' });
    run.clock.increment(DWELL);
    expect(run.step()).toBe(2);
  });

  test.each(['PAUSE', 'TOGGLE'] as const)('does not play on after %s', (type) => {
    const run = start({ input: walk });
    run.press('PLAY', 'HIDDEN', type, 'SHOWN');
    expect(run.state()).toBe('paused');
  });

  test('does not play when it did not before', () => {
    const run = start({ input: walk });
    run.press('HIDDEN', 'SHOWN');
    expect(run.state()).toBe('paused');
  });

  test('still follows the handshake', () => {
    const run = start();
    run.press('PLAY', 'HIDDEN');
    run.happen();
    run.settle();
    expect([run.step(), run.cursor()]).toEqual([1, run.length()]);
    run.press('SHOWN');
    expect(run.state()).toEqual({ playing: 'dwelling' });
  });
});

describe('playing in original time', () => {
  const original = { mode: 'original' } as const;

  test('goes event by event through what is recorded, and stops at the end', () => {
    const run = start({ input: { ...walk, ...original } });
    run.press('PLAY');
    for (let cursor = 0; cursor < 105; cursor++) {
      expect([run.cursor(), run.state()]).toEqual([cursor, { playing: 'gap' }]);
      run.clock.increment(GAP);
    }
    expect([run.cursor(), run.state()]).toEqual([105, 'paused']);
  });

  test('takes another rate and mode at once', () => {
    const run = start({ input: { ...walk, ...original, cursor: 3 } });
    run.press('PLAY');
    run.send({ type: 'RATE', rate: 0.1 });
    run.clock.increment(10 * GAP - 1);
    expect(run.cursor()).toBe(3);
    run.clock.increment(1);
    expect(run.cursor()).toBe(4);
    run.send({ type: 'MODE', mode: 'steps' });
    expect(run.state()).toEqual({ playing: 'dwelling' });
  });

  test('asks for more at the head, and shows the new step event by event', () => {
    const run = start({ input: { ...onItsWay(2), ...original, cursor: 3 } });
    run.press('PLAY');
    run.clock.increment(GAP);
    expect([run.asks, run.cursor(), run.state()]).toEqual([[3], 5, { playing: 'waiting' }]);
    run.happen();
    run.happen();
    expect([run.cursor(), run.state()]).toEqual([5, { playing: 'gap' }]);
    run.clock.increment(GAP);
    run.clock.increment(GAP);
    expect([run.cursor(), run.state()]).toEqual([7, { playing: 'waiting' }]);
    run.settle();
    run.clock.increment(GAP);
    expect([run.asks, run.cursor()]).toEqual([[3, 4], 9]);
  });
});

/** What the handshake may do. */
const works = ['happen', 'settle', 'fail', 'retry', 'hangUp', 'deliver'] as const;
type Work = (typeof works)[number];

/** Anything that a person, the clock or the handshake may do. */
type Command =
  PlayerEvent | { readonly type: Work } | { readonly type: 'wait'; readonly ms: number };

const moves: fc.Arbitrary<PlayerEvent> = fc.oneof(
  fc.constantFrom<PlayerEvent>(
    ...([{ type: 'NEXT' }, { type: 'BACK' }, { type: 'OVER' }, { type: 'BACK_OVER' }] as const),
    ...([{ type: 'NEXT_EVENT' }, { type: 'BACK_EVENT' }] as const),
    ...([
      { type: 'FIRST' },
      { type: 'LAST' },
      { type: 'NEXT_PHASE' },
      { type: 'BACK_PHASE' },
    ] as const),
  ),
  fc.record({ type: fc.constant('SEEK' as const), cursor: fc.integer({ min: -2, max: 110 }) }),
  fc.record({ type: fc.constant('SEEK_STEP' as const), step: fc.integer({ min: -1, max: 15 }) }),
);

const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: moves },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Command>(
      ...([
        { type: 'happen' },
        { type: 'settle' },
        { type: 'settle' },
        { type: 'deliver' },
      ] as const),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Command>({ type: 'fail' }, { type: 'retry' }, { type: 'retry' }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Command>(
      ...([{ type: 'PLAY' }, { type: 'PAUSE' }, { type: 'TOGGLE' }] as const),
      ...([{ type: 'HIDDEN' }, { type: 'SHOWN' }, { type: 'wait', ms: 5000 }] as const),
      ...([
        { type: 'wait', ms: 3 },
        { type: 'MODE', mode: 'original' },
      ] as const),
      ...([
        { type: 'MODE', mode: 'steps' },
        { type: 'SPEED', speed: 2 },
      ] as const),
    ),
  },
);

const someCommands = fc.array(commands, { maxLength: 60 });

function isWork(command: Command): command is { readonly type: Work } {
  return works.some((work) => work === command.type);
}

function obey(run: ReturnType<typeof start>, command: Command): void {
  if (command.type === 'wait') run.clock.increment(command.ms);
  else if (isWork(command)) run[command.type]();
  else run.send(command);
}

describe('whatever happens', () => {
  /** What must hold and does not, by name. */
  function broken(
    run: ReturnType<typeof start>,
    before: PlayerContext,
    wasPaused: boolean,
    { type }: Command,
  ): string[] {
    const context = run.context();
    const { cursor, pinned, goal, ends, length, failed, final, whole, settled } = context;
    const newest = whole && !failed && !final ? settled : ends.length - 1;
    const snapshot = run.player.getSnapshot();
    const goesBack = ['BACK', 'BACK_OVER', 'BACK_EVENT', 'BACK_PHASE', 'FIRST'].includes(type);
    const grows = ['happen', 'settle', 'retry', 'deliver'].includes(type);
    const rests = wasPaused && before.goal === null;
    const laws = {
      'the record is known': length === run.length(),
      'the cursor is in the record': Number.isInteger(cursor) && cursor >= 0 && cursor <= length,
      'what is pinned is at an end': !pinned || ends.includes(cursor),
      'what is wanted can’t be looked at yet': goal === null || goal > newest,
      'what is wanted can be had': goal === null || (goal <= 14 && !failed && !final),
      'who waits is at the end': goal === null || cursor >= (whole ? (ends[newest] ?? 0) : length),
      'a step is asked for once': new Set(run.asks).size === run.asks.length,
      'going back never asks': !goesBack || context.asked === before.asked,
      'a seek never asks': type !== 'SEEK' || !wasPaused || context.asked === before.asked,
      'growth leaves who picked an event':
        !grows || !rests || before.pinned || cursor === before.cursor,
      'growth leaves who is pinned in the step':
        !grows || !rests || !before.pinned || stepOfCursor(context) === stepOfCursor(before),
      'what plays has something to play to':
        !isPlaying(snapshot) || canNext(context) || waitingFor(context) !== null,
    };
    return Object.entries(laws)
      .filter(([, holds]) => !holds)
      .map(([law]) => law);
  }

  test('the cursor stays in the record, and steps are asked for once', () => {
    const list = fc.array(commands, { maxLength: 60 });
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), list, (lag, told, hangsUp, some) => {
        const run = start({ lag, told });
        for (const command of hangsUp ? some.concat({ type: 'hangUp' }, some) : some) {
          const before = run.context();
          const wasPaused = run.state() === 'paused';
          obey(run, command);
          expect(broken(run, before, wasPaused, command)).toEqual([]);
        }
        expect(JSON.parse(JSON.stringify(run.context()))).toEqual(run.context());
      }),
      { numRuns: 300 },
    );
  });

  test('NEXT is refused exactly where it would do nothing', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), someCommands, (lag, told, list) => {
        const run = start({ lag, told });
        for (const command of list) obey(run, command);
        run.press('PAUSE');
        const before = run.context();
        run.press('NEXT');
        const { cursor, goal, single, ends } = run.context();
        const moved =
          cursor !== before.cursor ||
          goal !== before.goal ||
          single !== before.single ||
          ends !== before.ends;
        expect(moved).toBe(canNext(before));
      }),
      { numRuns: 200 },
    );
  });

  test('NEXT pressed fast goes where NEXT pressed slowly goes', () => {
    const presses = fc.array(
      fc.constantFrom<'NEXT' | Work>('NEXT', 'settle', 'deliver', 'happen'),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(fc.boolean(), presses, (lag, list) => {
        const fast = start({ lag });
        const slow = start();
        for (const type of list) {
          if (type === 'NEXT') {
            fast.press('NEXT');
            slow.press('NEXT');
            slow.finish();
          } else obey(fast, { type });
        }
        fast.finish();
        const wanted = Math.min(14, list.filter((type) => type === 'NEXT').length);
        for (const run of [fast, slow]) {
          expect([run.step(), run.cursor()]).toEqual([wanted, wanted && run.end(wanted)]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('BACK returns from where NEXT went', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), someCommands, (lag, told, list) => {
        const run = start({ lag, told });
        for (const command of list) obey(run, command);
        run.press('PAUSE');
        // From the end of a step: from inside, NEXT goes to this step's own end.
        run.send({ type: 'SEEK_STEP', step: run.step() });
        const before = run.context();
        if (!canNext(before)) return;
        run.press('NEXT', 'BACK');
        expect([run.step(), run.context().goal]).toEqual([stepOfCursor(before), null]);
        if (run.step() > 0) expect(run.cursor()).toBe(before.cursor);
      }),
      { numRuns: 200 },
    );
  });
});

describe('moments', () => {
  const stops = stopsOf(walk.ends ?? [], 14);
  const told = { ...walk, stops };
  /** Every place that Next stops at, in order. */
  const places = [0, ...stops.flatMap((each, step) => [...each, walk.ends?.[step] ?? 0]).slice(1)];

  test('forwards and backwards visit the same places, and step over visits the ends', () => {
    const run = start({ input: told });
    const visit = (type: Press, from: number) => {
      const found = [from];
      for (;;) {
        run.press(type);
        if (run.cursor() === found.at(-1)) return found;
        found.push(run.cursor());
      }
    };
    expect(places.length).toBeGreaterThan(30);
    expect(visit('NEXT', 0)).toEqual(places);
    expect(visit('BACK', 105)).toEqual(places.toReversed());
    expect(visit('OVER', 0)).toEqual(walk.ends);
    expect(visit('BACK_OVER', 105)).toEqual(walk.ends?.toReversed());
  });

  test('a step is entered at its first moment by Next, and at its end by a jump or by going back', () => {
    const run = start({ input: told });
    run.send({ type: 'SEEK_STEP', step: 9 });
    expect(run.cursor()).toBe(run.end(9));
    run.press('NEXT');
    expect([run.step(), run.cursor()]).toEqual([10, stops[10]?.[0]]);
    run.press('OVER');
    expect(run.cursor()).toBe(run.end(10));
    run.press('NEXT', 'BACK');
    expect(run.cursor()).toBe(run.end(10));
    run.press('BACK');
    expect(run.cursor()).toBe(stops[10]?.at(-1));
    run.press('BACK_OVER');
    expect(run.cursor()).toBe(run.end(9));
    run.press('LAST');
    expect(run.cursor()).toBe(105);
  });

  test('from an event between two, each way leads to the nearest', () => {
    const run = start({ input: told });
    const [first = 0, second = 0] = stops[14] ?? [];
    run.send({ type: 'SEEK', cursor: first + 1 });
    run.press('NEXT');
    expect(run.cursor()).toBe(second);
    run.send({ type: 'SEEK', cursor: first + 1 });
    run.press('BACK');
    expect(run.cursor()).toBe(first);
  });

  test('a step that runs is waited for before it, and entered at its first moment once it is over', () => {
    const run = start({ told: true });
    run.press('NEXT');
    for (let event = 0; event < 6; event += 1) run.happen();
    expect([run.cursor(), waitingFor(run.context())]).toEqual([0, 1]);
    run.press('NEXT_EVENT');
    expect(run.cursor()).toBe(0);
    run.settle();
    expect([run.cursor(), waitingFor(run.context())]).toEqual([1, null]);
    run.press('OVER', 'OVER');
    for (let event = 0; event < 6; event += 1) run.happen();
    run.settle();
    expect([run.cursor(), run.step()]).toEqual([run.length(), 2]);
  });

  test('going back gives up the wait for a step that runs, and Next waits for it again', () => {
    const run = start({ told: true, input: onItsWay(3) });
    run.send({ type: 'SEEK_STEP', step: 3 });
    run.press('NEXT');
    run.happen();
    run.press('BACK');
    expect([run.step(), run.context().goal]).toEqual([3, null]);
    run.happen();
    expect(run.step()).toBe(3);
    run.press('NEXT');
    expect([run.step(), waitingFor(run.context()), run.asks]).toEqual([3, 4, [4]]);
    run.settle();
    expect([run.step(), run.cursor()]).toEqual([4, 7]);
  });

  test('a step that fails is entered at its first moment by Next, and at its end by a jump', () => {
    for (const [move, at] of [
      [{ type: 'NEXT' }, 'first'],
      [{ type: 'SEEK_STEP', step: 4 }, 'end'],
      [{ type: 'LAST' }, 'end'],
    ] as const) {
      const run = start({ told: true, input: onItsWay(3) });
      run.send({ type: 'SEEK_STEP', step: 3 });
      run.send(move);
      run.happen();
      run.happen();
      run.fail();
      expect(run.cursor()).toBe(at === 'first' ? 7 : run.length());
      expect([run.step(), run.context().goal]).toEqual([4, null]);
    }
  });

  test('growth leaves who stands at a moment, and takes along who stands at the end', () => {
    const run = start({ told: true, input: onItsWay(3) });
    run.send({ type: 'SEEK_STEP', step: 3 });
    run.press('NEXT');
    for (let event = 0; event < 4; event += 1) run.happen();
    run.settle();
    expect(run.cursor()).toBe(7);
    run.happen();
    expect(run.cursor()).toBe(7);
    run.press('OVER');
    run.happen();
    expect(run.cursor()).toBe(run.length());
  });

  test('play shows each for its time', () => {
    const run = start({ input: told });
    run.press('PLAY');
    for (const place of places.slice(1)) {
      expect(run.cursor()).toBe(place);
      run.clock.increment(DWELL);
    }
    expect(run.state()).toBe('paused');
  });

  test('what runs is never looked at by steps and moments', () => {
    const some = fc.array(
      fc.constantFrom<Command>(
        ...(['NEXT', 'BACK', 'OVER', 'BACK_OVER', 'LAST', 'FIRST'] as const).map(
          (type) => ({ type }) as const,
        ),
        ...(['happen', 'happen', 'settle', 'deliver'] as const).map((type) => ({ type }) as const),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(fc.boolean(), some, (lag, list) => {
        const run = start({ lag, told: true });
        for (const command of list) {
          obey(run, command);
          const { settled, final } = run.context();
          if (!final) expect(run.step()).toBeLessThanOrEqual(settled);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('in a complete walk', () => {
  /** The first event and the end of the first step of each phase. */
  const phaseStarts = [1, 3, 13, 14].map((step) => ({
    from: (walk.ends?.[step - 1] ?? 0) + 1,
    end: walk.ends?.[step] ?? 0,
  }));

  /** What each move means, said in another way: places to stop at, and the nearest of them. */
  const nearest: Record<string, (cursor: number, stops: readonly number[]) => number> = {
    NEXT: (cursor, stops) => stops.find((stop) => stop > cursor) ?? cursor,
    BACK: (cursor, stops) => stops.findLast((stop) => stop < cursor) ?? cursor,
    OVER: (cursor, stops) => stops.find((stop) => stop > cursor) ?? cursor,
    BACK_OVER: (cursor, stops) => stops.findLast((stop) => stop < cursor) ?? cursor,
    NEXT_EVENT: (cursor) => Math.min(105, cursor + 1),
    BACK_EVENT: (cursor) => Math.max(0, cursor - 1),
    FIRST: () => 0,
    LAST: () => 105,
    NEXT_PHASE: (cursor) => {
      const first = phaseStarts.find(({ from }) => from > cursor);
      return first?.end ?? 105;
    },
  };

  test('every move goes to the nearest stop', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 40 }), (list) => {
        const run = start({ input: walk });
        const stops = walk.ends ?? [];
        for (const move of list) {
          const { cursor } = run.context();
          run.send(move);
          const expected =
            move.type === 'SEEK'
              ? Math.min(105, Math.max(0, move.cursor))
              : move.type === 'SEEK_STEP'
                ? stops.at(Math.min(14, Math.max(0, move.step)))
                : nearest[move.type]?.(cursor, stops);
          if (expected !== undefined) expect(run.cursor()).toBe(expected);
        }
        expect(run.asks).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
