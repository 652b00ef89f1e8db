// What Chromium 156 and Firefox 153 did with descriptions that have a finding. The tests hold this table to what
// scripts/ask-browsers.js has kept of their answers.
import type { FindingId, Findings } from './pair-problem.ts';

/** What a browser does with a description: it takes it, or refuses to set it. */
export type Reaction = 'takes' | 'refuses';

/** What both did. */
export interface Reactions {
  readonly chromium: Reaction;
  readonly firefox: Reaction;
}

const NEITHER: Reactions = { chromium: 'refuses', firefox: 'refuses' };
const BOTH: Reactions = { chromium: 'takes', firefox: 'takes' };
const CHROMIUM: Reactions = { chromium: 'takes', firefox: 'refuses' };
const FIREFOX: Reactions = { chromium: 'refuses', firefox: 'takes' };

/** As a remote offer, and as a remote answer; `null` where that was not asked. */
type Measured = readonly [offer: Reactions | null, answer: Reactions | null];

const neither: Measured = [NEITHER, NEITHER];
const both: Measured = [BOTH, BOTH];
/** Only this browser takes it. */
const chromium: Measured = [CHROMIUM, CHROMIUM];
const firefox: Measured = [FIREFOX, FIREFOX];

/** By the finding, or by the finding and the one of its parameters that makes the difference. */
const MEASURED: Readonly<Record<string, Measured>> = {
  // The text
  order: firefox,
  'order-section': both,
  'missing-line:v': neither,
  'missing-line:o': neither,
  'missing-line:s': firefox,
  'missing-line:t': neither,
  'no-connection': chromium,
  'empty-name': firefox,
  'non-ascii': chromium,
  'line-end:lf': both,
  'line-end-lost': firefox,
  'unknown-type': neither,
  'no-line': neither,
  'malformed:encoding': firefox,
  'obsolete:dtls-sctp': both,
  // The transport
  'no-fingerprint': neither,
  'fingerprint-length': firefox,
  'fingerprint-weak': both,
  'fingerprint-case': chromium,
  'not-encrypted:no': neither,
  'not-encrypted:yes': both,
  'no-setup': [CHROMIUM, BOTH],
  'setup-offer': [BOTH, null],
  'setup-answer': [null, NEITHER],
  'setup-unusable': neither,
  'no-ice:ufrag': neither,
  'no-ice:pwd': neither,
  'ice-length': neither,
  'ice-mismatch': neither,
  'lite-candidate': both,
  'candidate-port': both,
  'candidate-address': both,
  'candidate-unreadable': firefox,
  'candidate-ufrag': both,
  'candidate-late': both,
  // Sections and groups
  'no-media': [BOTH, NEITHER],
  'no-mid': both,
  'mid-twice': neither,
  'mid-characters': neither,
  'mid-length': neither,
  'bundle-stranger': neither,
  'bundle-twice': neither,
  'bundle-rejected': both,
  'bundle-payload': both,
  'bundle-extension': [FIREFOX, null],
  'bundle-credentials': [null, BOTH],
  'bundle-refused': [null, BOTH],
  'no-mux': neither,
  'direction-twice': both,
  'extension-twice': [NEITHER, null],
  'extension-range': neither,
  'ssrc-twice': firefox,
  'ssrc-group-stranger': firefox,
  'plan-b': firefox,
  // Codecs
  'no-rtpmap': both,
  'rtpmap-unlisted': both,
  'apt-stranger': firefox,
  'rtx-no-apt': firefox,
  'red-stranger': both,
  'static-kind': both,
  'codec-kind': both,
  'static-renamed': firefox,
  'h264-bare': both,
  'no-main-codec': [FIREFOX, NEITHER],
  'transport-cc': both,
  // Simulcast
  'rid-stranger': chromium,
  'rid-direction': chromium,
  'rid-twice': both,
  'rid-payload': both,
  'rid-unused': both,
  'simulcast-twice:lines': firefox,
  'simulcast-twice:lists': neither,
  'simulcast-no-extension': firefox,
  // Data
  'sctp-mixed:new': neither,
  'sctp-mixed:old': chromium,
  'sctp-no-port:yes': both,
  'sctp-no-port:no': [BOTH, CHROMIUM],
  // Two texts
  'section-count': [null, NEITHER],
  'order-differs': [null, NEITHER],
  'mid-differs': [null, NEITHER],
  'direction-not-allowed': [null, NEITHER],
  'no-common-codec': [null, CHROMIUM],
  'codec-added': [null, BOTH],
  'extension-added': [null, CHROMIUM],
  'extension-moved': [null, CHROMIUM],
  'simulcast-refused': [null, BOTH],
  'simulcast-added': [null, BOTH],
  'simulcast-direction': [null, BOTH],
};

/** The parameters on which it depends what browsers do. */
const DECIDING: Readonly<Record<string, string>> = {
  'missing-line': 'type',
  'line-end': 'end',
  malformed: 'part',
  obsolete: 'what',
  'not-encrypted': 'keys',
  'no-ice': 'which',
  'simulcast-twice': 'form',
  'sctp-no-port': 'map',
};

/** What a finding is looked up by. */
export function reactionKey(id: FindingId, params: Findings[FindingId]): string {
  if (id === 'sctp-mixed' && 'format' in params) {
    return `${id}:${params.format === 'webrtc-datachannel' ? 'old' : 'new'}`;
  }
  const name = Object.hasOwn(DECIDING, id) ? DECIDING[id] : undefined;
  const said: readonly (readonly [string, unknown])[] = Object.entries(params);
  const value = said.find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? `${id}:${value}` : id;
}

/** All that was asked, for the tests. */
export const MEASURED_KEYS: readonly string[] = Object.keys(MEASURED);

/** What both browsers did with such a text; `null` where they were not asked. */
export function reactionsTo(
  id: FindingId,
  role: 'offer' | 'answer' | 'alone' | null,
  params: Findings[FindingId],
): Reactions | null {
  const key = reactionKey(id, params);
  const [offer, answer] = Object.hasOwn(MEASURED, key) ? (MEASURED[key] ?? []) : [];
  // What two texts have wrong together shows when the answer is set.
  if (role !== 'alone') return (role === 'offer' ? offer : answer) ?? null;
  const isSame = offer?.chromium === answer?.chromium && offer?.firefox === answer?.firefox;
  return isSame ? (offer ?? null) : null;
}
