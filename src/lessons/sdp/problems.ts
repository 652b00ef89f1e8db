// What is wrong with a description, in words.
import { m } from '../../i18n/paraglide/messages.js';
import { plainParams } from '../ice/plain.ts';
import { ONE_WORDS } from '../verdict/one-words.ts';
import type { Words } from '../verdict/words.ts';
import type { ProblemId, Problems, SdpProblem } from '../../sdp/problems.ts';

/** A problem in words. */
export interface ProblemText {
  readonly title: string;
  readonly reason: string;
}

const LINE_WORDS = {
  empty: { title: m.sdp_problem_empty_title, why: m.sdp_problem_empty_reason },
  fragment: { title: m.sdp_problem_fragment_title, why: m.sdp_problem_fragment_reason },
  'missing-line': {
    title: m.sdp_problem_missing_line_title,
    why: m.sdp_problem_missing_line_reason,
  },
  order: { title: m.sdp_problem_order_title, why: m.sdp_problem_order_reason },
  'unknown-type': {
    title: m.sdp_problem_unknown_type_title,
    why: m.sdp_problem_unknown_type_reason,
  },
  'no-line': { title: m.sdp_problem_no_line_title, why: m.sdp_problem_no_line_reason },
  'line-end': { title: m.sdp_problem_line_end_title, why: m.sdp_problem_line_end_reason },
  binary: { title: m.sdp_problem_binary_title, why: m.sdp_problem_binary_reason },
  malformed: {
    title: ({ missing, part }: Problems['malformed']) =>
      missing === 'yes' ? m.verdict_missing({ part }) : m.verdict_form({ part }),
    why: m.sdp_problem_malformed_reason,
  },
  range: { title: m.sdp_problem_range_title, why: m.sdp_problem_range_reason },
  level: { title: m.sdp_problem_level_title, why: m.sdp_problem_level_reason },
  obsolete: { title: m.sdp_problem_obsolete_title, why: m.sdp_problem_obsolete_reason },
  'no-media': { title: m.sdp_problem_no_media_title, why: m.sdp_problem_no_media_reason },
  rejected: { title: m.sdp_problem_rejected_title, why: m.sdp_problem_rejected_reason },
  'not-encrypted': {
    title: m.sdp_problem_not_encrypted_title,
    why: m.sdp_problem_not_encrypted_reason,
  },
  'no-fingerprint': {
    title: m.sdp_problem_no_fingerprint_title,
    why: m.sdp_problem_no_fingerprint_reason,
  },
  'fingerprint-length': {
    title: m.sdp_problem_fingerprint_length_title,
    why: m.sdp_problem_fingerprint_length_reason,
  },
  'fingerprint-weak': {
    title: m.sdp_problem_fingerprint_weak_title,
    why: m.sdp_problem_fingerprint_weak_reason,
  },
  'no-setup': { title: m.sdp_problem_no_setup_title, why: m.sdp_problem_no_setup_reason },
  'setup-offer': {
    title: m.sdp_problem_setup_offer_title,
    why: m.sdp_problem_setup_offer_reason,
  },
  'setup-answer': {
    title: m.sdp_problem_setup_answer_title,
    why: m.sdp_problem_setup_answer_reason,
  },
  'no-ice': { title: m.sdp_problem_no_ice_title, why: m.sdp_problem_no_ice_reason },
  'ice-length': { title: m.sdp_problem_ice_length_title, why: m.sdp_problem_ice_length_reason },
  'no-candidates': {
    title: m.sdp_problem_no_candidates_title,
    why: m.sdp_problem_no_candidates_reason,
  },
  'local-candidates': {
    title: m.sdp_problem_local_candidates_title,
    why: m.sdp_problem_local_candidates_reason,
  },
  'candidate-unreadable': {
    title: m.sdp_problem_candidate_unreadable_title,
    why: m.sdp_problem_candidate_unreadable_reason,
  },
  'candidate-late': {
    title: m.sdp_problem_candidate_late_title,
    why: m.sdp_problem_candidate_late_reason,
  },
  'no-mid': { title: m.sdp_problem_no_mid_title, why: m.sdp_problem_no_mid_reason },
  'mid-twice': { title: m.sdp_problem_mid_twice_title, why: m.sdp_problem_mid_twice_reason },
  'bundle-stranger': {
    title: m.sdp_problem_bundle_stranger_title,
    why: m.sdp_problem_bundle_stranger_reason,
  },
  'bundle-rejected': {
    title: m.sdp_problem_bundle_rejected_title,
    why: m.sdp_problem_bundle_rejected_reason,
  },
  'no-mux': { title: m.sdp_problem_no_mux_title, why: m.sdp_problem_no_mux_reason },
  'bundle-payload': {
    title: m.sdp_problem_bundle_payload_title,
    why: m.sdp_problem_bundle_payload_reason,
  },
  'direction-twice': {
    title: m.sdp_problem_direction_twice_title,
    why: m.sdp_problem_direction_twice_reason,
  },
  'extension-twice': {
    title: m.sdp_problem_extension_twice_title,
    why: m.sdp_problem_extension_twice_reason,
  },
  'ssrc-twice': { title: m.sdp_problem_ssrc_twice_title, why: m.sdp_problem_ssrc_twice_reason },
  'payload-twice': {
    title: m.sdp_problem_payload_twice_title,
    why: m.sdp_problem_payload_twice_reason,
  },
  'no-rtpmap': { title: m.sdp_problem_no_rtpmap_title, why: m.sdp_problem_no_rtpmap_reason },
  'rtpmap-unlisted': {
    title: m.sdp_problem_rtpmap_unlisted_title,
    why: m.sdp_problem_rtpmap_unlisted_reason,
  },
  'format-stranger': {
    title: m.sdp_problem_format_stranger_title,
    why: m.sdp_problem_format_stranger_reason,
  },
  'apt-stranger': {
    title: m.sdp_problem_apt_stranger_title,
    why: m.sdp_problem_apt_stranger_reason,
  },
} as const;

/** What there is to say of each problem. */
export const PROBLEM_WORDS: { readonly [Id in ProblemId]: Words<Problems[Id]> } = {
  ...LINE_WORDS,
  ...ONE_WORDS,
};

/** The title and the reason of a problem, in the language in force. */
export function problemText<Id extends ProblemId>({ id, params }: SdpProblem<Id>): ProblemText {
  const { title, why } = PROBLEM_WORDS[id];
  const said = plainParams(params);
  return { title: title(said), reason: why(said) };
}
