// Where an end of perfect negotiation is, read from what its app called and what its browser said of it.
import { glareChoice } from '../../rtc/glare.ts';
import type { Act, Side } from '../../rtc/steps.ts';
import type { Json, TraceEvent } from '../../trace/event.ts';

/** A change of state of one end. */
export interface PerfectMove {
  /** The event that shows it. */
  readonly n: number;
  /** The number of its step. */
  readonly step: number;
  /** `null` for the first. */
  readonly from: string | null;
  readonly to: string;
}

/** One end. */
export interface PerfectPath {
  readonly polite: boolean;
  readonly moves: readonly PerfectMove[];
  /** `ignoreOffer`: the newest offer was not taken. */
  readonly ignoring: boolean;
}

/** The side that is polite, where an act runs the pattern; null where it does not. */
export function politeOf({ id, settings = {} }: Pick<Act, 'id' | 'settings'>): Side | null {
  if (id !== 'glare') return null;
  const { isPerfect, polite } = glareChoice(settings);
  return isPerfect ? polite : null;
}

/**
 * The way of one end through the pattern (WebRTC 1.0 §10.7).
 * @param events those of the act, in order, up to the cursor
 * @param before its signalingState before them
 */
export function perfectPath(
  events: readonly TraceEvent[],
  side: Side,
  polite: boolean,
  before: string,
): PerfectPath {
  const moves: PerfectMove[] = [];
  let signaling = before;
  let ignoring = false;
  /** The call that is under way, and what it is in the pattern. */
  let doing: { readonly call: number; readonly as: string } | null = null;
  for (const event of events) {
    if (event.kind === 'step' && moves.length === 0) {
      moves.push({ n: event.n, step: event.step, from: null, to: stateOf(signaling) });
    }
    if (!('side' in event) || event.side !== side) continue;
    if (event.kind === 'call') {
      if (event.method === 'ignoreOffer') ignoring = true;
      const as = deedOf(event.method, event.args[0], signaling);
      if (as === 'takingOffer') ignoring = false;
      if (as !== null) doing = { call: event.n, as };
    } else if (event.kind === 'return' || event.kind === 'exception') {
      if (event.call === doing?.call) doing = null;
    } else if (event.kind === 'state' && event.machine === 'signalingState') {
      signaling = event.to;
    }
    const from = moves.at(-1)?.to ?? null;
    const to = signaling === 'closed' ? 'closed' : (doing?.as ?? stateOf(signaling));
    if (to !== from) moves.push({ n: event.n, step: event.step, from, to });
  }
  return { polite, moves, ignoring };
}

/** What an end waits for, or has to do, while no call is under way. */
function stateOf(signaling: string): string {
  switch (signaling) {
    case 'have-local-offer':
      return 'haveLocalOffer';
    case 'have-remote-offer':
      return 'makingAnswer';
    default:
      return signaling;
  }
}

/** What a call is in the pattern; null for one that is none of it. A call without a description makes what is due. */
function deedOf(method: string, description: Json | undefined, signaling: string): string | null {
  const type =
    typeof description === 'object' && description !== null && 'type' in description
      ? description['type']
      : signaling === 'have-remote-offer'
        ? 'answer'
        : 'offer';
  switch (method) {
    case 'setLocalDescription':
      return type === 'answer' ? 'makingAnswer' : 'makingOffer';
    case 'setRemoteDescription':
      return type === 'answer' ? 'takingAnswer' : 'takingOffer';
    default:
      return null;
  }
}
