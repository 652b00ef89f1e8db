// What is found between an offer and its answer, in words.
import { m } from '../../i18n/paraglide/messages.js';
import type { PairProblemId, PairProblems } from '../../sdp/findings/pair-problem.ts';
import { kindName } from './kind-name.ts';
import type { Words } from './words.ts';

/** Who cannot be reached stands for itself. */
function reasonOf({ why, side }: PairProblems['no-path']): string {
  return why === 'unreachable' ? side : why;
}

/** By the finding. */
export const PAIR_WORDS: { readonly [Id in PairProblemId]: Words<PairProblems[Id]> } = {
  'section-count': {
    title: m.find_section_count_title,
    why: m.find_section_count_why,
    fix: m.find_section_count_fix,
  },
  'order-differs': {
    title: m.find_order_differs_title,
    why: m.find_order_differs_why,
    fix: m.find_order_differs_fix,
  },
  'kind-differs': { title: m.find_kind_differs_title, why: m.find_kind_differs_why },
  'mid-differs': {
    title: m.find_mid_differs_title,
    why: m.find_mid_differs_why,
    fix: m.find_mid_differs_fix,
  },
  'proto-differs': { title: m.find_proto_differs_title, why: m.find_proto_differs_why },
  'port-revived': {
    title: m.find_port_revived_title,
    why: m.find_port_revived_why,
    fix: m.find_port_revived_fix,
  },
  'same-side': { title: m.find_same_side_title, why: m.find_same_side_why },
  'bundle-added': {
    title: m.find_bundle_added_title,
    why: m.find_bundle_added_why,
    fix: m.find_bundle_added_fix,
  },
  'bundle-refused': {
    title: m.find_bundle_refused_title,
    why: m.find_bundle_refused_why,
    fix: m.find_bundle_refused_fix,
  },
  'bundle-only-left': { title: m.find_bundle_only_left_title, why: m.find_bundle_only_left_why },
  'mux-refused': {
    title: m.find_mux_refused_title,
    why: m.find_mux_refused_why,
    fix: m.find_mux_refused_fix,
  },
  'setup-same': {
    title: m.find_setup_same_title,
    why: m.find_setup_same_why,
    fix: m.find_setup_same_fix,
  },
  'direction-not-allowed': {
    title: m.find_direction_not_allowed_title,
    why: m.find_direction_not_allowed_why,
    fix: m.find_direction_not_allowed_fix,
  },
  'no-common-codec': {
    title: ({ kind }) => m.find_no_common_codec_title({ kind: kindName(kind) }),
    why: m.find_no_common_codec_why,
    fix: m.find_no_common_codec_fix,
  },
  'codec-profile': {
    title: m.find_codec_profile_title,
    why: m.find_codec_profile_why,
    fix: m.find_codec_profile_fix,
  },
  'rejected-differs': {
    title: m.find_rejected_differs_title,
    why: m.find_rejected_differs_why,
    fix: m.find_rejected_differs_fix,
  },
  'h264-level': {
    title: m.find_h264_level_title,
    why: m.find_h264_level_why,
    fix: m.find_h264_level_fix,
  },
  'h265-level': { title: m.find_h265_level_title, why: m.find_h265_level_why },
  'codec-added': { title: m.find_codec_added_title, why: m.find_codec_added_why },
  'payload-reused': {
    title: m.find_payload_reused_title,
    why: m.find_payload_reused_why,
    fix: m.find_payload_reused_fix,
  },
  'extension-added': { title: m.find_extension_added_title, why: m.find_extension_added_why },
  'extension-moved': { title: m.find_extension_moved_title, why: m.find_extension_moved_why },
  'simulcast-layers': {
    title: m.find_simulcast_layers_title,
    why: (params) =>
      m.find_simulcast_layers_why({ ...params, state: params.paused === '' ? 'open' : 'paused' }),
  },
  'simulcast-refused': {
    title: m.find_simulcast_refused_title,
    why: m.find_simulcast_refused_why,
    fix: m.find_simulcast_refused_fix,
  },
  'simulcast-added': { title: m.find_simulcast_added_title, why: m.find_simulcast_added_why },
  'simulcast-unpaused': {
    title: m.find_simulcast_unpaused_title,
    why: m.find_simulcast_unpaused_why,
    fix: m.find_simulcast_unpaused_fix,
  },
  'simulcast-direction': {
    title: m.find_simulcast_direction_title,
    why: m.find_simulcast_direction_why,
  },
  'sctp-init-alone': { title: m.find_sctp_init_alone_title, why: m.find_sctp_init_alone_why },
  'both-lite': {
    title: m.find_both_lite_title,
    why: m.find_both_lite_why,
    fix: m.find_both_lite_fix,
  },
  'no-path': {
    title: (params) => m.find_no_path_title({ why: reasonOf(params) }),
    why: (params) => m.find_no_path_why({ why: reasonOf(params) }),
    fix: m.find_no_path_fix,
  },
  'local-path': { title: m.find_local_path_title, why: m.find_local_path_why },
  'mdns-path': {
    title: m.find_mdns_path_title,
    why: m.find_mdns_path_why,
    fix: m.find_mdns_path_fix,
  },
  'relayless-path': {
    title: m.find_relayless_path_title,
    why: m.find_relayless_path_why,
    fix: m.find_relayless_path_fix,
  },
};
