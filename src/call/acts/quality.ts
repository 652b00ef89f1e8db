// Sending the picture in another quality: parameters of the sender, which nobody has to agree on.
import { SIDES, type ActSettings } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { ENCODER_TIME, look } from '../look.ts';
import { ownSections, ownTransceiver } from '../sending.ts';

const FEW_BITS: RTCRtpEncodingParameters = { maxBitrate: 60_000 };

/** What is asked of the encoder, by the name of the choice. */
const CHANGES: Readonly<Record<string, RTCRtpEncodingParameters>> = {
  bitrate: FEW_BITS,
  scale: { scaleResolutionDownBy: 4 },
  off: { active: false },
  full: { active: true, scaleResolutionDownBy: 1 },
};

function changeOf({ how = 'bitrate' }: ActSettings): RTCRtpEncodingParameters {
  const known = Object.hasOwn(CHANGES, how) ? CHANGES[how] : undefined;
  return known ?? FEW_BITS;
}

export const quality: ActScript = {
  id: 'quality',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'quality', by, settings },
    steps: [
      { kind: 'see-quality', side: 'both', phase: 'communication' },
      { kind: 'set-parameters', side: by, phase: 'communication' },
      { kind: 'see-new-quality', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) => {
    const has = ownSections(state.frame[by]).some(
      ({ media, sending }) => media === 'video' && typeof sending === 'string',
    );
    return needsCall(state) ?? (has ? null : 'no-video');
  },
  work: ({ call, by, settings }) => ({
    'see-quality': (signal) => look(call, signal),
    'set-parameters': async () => {
      const { sender } = ownTransceiver(call, by, 'video');
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) {
        if (settings['how'] === 'full') delete encoding.maxBitrate;
        Object.assign(encoding, changeOf(settings));
      }
      await sender.setParameters(parameters);
    },
    'see-new-quality': (signal) => look(call, signal, ENCODER_TIME),
  }),
};
