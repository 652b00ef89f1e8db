// What went wrong, what it means and what to do about it. Apart from the captions, so that it loads only when needed.
import { m } from '../../i18n/paraglide/messages.js';
import type { Problem, ProblemCode } from '../../trace/event.ts';

/** The explanation of a problem; the exception's own name and message are shown beside it, unedited. */
export interface Explanation {
  /** What happened. */
  readonly title: string;
  readonly means: string;
  /** A way on. */
  readonly next: string;
}

const EXPLANATIONS: Readonly<
  Record<ProblemCode, readonly [title: () => string, means: () => string, next: () => string]>
> = {
  'camera-denied': [
    m.call_problem_camera_denied_title,
    m.call_problem_camera_denied_means,
    m.call_problem_camera_denied_next,
  ],
  'camera-missing': [
    m.call_problem_camera_missing_title,
    m.call_problem_camera_missing_means,
    m.call_problem_camera_missing_next,
  ],
  'camera-busy': [
    m.call_problem_camera_busy_title,
    m.call_problem_camera_busy_means,
    m.call_problem_camera_busy_next,
  ],
  'insecure-context': [
    m.call_problem_insecure_context_title,
    m.call_problem_insecure_context_means,
    m.call_problem_insecure_context_next,
  ],
  'no-webrtc': [
    m.call_problem_no_webrtc_title,
    m.call_problem_no_webrtc_means,
    m.call_problem_no_webrtc_next,
  ],
  'media-file-unplayable': [
    m.call_problem_media_file_unplayable_title,
    m.call_problem_media_file_unplayable_means,
    m.call_problem_media_file_unplayable_next,
  ],
  'media-file-gone': [
    m.call_problem_media_file_gone_title,
    m.call_problem_media_file_gone_means,
    m.call_problem_media_file_gone_next,
  ],
  'video-lost': [
    m.call_problem_video_lost_title,
    m.call_problem_video_lost_means,
    m.call_problem_media_lost_next,
  ],
  'audio-lost': [
    m.call_problem_audio_lost_title,
    m.call_problem_audio_lost_means,
    m.call_problem_media_lost_next,
  ],
  'message-lost': [
    m.call_problem_message_lost_title,
    m.call_problem_message_lost_means,
    m.call_problem_message_lost_next,
  ],
  'wrong-state': [
    m.call_problem_wrong_state_title,
    m.call_problem_wrong_state_means,
    m.call_problem_wrong_state_next,
  ],
  'no-common-codec': [
    m.call_problem_no_common_codec_title,
    m.call_problem_no_common_codec_means,
    m.call_problem_no_common_codec_next,
  ],
  'ice-failed': [
    m.call_problem_ice_failed_title,
    m.call_problem_ice_failed_means,
    m.call_problem_ice_failed_next,
  ],
  'dtls-failed': [
    m.call_problem_dtls_failed_title,
    m.call_problem_dtls_failed_means,
    m.call_problem_dtls_failed_next,
  ],
  'nothing-negotiated': [
    m.call_problem_nothing_negotiated_title,
    m.call_problem_nothing_negotiated_means,
    m.call_problem_nothing_negotiated_next,
  ],
  'connect-timeout': [
    m.call_problem_connect_timeout_title,
    m.call_problem_connect_timeout_means,
    m.call_problem_connect_timeout_next,
  ],
  'ice-server-malformed': [
    m.call_problem_ice_server_malformed_title,
    m.call_problem_ice_server_malformed_means,
    m.call_problem_ice_server_malformed_next,
  ],
  'ice-server-silent': [
    m.call_problem_ice_server_silent_title,
    m.call_problem_ice_server_silent_means,
    m.call_problem_ice_server_silent_next,
  ],
  'candidate-rejected': [
    m.call_problem_candidate_rejected_title,
    m.call_problem_candidate_rejected_means,
    m.call_problem_candidate_rejected_next,
  ],
  'hung-up': [
    m.call_problem_hung_up_title,
    m.call_problem_hung_up_means,
    m.call_problem_hung_up_next,
  ],
  unexpected: [
    m.call_problem_unexpected_title,
    m.call_problem_unexpected_means,
    m.call_problem_unexpected_next,
  ],
};

/** A problem in the reader's language. The texts carry the lessons' markup. */
export function explainProblem({ code }: Problem): Explanation {
  const [title, means, next] = EXPLANATIONS[code];
  return { title: title(), means: means(), next: next() };
}
