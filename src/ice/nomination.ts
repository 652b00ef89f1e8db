// Which pair is used: regular nomination (RFC 8445 §8.1.1), and Chromium's, where every check nominates.
import type { Pair } from './checklist.ts';
import type { Generation } from './generation.ts';
import { isWritable } from './liveness.ts';
import { scheduleCheck } from './probe.ts';

// RFC 8445 §8.1.1 leaves to the agent when it nominates. This one waits so long for a better pair than the best that
// works: a direct path needs one retransmission at most (§14.3), a relayed one is given more time to be bettered.
const DIRECT_PATIENCE = 500;
const RELAYED_PATIENCE = 2000;

/** Looks whether a pair is to be nominated or selected now. */
export function considerNomination(g: Generation, now: number): void {
  if (g.context.profile.aggressive) selectBest(g, now);
  else if (g.context.isControlling && g.selected === null && !g.isRetired) pick(g, now, false);
}

/** The timer `nominate`: a better pair is not waited for any longer. */
export function handleNominate(g: Generation, now: number): void {
  if (g.selected === null && g.context.isControlling) pick(g, now, true);
}

/** The controlling side's choice: the best valid pair, once none that is better is undecided. */
function pick(g: Generation, now: number, isLate: boolean): void {
  const { pairs } = g.checklist;
  if (pairs.some((pair) => pair.nominating)) return;
  const best = pairs.find((pair) => pair.valid);
  if (best === undefined) return;
  const mayImprove = pairs.some(
    ({ state, priority }) =>
      priority > best.priority && state !== 'succeeded' && state !== 'failed',
  );
  if (mayImprove && !isLate) {
    const isRelayed = best.base.relay !== null || best.remote.candidate.type === 'relay';
    const until = (g.firstValidAt ?? now) + (isRelayed ? RELAYED_PATIENCE : DIRECT_PATIENCE);
    // A direct pair after a relayed one shortens what is left of the wait.
    if (until > now) {
      g.timers.set('nominate', until);
      return;
    }
  }
  const checked = pairs.find((pair) => pair.made === best);
  if (checked === undefined) return;
  g.timers.set('nominate', null);
  // RFC 8445 §8.1.1: the check that made the valid pair is repeated with USE-CANDIDATE.
  checked.nominating = true;
  g.checklist.trigger(checked);
  scheduleCheck(g, now);
}

/** RFC 8445 §8.1.1, §8.1.2: a valid pair is nominated. Of several the one with the highest priority is selected. */
export function nominate(g: Generation, now: number, pair: Pair): void {
  if (!pair.nominated) g.checklist.changed = true;
  pair.nominated = true;
  const { selected } = g;
  if (selected?.valid === true && selected.priority >= pair.priority) return;
  g.select(now, pair);
  // §8.1.2: the checklist is completed, and nothing else is checked. What was decided stays to be seen.
  for (const other of [...g.checklist.pairs]) {
    if (other === pair || other.made?.valid === true) continue;
    if (other.state !== 'succeeded' && other.state !== 'failed') g.checklist.remove(other);
  }
  g.timers.set('nominate', null);
}

/**
 * Chromium: the highest of those that work; on the controlled side, of those that the other side checked with
 * USE-CANDIDATE, where there are any. The lower ones on the same interface are not checked any more (libwebrtc).
 */
function selectBest(g: Generation, now: number): void {
  const { pairs } = g.checklist;
  let best: Pair | null = null;
  for (const pair of pairs) {
    if (!isWritable(pair, now)) continue;
    if (best === null) best = pair;
    else if (pair.nominated && !best.nominated) best = pair;
  }
  if (best === null || best === g.selected) return;
  best.pruned = false;
  g.select(now, best);
  for (const pair of pairs) {
    if (pair.priority < best.priority && pair.base.network === best.base.network) {
      pair.pruned = true;
    }
  }
}
