// The texts of sending another quality: what the sender is told, and what the statistics then say.
import { m } from '../../i18n/paraglide/messages.js';
import type { Json } from '../../trace/event.ts';
import type { ActLesson, ActMoment } from '../act.ts';
import { BLANK, line } from '../code-line.ts';
import { codeOf } from '../looked/code.ts';
import { mediaFacts, type MediaFacts } from '../looked/facts.ts';
import { pillsOf, plainOf, waitingLook } from '../looked/lesson.ts';
import { flowText, unaskedText } from '../looked/say.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

/** What the act adds: the parameters that were set. */
interface QualityFacts extends MediaFacts {
  /** Of the first encoding, as code; `null` before. */
  readonly set: string | null;
}

function qualityFacts(moment: ActMoment): QualityFacts {
  const { trace, start, after } = moment;
  const call = trace.reading
    .between(start.cursor, after.cursor)
    .find((event) => event.kind === 'call' && event.method === 'setParameters');
  return {
    ...mediaFacts(moment),
    set: call?.kind === 'call' ? encodingText(call.args[0]) : null,
  };
}

function encodingText(parameters: Json | undefined): string | null {
  if (typeof parameters !== 'object' || parameters === null || !('encodings' in parameters)) {
    return null;
  }
  const { encodings } = parameters;
  const first: unknown = Array.isArray(encodings) ? encodings[0] : null;
  if (typeof first !== 'object' || first === null) return null;
  return Object.entries(first)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}

function sentText({ looked, by }: MediaFacts): string {
  const flow = flowText(looked?.sent ?? null);
  return flow === null ? m.quality_nothing({ who: by }) : m.quality_sent({ who: by, flow });
}

function beforeText({ lookedBefore }: MediaFacts): string | null {
  const flow = flowText(lookedBefore?.sent ?? null);
  return flow === null ? null : m.quality_before({ flow });
}

function arrivedText({ looked, other }: MediaFacts): string | null {
  const flow = flowText(looked?.received ?? null);
  return flow === null ? null : m.quality_arrived({ who: other, flow });
}

const TEXTS: Readonly<Record<string, StepTexts<QualityFacts>>> = {
  'see-quality': {
    title: ({ by }) => m.quality_title_see({ who: by }),
    next: () => m.quality_next_see(),
    body: (facts) => [m.quality_why(), sentText(facts)],
    notes: m.quality_notes_see,
  },
  'set-parameters': {
    title: ({ by }) => m.quality_title_set({ who: by }),
    next: () => m.quality_next_set(),
    body: (facts) => [
      m.quality_set_why(),
      facts.set === null ? null : m.quality_set({ parameters: facts.set }),
      unaskedText(facts),
    ],
    notes: m.quality_notes_set,
  },
  'see-new-quality': {
    title: ({ by }) => m.quality_title_see_new({ who: by }),
    next: () => m.quality_next_see_new(),
    body: (facts) => [
      sentText(facts),
      beforeText(facts),
      arrivedText(facts),
      when(!facts.isNegotiated, m.quality_no_sdp),
    ],
    notes: m.quality_notes_see_new,
  },
};

/** What an app sets, for each choice. */
const CHANGES: Readonly<Record<string, string>> = {
  bitrate: 'encoding.maxBitrate = 60_000;',
  scale: 'encoding.scaleResolutionDownBy = 4;',
  off: 'encoding.active = false;',
  full: 'Object.assign(encoding, { active: true, scaleResolutionDownBy: 1 });',
};

export const qualityLesson: ActLesson = {
  act: 'quality',
  group: 'switch',
  name: () => m.quality_name(),
  about: () => m.quality_about(),
  brief: () => m.quality_brief(),
  settings: (isVirtual) => [
    {
      id: 'how',
      label: m.quality_setting(),
      // Modelled media has no encoder: it is sent, or it is not.
      options: [
        ...(isVirtual
          ? []
          : [
              { id: 'bitrate', label: m.quality_how_bitrate() },
              { id: 'scale', label: m.quality_how_scale() },
            ]),
        { id: 'off', label: m.quality_how_off() },
        { id: 'full', label: m.quality_how_full() },
      ],
    },
  ],
  ...toldSteps(TEXTS, qualityFacts),
  waiting: waitingLook,
  code: (_options, { by, settings }) =>
    codeOf(by, {
      acting: [
        line('const parameters = sender.getParameters();', 'set-parameters'),
        line('const [encoding] = parameters.encodings;', 'set-parameters'),
        line(CHANGES[settings?.['how'] ?? 'bitrate'] ?? '', 'set-parameters'),
        line('await sender.setParameters(parameters);', 'set-parameters'),
        BLANK,
        line('const stats = await sender.getStats();', 'see-quality', 'see-new-quality'),
      ],
      seeing: [line('const stats = await receiver.getStats();', 'see-quality', 'see-new-quality')],
    }),
  pill: pillsOf({ 'set-parameters': 'setParameters()' }),
  plain: plainOf({ 'set-parameters': m.quality_plain_set }),
};
