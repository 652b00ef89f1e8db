// What is found in one description, in words: all that the explanations of lines have no words for.
import { m } from '../../i18n/paraglide/messages.js';
import type { Problems } from '../../sdp/problem.ts';
import { kindName } from './kind-name.ts';
import type { Words } from './words.ts';

/** The problems that have their words here. */
type NewProblemId =
  | 'line-end-lost'
  | 'stray-end'
  | 'no-connection'
  | 'empty-name'
  | 'non-ascii'
  | 'placeholder'
  | 'near-miss'
  | 'swallowed'
  | 'comma'
  | 'order-section'
  | 'setup-unusable'
  | 'fingerprint-case'
  | 'ice-mismatch'
  | 'no-relay'
  | 'lite-candidate'
  | 'candidate-port'
  | 'candidate-address'
  | 'candidate-ufrag'
  | 'candidate-untagged'
  | 'candidate-section'
  | 'mid-characters'
  | 'mid-length'
  | 'bundle-twice'
  | 'bundle-extension'
  | 'bundle-credentials'
  | 'extension-range'
  | 'transport-cc'
  | 'ssrc-group-stranger'
  | 'plan-b'
  | 'rtx-no-apt'
  | 'red-stranger'
  | 'static-kind'
  | 'codec-kind'
  | 'static-renamed'
  | 'h264-bare'
  | 'codec-value'
  | 'no-main-codec'
  | 'rid-stranger'
  | 'rid-unused'
  | 'rid-twice'
  | 'rid-direction'
  | 'rid-payload'
  | 'simulcast-twice'
  | 'simulcast-no-extension'
  | 'sim-group'
  | 'sctp-mixed'
  | 'sctp-no-port'
  | 'sctp-init'
  | 'setup-unclear';

