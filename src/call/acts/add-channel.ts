// Data channels in a call that stands: the first needs a section and so a negotiation, a further one needs neither.
import { exchangeSteps, otherSide, SIDES, type ActSettings, type Side } from '../../rtc/steps.ts';
import type { DataChannel } from '../../peers/connection.ts';
import { needsCall, type ActScript } from '../act.ts';
import type { Call } from '../call.ts';
import { exchangeWork } from '../exchange-work.ts';
import { until } from '../wait.ts';

/** The stream of a channel that both apps make: far above those that browsers choose. */
const AGREED_ID = 100;
/** How long a channel may take to open, in ms. */
const OPEN_PATIENCE = 10_000;

type How = 'ordered' | 'unordered' | 'unreliable' | 'agreed';

const HOW: readonly How[] = ['ordered', 'unordered', 'unreliable', 'agreed'];
const howOf = ({ how }: ActSettings): How => HOW.find((each) => each === how) ?? 'ordered';

/** What each kind of channel is asked for with. @param nth its place among the channels of the call */
function initOf(how: How, nth: number): RTCDataChannelInit {
  switch (how) {
    case 'ordered':
      return {};
    case 'unordered':
      return { ordered: false };
    case 'unreliable':
      return { ordered: false, maxRetransmits: 0 };
    case 'agreed':
      return { negotiated: true, id: AGREED_ID + nth };
  }
}

/** The channels that one act makes, and how their opening is waited for. */
class NewChannels {
  readonly #call: Call;
  readonly #made = new Set<DataChannel>();
  readonly #watchers = new Set<() => void>();
  readonly #announced = ({ channel }: { readonly channel: DataChannel }) => {
    this.#take(channel);
  };

  constructor(call: Call) {
    this.#call = call;
    for (const side of SIDES) {
      call.ends[side].peer.addEventListener('datachannel', this.#announced);
    }
  }

  make(side: Side, label: string, init: RTCDataChannelInit): void {
    this.#take(this.#call.addChannel(side, label, init));
  }

  /** Both ends of it are open, or patience is over. */
  async open(signal: AbortSignal): Promise<void> {
    const isOpen = () =>
      this.#made.size >= 2 && [...this.#made].every(({ readyState }) => readyState === 'open');
    const watch = (check: () => void) => {
      this.#watchers.add(check);
      return () => this.#watchers.delete(check);
    };
    try {
      await until(isOpen, watch, OPEN_PATIENCE, signal, this.#call.timers);
    } finally {
      for (const side of SIDES) {
        this.#call.ends[side].peer.removeEventListener('datachannel', this.#announced);
      }
    }
  }

  #take(channel: DataChannel): void {
    this.#made.add(channel);
    const tell = () => {
      for (const watcher of this.#watchers) watcher();
    };
    channel.addEventListener('open', tell);
    tell();
  }
}

export const addChannel: ActScript = {
  id: 'add-channel',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'add-channel', by, settings },
    steps: [
      { kind: 'create-channel', side: by, phase: 'communication' },
      ...(howOf(settings) === 'agreed'
        ? ([{ kind: 'create-same', side: otherSide(by), phase: 'communication' }] as const)
        : []),
      { kind: 'channel-opens', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) => needsCall(state) ?? (hasChannel(state.frame[by]) ? null : 'no-channel'),
  work: ({ call, by, settings }) => {
    const how = howOf(settings);
    const channels = new NewChannels(call);
    const nth = call.nextChannel();
    const label = `channel-${String(nth)}`;
    const init = initOf(how, nth);
    return {
      'create-channel': () => {
        channels.make(by, label, init);
      },
      'create-same': () => {
        channels.make(otherSide(by), label, init);
      },
      'channel-opens': (signal) => channels.open(signal),
    };
  },
};

export const firstChannel: ActScript = {
  id: 'first-channel',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'first-channel', by, settings },
    steps: [
      { kind: 'create-channel', side: by, phase: 'communication' },
      ...exchangeSteps(by),
      { kind: 'channel-opens', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) => needsCall(state) ?? (hasChannel(state.frame[by]) ? 'has-channel' : null),
  work: ({ call, by }) => {
    const channels = new NewChannels(call);
    return {
      'create-channel': (signal) =>
        call.needing(by, signal, () => {
          channels.make(by, `channel-${String(call.nextChannel())}`, {});
        }),
      ...exchangeWork(call, call.exchange(by)),
      'channel-opens': (signal) => channels.open(signal),
    };
  },
};

/** Once there was a channel there is a section for data. */
function hasChannel({ channels }: { readonly channels: { readonly length: number } }): boolean {
  return channels.length > 0;
}
