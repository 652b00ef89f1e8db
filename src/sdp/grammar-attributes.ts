// The rules of a= lines, by the attribute's name: what browsers write, and what else is met in descriptions.
import { ADDRESS, draft, PAYLOAD_TYPE, rfc, rule, VALUE } from './grammar-rule.ts';
import type { Rule } from './grammar-rule.ts';
import { DIGITS } from './split.ts';
import type { Field } from './split.ts';

const ICE_CHARACTERS = /^[A-Za-z0-9+/]+$/;
const SOURCE: Field = { part: 'ssrc', form: DIGITS };
const MILLISECONDS: readonly Field[] = [{ part: 'milliseconds', form: /^\d+(\.\d+)?$/ }];

/** How media is described: codecs, feedback, directions, sources. */
const MEDIA = {
  // a=rtpmap:111 opus/48000/2
  rtpmap: rule('media', rfc(8866, '6.6'), [
    PAYLOAD_TYPE,
    { part: 'encoding' },
    { part: 'clock-rate', lead: '/', form: DIGITS },
    { part: 'channels', lead: '/', optional: true, form: DIGITS },
  ]),
  // a=fmtp:111 minptime=10;useinbandfec=1
  fmtp: rule('media', rfc(8866, '6.15'), [
    { part: 'payload-type' },
    { part: 'parameter', each: ';' },
  ]),
  // a=rtcp-fb:96 nack pli
  'rtcp-fb': rule('media', rfc(4585, '4.2'), [
    { part: 'payload-type', form: /^(\d+|\*)$/ },
    { part: 'feedback' },
    { part: 'feedback-detail', optional: true },
  ]),
  sendrecv: rule('both', rfc(8866, '6.7.2')),
  sendonly: rule('both', rfc(8866, '6.7.3')),
  recvonly: rule('both', rfc(8866, '6.7.1')),
  inactive: rule('both', rfc(8866, '6.7.4')),
  // a=ptime:20
  ptime: rule('media', rfc(8866, '6.4'), MILLISECONDS),
  maxptime: rule('media', rfc(8866, '6.5'), MILLISECONDS),
  // a=framerate:29.97
  framerate: rule('media', rfc(8866, '6.13'), [{ part: 'frame-rate', form: /^\d+(\.\d+)?$/ }]),
  // a=quality:10
  quality: rule('media', rfc(8866, '6.14'), VALUE),
  // a=orient:landscape
  orient: rule('media', rfc(8866, '6.8'), VALUE),
  // a=imageattr:96 send [x=640,y=480] recv *
  imageattr: rule('media', rfc(6236, '3.1'), [
    { part: 'payload-type', form: /^(\d+|\*)$/ },
    { part: 'value' },
  ]),
  // a=content:slides
  content: rule('media', rfc(4796, '5'), VALUE),
  // a=label:1
  label: rule('media', rfc(4574, '4'), VALUE),
  // a=extmap:4/sendonly urn:ietf:params:rtp-hdrext:sdes:mid
  extmap: rule('both', rfc(8285, '5'), [
    { part: 'extension-id', form: DIGITS },
    {
      ...{ part: 'direction', lead: '/', optional: true },
      form: /^(sendrecv|sendonly|recvonly|inactive)$/,
    },
    { part: 'extension-uri' },
    { part: 'extension-attributes', optional: true },
  ]),
  'extmap-allow-mixed': rule('both', rfc(8285, '6')),
  // a=ssrc:1758791781 cname:zg6iJEVxzhqus4I3
  ssrc: rule('media', rfc(5576, '4.1'), [
    SOURCE,
    { part: 'source-attribute' },
    { part: 'source-value', lead: ':', optional: true },
  ]),
  // a=ssrc-group:FID 1758791781 2977436201
  'ssrc-group': rule('media', rfc(5576, '4.2'), [
    { part: 'source-grouping' },
    { ...SOURCE, optional: true, each: ' ' },
  ]),
  // a=msid:fef01a03-fb05 f2648c68-e773
  msid: rule('media', rfc(8830, '2'), [
    { part: 'stream-id' },
    { part: 'track-id', optional: true },
  ]),
  // a=msid-semantic: WMS fef01a03-fb05
  'msid-semantic': rule('session', draft('draft-ietf-mmusic-msid-02'), [
    { part: 'stream-semantics' },
    { part: 'stream-id', optional: true, each: ' ' },
  ]),
  // a=simulcast:send h;m;l recv a
  simulcast: rule('media', rfc(8853, '5.1'), [
    { part: 'simulcast-direction', form: /^(send|recv)$/ },
    { part: 'simulcast-streams' },
    { part: 'simulcast-direction', optional: true, form: /^(send|recv)$/ },
    { part: 'simulcast-streams', optional: true },
  ]),
  // a=rid:h send pt=96;max-width=1280
  rid: rule('media', rfc(8851, '4'), [
    { part: 'rid', form: /^[A-Za-z0-9_-]+$/ },
    { part: 'rid-direction', form: /^(send|recv)$/ },
    { part: 'restriction', optional: true, each: ';' },
  ]),
  // a=packetization:98 raw
  packetization: rule('media', null, [PAYLOAD_TYPE, { part: 'value' }]),
  // a=x-google-flag:conference
  'x-google-flag': rule('media', null, VALUE),
} as const satisfies Readonly<Record<string, Rule>>;

