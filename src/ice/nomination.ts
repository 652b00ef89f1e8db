// Regular nomination (RFC 8445 §8.1.1): which pair the controlling side chooses, when, and what follows.
import { isNominated, settledOf } from './checked-pair.ts';
import type { Pair, Settled } from './checked-pair.ts';
import type { Checking } from './profile.ts';

// RFC 8445 §8.1.1 leaves to the agent when it nominates. This one waits so long for a better pair than the best that
// works: a direct path needs one retransmission at most (§14.3), a relayed one is given more time to be bettered.
const DIRECT_PATIENCE = 500;
const RELAYED_PATIENCE = 2000;

/** Looks whether a pair is to be nominated now. */
export function considerNomination(checking: Checking, now: number): void {
  const { isControlling, selected, isRetired } = checking;
  if (isControlling && selected === null && !isRetired) choose(checking, now, false);
}

/** The timer `nominate`: a better pair is not waited for any longer. */
export function chooseLate(checking: Checking, now: number): void {
  if (checking.selected === null && checking.isControlling) choose(checking, now, true);
}

/** The controlling side's choice: the best valid pair, once none that is better is undecided. */
function choose(checking: Checking, now: number, isLate: boolean): void {
  const { checklist, timers } = checking;
  const { pairs } = checklist;
  if (pairs.some(({ nomination }) => nomination.step === 'nominating')) return;
  const best = pairs.find((pair) => pair.valid);
  if (best === undefined) return;
  const mayImprove = pairs.some(
    ({ state, priority }) =>
      priority > best.priority && state !== 'succeeded' && state !== 'failed',
  );
  if (mayImprove && !isLate) {
    const isRelayed = best.base.relay !== null || best.remote.candidate.type === 'relay';
    const until = (checking.firstValidAt ?? now) + (isRelayed ? RELAYED_PATIENCE : DIRECT_PATIENCE);
    // A direct pair after a relayed one shortens what is left of the wait.
    if (until > now) {
      timers.set('nominate', until);
      return;
    }
  }
  const checked = pairs.find((pair) => pair.made === best);
  if (checked === undefined) return;
  timers.set('nominate', null);
  // RFC 8445 §8.1.1: the check that made the valid pair is repeated with USE-CANDIDATE.
  checked.nomination = { step: 'nominating', before: settledOf(checked) };
  checklist.trigger(checked);
  checking.schedule(now);
}

/** RFC 8445 §7.3.1.5: the other side wants to use the pair. */
export function want(pair: Pair): void {
  pair.nomination = isNominated(pair) ? nominatedBy('other-side') : { step: 'wanted' };
}

/** Whether the other side has asked for the pair, now or before it was lost. */
export function isAskedFor({ nomination }: Pair): boolean {
  return (
    nomination.step === 'wanted' ||
    (nomination.step === 'nominated' && nomination.by === 'other-side')
  );
}

/** RFC 8445 §8.1.1, §8.1.2: a valid pair is nominated. Of several the one with the highest priority is selected. */
export function nominate(checking: Checking, now: number, pair: Pair): void {
  const { checklist, selected, timers } = checking;
  if (!isNominated(pair)) checklist.changed = true;
  pair.nomination = nominatedBy(checking.isControlling ? 'this-side' : 'other-side');
  if (selected?.valid === true && selected.priority >= pair.priority) return;
  checking.select(now, pair);
  // §8.1.2: the checklist is completed, and nothing else is checked. What was decided stays to be seen.
  for (const other of [...checklist.pairs]) {
    if (other === pair || other.made?.valid === true) continue;
    if (other.state !== 'succeeded' && other.state !== 'failed') checklist.remove(other);
  }
  timers.set('nominate', null);
}

function nominatedBy(by: Extract<Settled, { step: 'nominated' }>['by']): Settled {
  return { step: 'nominated', by };
}
