// The caption of a moment: what happens, why, and what changes, in at most sixty words from the facts of this run.
import { m } from '../../i18n/paraglide/messages.js';
import type { CallStepKind } from '../../rtc/steps.ts';
import type { CaptionText } from '../act.ts';
import type { CaptionFacts, Kinds, SentFacts } from './facts.ts';
import { endedCaption, startCaption } from './outside.ts';
import { stepTitle } from './title.ts';

export { captionFacts } from './facts.ts';
export type { CaptionFacts, CaptionSource } from './facts.ts';

/** Sentences in reading order; what does not hold in this run is `null`. */
type Pieces = readonly (string | null)[];

interface StepCaption {
  /** Where this run asks for another title than the step's own. */
  readonly title?: (facts: CaptionFacts) => string | null;
  readonly body: (facts: CaptionFacts) => Pieces;
}

/** The caption of a moment. */
export function caption(facts: CaptionFacts): CaptionText {
  if (facts.ended) return endedCaption();
  const { step } = facts;
  if (step === null) return startCaption(facts.media, facts.carriesMedia || facts.carriesData);
  const { title, body } = CAPTIONS[step];
  return {
    title: title?.(facts) ?? stepTitle(step),
    body: body(facts)
      .filter((piece) => piece !== null)
      .join(' '),
  };
}

/** What a step that can take long is waiting for, as plain text; `null` while there is nothing to say. */
export function waitingFor(facts: CaptionFacts): string | null {
  if (facts.progress !== 'running' || facts.ended) return null;
  switch (facts.step) {
    case 'capture-caller':
    case 'capture-callee':
      return facts.carriesMedia ? m.call_wait_capture({ media: facts.media }) : null;
    case 'gather-candidates':
      return m.call_wait_gather({ how: facts.trickle ? 'first' : 'all' });
    case 'set-local-answer':
      return facts.trickle ? null : m.call_wait_gather({ how: 'all' });
    case 'send-offer':
    case 'send-answer':
    case 'receive-answer':
      return m.call_wait_message();
    case 'connect':
      return m.call_wait_connect({ what: missing(facts) });
    case 'add-tracks':
    case 'create-offer':
    case 'set-local-offer':
    case 'set-remote-offer':
    case 'create-answer':
    case 'set-remote-answer':
    case null:
      return null;
  }
}

/** What a call that is connecting lacks: candidates to make pairs of, a pair that works, keys, or its data channel. */
function missing(facts: CaptionFacts): 'candidates' | 'path' | 'keys' | 'channel' {
  if (bothConnected(facts)) return 'channel';
  const sides = [facts.caller, facts.callee];
  if (sides.every(({ ice }) => ice === 'connected' || ice === 'completed')) return 'keys';
  return sides.every(({ arrived }) => arrived === 0) && facts.trickle ? 'candidates' : 'path';
}

