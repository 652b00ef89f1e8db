// Preferring another codec for the picture: an order that is offered and answered, and what is then sent.
import { exchangeSteps, SIDES, type ActSettings } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';
import { ENCODER_TIME, look } from '../look.ts';
import { isHeard, ownSections, ownTransceiver } from '../sending.ts';

/** The codecs that can be preferred, by their names in settings. */
const CODECS: Readonly<Record<string, string>> = {
  vp9: 'video/VP9',
  h264: 'video/H264',
  av1: 'video/AV1',
  vp8: 'video/VP8',
};

const codecOf = ({ codec = '' }: ActSettings) =>
  Object.hasOwn(CODECS, codec) ? (CODECS[codec] ?? null) : null;

export const preferCodec: ActScript = {
  id: 'prefer-codec',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'prefer-codec', by, settings },
    steps: [
      { kind: 'see-codec', side: 'both', phase: 'communication' },
      { kind: 'set-preferences', side: by, phase: 'communication' },
      ...exchangeSteps(by),
      { kind: 'see-new-codec', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) => {
    const peer = state.frame[by];
    const isSent = ownSections(peer).some((each) => each.media === 'video' && isHeard(peer, each));
    return needsCall(state) ?? (isSent ? null : 'no-video');
  },
  work: ({ call, by, settings }) => ({
    'see-codec': (signal) => look(call, signal),
    'set-preferences': () => {
      const all = call.capabilities('video');
      const has = (codec: string) => all.some(({ mimeType }) => mimeType === codec);
      const wanted = codecOf(settings) ?? (has('video/VP9') ? 'video/VP9' : 'video/H264');
      // One that this browser lacks is asked for all the same: it says itself why that can't be.
      const first = has(wanted)
        ? all.filter(({ mimeType }) => mimeType === wanted)
        : [{ mimeType: wanted, clockRate: 90_000 }];
      const rest = all.filter(({ mimeType }) => mimeType !== wanted);
      ownTransceiver(call, by, 'video').setCodecPreferences([...first, ...rest]);
    },
    ...exchangeWork(call, call.exchange(by)),
    'see-new-codec': (signal) => look(call, signal, ENCODER_TIME),
  }),
};
