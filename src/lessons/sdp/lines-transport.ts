// What the lines about transports, ICE, keys and data channels say, who reads them and what would be without.
import { m } from '../../i18n/paraglide/messages.js';
import { line } from './reader.ts';

/** By the rule's id. */
export const TRANSPORT_LINES = {
  rtcp: line(m.sdp_line_rtcp_title, m.sdp_line_rtcp_what, 'rtcp'),
  'rtcp-mux': line(
    m.sdp_line_rtcp_mux_title,
    m.sdp_line_rtcp_mux_what,
    'rtcp',
    m.sdp_line_rtcp_mux_without,
  ),
  'rtcp-mux-only': line(
    m.sdp_line_rtcp_mux_only_title,
    m.sdp_line_rtcp_mux_only_what,
    'rtcp',
    m.sdp_line_rtcp_mux_only_without,
  ),
  'rtcp-rsize': line(
    m.sdp_line_rtcp_rsize_title,
    m.sdp_line_rtcp_rsize_what,
    'rtcp',
    m.sdp_line_rtcp_rsize_without,
  ),
  'rtcp-xr': line(
    m.sdp_line_rtcp_xr_title,
    m.sdp_line_rtcp_xr_what,
    'rtcp',
    m.sdp_line_rtcp_xr_without,
  ),
  group: line(m.sdp_line_group_title, m.sdp_line_group_what, 'bundle', m.sdp_line_group_without),
  mid: line(m.sdp_line_mid_title, m.sdp_line_mid_what, 'bundle', m.sdp_line_mid_without),
  'bundle-only': line(
    m.sdp_line_bundle_only_title,
    m.sdp_line_bundle_only_what,
    'bundle',
    m.sdp_line_bundle_only_without,
  ),
  candidate: line(
    m.sdp_line_candidate_title,
    m.sdp_line_candidate_what,
    'ice',
    m.sdp_line_candidate_without,
  ),
  'end-of-candidates': line(
    m.sdp_line_end_of_candidates_title,
    m.sdp_line_end_of_candidates_what,
    'ice',
    m.sdp_line_end_of_candidates_without,
  ),
  'remote-candidates': line(
    m.sdp_line_remote_candidates_title,
    m.sdp_line_remote_candidates_what,
    'nobody',
  ),
  'ice-lite': line(
    m.sdp_line_ice_lite_title,
    m.sdp_line_ice_lite_what,
    'ice',
    m.sdp_line_ice_lite_without,
  ),
  'ice-mismatch': line(m.sdp_line_ice_mismatch_title, m.sdp_line_ice_mismatch_what, 'nobody'),
  'ice-ufrag': line(
    m.sdp_line_ice_ufrag_title,
    m.sdp_line_ice_ufrag_what,
    'ice',
    m.sdp_line_ice_ufrag_without,
  ),
  'ice-pwd': line(
    m.sdp_line_ice_pwd_title,
    m.sdp_line_ice_pwd_what,
    'ice',
    m.sdp_line_ice_pwd_without,
  ),
  'ice-pacing': line(
    m.sdp_line_ice_pacing_title,
    m.sdp_line_ice_pacing_what,
    'ice',
    m.sdp_line_ice_pacing_without,
  ),
  'ice-options': line(
    m.sdp_line_ice_options_title,
    m.sdp_line_ice_options_what,
    'ice',
    m.sdp_line_ice_options_without,
  ),
  fingerprint: line(
    m.sdp_line_fingerprint_title,
    m.sdp_line_fingerprint_what,
    'dtls',
    m.sdp_line_fingerprint_without,
  ),
  setup: line(m.sdp_line_setup_title, m.sdp_line_setup_what, 'dtls', m.sdp_line_setup_without),
  connection: line(m.sdp_line_connection_title, m.sdp_line_connection_what, 'nobody'),
  'tls-id': line(
    m.sdp_line_tls_id_title,
    m.sdp_line_tls_id_what,
    'dtls',
    m.sdp_line_tls_id_without,
  ),
  identity: line(
    m.sdp_line_identity_title,
    m.sdp_line_identity_what,
    'dtls',
    m.sdp_line_identity_without,
  ),
  crypto: line(m.sdp_line_crypto_title, m.sdp_line_crypto_what, 'nobody'),
  'key-mgmt': line(m.sdp_line_key_mgmt_title, m.sdp_line_key_mgmt_what, 'nobody'),
  'sctp-init': line(
    m.sdp_line_sctp_init_title,
    m.sdp_line_sctp_init_what,
    'sctp',
    m.sdp_line_sctp_init_without,
  ),
  'sctp-port': line(
    m.sdp_line_sctp_port_title,
    m.sdp_line_sctp_port_what,
    'sctp',
    m.sdp_line_sctp_port_without,
  ),
  'max-message-size': line(
    m.sdp_line_max_message_size_title,
    m.sdp_line_max_message_size_what,
    'sctp',
    m.sdp_line_max_message_size_without,
  ),
  sctpmap: line(m.sdp_line_sctpmap_title, m.sdp_line_sctpmap_what, 'nobody'),
  dcmap: line(m.sdp_line_dcmap_title, m.sdp_line_dcmap_what, 'nobody'),
  dcsa: line(m.sdp_line_dcsa_title, m.sdp_line_dcsa_what, 'nobody'),
} as const;
