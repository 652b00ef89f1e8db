// What to write instead, as code: lines of SDP, or JavaScript. The same in every language.
import type { Finding, FindingId, Findings } from '../../sdp/verdict.ts';

type Codes = { readonly [Id in FindingId]?: (params: Findings[Id]) => string };

const SERVERS = [
  'new RTCPeerConnection({',
  '  iceServers: [',
  "    { urls: 'stun:stun.example.org' },",
  "    { urls: 'turns:turn.example.org', username, credential },",
  '  ],',
  '});',
].join('\n');
const H264 = 'a=fmtp:{pt} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f';

const CODES: Codes = {
  'line-end-lost': () => "sdp.endsWith('\\r\\n') ? sdp : `${sdp}\\r\\n`",
  'stray-end': () => "sdp.replaceAll('\\\\r', '\\r').replaceAll('\\\\n', '\\n')",
  'no-connection': () => 'c=IN IP4 0.0.0.0',
  'empty-name': () => 's=-',
  'non-ascii': () => 's=-',
  'setup-unusable': () => 'a=setup:actpass\na=setup:active',
  'setup-same': () => 'offer:  a=setup:actpass\nanswer: a=setup:active',
  'setup-offer': () => 'a=setup:actpass',
  'setup-answer': () => 'a=setup:active',
  'no-setup': () => 'offer:  a=setup:actpass\nanswer: a=setup:active',
  'no-mux': () => 'a=rtcp-mux',
  'mux-refused': () => 'a=rtcp-mux',
  'no-relay': () => SERVERS,
  'no-path': () => SERVERS,
  'mdns-path': () => SERVERS,
  'relayless-path': () => SERVERS,
  'transport-cc': () =>
    'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'simulcast-no-extension': () => 'a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'rid-stranger': ({ rid }) => `a=rid:${rid} send`,
  'sim-group': () =>
    "pc.addTransceiver(track, {\n  sendEncodings: [{ rid: 'h' }, { rid: 'm' }, { rid: 'l' }],\n});",
  'rtx-no-apt': ({ pt }) => `a=fmtp:${pt} apt=96`,
  'h264-bare': ({ pt }) => H264.replace('{pt}', pt),
  'h264-level': () => 'level-asymmetry-allowed=1',
  'sctp-mixed': () =>
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=sctp-port:5000\na=max-message-size:262144',
  'sctp-no-port': () => 'a=sctp-port:5000',
  'bundle-refused': () => 'a=group:BUNDLE 0 1',
  'mid-differs': ({ offered }) => `a=mid:${offered}`,
  'candidate-section': () => 'channel.send(JSON.stringify(event.candidate)); // all of it',
  'simulcast-refused': ({ offered }) => {
    const rids = offered.split(', ');
    return [...rids.map((rid) => `a=rid:${rid} recv`), `a=simulcast:recv ${rids.join(';')}`].join(
      '\n',
    );
  },
  'simulcast-unpaused': ({ rids }) =>
    `a=simulcast:recv ${rids
      .split(', ')
      .map((rid) => `~${rid}`)
      .join(';')};…`,
  'no-common-codec': ({ kind }) => {
    const name = kind === 'video' ? 'video' : 'audio';
    return `RTCRtpReceiver.getCapabilities('${name}').codecs;\nRTCRtpSender.getCapabilities('${name}').codecs;`;
  },
  'plan-b': () => 'pc.addTrack(track, stream); // one m= section a track',
};

/** The code that helps with a finding; `null` where there is none. */
export function remedyCode<Id extends FindingId>({ id, params }: Finding<Id>): string | null {
  const code = CODES[id];
  return code === undefined ? null : code(params);
}
