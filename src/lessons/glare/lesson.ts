// The texts of a glare: two offers that cross, in an app that takes what arrives, and in one with perfect negotiation.
import { m } from '../../i18n/paraglide/messages.js';
import { glareChoice } from '../../rtc/glare.ts';
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { StepFrame } from '../../trace/script.ts';
import { plainPill, type ActLesson, type Pill } from '../act.ts';
import { toldSteps, when, type StepTexts, type Who } from '../step-texts.ts';
import { glareCode } from './code.ts';
import { glareFacts, type GlareFacts } from './facts.ts';

/** What a state went through, as text; null where it stayed as it was. */
function pathText(path: readonly string[]): string | null {
  return path.length > 1 ? m.glare_path({ path: path.join(' → ') }) : null;
}

/** The exception as the browser wrote it, in short; the whole message is shown beside it. */
function errorText({ error }: GlareFacts): string {
  return error === null ? m.glare_no_error() : m.glare_error({ name: error.name });
}

/** Where both sides have other sections under one mid, their descriptions can't be of one session. */
function sectionsText({ added, first, second }: GlareFacts): string | null {
  const [one] = added[first];
  const [other] = added[second];
  if (one === undefined || other === undefined || one === other) return null;
  const [kind = '', mid = ''] = one.split(' ');
  const [otherKind = ''] = other.split(' ');
  return first === 'caller'
    ? m.glare_sections({ mid, caller: kind, callee: otherKind })
    : m.glare_sections({ mid, caller: otherKind, callee: kind });
}

/** An offer arrives at a side that has one out. */
function takeText(facts: GlareFacts): readonly (string | null)[] {
  const { side, path, ignored, isPerfect } = facts;
  if (ignored) return [m.glare_ignores({ who: side }), m.glare_ignores_still()];
  return [
    isPerfect ? m.glare_gives_way({ who: side }) : m.glare_takes({ who: side }),
    pathText(path[side]),
    m.glare_implicit(),
  ];
}

type Texts = StepTexts<GlareFacts>;

/** The side that acts in a step of that kind, by the plan; texts are made of the plan and of the facts. */
const offersOf = (title: Texts['title'], next: Texts['next']): Texts => ({
  title,
  next,
  body: ({ side, path, now, isPerfect }) => [
    isPerfect ? m.glare_offers_perfect() : m.glare_offers_naive(),
    pathText(path[side]),
    now[otherSide(side)] === 'have-local-offer' ? m.glare_both_out() : m.glare_one_out(),
  ],
  notes: m.glare_notes_offers,
});

/** A text that speaks of the side that acts. */
const acts =
  (say: (inputs: { who: Side }) => string) =>
  ({ by }: Who) =>
    say({ who: by });

