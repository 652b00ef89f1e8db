// What the lines about codecs, sources and header extensions say, who reads them and what would be without.
import { m } from '../../i18n/paraglide/messages.js';
import { line } from './reader.ts';

/** By the rule's id. */
export const MEDIA_LINES = {
  rtpmap: line(
    m.sdp_line_rtpmap_title,
    m.sdp_line_rtpmap_what,
    'codecs',
    m.sdp_line_rtpmap_without,
  ),
  fmtp: line(m.sdp_line_fmtp_title, m.sdp_line_fmtp_what, 'codecs', m.sdp_line_fmtp_without),
  'rtcp-fb': line(
    m.sdp_line_rtcp_fb_title,
    m.sdp_line_rtcp_fb_what,
    'sender',
    m.sdp_line_rtcp_fb_without,
  ),
  sendrecv: line(
    m.sdp_line_sendrecv_title,
    m.sdp_line_sendrecv_what,
    'sender',
    m.sdp_line_sendrecv_without,
  ),
  sendonly: line(
    m.sdp_line_sendonly_title,
    m.sdp_line_sendonly_what,
    'sender',
    m.sdp_line_sendonly_without,
  ),
  recvonly: line(
    m.sdp_line_recvonly_title,
    m.sdp_line_recvonly_what,
    'sender',
    m.sdp_line_recvonly_without,
  ),
  inactive: line(
    m.sdp_line_inactive_title,
    m.sdp_line_inactive_what,
    'sender',
    m.sdp_line_inactive_without,
  ),
  ptime: line(m.sdp_line_ptime_title, m.sdp_line_ptime_what, 'codecs', m.sdp_line_ptime_without),
  maxptime: line(
    m.sdp_line_maxptime_title,
    m.sdp_line_maxptime_what,
    'codecs',
    m.sdp_line_maxptime_without,
  ),
  framerate: line(m.sdp_line_framerate_title, m.sdp_line_framerate_what, 'nobody'),
  quality: line(m.sdp_line_quality_title, m.sdp_line_quality_what, 'nobody'),
  orient: line(m.sdp_line_orient_title, m.sdp_line_orient_what, 'nobody'),
  imageattr: line(
    m.sdp_line_imageattr_title,
    m.sdp_line_imageattr_what,
    'codecs',
    m.sdp_line_imageattr_without,
  ),
  content: line(m.sdp_line_content_title, m.sdp_line_content_what, 'nobody'),
  label: line(m.sdp_line_label_title, m.sdp_line_label_what, 'nobody'),
  extmap: line(
    m.sdp_line_extmap_title,
    m.sdp_line_extmap_what,
    'receiver',
    m.sdp_line_extmap_without,
  ),
  'extmap-allow-mixed': line(
    m.sdp_line_extmap_allow_mixed_title,
    m.sdp_line_extmap_allow_mixed_what,
    'receiver',
    m.sdp_line_extmap_allow_mixed_without,
  ),
  ssrc: line(m.sdp_line_ssrc_title, m.sdp_line_ssrc_what, 'receiver', m.sdp_line_ssrc_without),
  'ssrc-group': line(
    m.sdp_line_ssrc_group_title,
    m.sdp_line_ssrc_group_what,
    'receiver',
    m.sdp_line_ssrc_group_without,
  ),
  msid: line(m.sdp_line_msid_title, m.sdp_line_msid_what, 'page', m.sdp_line_msid_without),
  'msid-semantic': line(m.sdp_line_msid_semantic_title, m.sdp_line_msid_semantic_what, 'nobody'),
  simulcast: line(
    m.sdp_line_simulcast_title,
    m.sdp_line_simulcast_what,
    'receiver',
    m.sdp_line_simulcast_without,
  ),
  rid: line(m.sdp_line_rid_title, m.sdp_line_rid_what, 'receiver', m.sdp_line_rid_without),
  packetization: line(
    m.sdp_line_packetization_title,
    m.sdp_line_packetization_what,
    'codecs',
    m.sdp_line_packetization_without,
  ),
  'x-google-flag': line(m.sdp_line_x_google_flag_title, m.sdp_line_x_google_flag_what, 'nobody'),
} as const;
