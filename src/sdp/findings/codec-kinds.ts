// Codecs that cannot be what the section needs: of the other kind, without what they serve, with values they lack.
import { parameterOf } from '../codecs.ts';
import type { Codec } from '../codecs.ts';
import { isRejected } from '../bundle.ts';
import type { SdpSection } from '../parse.ts';
import type { Report } from '../problem.ts';

const AUDIO: ReadonlySet<string> = new Set([
  ...['opus', 'multiopus', 'pcmu', 'pcma', 'g722', 'g723', 'g728', 'g729', 'ilbc', 'isac', 'gsm'],
  ...['amr', 'amr-wb', 'speex', 'l16', 'dvi4', 'lpc', 'qcelp', 'mpa', 'cn', 'telephone-event'],
  ...['g726-16', 'g726-24', 'g726-32', 'g726-40', 'mp4a-latm', 'lyra', 'silk', 'evs'],
]);
const VIDEO: ReadonlySet<string> = new Set([
  ...['vp8', 'vp9', 'h264', 'h265', 'av1', 'av1x', 'h261', 'h263', 'h263-1998', 'h263-2000'],
  ...['h264-svc', 'mp4v-es', 'celb', 'jpeg', 'nv', 'mpv', 'theora', 'h266'],
]);

/** What a codec is for, by its name; `null` where that is not known, or either. */
function kindOf(name: string): 'audio' | 'video' | null {
  const lower = name.toLowerCase();
  if (AUDIO.has(lower)) return 'audio';
  return VIDEO.has(lower) ? 'video' : null;
}

/** RFC 3551 §6: the name that a static payload type has. Only those that browsers have. */
const STATIC_NAMES: Readonly<Record<string, string>> = {
  ...{ 0: 'PCMU', 3: 'GSM', 4: 'G723', 8: 'PCMA', 9: 'G722', 13: 'CN', 18: 'G729' },
  ...{ 26: 'JPEG', 31: 'H261', 34: 'H263' },
};

/** Finds them in a section that carries RTP. */
export function codecKindProblems(
  section: SdpSection,
  codecs: ReadonlyMap<string, Codec>,
  report: Report,
): void {
  const number = section.lines[0]?.number ?? null;
  const kind = section.media?.kind ?? '';
  const listed = [...codecs.values()].filter(({ isListed }) => isListed);
  for (const codec of listed) {
    const { payloadType: pt, name, rtpmap, isStatic } = codec;
    if (name === null) continue;
    const its = kindOf(name);
    if ((kind === 'audio' || kind === 'video') && its !== null && its !== kind) {
      const id = isStatic ? 'static-kind' : 'codec-kind';
      report(id, 'wrong', rtpmap?.number ?? number, { pt, codec: name, kind: its });
    }
    const wanted = Object.hasOwn(STATIC_NAMES, pt) ? STATIC_NAMES[pt] : undefined;
    if (rtpmap !== null && wanted !== undefined && wanted !== name.toUpperCase()) {
      report('static-renamed', 'suspicious', rtpmap.number, { pt, codec: name, wanted });
    }
    ofCodec(codec, codecs, report);
  }
  const isHelper = ({ role }: Codec) => role !== 'media';
  if (listed.length > 0 && listed.every(isHelper) && !isRejected(section)) {
    report('no-main-codec', 'wrong', number, {});
  }
}

function ofCodec(codec: Codec, codecs: ReadonlyMap<string, Codec>, report: Report): void {
  const { payloadType: pt, name, role, rtpmap, fmtp, parameters, goesWith } = codec;
  const number = fmtp[0]?.number ?? rtpmap?.number ?? null;
  if (role === 'rtx' && goesWith === null) report('rtx-no-apt', 'wrong', number, { pt });
  if (role === 'red') {
    const list = parameters.find((each) => each.name === '')?.value ?? '';
    const served = list.split('/').find((each) => {
      return /^\d+$/.test(each) && codecs.get(each)?.isListed !== true;
    });
    if (served !== undefined) report('red-stranger', 'suspicious', number, { pt, served });
  }
  if (name?.toLowerCase() === 'h264' && parameterOf(codec, 'profile-level-id') === null) {
    const missing = fmtp.length === 0 ? 'fmtp' : 'profile';
    report('h264-bare', 'suspicious', number, { pt, missing });
  }
  values(codec, report);
}

/** The values that a parameter may have, where there are few. */
const VALUES: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  // RFC 6184 §8.1.
  h264: {
    'profile-level-id': /^[\da-f]{6}$/i,
    'packetization-mode': /^[012]$/,
    'level-asymmetry-allowed': /^[01]$/,
  },
  // RFC 7798 §7.1; the levels of H.265 §A.4, times thirty.
  h265: {
    'level-id': /^(?:30|60|63|90|93|120|123|150|153|156|180|183|186)$/,
    'profile-id': /^(?:[1-9]|1[01])$/,
    'tier-flag': /^[01]$/,
    'tx-mode': /^(?:SRST|MRST|MRMT)$/,
  },
  // RFC 9628 §6.
  vp9: { 'profile-id': /^[0-3]$/ },
  // AV1 RTP payload format §7.2.
  av1: { profile: /^[0-2]$/, 'level-idx': /^(?:[12]?\d|3[01])$/, tier: /^[01]$/ },
  // RFC 7587 §6.1.
  opus: { stereo: /^[01]$/, useinbandfec: /^[01]$/, usedtx: /^[01]$/, cbr: /^[01]$/ },
};

function values(codec: Codec, report: Report): void {
  const { name, rate, channels, rtpmap, fmtp, parameters } = codec;
  const lower = name?.toLowerCase() ?? '';
  const wanted = Object.hasOwn(VALUES, lower) ? VALUES[lower] : undefined;
  for (const { name: parameter, value } of parameters) {
    const key = parameter.toLowerCase();
    const form = wanted !== undefined && Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    if (form === undefined || form.test(value)) continue;
    report('codec-value', 'suspicious', fmtp[0]?.number ?? null, {
      ...{ codec: name ?? '', parameter, value: value.slice(0, 40) },
    });
  }
  // RFC 7587 §7: always 48000 and 2, whatever is sent.
  if (lower === 'opus' && rtpmap !== null && (rate !== 48000 || channels !== 2)) {
    const value = (rtpmap.argument ?? '').replace(/^\s*\S+\s*/, '').slice(0, 40);
    report('codec-value', 'suspicious', rtpmap.number, {
      ...{ codec: name ?? '', parameter: 'rtpmap', value },
    });
  }
}
