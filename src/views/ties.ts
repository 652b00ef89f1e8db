// What belongs together over all views: a candidate's line, its row, its message and its pairs; a fingerprint and
// what DTLS saw; an m= section and its media; a change of state; a message and the description it carries.
import { getContext, setContext } from 'svelte';
import { parseCandidate } from '../ice/candidate.ts';
import type { MachineName, MessageType, PairEnd } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';

/** One thing that several views show, as text: `candidate udp 2113937151 59257 192.0.2.1`, `media video`. */
export type Tie = string;

/** The thing that is picked, in whichever view. */
export interface Ties {
  readonly now: Tie | null;
  /** Picks a thing; null for none. */
  pick(tie: Tie | null): void;
}

const KEY = Symbol('ties');
const NONE: Ties = { now: null, pick: () => undefined };

/** Gives the views below what is picked. */
export function provideTies(ties: Ties): void {
  setContext(KEY, ties);
}

/** What is picked. A view that stands alone is tied to nothing. */
export function useTies(): Ties {
  return getContext<Ties | undefined>(KEY) ?? NONE;
}

/** A candidate, by `candidate:…` or its SDP line; null for what is none. The tail differs from place to place. */
export function candidateTie(text: string): Tie | null {
  const fields = parseCandidate(text);
  if (fields === null) return null;
  const { transport, priority, port, address } = fields;
  return `candidate ${transport} ${String(priority)} ${String(port)} ${address}`;
}

/** A state that one of a side's machines came to. */
export function stateTie(side: Side, machine: MachineName, state: string): Tie {
  return `state ${side} ${machine} ${state}`;
}

/** A message, by what it carries; a description in a slot is the same thing. Candidates have ties of their own. */
export function messageTie(type: MessageType): Tie {
  return `message ${type}`;
}

/** Whether one end of a pair is the candidate that is picked. Statistics may hide its address. */
export function isEndOf(tie: Tie | null, end: PairEnd): boolean {
  const [kind, transport, priority, port, address] = tie?.split(' ') ?? [];
  if (kind !== 'candidate') return false;
  return (
    transport === end.protocol &&
    port === String(end.port) &&
    (end.priority === null || priority === String(end.priority)) &&
    (end.address === '' || address?.endsWith('.local') === true || address === end.address)
  );
}

/** A candidate pair, by its two ends. */
export function pairTie(local: PairEnd, remote: PairEnd): Tie {
  return `pair ${endWords(local)} ~ ${endWords(remote)}`;
}

/** Whether a thing is to be lit: it is what is picked, or an end of the pair that is. */
export function isLitBy(now: Tie | null, tie: Tie | null): boolean {
  if (now === null || tie === null) return false;
  if (now === tie) return true;
  return (
    now.startsWith('pair ') &&
    now
      .slice(5)
      .split(' ~ ')
      .some((end) => isEndOf(tie, endFrom(end)))
  );
}

/** What statistics do not tell is a dash. */
function endWords({ protocol, priority, port, address }: PairEnd): string {
  return [protocol, priority ?? '-', port ?? '-', address || '-'].join(' ');
}

function endFrom(words: string): PairEnd {
  const [protocol = '', priority, port, address = '-'] = words.split(' ');
  const number = (word: string | undefined) =>
    word === undefined || word === '-' ? null : Number(word);
  return {
    ...{ type: '', protocol, priority: number(priority), port: number(port) },
    address: address === '-' ? '' : address,
  };
}

/** Whether a link may name a thing so. */
export function isTie(text: string): boolean {
  return (
    text.length <= 300 &&
    /^(?:candidate|fingerprint|media|state|message|pair) [\w .:~\-[\]/]+$/.test(text)
  );
}
