// An end of perfect negotiation that runs: the machine decides, and what it wants waits until a step does it.
import { createActor, fromPromise } from 'xstate';
import { perfectMachine } from '../../../machines/perfect.ts';
import type { PerfectDeed, PerfectEnd } from '../../call/perfect.ts';

/** Starts an end. @param polite whether it gives way where both sides offer at once */
export function startPerfect(polite: boolean): PerfectEnd {
  let wanted: { readonly deed: PerfectDeed; readonly done: () => void } | null = null;
  const want = (deed: PerfectDeed) =>
    fromPromise<unknown>(
      () =>
        new Promise<void>((resolve) => {
          wanted = { deed, done: resolve };
        }),
    );
  const actor = createActor(
    perfectMachine.provide({
      actors: {
        makeOffer: want('makeOffer'),
        takeOffer: want('takeOffer'),
        makeAnswer: want('makeAnswer'),
        takeAnswer: want('takeAnswer'),
      },
    }),
    { input: { polite } },
  ).start();
  return {
    get wants() {
      return wanted?.deed ?? null;
    },
    get ignoring() {
      return actor.getSnapshot().context.ignoring;
    },
    hear: (type) => {
      actor.send({ type });
    },
    does: async (deed, work) => {
      const now = wanted;
      if (now?.deed !== deed) {
        throw new Error(`Perfect negotiation wants ${now?.deed ?? 'nothing'}, not ${deed}.`);
      }
      await work();
      wanted = null;
      now.done();
      // The machine hears of it in a turn of its own.
      await Promise.resolve().then(() => undefined);
    },
    close: () => {
      actor.send({ type: 'CLOSE' });
    },
  };
}