const TEXTS: Readonly<Record<string, Texts>> = {
  'capture-both': {
    title: m.glare_title_capture,
    next: m.glare_next_capture,
    body: ({ by, polite, isPerfect }) => [
      m.glare_why(),
      m.glare_captured({ who: by }),
      isPerfect ? m.glare_is_perfect({ who: polite }) : m.glare_is_naive(),
    ],
    notes: m.glare_notes_capture,
  },
  'add-both': {
    title: m.glare_title_add,
    next: m.glare_next_add,
    body: ({ asked }) => [
      m.glare_added(),
      asked.length === 2 ? m.glare_both_asked() : m.glare_asked({ count: asked.length }),
    ],
    notes: m.glare_notes_add,
  },
  'first-offers': offersOf(acts(m.glare_title_first_offers), acts(m.glare_next_offers)),
  'second-offers': offersOf(acts(m.glare_title_second_offers), acts(m.glare_next_offers)),
  'offers-cross': {
    title: m.glare_title_cross,
    next: m.glare_next_cross,
    body: (facts) => [
      when(facts.crossed, m.glare_crossed),
      sectionsText(facts),
      m.glare_order({ who: facts.first }),
    ],
    notes: m.glare_notes_cross,
  },
  'take-first': {
    title: acts(m.glare_title_take_first),
    next: acts(m.glare_next_take),
    body: takeText,
    notes: m.glare_notes_take,
  },
  'take-second': {
    title: acts(m.glare_title_take_second),
    next: acts(m.glare_next_take),
    body: takeText,
    notes: m.glare_notes_take,
  },
  'answer-first': {
    title: acts(m.glare_title_answer),
    next: acts(m.glare_next_answer),
    body: ({ side, path, asked }) => [
      pathText(path[side]),
      m.glare_answered_first(),
      when(asked.includes(side), m.glare_asked_again),
    ],
    notes: m.glare_notes_answer,
  },
  'early-answer': {
    title: acts(m.glare_title_early),
    next: acts(m.glare_next_early),
    body: (facts) => [
      errorText(facts),
      facts.error === null ? null : m.glare_early({ state: facts.now[facts.side] }),
    ],
    notes: m.glare_notes_early,
  },
  'answer-second': {
    title: acts(m.glare_title_answer),
    next: acts(m.glare_next_answer),
    body: ({ side, path, asked }) => [
      pathText(path[side]),
      m.glare_answered_second(),
      when(asked.includes(side), m.glare_asked_again),
    ],
    notes: m.glare_notes_answer,
  },
  'late-answer': {
    title: acts(m.glare_title_late),
    next: acts(m.glare_next_late),
    body: (facts) => [
      errorText(facts),
      facts.error === null ? null : m.glare_late({ state: facts.now[facts.side] }),
      sectionsText(facts),
      when(facts.arrived.length === 0, m.glare_none_arrived),
    ],
    notes: m.glare_notes_late,
  },
  'polite-answers': {
    title: acts(m.glare_title_answer),
    next: acts(m.glare_next_answer),
    body: ({ side, path, asked }) => [
      m.glare_answer_implicit(),
      pathText(path[side]),
      when(asked.includes(side), m.glare_asked_again),
    ],
    notes: m.glare_notes_answer,
  },
  'take-answer': {
    title: acts(m.glare_title_take_answer),
    next: acts(m.glare_next_take_answer),
    body: ({ side, path }) => [m.glare_impolite_answered(), pathText(path[side])],
    notes: m.glare_notes_take_answer,
  },
  'offer-again': {
    title: acts(m.glare_title_again),
    next: acts(m.glare_next_again),
    body: ({ isPerfect, added, side }) => [
      isPerfect ? m.glare_again_perfect() : m.glare_again_naive(),
      added[side].length > 0
        ? m.glare_again_sections({
            sections: added[side].map((each) => each.split(' ')[0]).join(', '),
          })
        : null,
    ],
    notes: m.glare_notes_again,
  },
  'take-again': {
    title: acts(m.glare_title_take_again),
    next: acts(m.glare_next_take_again),
    body: (facts) => {
      const { error, side, path, by, now } = facts;
      if (error === null) return [m.glare_taken_again(), pathText(path[side])];
      return [
        errorText(facts),
        sectionsText(facts),
        m.glare_stuck(),
        now[by] === 'stable' ? null : m.glare_stuck_state({ who: by, state: now[by] }),
      ];
    },
    notes: m.glare_notes_take_again,
  },
  'answer-again': {
    title: acts(m.glare_title_answer),
    next: acts(m.glare_next_answer),
    body: ({ side, path }) => [m.glare_answered_again(), pathText(path[side])],
    notes: m.glare_notes_answer_again,
  },
  'take-last': {
    title: acts(m.glare_title_take_answer),
    next: acts(m.glare_next_take_answer),
    body: ({ side, path, added, first, second, isClean }) => [
      pathText(path[side]),
      added[first].join() === added[second].join() ? m.glare_agreed() : m.glare_not_agreed(),
      when(isClean, m.glare_clean),
    ],
    notes: m.glare_notes_take_last,
  },
  'media-flows': {
    title: m.glare_title_flow,
    next: m.glare_next_flow,
    body: ({ arrived, polite, isMadeUp }) =>
      arrived.length === 2
        ? [m.glare_flows(), m.glare_cost({ who: polite })]
        : [m.glare_flows_count({ count: arrived.length }), when(isMadeUp, m.looked_tone)],
    notes: m.glare_notes_flow,
  },
};