/** How RTCP travels. */
const RTCP = {
  // a=rtcp:9 IN IP4 0.0.0.0
  rtcp: rule('media', rfc(3605, '2.1'), [
    { part: 'rtcp-port', form: DIGITS },
    ...ADDRESS.map((field) => ({ ...field, optional: true })),
    { part: 'rtcp-address', optional: true },
  ]),
  'rtcp-mux': rule('media', rfc(5761, '5.1.1')),
  'rtcp-mux-only': rule('media', rfc(8858, '3')),
  'rtcp-rsize': rule('media', rfc(5506, '5')),
  // a=rtcp-xr:rcvr-rtt=all
  'rtcp-xr': rule('both', rfc(3611, '5.1'), [{ part: 'report', optional: true, each: ' ' }]),
} as const satisfies Readonly<Record<string, Rule>>;

/** How a path is found, and what shares it. */
const TRANSPORT = {
  // a=group:BUNDLE 0 1
  group: rule('session', rfc(5888, '5'), [
    { part: 'grouping' },
    { part: 'mid', optional: true, each: ' ' },
  ]),
  // a=mid:0
  mid: rule('media', rfc(5888, '4'), [{ part: 'mid', form: /^\S+$/ }]),
  'bundle-only': rule('media', rfc(9143, '6')),
  // a=candidate:1 1 udp 2122194687 192.0.2.2 43604 typ host generation 0
  candidate: rule('media', rfc(8839, '5.1'), [
    { part: 'foundation' },
    { part: 'component', form: DIGITS },
    { part: 'transport' },
    { part: 'priority', form: DIGITS },
    { part: 'address' },
    { part: 'candidate-port', form: DIGITS },
    { part: 'typ', form: /^typ$/ },
    { part: 'candidate-type' },
    { part: 'candidate-extension', optional: true, each: ' ', pairs: true },
  ]),
  'end-of-candidates': rule('both', rfc(8840, '8')),
  // a=remote-candidates:1 192.0.2.3 45664
  'remote-candidates': rule('media', rfc(8839, '5.2'), [{ part: 'remote-candidate' }]),
  'ice-lite': rule('session', rfc(8839, '5.3')),
  'ice-mismatch': rule('media', rfc(8839, '5.3')),
  // a=ice-ufrag:JrR7
  'ice-ufrag': rule('both', rfc(8839, '5.4'), [{ part: 'ufrag', form: ICE_CHARACTERS }]),
  'ice-pwd': rule('both', rfc(8839, '5.4'), [{ part: 'password', form: ICE_CHARACTERS }]),
  // a=ice-pacing:50
  'ice-pacing': rule('session', rfc(8839, '5.5'), [{ part: 'pacing', form: DIGITS }]),
  // a=ice-options:trickle renomination
  'ice-options': rule('both', rfc(8839, '5.6'), [{ part: 'ice-option', each: ' ' }]),
} as const satisfies Readonly<Record<string, Rule>>;

