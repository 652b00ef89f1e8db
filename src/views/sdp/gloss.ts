// A few plain words for a line of SDP, to read along; what it means in full opens below it.
import { m } from '../../i18n/paraglide/messages.js';
import { ruleOf, type RuleId } from '../../sdp/grammar.ts';
import type { SdpLine } from '../../sdp/parse.ts';

type Say = (value: string) => string | null;

/** By the rule's id. The value is what stands after the attribute's name, or after the letter. */
const GLOSSES: Readonly<Partial<Record<RuleId, Say>>> = {
  v: () => m.gloss_v(),
  o: () => m.gloss_o(),
  s: (value) => (/^[- ]$/.test(value) ? m.gloss_s() : null),
  t: (value) => (value === '0 0' ? m.gloss_t() : null),
  m: (value) => {
    if (/^\w+ 0 /.test(value)) return m.gloss_m_off();
    return value.startsWith('application') ? m.gloss_m_data() : m.gloss_m();
  },
  c: (value) => (/ (?:0\.0\.0\.0|::)$/.test(value) ? m.gloss_c_none() : m.gloss_c()),
  b: () => m.gloss_b(),
  group: (value) => (value.startsWith('BUNDLE') ? m.gloss_group() : null),
  'extmap-allow-mixed': () => m.gloss_mixed(),
  rtcp: () => m.gloss_rtcp(),
  'ice-ufrag': () => m.gloss_ufrag(),
  'ice-pwd': () => m.gloss_pwd(),
  'ice-options': (value) => (value.includes('trickle') ? m.gloss_trickle() : m.gloss_options()),
  'ice-lite': () => m.gloss_lite(),
  fingerprint: () => m.gloss_fingerprint(),
  setup: (value) => {
    if (value === 'actpass') return m.gloss_actpass();
    return value === 'active' ? m.gloss_active() : value === 'passive' ? m.gloss_passive() : null;
  },
  mid: () => m.gloss_mid(),
  extmap: () => m.gloss_extmap(),
  sendrecv: () => m.gloss_sendrecv(),
  sendonly: () => m.gloss_sendonly(),
  recvonly: () => m.gloss_recvonly(),
  inactive: () => m.gloss_inactive(),
  msid: () => m.gloss_msid(),
  'msid-semantic': () => m.gloss_semantic(),
  'rtcp-mux': () => m.gloss_mux(),
  'rtcp-rsize': () => m.gloss_rsize(),
  rtpmap: ofPayload((pt) => m.gloss_rtpmap({ pt })),
  fmtp: ofPayload((pt) => m.gloss_fmtp({ pt })),
  'rtcp-fb': (value) =>
    value.startsWith('*') ? m.gloss_fb_all() : ofPayload((pt) => m.gloss_fb({ pt }))(value),
  ssrc: () => m.gloss_ssrc(),
  'ssrc-group': () => m.gloss_ssrc_group(),
  candidate: candidateGloss,
  'end-of-candidates': () => m.gloss_end(),
  'sctp-port': () => m.gloss_sctp(),
  'max-message-size': () => m.gloss_size(),
  simulcast: () => m.gloss_simulcast(),
  rid: () => m.gloss_rid(),
  'bundle-only': () => m.gloss_only(),
  ptime: () => m.gloss_ptime(),
};

function ofPayload(say: (pt: string) => string): Say {
  return (value) => {
    const pt = /^\d+/.exec(value)?.[0];
    return pt === undefined ? null : say(pt);
  };
}

const OF_CANDIDATES: Readonly<Record<string, () => string>> = {
  host: m.gloss_candidate_host,
  srflx: m.gloss_candidate_srflx,
  prflx: m.gloss_candidate_prflx,
  relay: m.gloss_candidate_relay,
};

function candidateGloss(value: string): string | null {
  const type = / typ (host|srflx|prflx|relay)\b/.exec(value)?.[1] ?? '';
  return OF_CANDIDATES[type]?.() ?? null;
}

/** A line in at most five words; null where there is nothing so short to say. */
export function glossOf(line: SdpLine): string | null {
  const { id, start } = ruleOf(line);
  return GLOSSES[id]?.(line.text.slice(start)) ?? null;
}