/** Titles speak of the side that acts. */
function acting(step: StepFrame): Who {
  const by: Side = step.side === 'both' ? (step.act.by ?? 'caller') : step.side;
  return { by, other: otherSide(by) };
}

const PILLS: Readonly<Record<string, string>> = {
  'capture-both': 'captureStream()',
  'add-both': 'addTrack()',
  'take-first': 'setRemoteDescription(offer)',
  'take-second': 'setRemoteDescription(offer)',
  'early-answer': 'setRemoteDescription(answer)',
  'late-answer': 'setRemoteDescription(answer)',
  'take-answer': 'setRemoteDescription(answer)',
  'take-again': 'setRemoteDescription(offer)',
  'take-last': 'setRemoteDescription(answer)',
};

/** What makes a description: two calls in the naive app, one in the pattern. */
const MAKES: Readonly<Record<string, string>> = {
  'first-offers': 'offer',
  'second-offers': 'offer',
  'offer-again': 'offer',
  'answer-first': 'answer',
  'answer-second': 'answer',
  'polite-answers': 'answer',
  'answer-again': 'answer',
};

function pillOf(step: StepFrame, isIgnored: boolean): Pill {
  const { kind, act } = step;
  // What the code of an app says there: no call is made.
  if (isIgnored) return plainPill('ignoreOffer = true');
  const made = Object.hasOwn(MAKES, kind) ? MAKES[kind] : undefined;
  if (made !== undefined) {
    const isPerfect = act.settings?.['how'] === 'perfect';
    return plainPill(`setLocalDescription(${isPerfect ? '' : made})`);
  }
  return plainPill(Object.hasOwn(PILLS, kind) ? (PILLS[kind] ?? null) : null);
}

export const glareLesson: ActLesson = {
  act: 'glare',
  group: 'trouble',
  name: () => m.glare_name(),
  about: () => m.glare_about(),
  brief: () => m.glare_brief(),
  settings: () => [
    {
      id: 'how',
      label: m.glare_setting_how(),
      options: [
        { id: 'naive', label: m.glare_how_naive() },
        { id: 'perfect', label: m.glare_how_perfect() },
      ],
    },
    {
      id: 'polite',
      label: m.glare_setting_polite(),
      options: [
        { id: 'callee', label: m.glare_callee() },
        { id: 'caller', label: m.glare_caller() },
      ],
    },
    {
      id: 'first',
      label: m.glare_setting_first(),
      options: [
        { id: 'caller', label: m.glare_caller() },
        { id: 'callee', label: m.glare_callee() },
      ],
    },
  ],
  ...toldSteps(TEXTS, glareFacts, acting),
  waiting: ({ step, after }) =>
    step.kind === 'media-flows' && after.progress === 'running' ? m.glare_wait_flow() : null,
  code: (_options, act) => {
    const first = act.steps.find(({ kind }) => kind === 'first-offers')?.side;
    return glareCode(act, {
      first: first === 'callee' ? first : 'caller',
      polite: glareChoice(act.settings ?? {}).polite,
    });
  },
  pill: ({ step, events }) =>
    pillOf(
      step,
      events.some((event) => event.kind === 'call' && event.method === 'ignoreOffer'),
    ),
  plain: ({ step, events }) => {
    if (events.some((event) => event.kind === 'call' && event.method === 'ignoreOffer')) {
      return m.glare_plain_ignored();
    }
    if (events.some(({ kind }) => kind === 'exception')) return m.glare_plain_thrown();
    switch (step.kind) {
      case 'capture-both':
        return m.glare_plain_capture();
      case 'add-both':
        return m.glare_plain_add();
      case 'media-flows':
        return m.glare_plain_flow();
      default:
        return null;
    }
  },
};
