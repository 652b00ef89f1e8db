// The moments of a step, found in a recording: language-free, pure, and cached by the recording.
import { CALL_ACT, CALL_STEP, type CallStepKind } from '../../rtc/steps.ts';
import type { Trace } from '../../trace/trace.ts';
import { checkMoments, checksIn, firstAnswer, lastAt } from './checks.ts';
import { connectedAt, givenUp, handshake, media, nomination, noPath, stays } from './ending.ts';
import { isWifi, type Fact, type Found, type PlacedMoment } from './found.ts';
import { askedMeanwhile, gatheringMoments } from './gather.ts';
import { actMoments, connected, lastOf, laterMoments, more, told, troubleAt } from './later.ts';
import { idsOf } from './signal.ts';
import { storyOf, type Story } from './story.ts';

/** The most moments that a step is told in. */
export const MOST_MOMENTS = 9;

const FOUND = new WeakMap<
  Trace,
  Map<number, { readonly end: number; readonly moments: readonly PlacedMoment[] }>
>();

/** The moments of a step, by its number in the recording; none where it is not over, or is told as one. */
export function findMoments(trace: Trace, number: number): readonly PlacedMoment[] {
  const of =
    FOUND.get(trace) ?? new Map<number, { end: number; moments: readonly PlacedMoment[] }>();
  FOUND.set(trace, of);
  const end = trace.stepEnd(number);
  const known = of.get(number);
  if (known?.end === end) return known.moments;
  const story = storyOf(trace, number);
  const moments = story === null ? [] : placed(story, chosen(foundIn(story)));
  of.set(number, { end, moments });
  return moments;
}

/** The steps in which checks may run although they are about something else. */
const MEANWHILE: ReadonlySet<string> = new Set<CallStepKind>([
  ...(['set-local-answer', 'send-answer', 'receive-answer', 'set-remote-answer'] as const),
]);

/** All that is found, its end last. */
function foundIn(story: Story): readonly Found[] {
  const { kind, act } = story.step;
  // Other acts are told in steps, but for those that change the network.
  if (act.id !== CALL_ACT.id) return actMoments(story);
  if (kind === CALL_STEP['gather-candidates'].kind) return gatheringMoments(story);
  if (kind === CALL_STEP.connect.kind) return connecting(story);
  if (!MEANWHILE.has(kind)) return [];
  const found = [...askedMeanwhile(story), ...checkMoments(story, story.begin, story.end)];
  return found.length === 0 ? [] : [...found, ending(story)];
}

/** How a step ends in which the checks have begun, and which is about something else. */
function ending(story: Story): Found {
  const { step, after, end } = story;
  if (step.kind !== CALL_STEP['receive-answer'].kind) return told(end);
  const { states, remote } = after.caller;
  const up = after.callee.states.iceConnectionState;
  if (states.signalingState !== 'have-local-offer') return told(end);
  const candidates = [...remote].filter(({ candidate }) => candidate.candidate !== '').length;
  return {
    fact: {
      ...{
        kind: 'received',
        by: 'caller',
        candidates,
        up: up === 'connected' || up === 'completed',
      },
    },
    ...{ at: end, side: 'caller', packets: [], outcome: 'good' },
  };
}

function connecting(story: Story): readonly Found[] {
  const { begin, end, after } = story;
  const up = connectedAt(story);
  if (up !== null) {
    const trouble = troubleAt(story, up);
    if (trouble !== null) {
      return [
        connected(story, up, trouble),
        ...laterMoments(story, trouble),
        lastOf(story, trouble),
      ];
    }
    const answer = firstAnswer(story, begin, up);
    return [
      ...checkMoments(story, begin, up),
      ...nomination(story, lastAt(story, answer?.last.n ?? begin), up),
      ...handshake(story),
      media(story),
    ];
  }
  const failed = givenUp(story);
  const [first] = failed;
  if (after.progress !== 'failed' || first === undefined) {
    const found = checkMoments(story, begin, end);
    return found.length === 0 ? [] : [...found, told(end)];
  }
  return failing(story, first.n);
}

