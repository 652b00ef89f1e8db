// What the session’s lines say, who reads them and what would be without, and those that tell a browser nothing.
import { m } from '../../i18n/paraglide/messages.js';
import { line } from './reader.ts';

/** By the rule's id. */
export const SESSION_LINES = {
  v: line(m.sdp_line_v_title, m.sdp_line_v_what, 'everyone', m.sdp_line_v_without),
  o: line(m.sdp_line_o_title, m.sdp_line_o_what, 'everyone', m.sdp_line_o_without),
  s: line(m.sdp_line_s_title, m.sdp_line_s_what, 'everyone', m.sdp_line_s_without),
  i: line(m.sdp_line_i_title, m.sdp_line_i_what, 'nobody'),
  u: line(m.sdp_line_u_title, m.sdp_line_u_what, 'nobody'),
  e: line(m.sdp_line_e_title, m.sdp_line_e_what, 'nobody'),
  p: line(m.sdp_line_p_title, m.sdp_line_p_what, 'nobody'),
  c: line(m.sdp_line_c_title, m.sdp_line_c_what, 'everyone', m.sdp_line_c_without),
  b: line(m.sdp_line_b_title, m.sdp_line_b_what, 'sender', m.sdp_line_b_without),
  t: line(m.sdp_line_t_title, m.sdp_line_t_what, 'everyone', m.sdp_line_t_without),
  r: line(m.sdp_line_r_title, m.sdp_line_r_what, 'nobody'),
  z: line(m.sdp_line_z_title, m.sdp_line_z_what, 'nobody'),
  k: line(m.sdp_line_k_title, m.sdp_line_k_what, 'nobody'),
  m: line(m.sdp_line_m_title, m.sdp_line_m_what, 'everyone', m.sdp_line_m_without),
  'unknown-attribute': line(
    m.sdp_line_unknown_attribute_title,
    m.sdp_line_unknown_attribute_what,
    'unknown',
  ),
  'unknown-type': line(
    m.sdp_line_unknown_type_title,
    m.sdp_line_unknown_type_what,
    'unknown',
    m.sdp_line_unknown_type_without,
  ),
  'no-line': line(
    m.sdp_line_no_line_title,
    m.sdp_line_no_line_what,
    'unknown',
    m.sdp_line_no_line_without,
  ),
  cat: line(m.sdp_line_cat_title, m.sdp_line_cat_what, 'nobody'),
  keywds: line(m.sdp_line_keywds_title, m.sdp_line_keywds_what, 'nobody'),
  tool: line(m.sdp_line_tool_title, m.sdp_line_tool_what, 'nobody'),
  type: line(m.sdp_line_type_title, m.sdp_line_type_what, 'nobody'),
  charset: line(m.sdp_line_charset_title, m.sdp_line_charset_what, 'nobody'),
  sdplang: line(m.sdp_line_sdplang_title, m.sdp_line_sdplang_what, 'nobody'),
  lang: line(m.sdp_line_lang_title, m.sdp_line_lang_what, 'nobody'),
  control: line(m.sdp_line_control_title, m.sdp_line_control_what, 'nobody'),
  'source-filter': line(m.sdp_line_source_filter_title, m.sdp_line_source_filter_what, 'nobody'),
  'ts-refclk': line(m.sdp_line_ts_refclk_title, m.sdp_line_ts_refclk_what, 'nobody'),
  mediaclk: line(m.sdp_line_mediaclk_title, m.sdp_line_mediaclk_what, 'nobody'),
} as const;
