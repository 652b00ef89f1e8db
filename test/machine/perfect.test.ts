// Perfect negotiation: every state of an end, what it does in each, and two ends that always come to agree.
import fc from 'fast-check';
import { createActor, fromPromise, type SnapshotFrom } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import { perfectMachine, type PerfectEvent } from '../../machines/perfect.ts';

type Deed = 'makeOffer' | 'takeOffer' | 'makeAnswer' | 'takeAnswer';

/** Promises settle before this does. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** An end whose deeds the test ends. */
function start(polite: boolean) {
  const under: { deed: Deed; signal: AbortSignal; done: () => void; failed: () => void }[] = [];
  const held = (deed: Deed) =>
    fromPromise<unknown>(
      ({ signal }) =>
        new Promise<void>((resolve, reject) => {
          under.push({
            ...{ deed, signal, done: resolve },
            failed: () => {
              reject(new Error('no'));
            },
          });
        }),
    );
  const actors = {
    makeOffer: held('makeOffer'),
    takeOffer: held('takeOffer'),
    makeAnswer: held('makeAnswer'),
    takeAnswer: held('takeAnswer'),
  };
  const actor = createActor(perfectMachine.provide({ actors }), { input: { polite } }).start();
  const current = () => under.findLast(({ signal }) => !signal.aborted) ?? null;
  return {
    actor,
    hear: (type: PerfectEvent['type']) => {
      actor.send({ type });
    },
    get at() {
      return actor.getSnapshot().value;
    },
    get ignoring() {
      return actor.getSnapshot().context.ignoring;
    },
    get deed() {
      return current()?.deed ?? null;
    },
    end: async (isGood = true) => {
      const now = current();
      if (now === null) throw new Error('Nothing is under way.');
      under.splice(under.indexOf(now), 1);
      if (isGood) now.done();
      else now.failed();
      await settled();
    },
  };
}

describe.each([true, false])('polite: %s', (polite) => {
  const events = ['NEEDED', 'OFFER', 'ANSWER', 'CLOSE'].map((type) => ({ type }) as PerfectEvent);
  const paths = getShortestPaths(perfectMachine, {
    ...{ input: { polite }, events },
    serializeState: ({ value, context }: SnapshotFrom<typeof perfectMachine>) =>
      JSON.stringify([value, context]),
  });

  test('has every state', () => {
    const reached = new Set(paths.map(({ state }) => state.value));
    // A deed ends by an event that is none of its own: what comes after is seen in the living one.
    expect([...reached]).toEqual(expect.arrayContaining(['stable', 'makingOffer', 'takingOffer']));
    expect(reached).toContain('closed');
  });

  test.each(['makingOffer', 'haveLocalOffer'])('an offer that comes in %s', async (state) => {
    const end = start(polite);
    end.hear('NEEDED');
    if (state === 'haveLocalOffer') await end.end();
    expect(end.at).toBe(state);
    end.hear('OFFER');
    expect([end.at, end.ignoring]).toEqual(polite ? ['takingOffer', false] : [state, true]);
  });

  test('an offer that comes while an answer is being set is no collision', async () => {
    const end = start(polite);
    end.hear('NEEDED');
    await end.end();
    end.hear('ANSWER');
    end.hear('OFFER');
    expect([end.at, end.ignoring]).toEqual(['takingOffer', false]);
  });

  test('a need that comes in between waits, and each deed that fails leaves it stable', async () => {
    const end = start(polite);
    end.hear('OFFER');
    end.hear('NEEDED');
    await end.end();
    expect(end.at).toBe('makingAnswer');
    await end.end(false);
    expect(end.deed).toBe('makeOffer');
    await end.end(false);
    expect(end.at).toBe('stable');
    end.hear('ANSWER');
    expect(end.at).toBe('stable');
    end.hear('CLOSE');
    expect(end.at).toBe('closed');
  });
});

/** A side of the model: what its browser would say. */
interface Model {
  readonly end: ReturnType<typeof start>;
  signaling: 'stable' | 'have-local-offer' | 'have-remote-offer';
  /** Something was added that no offer of this side has carried through. */
  unserved: boolean;
  /** What has been sent to it, in order. */
  readonly mail: ('OFFER' | 'ANSWER')[];
}

test('two ends come to agree, whatever comes first, and no call is made in a wrong state', async () => {
  const run = fc.asyncProperty(
    fc.array(fc.nat(5), { maxLength: 60 }),
    fc.boolean(),
    async (choices, isFirstPolite) => {
      const model = (polite: boolean): Model => ({
        ...{ end: start(polite), signaling: 'stable', unserved: false, mail: [] },
      });
      const [one, other] = [model(isFirstPolite), model(!isFirstPolite)];
      const sides = [one, other] as const;
      const facing = (side: Model) => (side === one ? other : one);
      const asks = (side: Model) => {
        if (side.signaling === 'stable' && side.unserved) side.end.hear('NEEDED');
      };
      const does = async (side: Model) => {
        const { deed } = side.end;
        const { signaling } = side;
        switch (deed) {
          case null:
            return;
          case 'makeOffer':
            expect(signaling).toBe('stable');
            side.signaling = 'have-local-offer';
            facing(side).mail.push('OFFER');
            break;
          case 'takeOffer':
            expect(['stable', 'have-local-offer']).toContain(signaling);
            side.signaling = 'have-remote-offer';
            break;
          case 'makeAnswer':
            expect(signaling).toBe('have-remote-offer');
            side.signaling = 'stable';
            facing(side).mail.push('ANSWER');
            asks(side);
            break;
          case 'takeAnswer':
            expect(signaling).toBe('have-local-offer');
            side.signaling = 'stable';
            side.unserved = false;
        }
        await side.end.end();
      };
      const hears = (side: Model) => {
        const message = side.mail.shift();
        if (message === 'ANSWER') expect(side.end.at).toBe('haveLocalOffer');
        if (message !== undefined) side.end.hear(message);
      };
      const needs = (side: Model) => {
        side.unserved = true;
        asks(side);
      };
      const act = async (choice: number) => {
        const side = choice % 2 === 0 ? one : other;
        const move = choice >> 1;
        if (move === 0) needs(side);
        else if (move === 1) await does(side);
        else hears(side);
      };
      for (const choice of choices) await act(choice);
      // From here on nobody adds anything.
      for (let turn = 0; turn < 100; turn += 1) {
        for (const side of sides) {
          hears(side);
          await does(side);
        }
      }
      for (const { end, signaling, unserved, mail } of sides) {
        expect([end.at, signaling, unserved, mail]).toEqual(['stable', 'stable', false, []]);
      }
    },
  );
  await fc.assert(run, { numRuns: 150 });
});