const CAPTIONS: Readonly<Record<CallStepKind, StepCaption>> = {
  'capture-caller': {
    title: (facts) => (facts.carriesMedia ? null : m.call_capture_caller_title_none()),
    body: (facts) =>
      facts.carriesMedia
        ? [
            m.call_capture_caller_why(),
            ifCaptured(facts.caller.captured, (tracks) =>
              m.call_capture_caller_got({ media: facts.media, tracks }),
            ),
            when(facts.caller.signaling === null, m.call_capture_caller_still),
          ]
        : [facts.carriesData ? m.call_capture_caller_data() : m.call_capture_caller_none()],
  },

  'add-tracks': {
    title: ({ carriesMedia, carriesData }) => {
      if (carriesMedia) return null;
      return carriesData ? m.call_add_tracks_title_data() : m.call_add_tracks_title_none();
    },
    body: ({ caller, carriesMedia, carriesData }) => [
      m.call_add_tracks_new(),
      ifAny(caller.attached, (count) => m.call_add_tracks_tracks({ count })),
      when(caller.channel !== null, m.call_add_tracks_channel),
      carriesMedia || carriesData ? m.call_add_tracks_later() : m.call_add_tracks_none(),
    ],
  },

  'create-offer': {
    body: ({ offer, caller }) => [
      m.call_create_offer_what(),
      offer &&
        (offer.sections === 0
          ? m.call_create_offer_none()
          : m.call_create_offer_sections({
              count: offer.sections,
              media: offer.media ? 'yes' : 'no',
            })),
      when(
        offer !== null && caller.signaling === 'stable' && caller.gathering === 'new',
        m.call_create_offer_still,
      ),
    ],
  },

  'set-local-offer': {
    body: ({ caller, offer }) => [
      m.call_set_local_offer_what(),
      when(caller.signaling === 'have-local-offer', m.call_set_local_offer_state),
      offer?.sections === 0 ? m.call_set_local_offer_none() : m.call_set_local_offer_gather(),
    ],
  },

  'gather-candidates': {
    title: ({ offer }) => (offer?.sections === 0 ? m.call_gather_candidates_title_none() : null),
    body: (facts) =>
      facts.offer?.sections === 0
        ? [m.call_gather_candidates_none()]
        : [m.call_gather_candidates_what(), gathered(facts), waitsForAll(facts), ofNote(facts)],
  },

  'send-offer': {
    body: ({ media, sentOffer, trickle }) => [
      media === 'virtual' ? m.call_send_offer_virtual() : m.call_send_offer_what(),
      sentOffer?.called === true ? m.call_send_offer_called() : null,
      sentOffer && m.call_send_offer_size(sizeOf(sentOffer)),
      ...candidatesOf(sentOffer, trickle),
    ],
  },

  'set-remote-offer': {
    body: ({ callee, offer }) => {
      if (callee.signaling !== 'have-remote-offer') return [m.call_set_remote_offer_what()];
      const count = offer?.sections ?? 0;
      return [
        count === 0 ? m.call_set_remote_offer_none() : m.call_set_remote_offer_knows({ count }),
        m.call_set_remote_offer_pending(),
        callee.added > 0
          ? m.call_set_remote_offer_waited({ count: callee.added })
          : m.call_set_remote_offer_before(),
      ];
    },
  },

  'capture-callee': {
    body: ({ carriesMedia, carriesData, callee, media }) => {
      if (!carriesMedia) {
        return [carriesData ? m.call_capture_callee_data() : m.call_capture_callee_none()];
      }
      return [
        m.call_capture_callee_what(),
        ifCaptured(callee.captured, (tracks) => m.call_capture_callee_got({ media, tracks })),
        ifAny(callee.attached, (count) => m.call_capture_callee_added({ count })),
      ];
    },
  },

  'create-answer': {
    body: ({ answer, callee }) => [
      m.call_create_answer_what(),
      answer &&
        (answer.sections === 0
          ? m.call_create_answer_none()
          : m.call_create_answer_mirror({
              count: answer.sections,
              media: answer.media ? 'yes' : 'no',
            })),
      ifAny(answer?.refused ?? 0, (count) => m.call_create_answer_refused({ count })),
      when(answer !== null && callee.signaling === 'have-remote-offer', m.call_create_answer_still),
    ],
  },

  'set-local-answer': {
    body: ({ callee, answer }) => {
      const { ice } = callee;
      return [
        m.call_set_local_answer_what(),
        when(callee.signaling === 'stable' && callee.current, m.call_set_local_answer_stable),
        ice === 'checking' || ice === 'connected' || ice === 'completed'
          ? m.call_set_local_answer_ice({ ice })
          : null,
        answer?.sections === 0 ? m.call_set_local_answer_runs() : m.call_set_local_answer_clock(),
      ];
    },
  },

  'send-answer': {
    body: ({ sentAnswer, early, trickle }) => [
      m.call_send_answer_what(),
      sentAnswer && m.call_send_answer_size(sizeOf(sentAnswer)),
      ...(early === null ? candidatesOf(sentAnswer, trickle) : []),
      early && m.call_ice_early({ before: early }),
    ],
  },

  'receive-answer': {
    body: ({ caller, sentAnswer, early }) => {
      if (sentAnswer?.at !== 'delivered' || caller.signaling !== 'have-local-offer') {
        return [m.call_receive_answer_what()];
      }
      return [
        m.call_receive_answer_got(),
        early === null
          ? ifAny(caller.queued, (count) => m.call_receive_answer_queued({ count }))
          : m.call_ice_early({ before: early }),
      ];
    },
  },

  'set-remote-answer': {
    body: (facts) => {
      const { caller, callee, early } = facts;
      if (caller.signaling !== 'stable' || !caller.current || !callee.current) {
        return [m.call_set_remote_answer_what()];
      }
      return [
        m.call_set_remote_answer_stable(),
        early && m.call_ice_early({ before: early }),
        early === null
          ? ifAny(caller.added, (count) => m.call_set_remote_answer_added({ count }))
          : null,
        agreedOnly(facts),
      ];
    },
  },

  connect: {
    title: (facts) => {
      if (lost(facts) !== null) return m.call_connect_title_lost();
      if (facts.progress === 'failed') return m.call_connect_title_failed();
      return bothConnected(facts) ? m.call_connect_title_connected() : null;
    },
    body: connectPieces,
  },
};

function when(holds: boolean, say: () => string): string | null {
  return holds ? say() : null;
}

function ifAny(count: number, say: (count: number) => string): string | null {
  return count > 0 ? say(count) : null;
}

function ifCaptured(kinds: Kinds, say: (tracks: string) => string): string | null {
  return kinds === 'none' ? null : say(m.call_tracks({ what: kinds }));
}

/** How many candidates there are, and whether more are to come. */
function gathered({ found, caller, progress, trickle }: CaptionFacts): string | null {
  const over = progress === 'done';
  const how =
    caller.gathering === 'complete' ? 'complete' : trickle ? 'trickle' : over ? 'over' : 'wait';
  if (found > 0) return m.call_gather_candidates_found({ count: found, how });
  return over || how === 'complete' ? m.call_gather_candidates_empty({ how }) : null;
}

