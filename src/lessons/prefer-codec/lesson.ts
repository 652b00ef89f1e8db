// The texts of preferring another codec: an order in the SDP, and the codec that is really sent before and after.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActLesson } from '../act.ts';
import { BLANK, line } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { codeOf } from '../looked/code.ts';
import { mediaFacts, type MediaFacts } from '../looked/facts.ts';
import { pillsOf, plainOf, waitingLook } from '../looked/lesson.ts';
import { flowText, unaskedText } from '../looked/say.ts';
import type { ActMoment } from '../act.ts';
import { toldSteps, type StepTexts } from '../step-texts.ts';

/** What the act adds: the order that was asked for. */
interface CodecFacts extends MediaFacts {
  /** The codec that is preferred, without its kind; `null` before. */
  readonly preferred: string | null;
}

function codecFacts(moment: ActMoment): CodecFacts {
  const { trace, start, after } = moment;
  const set = trace.reading
    .between(start.cursor, after.cursor)
    .find((event) => event.kind === 'call' && event.method === 'setCodecPreferences');
  const [order] = set?.kind === 'call' ? set.args : [];
  const first: unknown = Array.isArray(order) ? order[0] : null;
  return {
    ...mediaFacts(moment),
    preferred: typeof first === 'string' ? (first.split('/')[1] ?? null) : null,
  };
}

function sentText({ looked, by }: MediaFacts): string {
  const flow = flowText(looked?.sent ?? null);
  return flow === null ? m.codec_nothing({ who: by }) : m.codec_sent({ who: by, flow });
}

/** The codec before and now, as the statistics name them. */
function changeText({ looked, lookedBefore }: MediaFacts): string | null {
  const [now, was] = [looked?.sent?.codec ?? null, lookedBefore?.sent?.codec ?? null];
  if (now === null || was === null) return null;
  return now === was ? m.codec_same({ now }) : m.codec_changed({ was, now });
}

const TEXTS: Readonly<Record<string, StepTexts<CodecFacts>>> = {
  'see-codec': {
    title: ({ by }) => m.codec_title_see({ who: by }),
    next: () => m.codec_next_see(),
    body: (facts) => [m.codec_why(), sentText(facts)],
    notes: m.codec_notes_see,
  },
  'set-preferences': {
    title: ({ by }) => m.codec_title_set({ who: by }),
    next: () => m.codec_next_set(),
    body: (facts) => [
      facts.preferred === null ? null : m.codec_set({ codec: facts.preferred }),
      unaskedText(facts),
      m.codec_set_app(),
    ],
    notes: m.codec_notes_set,
  },
  ...exchangeTexts<CodecFacts>({
    say: {
      'create-offer': ({ preferred }) => [
        preferred === null ? null : m.codec_offer({ codec: preferred }),
      ],
    },
    notes: { 'create-offer': m.codec_notes_offer },
  }),
  'see-new-codec': {
    title: ({ by }) => m.codec_title_see_new({ who: by }),
    next: () => m.codec_next_see_new(),
    body: (facts) => [changeText(facts), sentText(facts), m.codec_same_section()],
    notes: m.codec_notes_see_new,
  },
};

export const preferCodecLesson: ActLesson = {
  act: 'prefer-codec',
  group: 'agree',
  name: () => m.codec_name(),
  about: () => m.codec_about(),
  brief: () => m.codec_brief(),
  settings: (isVirtual) => [
    {
      id: 'codec',
      label: m.codec_setting(),
      options: (isVirtual ? ['h264', 'vp8'] : ['vp9', 'h264', 'av1', 'vp8']).map((id) => ({
        id,
        label: id.toUpperCase(),
      })),
    },
  ],
  ...toldSteps(TEXTS, codecFacts),
  waiting: waitingLook,
  code: (_options, { by, settings }) => {
    const codec = (settings?.['codec'] ?? 'vp9').toUpperCase();
    return codeOf(by, {
      acting: [
        line('const stats = await sender.getStats(); // codecId', 'see-codec', 'see-new-codec'),
        BLANK,
        line("const { codecs } = RTCRtpReceiver.getCapabilities('video');", 'set-preferences'),
        line(`const isFirst = ({ mimeType }) => mimeType === 'video/${codec}';`, 'set-preferences'),
        line('transceiver.setCodecPreferences(', 'set-preferences'),
        line('  codecs.toSorted((a, b) => isFirst(b) - isFirst(a)),', 'set-preferences'),
        line(');', 'set-preferences'),
        BLANK,
        ...offeringCode('set-preferences').slice(1, -1),
      ],
      seeing: ANSWERING_CODE,
    });
  },
  pill: pillsOf({ 'set-preferences': 'setCodecPreferences()' }),
  plain: plainOf({ 'set-preferences': m.codec_plain_set }),
};