/** How keys are agreed. */
const KEYS = {
  // a=fingerprint:sha-256 1E:E3:29:…
  fingerprint: rule('both', rfc(8122, '5'), [
    { part: 'hash' },
    { part: 'digest', form: /^[0-9A-F]{2}(:[0-9A-F]{2})*$/i },
  ]),
  // a=setup:actpass
  setup: rule('both', rfc(4145, '4'), [
    { part: 'role', form: /^(active|passive|actpass|holdconn)$/ },
  ]),
  // a=connection:new
  connection: rule('both', rfc(4145, '5'), VALUE),
  // a=tls-id:abc3de65cddef001be82
  'tls-id': rule('both', rfc(8842, '4'), [{ part: 'tls-id' }]),
  // a=identity:eyJpZHAiOns…
  identity: rule('session', rfc(8827, '5'), VALUE),
  // a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:…
  crypto: rule('media', rfc(4568, '4'), [
    { part: 'crypto-tag', form: DIGITS },
    { part: 'crypto-suite' },
    { part: 'key' },
  ]),
  // a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO…
  'key-mgmt': rule('both', rfc(4567, '3.1'), VALUE),
} as const satisfies Readonly<Record<string, Rule>>;

/** Data channels. */
const DATA = {
  // a=sctp-port:5000
  'sctp-port': rule('media', rfc(8841, '5'), [{ part: 'sctp-port', form: DIGITS }]),
  // a=max-message-size:262144
  'max-message-size': rule('media', rfc(8841, '6'), [{ part: 'message-size', form: DIGITS }]),
  // a=sctpmap:5000 webrtc-datachannel 1024
  sctpmap: rule('media', draft('draft-ietf-mmusic-sctp-sdp-05'), [
    { part: 'sctp-port', form: DIGITS },
    { part: 'sctp-protocol' },
    { part: 'sctp-streams', optional: true, form: DIGITS },
  ]),
  // a=sctp-init:AQAAHg…
  'sctp-init': rule('media', draft('draft-hancke-tsvwg-snap'), VALUE),
  // a=dcmap:1 label="notes"
  dcmap: rule('media', rfc(8864, '5.1'), VALUE),
  // a=dcsa:1 accept-types:text/plain
  dcsa: rule('media', rfc(8864, '5.2'), VALUE),
} as const satisfies Readonly<Record<string, Rule>>;

/** What comes from elsewhere, and tells a browser nothing. */
const MINOR = {
  cat: rule('session', rfc(8866, '6.1'), VALUE),
  keywds: rule('session', rfc(8866, '6.2'), VALUE),
  tool: rule('session', rfc(8866, '6.3'), VALUE),
  type: rule('session', rfc(8866, '6.9'), VALUE),
  charset: rule('session', rfc(8866, '6.10'), VALUE),
  sdplang: rule('both', rfc(8866, '6.11'), VALUE),
  lang: rule('both', rfc(8866, '6.12'), VALUE),
  control: rule('both', rfc(7826, 'D.1.1'), VALUE),
  'source-filter': rule('both', rfc(4570, '3'), VALUE),
  'ts-refclk': rule('both', rfc(7273, '4'), VALUE),
  mediaclk: rule('both', rfc(7273, '5'), VALUE),
} as const satisfies Readonly<Record<string, Rule>>;

/** All rules of a= lines. */
export const ATTRIBUTES = { ...MEDIA, ...RTCP, ...TRANSPORT, ...KEYS, ...DATA, ...MINOR };

/** The name of an attribute that there is a rule for. */
export type AttributeId = keyof typeof ATTRIBUTES;
