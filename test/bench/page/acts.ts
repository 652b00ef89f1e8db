// Acts of a call that stands, and the same calls between plain connections that stand beside it, each timed.
import type { ActScript } from '../../../src/call/act.ts';
import { calleeOffers } from '../../../src/call/acts/callee-offers.ts';
import { hold, resume } from '../../../src/call/acts/hold.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { stopSharing } from '../../../src/call/acts/stop-sharing.ts';
import { ActRun } from '../../support/act-run.ts';
import { BareCall } from '../../support/bare-call.ts';

/** An act of the callee, and what an app calls for the same. */
interface Rival {
  readonly script: ActScript;
  readonly change: (call: BareCall) => void;
}

/** In this order again and again: each pair of them leaves the call as it was. */
const RIVALS: readonly Rival[] = [
  { script: calleeOffers, change: () => undefined },
  {
    script: hold,
    change: (call) => {
      for (const transceiver of call.open('callee')) transceiver.direction = 'inactive';
    },
  },
  {
    script: resume,
    change: (call) => {
      for (const transceiver of call.open('callee')) {
        transceiver.direction = transceiver.sender.track === null ? 'recvonly' : 'sendrecv';
      }
    },
  },
  {
    script: shareScreen,
    change: (call) => {
      call.add('callee', 'screen');
    },
  },
  {
    script: stopSharing,
    change: ({ peers: { callee } }) => {
      const shared = callee.getSenders().findLast(({ track }) => track !== null);
      if (shared !== undefined) callee.removeTrack(shared);
    },
  },
];

/** How long an act took, and how long the same calls did, in ms. */
export interface ActPair {
  readonly id: string;
  readonly act: number;
  readonly bare: number;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Performs each act so many times, in turns with its rival, the first rounds unmeasured. */
export async function actPairs(rounds: number, warmUps: number): Promise<readonly ActPair[]> {
  const acts = new ActRun();
  const plain = new BareCall();
  const pairs: ActPair[] = [];
  try {
    await acts.connect();
    await plain.connect();
    for (let round = 1; round <= warmUps + rounds; round += 1) {
      for (const { script, change } of RIVALS) {
        const act = () => timed(() => acts.perform(script, 'callee'));
        const bare = () =>
          timed(async () => {
            change(plain);
            await plain.exchange('callee');
          });
        // Whoever is second finds the caches warm, so they take turns.
        const [first, second] = round % 2 === 0 ? [act, bare] : [bare, act];
        const [one, two] = [await first(), await second()];
        const pair = round % 2 === 0 ? { act: one, bare: two } : { act: two, bare: one };
        if (round > warmUps) pairs.push({ id: script.id, ...pair });
      }
    }
  } finally {
    acts.run.abandon();
    plain.close();
  }
  return pairs;
}
