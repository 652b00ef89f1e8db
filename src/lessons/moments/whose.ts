// Whose a NAT is: by the way that it stands on, as the learner sees it.
import type { NetworkDescription } from '../../net/description.ts';
import { waysOf } from '../net/facts.ts';
import { sharedNat } from '../net/way.ts';

/** `carrier`: both go through it behind NATs of their own. `shared`: the one router of both. `old`: one that was left. */
export type Whose =
  | { readonly of: 'caller' | 'callee' | 'carrier' | 'shared' | 'old' }
  | { readonly of: 'other'; readonly id: string };

/**
 * Whose router it is.
 * @param now the network as it is
 * @param start as it was when the run began
 */
export function whoseNat(id: string, now: NetworkDescription, start: NetworkDescription): Whose {
  const { caller, callee } = waysOf(now);
  if (sharedNat(caller, callee)?.id === id) {
    return { of: caller.nats[0]?.id === id ? 'shared' : 'carrier' };
  }
  if (isFirst(caller.nats, id)) return { of: 'caller' };
  if (isFirst(callee.nats, id)) return { of: 'callee' };
  const before = waysOf(start);
  const was = [...before.caller.nats, ...before.callee.nats].some((nat) => nat.id === id);
  const is = [...caller.nats, ...callee.nats].some((nat) => nat.id === id);
  return was && !is ? { of: 'old' } : { of: 'other', id };
}

function isFirst(nats: readonly { readonly id: string }[], id: string): boolean {
  return nats[0]?.id === id;
}
