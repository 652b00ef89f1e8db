// What the parameters of an fmtp line say: each codec's own document defines its own.
import type { FormatParameter } from './codecs.ts';

/** A parameter that there is an explanation for. */
export type ParameterId = (typeof PARAMETERS)[number];

const PARAMETERS = [
  // Opus, RFC 7587 §6.1, and libwebrtc's multiopus
  ...(['minptime', 'useinbandfec', 'usedtx', 'stereo', 'sprop-stereo', 'cbr'] as const),
  ...(['maxplaybackrate', 'sprop-maxcapturerate', 'maxaveragebitrate'] as const),
  ...(['channel_mapping', 'num_streams', 'coupled_streams'] as const),
  // H.264, RFC 6184 §8.1; H.265, RFC 7798 §7.1
  ...(['level-asymmetry-allowed', 'packetization-mode', 'sprop-parameter-sets'] as const),
  ...(['max-mbps', 'max-smbps', 'max-br', 'max-cpb', 'max-dpb', 'tx-mode'] as const),
  ...(['level-id', 'tier-flag', 'sprop-vps', 'sprop-sps', 'sprop-pps'] as const),
  // VP8, RFC 7741 §6.1; VP9, RFC 9628 §6; AV1's RTP payload format §7.2
  ...(['max-fr', 'max-fs', 'profile-id', 'profile', 'level-idx', 'tier'] as const),
  // RTX, RFC 4588 §8.1; FlexFEC, RFC 8627 §5.1
  ...(['rtx-time', 'repair-window'] as const),
  // G.729 and AMR, RFC 4855 §4.1.9 and RFC 4867 §8.1
  ...(['annexb', 'mode-set', 'octet-align'] as const),
  // libwebrtc's own
  ...(['x-google-min-bitrate', 'x-google-max-bitrate', 'x-google-start-bitrate'] as const),
] as const;

const KNOWN: ReadonlyMap<string, ParameterId> = new Map(PARAMETERS.map((id) => [id, id]));

/** The parameter's id; names are compared without regard to case. `null` for one that is not known here. */
export function parameterId({ name }: FormatParameter): ParameterId | null {
  return KNOWN.get(name.toLowerCase()) ?? null;
}

/** An H.264 profile (RFC 6184 §8.1, table 5; constrained high as libwebrtc reads it). */
export type H264Profile =
  | 'Constrained Baseline'
  | 'Baseline'
  | 'Main'
  | 'Extended'
  | 'Constrained High'
  | 'High'
  | 'High 10'
  | 'High 4:2:2'
  | 'High 4:4:4 Predictive';

/** Rows of profile_idc, the bits of profile-iop that must be as given (`x` is either), and the profile. */
const H264: readonly (readonly [idc: string, iop: string, profile: H264Profile])[] = [
  ['42', 'x1xx0000', 'Constrained Baseline'],
  ['4D', '1xxx0000', 'Constrained Baseline'],
  ['58', '11xx0000', 'Constrained Baseline'],
  ['42', 'x0xx0000', 'Baseline'],
  ['58', '10xx0000', 'Baseline'],
  ['4D', '0x0x0000', 'Main'],
  ['58', '00xx0000', 'Extended'],
  ['64', '00001100', 'Constrained High'],
  ['64', '00000000', 'High'],
  ['6E', '00000000', 'High 10'],
  ['7A', '00000000', 'High 4:2:2'],
  ['F4', '00000000', 'High 4:4:4 Predictive'],
];

/**
 * Takes an H.264 profile-level-id apart: three bytes in hexadecimal, for profile, constraints and level.
 * `null` where it is not that; the profile alone is `null` where the bytes name none.
 */
export function h264Profile(
  value: string,
): { readonly profile: H264Profile | null; readonly level: string } | null {
  const [, idc = '', iop = '', level = ''] =
    /^([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value) ?? [];
  if (idc === '') return null;
  const bits = parseInt(iop, 16).toString(2).padStart(8, '0');
  const row = H264.find(
    ([wanted, mask]) =>
      wanted === idc.toUpperCase() &&
      Array.from(mask).every((bit, at) => bit === 'x' || bit === bits.charAt(at)),
  );
  const number = parseInt(level, 16);
  // Level 1b is 11 with constraint_set3 in the profiles of 1998 (H.264 §A.3.1), and 9 in the later ones.
  const old = ['42', '4D', '58'].includes(idc.toUpperCase());
  const is1b = old ? number === 11 && bits.charAt(3) === '1' : number === 9;
  return { profile: row?.[2] ?? null, level: is1b ? '1b' : (number / 10).toFixed(1) };
}

/** An AV1 level such as `3.1` of its index (AV1 specification §A.3); `null` where there is none. */
export function av1Level(index: string): string | null {
  const number = /^\d{1,2}$/.test(index) ? Number(index) : 31;
  return number > 30 ? null : `${2 + (number >> 2)}.${number & 3}`;
}

/** An H.265 level such as `3.1` of its level-id, thirty times that (RFC 7798 §7.1); `null` where there is none. */
export function h265Level(value: string): string | null {
  if (!/^\d{1,3}$/.test(value) || Number(value) % 3 !== 0) return null;
  return (Number(value) / 30).toFixed(1);
}
