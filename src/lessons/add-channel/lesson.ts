// The texts of data channels in a call that stands: what the first one needs, and why a further one needs nothing.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActLesson } from '../act.ts';
import { BLANK, line } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { codeOf } from '../looked/code.ts';
import { pillsOf, plainOf } from '../looked/lesson.ts';
import { askedText } from '../looked/say.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';
import { channelFacts, type ChannelFacts } from './facts.ts';

/** How the channel carries messages, as RTCDataChannel itself says. */
function optionsText({ here }: ChannelFacts): string | null {
  const options = here?.options;
  if (options === undefined) return null;
  const { ordered, maxRetransmits, negotiated } = options;
  if (negotiated) return m.channel_options_agreed({ id: here?.id ?? 0 });
  if (maxRetransmits !== null) return m.channel_options_unreliable({ count: maxRetransmits });
  return ordered ? m.channel_options_ordered() : m.channel_options_unordered();
}

function openText({ here, there }: ChannelFacts): string {
  if (here?.state !== 'open' || there?.state !== 'open') return m.channel_not_open();
  return here.id === null ? m.channel_open() : m.channel_open_stream({ id: here.id });
}

/** DCEP's two messages, where they were seen on the wire. */
function seenText({ seen, isNegotiated }: ChannelFacts): string | null {
  const { open, ack } = seen;
  if (open === null) return null;
  if (ack === null) return m.channel_seen_open({ who: open });
  return isNegotiated ? m.channel_seen_both() : m.channel_seen({ who: open });
}

/** How the other side has learnt of it. */
function learntText({ there }: ChannelFacts): string | null {
  if (there === null) return null;
  return there.origin === 'remote' ? m.channel_announced() : m.channel_not_announced();
}

const TEXTS: Readonly<Record<string, StepTexts<ChannelFacts>>> = {
  'create-channel': {
    title: ({ by }) => m.channel_title_create({ who: by }),
    next: () => m.channel_next_create(),
    body: (facts) => [
      facts.hadChannels ? m.channel_why_further() : m.channel_why_first(),
      optionsText(facts),
      askedText(facts),
    ],
    notes: m.channel_notes_create,
  },
  'create-same': {
    title: ({ other }) => m.channel_title_same({ who: other }),
    next: ({ other }) => m.channel_next_same({ who: other }),
    body: ({ here, there }) => [
      m.channel_same_why(),
      here?.id != null && here.id === there?.id ? m.channel_same_id({ id: here.id }) : null,
      m.channel_same_quiet(),
    ],
    notes: m.channel_notes_same,
  },
  ...exchangeTexts<ChannelFacts>({ notes: { 'create-offer': m.channel_notes_offer } }),
  'channel-opens': {
    title: () => m.channel_title_open(),
    next: () => m.channel_next_open(),
    body: (facts) => [
      openText(facts),
      learntText(facts),
      when(!facts.isNegotiated, m.channel_no_signaling),
      seenText(facts),
    ],
    notes: m.channel_notes_open,
  },
};

/** What an app asks for, for each choice. */
const OPTIONS: Readonly<Record<string, string>> = {
  ordered: '',
  unordered: ', { ordered: false }',
  unreliable: ', { ordered: false, maxRetransmits: 0 }',
  agreed: ', { negotiated: true, id: 102 }',
};

const shared = {
  ...toldSteps(TEXTS, channelFacts),
  waiting: ({ step, after }) =>
    after.progress === 'running' && step.kind === 'channel-opens' ? m.channel_waiting() : null,
  code: (_options, { by, steps, settings }) => {
    const isFirst = steps.some(({ kind }) => kind === 'create-offer');
    const options = OPTIONS[settings?.['how'] ?? 'ordered'] ?? '';
    const isAgreed = steps.some(({ kind }) => kind === 'create-same');
    const opened = "channel.onopen = () => channel.send('hello');";
    return codeOf(by, {
      acting: [
        line(`const channel = pc.createDataChannel('chat'${options});`, 'create-channel'),
        line(opened, 'channel-opens'),
        ...(isFirst ? [BLANK, ...offeringCode('create-channel')] : []),
      ],
      seeing: [
        ...(isFirst ? [...ANSWERING_CODE, BLANK] : []),
        ...(isAgreed
          ? [
              line(`const channel = pc.createDataChannel('chat'${options});`, 'create-same'),
              line(opened, 'channel-opens'),
            ]
          : [
              line('pc.ondatachannel = ({ channel }) => {', 'channel-opens'),
              line('  channel.onmessage = ({ data }) => show(data);', 'channel-opens'),
              line('};', 'channel-opens'),
            ]),
      ],
    });
  },
  pill: pillsOf({
    'create-channel': 'createDataChannel()',
    'create-same': 'createDataChannel()',
    'channel-opens': 'open',
  }),
  plain: plainOf({
    'create-channel': m.channel_plain_create,
    'create-same': m.channel_plain_same,
    'channel-opens': m.channel_plain_open,
  }),
} satisfies Partial<ActLesson>;

export const addChannelLesson: ActLesson = {
  ...shared,
  act: 'add-channel',
  group: 'switch',
  name: () => m.channel_name(),
  about: () => m.channel_about(),
  brief: () => m.channel_brief(),
  settings: () => [
    {
      id: 'how',
      label: m.channel_setting_how(),
      options: [
        { id: 'ordered', label: m.channel_how_ordered() },
        { id: 'unordered', label: m.channel_how_unordered() },
        { id: 'unreliable', label: m.channel_how_unreliable() },
        { id: 'agreed', label: m.channel_how_agreed() },
      ],
    },
  ],
};

export const firstChannelLesson: ActLesson = {
  ...shared,
  act: 'first-channel',
  group: 'agree',
  name: () => m.channel_first_name(),
  about: () => m.channel_first_about(),
  brief: () => m.channel_first_brief(),
};
