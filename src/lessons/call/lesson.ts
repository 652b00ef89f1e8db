// The texts of the call in 14 steps, as those of an act.
import { m } from '../../i18n/paraglide/messages.js';
import { CALL_STEPS } from '../../rtc/steps.ts';
import { ufragOf } from '../../ice/ufrag.ts';
import { ufragsOf } from '../../sdp/ufrag.ts';
import { countCandidates } from '../../trace/count.ts';
import type { RunOptions } from '../../trace/event.ts';
import type { Frame, MessageFrame, PeerFrame } from '../../trace/frame.ts';
import { callPlain } from '../plain/call.ts';
import { exchangePill, plainPill, type ActLesson, type PillSource } from '../act.ts';
import { firstNext } from './first-next.ts';
import { stepTitle } from './title.ts';

function tracksOf({ carry }: RunOptions): number {
  return Number(carry.audio) + Number(carry.video);
}

/** Where a test card stood in for the camera the row says that, not the API's name. */
function pillOf({ step, options, events, frame }: PillSource) {
  const tracks = tracksOf(options);
  const isCapture = options.media === 'camera' || options.media === 'virtual';
  switch (step.kind) {
    case 'capture-caller':
      if (tracks === 0) return plainPill('—');
      if (isCapture) return plainPill('getUserMedia()');
      return { call: 'captureStream()', insteadOf: 'getUserMedia()', times: 1 };
    case 'add-tracks':
      if (tracks > 0) return plainPill('addTrack()', tracks);
      return plainPill(options.carry.data ? 'createDataChannel()' : 'new RTCPeerConnection()');
    case 'gather-candidates':
      return plainPill('icecandidate', events.length === 0 ? 1 : foundForOffer(frame));
    case 'capture-callee':
      return tracks === 0 ? plainPill('—') : plainPill('addTrack()', tracks);
    default:
      return exchangePill(step.kind);
  }
}

/** How many were found, by the list of all that were and the offer that they were counted for. */
const FOUND = new WeakMap<PeerFrame['local'], { offer: MessageFrame['body']; found: number }>();

/**
 * What the caller has found for its first offer so far: an ICE restart gathers anew, in another step. Asked at every
 * moment, and the same for as long as nothing is found.
 */
function foundForOffer({ caller: { local }, messages }: Frame): number {
  const offer = firstOffer(messages);
  const known = FOUND.get(local);
  if (known?.offer === offer) return known.found;
  const offered = offer !== null && 'sdp' in offer ? ufragsOf(offer.sdp) : [];
  const found = countCandidates(
    [...local].filter(({ candidate }) => {
      const ufrag = ufragOf(candidate);
      return ufrag === null || offered.length === 0 || offered.includes(ufrag);
    }),
  );
  FOUND.set(local, { offer, found });
  return found;
}

function firstOffer(messages: Frame['messages']): MessageFrame['body'] {
  for (const { type, body } of messages) if (type === 'offer') return body;
  return null;
}

/** All of it that is needed before something has happened; the rest is in `told.ts`. */
export const callLesson: ActLesson = {
  act: 'call',
  group: 'agree',
  name: () => m.act_call(),
  about: () => m.act_call_about({ count: CALL_STEPS.length }),
  brief: () => m.act_call(),
  stepTitle: ({ kind }) => stepTitle(kind),
  next: ({ kind }, options) => (kind === 'capture-caller' ? firstNext(options) : ''),
  caption: ({ step }) => ({ title: stepTitle(step.kind), body: '' }),
  waiting: () => null,
  // A teacher's notes are for the speaker's window alone, and loaded with it.
  notes: async ({ kind }) => (await import('./notes.ts')).stepNotes(kind),
  code: () => ({ caller: [], callee: [] }),
  pill: pillOf,
  plain: callPlain,
};