function waitsForAll({ trickle, progress, caller }: CaptionFacts): string | null {
  const waits = !trickle && (progress !== 'done' || caller.gathering === 'complete');
  return when(waits, m.call_gather_candidates_all);
}

/** One thing about these candidates: what looks like trouble first. */
function ofNote({ errorCode, hidden, farthest, servers }: CaptionFacts): string | null {
  if (errorCode !== null) return m.call_gather_candidates_error({ code: String(errorCode) });
  if (hidden) return m.call_gather_candidates_mdns();
  if (farthest === null || (farthest === 'host' && servers > 0)) return null;
  return m.call_gather_candidates_type({ type: farthest });
}

function sizeOf({ characters, lines }: SentFacts) {
  return { characters, lines };
}

/** How the candidates travel that belong to a description which was sent. */
function candidatesOf(sent: SentFacts | null, trickle: boolean): Pieces {
  if (sent === null) return [];
  if (sent.at === 'lost') return [m.call_sent_lost()];
  return [
    ifAny(sent.inside, (count) => m.call_sent_inside({ count })),
    ifAny(sent.along, (count) => m.call_sent_along({ count })),
    when(trickle && sent.sections > 0 && sent.inside + sent.along === 0, m.call_sent_later),
  ];
}

/** What agreeing has not brought yet: the caller's ICE at this moment, and DTLS. */
function agreedOnly(facts: CaptionFacts): string | null {
  if (facts.answer?.sections === 0) return m.call_set_remote_answer_none();
  if (bothConnected(facts)) return m.call_set_remote_answer_all();
  const { ice } = facts.caller;
  return ice === null ? null : m.call_set_remote_answer_ice({ ice });
}

function bothConnected({ caller, callee }: CaptionFacts): boolean {
  return caller.connection === 'connected' && callee.connection === 'connected';
}

/** How a connection stands that was made and has broken off since. */
function lost({ progress, caller, callee }: CaptionFacts): 'disconnected' | 'failed' | null {
  if (progress !== 'done') return null;
  const states = [caller.connection, callee.connection];
  return (['failed', 'disconnected'] as const).find((state) => states.includes(state)) ?? null;
}

function connectPieces(facts: CaptionFacts): Pieces {
  const state = lost(facts);
  if (state !== null) return [m.call_connect_lost({ state }), whatStays(facts)];
  if (facts.progress === 'failed') {
    return [m.call_connect_what(), whyNot(facts), whatStays(facts)];
  }
  const { caller, callee, connectMs, pair, dtls } = facts;
  if (!bothConnected(facts)) return [m.call_connect_what()];
  return [
    connectMs === null ? m.call_connect_connected() : m.call_connect_after({ ms: connectMs }),
    pair && m.call_connect_pair({ path: pathOf(pair.local, pair.remote), ...pair }),
    dtls && m.call_connect_dtls({ version: dtls }),
    caller.arriving === callee.arriving && caller.arriving !== 'none'
      ? m.call_connect_flows({ what: caller.arriving })
      : null,
    when(caller.channel === 'open' && callee.channel === 'open', m.call_connect_channel),
  ];
}

/** Chromium goes on showing iceConnectionState as `disconnected` where ICE has given up. */
function whatStays({ caller, callee }: CaptionFacts): string | null {
  const isShown = [caller, callee].some(
    ({ ice, connection }) => ice === 'disconnected' && connection === 'failed',
  );
  return when(isShown, m.call_connect_stays);
}

function pathOf(local: string, remote: string): 'direct' | 'relay' | 'other' {
  if (local === 'relay' || remote === 'relay') return 'relay';
  return local === 'host' && remote === 'host' ? 'direct' : 'other';
}

/** Why the call never connected, in a sentence; the rest is told where the problem is explained. */
function whyNot({ problem }: CaptionFacts): string | null {
  switch (problem) {
    case 'nothing-negotiated':
      return m.call_connect_why({ code: 'nothing' });
    case 'ice-failed':
      return m.call_connect_why({ code: 'ice' });
    case 'dtls-failed':
      return m.call_connect_why({ code: 'dtls' });
    case 'connect-timeout':
      return m.call_connect_why({ code: 'timeout' });
    case 'camera-denied':
    case 'camera-missing':
    case 'camera-busy':
    case 'insecure-context':
    case 'no-webrtc':
    case 'media-file-unplayable':
    case 'media-file-gone':
    case 'video-lost':
    case 'audio-lost':
    case 'message-lost':
    case 'wrong-state':
    case 'no-common-codec':
    case 'ice-server-malformed':
    case 'ice-server-silent':
    case 'candidate-rejected':
    case 'hung-up':
    case 'unexpected':
    case null:
      return null;
  }
}
