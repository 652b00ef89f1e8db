// The texts of a provisional answer: what it sets in motion, what stays open, and the answer that ends it.
import { m } from '../../i18n/paraglide/messages.js';
import type { ErrorInfo } from '../../trace/event.ts';
import { exchangePill, plainPill, type ActLesson, type ActMoment } from '../act.ts';
import { line, lines, type CodeLine } from '../code-line.ts';
import { offeringCode } from '../exchange/code.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { exchangePlain } from '../plain/exchange.ts';
import { toldSteps, when, whoOf, type StepTexts, type Who } from '../step-texts.ts';

/** What captions may speak of. */
interface ProvisionalFacts extends ExchangeFacts, Who {
  /** What signalingState went through in this step, on the side that acts. */
  readonly path: readonly string[];
  /** What a call threw in this step; `null` where nothing did. */
  readonly error: ErrorInfo | null;
  /** A provisional answer has been sent. */
  readonly isSent: boolean;
  /** The side that acts still has what it had agreed on before, as its current descriptions. */
  readonly isPending: boolean;
}

function factsOf(moment: ActMoment): ProvisionalFacts {
  const { trace, step, start, after, events } = moment;
  const paths = trace.reading.paths(step.number, after.cursor);
  const side = step.side === 'both' ? null : step.side;
  return {
    ...whoOf(step),
    ...exchangeFacts(moment),
    path: paths.find((each) => each.machine === 'signalingState' && each.side === side)?.path ?? [],
    error: events.findLast((event) => event.kind === 'exception')?.error ?? null,
    isSent: [...after.messages].some(
      ({ posted, body }) =>
        posted > start.cursor && body !== null && 'type' in body && body.type === 'pranswer',
    ),
    isPending: side !== null && after[side].slots.pendingLocal !== null,
  };
}

const pathText = ({ path }: ProvisionalFacts) =>
  path.length > 1 ? m.pranswer_path({ path: path.join(' → ') }) : null;

const TEXTS: Readonly<Record<string, StepTexts<ProvisionalFacts>>> = {
  ...exchangeTexts<ProvisionalFacts>({
    say: {
      'create-offer': () => [m.pranswer_why()],
      'set-local-answer': (facts) => [when(facts.isSent, m.pranswer_final), pathText(facts)],
    },
    next: { 'set-local-answer': m.pranswer_next_final },
    notes: { 'set-local-answer': m.pranswer_notes_final },
  }),
  'set-local-pranswer': {
    title: ({ other }) => m.pranswer_title_local({ who: other }),
    next: m.pranswer_next_local,
    body: (facts) =>
      facts.error === null
        ? [m.pranswer_local(), pathText(facts), when(facts.isPending, m.pranswer_pending)]
        : [m.pranswer_error({ name: facts.error.name }), m.pranswer_unsupported()],
    notes: m.pranswer_notes_local,
  },
  'send-pranswer': {
    title: m.pranswer_title_send,
    next: m.pranswer_next_send,
    body: ({ isSent }) => [isSent ? m.pranswer_sent() : m.pranswer_not_sent()],
    notes: m.pranswer_notes_send,
  },
  'set-remote-pranswer': {
    title: ({ by }) => m.pranswer_title_remote({ who: by }),
    next: m.pranswer_next_remote,
    body: (facts) =>
      facts.path.length > 1
        ? [pathText(facts), m.pranswer_remote(), when(facts.isPending, m.pranswer_pending)]
        : [m.pranswer_not_sent()],
    notes: m.pranswer_notes_remote,
  },
};

const ANSWERING: readonly CodeLine[] = [
  line('signaling.onmessage = async ({ data }) => {'),
  line('  if (data.offer) {'),
  line('    await pc.setRemoteDescription(data.offer);', 'set-remote-offer'),
  line('    const { sdp } = await pc.createAnswer();', 'create-answer'),
  line("    await pc.setLocalDescription({ type: 'pranswer', sdp });", 'set-local-pranswer'),
  line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', 'send-pranswer'),
  ...lines('set-local-answer', '    await pickedUp;', '    await pc.setLocalDescription();'),
  line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', 'send-answer'),
  line('  }'),
  line('};'),
];

/** What the offerer writes is the same for both kinds of answer. */
const OFFERING: readonly CodeLine[] = offeringCode('create-offer').map((each) =>
  each.steps.includes('set-remote-answer')
    ? { ...each, steps: [...each.steps, 'set-remote-pranswer'] }
    : each,
);

const PILLS: Readonly<Record<string, string>> = {
  'set-local-pranswer': 'setLocalDescription(pranswer)',
  'set-remote-pranswer': 'setRemoteDescription(pranswer)',
};

export const pranswerLesson: ActLesson = {
  act: 'pranswer',
  group: 'agree',
  name: () => m.pranswer_name(),
  about: () => m.pranswer_about(),
  brief: () => m.pranswer_brief(),
  ...toldSteps(TEXTS, factsOf),
  waiting: () => null,
  code: (_options, { by }) =>
    by === 'callee'
      ? { caller: ANSWERING, callee: OFFERING }
      : { caller: OFFERING, callee: ANSWERING },
  pill: ({ step: { kind } }) =>
    Object.hasOwn(PILLS, kind) ? plainPill(PILLS[kind] ?? null) : exchangePill(kind),
  plain: ({ step }) => exchangePlain(step.kind),
};