/** A call for which no path is found. */
function failing(story: Story, failed: number): readonly Found[] {
  const { begin, signals, trace } = story;
  const found = checkMoments(story, begin, failed);
  const told = new Set(found.flatMap(({ packets }) => packets));
  const rest = checksIn(story, begin, failed).filter(
    (check) => check.fate === 'dropped' && !idsOf(check).some((id) => told.has(id)),
  );
  const last = rest.at(-1);
  const gaveUp = trace.events[failed - 1];
  const first = signals.find(({ use }) => use === 'check')?.sent ?? begin + 1;
  const t = (n: number) => trace.events[n - 1]?.t ?? 0;
  const ms = t(failed) - t(first);
  const state: readonly Found[] =
    gaveUp?.kind !== 'state' || gaveUp.side === null
      ? []
      : [
          {
            fact: {
              ...{ kind: 'state', by: gaveUp.side, state: 'failed', both: false, ms },
              ...{ stays: stays(story, gaveUp), from: gaveUp.from ?? 'new' },
            },
            ...{ at: failed, side: gaveUp.side, packets: [], outcome: 'bad' },
          },
        ];
  return [
    ...found,
    ...(last === undefined ? [] : [more(story, rest, last, 'failing')]),
    ...state,
    noPath(story, first, failed),
  ];
}

/** What is left out first where there is too much to tell. */
const WEIGHTS: Partial<Readonly<Record<Fact['kind'], number>>> = {
  'stun-request': 1,
  nominated: 2,
  'new-answer': 3,
  'new-candidate': 3,
  permission: 4,
  'more-drops': 4,
  'no-route': 4,
  unanswered: 5,
  state: 5,
  refused: 6,
  dtls: 6,
};

/** The most telling ones, in the order in which they happened, their end last. */
function chosen(found: readonly Found[]): readonly Found[] {
  const last = found.at(-1);
  if (last === undefined) return [];
  const inOrder = found.slice(0, -1).toSorted((one, other) => one.at - other.at);
  // One event is one moment.
  const distinct = inOrder.filter(({ at }, place) => at < last.at && at !== inOrder[place - 1]?.at);
  const weight = ({ fact }: Found) => WEIGHTS[fact.kind] ?? 9;
  const lightest = distinct.toSorted((one, other) => weight(one) - weight(other));
  const dropped = new Set(lightest.slice(0, Math.max(0, distinct.length + 1 - MOST_MOMENTS)));
  return [...distinct.filter((each) => !dropped.has(each)), last];
}

/** Gives each its events and its name. One alone is no story. */
function placed(story: Story, found: readonly Found[]): readonly PlacedMoment[] {
  if (found.length < 2) return [];
  const names = new Map<string, number>();
  let from = story.begin;
  return found.map((each, place) => {
    const next = found[place + 1];
    // What it sets off at the same time belongs to it.
    const cursor = next === undefined ? story.end : Math.min(lastAt(story, each.at), next.at - 1);
    const name = nameOf(each.fact);
    const times = (names.get(name) ?? 0) + 1;
    names.set(name, times);
    const moment: PlacedMoment = {
      ...each,
      ...{ name: times === 1 ? name : `${name}-${String(times)}`, from, cursor },
      ...{ ordinal: place + 1, total: found.length },
    };
    from = cursor;
    return moment;
  });
}

const ORDINALS = ['first', 'second', 'third'] as const;

/** Outcomes that links find by one name. */
const OUTCOMES: readonly Fact['kind'][] = ['no-path', 'lost', 'recovered', 'received', 'told'];

/** What links call it. */
function nameOf(fact: Fact): string {
  if (OUTCOMES.includes(fact.kind)) return 'outcome';
  if (fact.kind === 'server-drop') return 'first-drop';
  if (fact.kind === 'drop') return `${ORDINALS[fact.ordinal - 1] ?? 'next'}-drop`;
  if (fact.kind === 'let-in' && fact.turned !== null) return 'hairpin';
  if (fact.kind === 'path-gone' && isWifi(fact.name)) return 'wifi-gone';
  if (fact.kind !== 'state') return fact.kind;
  return fact.state === 'failed' ? `${fact.by}-failed` : fact.state;
}
