// What captions of an ICE restart may speak of: credentials, candidates, states and pairs, before the act and now.
import { SIDES, type Side } from '../../rtc/steps.ts';
import { midsOf, ufragsOf } from '../../sdp/ufrag.ts';
import type { Frame, PeerFrame } from '../../trace/frame.ts';
import type { ActMoment } from '../act.ts';
import { whoOf, type Who } from '../step-texts.ts';

/** One side in a restart. */
export interface RestartSide {
  /** The user name fragment before the act, and in what this side has written since; `null` where there is none. */
  readonly was: string | null;
  readonly now: string | null;
  /** Candidates found with the new credentials. */
  readonly found: number;
  readonly states: PeerFrame['states'];
  /** All connectionStates since the act began, the one it had first. */
  readonly path: readonly string[];
  /** The port of the selected pair's local end, before and now. */
  readonly ports: readonly [before: number | null, now: number | null];
  /** Bytes that arrived since the act began. */
  readonly received: number;
}

/** The facts of one moment. */
export interface RestartFacts extends Who {
  readonly needed: boolean;
  readonly mine: RestartSide;
  readonly theirs: RestartSide;
  /** The new offer has the sections and the certificate of the description before it. */
  readonly isSameSession: boolean;
  /** Candidates of the offerer that were sent, and messages of any kind. */
  readonly along: number;
  readonly messages: number;
  /** A DTLS state changed. */
  readonly dtls: boolean;
  /** Seconds since the step began. */
  readonly seconds: number;
}

/** Takes the facts of a moment from the recording. */
export function restartFacts(moment: ActMoment): RestartFacts {
  const { trace, step, start, before, after } = moment;
  const { by, other } = whoOf(step);
  const events = trace.reading.between(start.cursor, after.cursor);
  const messages = [...after.messages].filter(({ posted }) => posted > start.cursor);
  const offered = createdSince(after[by], start);
  const current = start[by].slots.currentLocal?.sdp ?? '';
  return {
    ...{ by, other },
    needed: events.some(({ kind, side }) => kind === 'negotiation-needed' && side === by),
    mine: sideOf(moment, by),
    theirs: sideOf(moment, other),
    isSameSession:
      offered !== null &&
      sameList(midsOf(offered), midsOf(current)) &&
      fingerprintOf(offered) === fingerprintOf(current),
    along: messages.filter(({ type, from }) => type === 'candidate' && from === by).length,
    messages: messages.length,
    dtls: SIDES.some(
      (side) =>
        start[side].transport !== null &&
        events.some(
          (event) =>
            event.kind === 'transport' &&
            event.side === side &&
            event.dtlsState !== start[side].transport?.dtlsState,
        ),
    ),
    seconds: Math.round((after.t - before.t) / 1000),
  };
}

function sideOf({ trace, start, after }: ActMoment, side: Side): RestartSide {
  const written = createdSince(after[side], start);
  const events = trace.reading.between(start.cursor, after.cursor);
  const path = events.flatMap((event) =>
    event.kind === 'state' && event.side === side && event.machine === 'connectionState'
      ? [event.to]
      : [],
  );
  const was = start[side].states.connectionState;
  const counters = trace.reading.stats(side, after.cursor).at(-1);
  const known = trace.reading.stats(side, start.cursor).at(-1);
  return {
    was: ufragsOf(start[side].slots.currentLocal?.sdp ?? '')[0] ?? null,
    now: written === null ? null : (ufragsOf(written)[0] ?? null),
    found: [...after[side].local].filter(
      ({ n, candidate }) => n > start.cursor && candidate.candidate !== '',
    ).length,
    states: after[side].states,
    path: was === null ? path : [was, ...path],
    ports: [start[side].pair?.local.port ?? null, after[side].pair?.local.port ?? null],
    received: Math.max(0, (counters?.bytesReceived ?? 0) - (known?.bytesReceived ?? 0)),
  };
}

/** The text that a side has written since the act began. */
function createdSince({ created }: PeerFrame, { cursor }: Frame): string | null {
  return created !== null && created.n > cursor ? created.sdp : null;
}

function fingerprintOf(sdp: string): string | null {
  return /^a=fingerprint:(.*)$/m.exec(sdp)?.[1] ?? null;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}