/** By the finding. */
export const ONE_WORDS: { readonly [Id in NewProblemId]: Words<Problems[Id]> } = {
  'line-end-lost': {
    title: m.find_line_end_lost_title,
    why: m.find_line_end_lost_why,
    fix: m.find_line_end_lost_fix,
  },
  'stray-end': {
    title: m.find_stray_end_title,
    why: m.find_stray_end_why,
    fix: m.find_stray_end_fix,
  },
  'no-connection': {
    title: m.find_no_connection_title,
    why: m.find_no_connection_why,
    fix: m.find_no_connection_fix,
  },
  'empty-name': {
    title: m.find_empty_name_title,
    why: m.find_empty_name_why,
    fix: m.find_empty_name_fix,
  },
  'non-ascii': {
    title: m.find_non_ascii_title,
    why: m.find_non_ascii_why,
    fix: m.find_non_ascii_fix,
  },
  placeholder: {
    title: m.find_placeholder_title,
    why: m.find_placeholder_why,
    fix: m.find_placeholder_fix,
  },
  'near-miss': { title: m.find_near_miss_title, why: m.find_near_miss_why },
  swallowed: {
    title: m.find_swallowed_title,
    why: m.find_swallowed_why,
    fix: m.find_swallowed_fix,
  },
  comma: { title: m.find_comma_title, why: m.find_comma_why },
  'order-section': { title: m.find_order_section_title, why: m.find_order_section_why },
  'setup-unusable': {
    title: m.find_setup_unusable_title,
    why: m.find_setup_unusable_why,
    fix: m.find_setup_unusable_fix,
  },
  'fingerprint-case': { title: m.find_fingerprint_case_title, why: m.find_fingerprint_case_why },
  'ice-mismatch': {
    title: m.find_ice_mismatch_title,
    why: m.find_ice_mismatch_why,
    fix: m.find_ice_mismatch_fix,
  },
  'no-relay': { title: m.find_no_relay_title, why: m.find_no_relay_why, fix: m.find_no_relay_fix },
  'lite-candidate': {
    title: m.find_lite_candidate_title,
    why: m.find_lite_candidate_why,
    fix: m.find_lite_candidate_fix,
  },
  'candidate-port': { title: m.find_candidate_port_title, why: m.find_candidate_port_why },
  'candidate-address': {
    title: m.find_candidate_address_title,
    why: m.find_candidate_address_why,
    fix: m.find_candidate_address_fix,
  },
  'candidate-ufrag': {
    title: m.find_candidate_ufrag_title,
    why: m.find_candidate_ufrag_why,
    fix: m.find_candidate_ufrag_fix,
  },
  'candidate-untagged': {
    title: m.find_candidate_untagged_title,
    why: m.find_candidate_untagged_why,
    fix: m.find_candidate_untagged_fix,
  },
  'candidate-section': {
    title: m.find_candidate_section_title,
    why: m.find_candidate_section_why,
    fix: m.find_candidate_section_fix,
  },
  'mid-characters': {
    title: m.find_mid_characters_title,
    why: m.find_mid_characters_why,
    fix: m.find_mid_characters_fix,
  },
  'mid-length': { title: m.find_mid_length_title, why: m.find_mid_length_why },
  'bundle-twice': { title: m.find_bundle_twice_title, why: m.find_bundle_twice_why },
  'bundle-extension': {
    title: m.find_bundle_extension_title,
    why: m.find_bundle_extension_why,
    fix: m.find_bundle_extension_fix,
  },
  'bundle-credentials': {
    title: m.find_bundle_credentials_title,
    why: m.find_bundle_credentials_why,
    fix: m.find_bundle_credentials_fix,
  },
  'extension-range': { title: m.find_extension_range_title, why: m.find_extension_range_why },
  'transport-cc': {
    title: m.find_transport_cc_title,
    why: m.find_transport_cc_why,
    fix: m.find_transport_cc_fix,
  },
  'ssrc-group-stranger': {
    title: m.find_ssrc_group_stranger_title,
    why: m.find_ssrc_group_stranger_why,
  },
  'plan-b': { title: m.find_plan_b_title, why: m.find_plan_b_why, fix: m.find_plan_b_fix },
  'rtx-no-apt': {
    title: m.find_rtx_no_apt_title,
    why: m.find_rtx_no_apt_why,
    fix: m.find_rtx_no_apt_fix,
  },
  'red-stranger': { title: m.find_red_stranger_title, why: m.find_red_stranger_why },
  'static-kind': {
    title: m.find_static_kind_title,
    why: (params) => m.find_static_kind_why({ ...params, kind: kindName(params.kind) }),
    fix: m.find_static_kind_fix,
  },
  'codec-kind': {
    title: m.find_codec_kind_title,
    why: (params) => m.find_codec_kind_why({ ...params, kind: kindName(params.kind) }),
  },
  'static-renamed': {
    title: m.find_static_renamed_title,
    why: m.find_static_renamed_why,
    fix: m.find_static_renamed_fix,
  },
  'h264-bare': {
    title: m.find_h264_bare_title,
    why: m.find_h264_bare_why,
    fix: m.find_h264_bare_fix,
  },
  'codec-value': { title: m.find_codec_value_title, why: m.find_codec_value_why },
  'no-main-codec': {
    title: m.find_no_main_codec_title,
    why: m.find_no_main_codec_why,
    fix: m.find_no_main_codec_fix,
  },
  'rid-stranger': {
    title: m.find_rid_stranger_title,
    why: m.find_rid_stranger_why,
    fix: m.find_rid_stranger_fix,
  },
  'rid-unused': { title: m.find_rid_unused_title, why: m.find_rid_unused_why },
  'rid-twice': { title: m.find_rid_twice_title, why: m.find_rid_twice_why },
  'rid-direction': { title: m.find_rid_direction_title, why: m.find_rid_direction_why },
  'rid-payload': { title: m.find_rid_payload_title, why: m.find_rid_payload_why },
  'simulcast-twice': { title: m.find_simulcast_twice_title, why: m.find_simulcast_twice_why },
  'simulcast-no-extension': {
    title: m.find_simulcast_no_extension_title,
    why: m.find_simulcast_no_extension_why,
    fix: m.find_simulcast_no_extension_fix,
  },
  'sim-group': {
    title: m.find_sim_group_title,
    why: m.find_sim_group_why,
    fix: m.find_sim_group_fix,
  },
  'sctp-mixed': {
    title: m.find_sctp_mixed_title,
    why: m.find_sctp_mixed_why,
    fix: m.find_sctp_mixed_fix,
  },
  'sctp-no-port': {
    title: m.find_sctp_no_port_title,
    why: m.find_sctp_no_port_why,
    fix: m.find_sctp_no_port_fix,
  },
  'sctp-init': { title: m.find_sctp_init_title, why: m.find_sctp_init_why },
  'setup-unclear': { title: m.find_setup_unclear_title, why: m.find_setup_unclear_why },
};
