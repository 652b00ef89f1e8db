// What captions of an act that changes the network may speak of: what the network and the states did since it began.
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { BindingEvent } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';
import { staysDisconnected } from '../../trace/peer-frame.ts';
import type { ActMoment } from '../act.ts';
import { people } from '../moments/words.ts';
import { whoOf } from '../step-texts.ts';
import { hostOf } from './way.ts';

/** One side's connectionState in the step. */
export interface StateFacts {
  /** Each state that it came to, with the seconds since the act began. */
  readonly reached: readonly { readonly to: string; readonly seconds: string }[];
  readonly now: string | null;
}

/** The facts of one moment. */
export interface NetworkActFacts {
  /** Who does it, and who is on the other side, as texts call them. */
  readonly people: ReturnType<typeof people>;
  readonly mine: StateFacts;
  readonly theirs: StateFacts;
  /** The interface that went or came in the step. */
  readonly gone: { readonly name: string; readonly address: string } | null;
  readonly come: { readonly name: string; readonly address: string } | null;
  /** A row of a NAT that ended in the step, and the seconds since the last packet went out through it. */
  readonly expired: { readonly outside: string; readonly seconds: string } | null;
  /** Packets of the step that NATs dropped, by their rules. */
  readonly noMapping: number;
  readonly filtered: number;
  /** Candidates, messages and needs to negotiate since the act began. */
  readonly found: number;
  readonly negotiated: number;
  /** iceConnectionState is `disconnected` where ICE has failed. */
  readonly stays: boolean;
  /** The agents give up when consent ends (RFC 7675), as the letter of RFC 8445 has it. */
  readonly isByConsent: boolean;
  /** How long the step took. */
  readonly seconds: string;
}

/** Takes the facts of a moment from the recording. */
export function networkActFacts(moment: ActMoment): NetworkActFacts {
  const { trace, step, start, before, after, events } = moment;
  const { by, other } = whoOf(step);
  const since = trace.reading.between(start.cursor, after.cursor);
  const interfacesIn = ({ network }: Frame) =>
    network === null ? [] : (hostOf(network.description, by)?.interfaces ?? []);
  const [was, is] = [interfacesIn(before), interfacesIn(after)];
  const has = (list: typeof was, address: string) => list.some((each) => each.address === address);
  const stateOf = (side: Side): StateFacts => ({
    reached: events.flatMap((event) =>
      event.kind === 'state' && event.side === side && event.machine === 'connectionState'
        ? [{ to: event.to, seconds: secondsText(event.t - start.t) }]
        : [],
    ),
    now: after[side].states.connectionState,
  });
  const dropped = (rule: string) =>
    events.filter((event) => event.kind === 'packet' && event.rule === rule).length;
  return {
    people: people(by),
    ...{ mine: stateOf(by), theirs: stateOf(other) },
    gone: was.find(({ address }) => !has(is, address)) ?? null,
    come: is.find(({ address }) => !has(was, address)) ?? null,
    expired: expiredIn(moment),
    ...{ noMapping: dropped('no-mapping'), filtered: dropped('filtered') },
    found: since.filter(({ kind }) => kind === 'candidate').length,
    negotiated: since.filter(({ kind }) => kind === 'negotiation-needed' || kind === 'message')
      .length,
    stays: SIDES.some((side) => staysDisconnected(after[side])),
    isByConsent: trace.header.options.network?.profile === 'rfc8445',
    seconds: secondsText(after.t - before.t),
  };
}

/** The row of the path in use that ended in the step: the one whose outside a side's selected pair has. */
function expiredIn({ events, before }: ActMoment): NetworkActFacts['expired'] {
  const ends = SIDES.flatMap((side) => before[side].pair?.local ?? []);
  const event = events.find(
    (each): each is BindingEvent =>
      each.kind === 'binding' &&
      each.binding.protocol === 'udp' &&
      ends.some(
        ({ address, port }) =>
          address === each.binding.outside.address && port === each.binding.outside.port,
      ),
  );
  if (event === undefined) return null;
  const { outside, until, since } = event.binding;
  const last = [...events].findLast(
    (each) =>
      each.kind === 'packet' &&
      each.n < event.n &&
      each.translation?.direction === 'out' &&
      each.translation.binding.id === event.binding.id,
  );
  return {
    outside: `${outside.address}:${String(outside.port)}`,
    seconds: secondsText(until - (last?.t ?? since)),
  };
}

function secondsText(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
