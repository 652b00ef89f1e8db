// RTCDataChannelInit: what createDataChannel takes and refuses (WebRTC 1.0 §6.1.1.3, §6.2).
import { typeFailure } from './errors.ts';

/** A channel as it was agreed on, in band or by the apps. */
export interface ChannelOptions {
  readonly ordered: boolean;
  readonly maxPacketLifeTime: number | null;
  readonly maxRetransmits: number | null;
  readonly protocol: string;
  readonly negotiated: boolean;
  /** Asked for; null where the peer chooses. */
  readonly id: number | null;
}

const METHOD = 'createDataChannel';
const MAX_SHORT = 65_535;
/** RFC 8832 §5.1: their lengths have 16 bits. */
const MAX_TEXT = 65_535;

/** @throws TypeError for what can't be */
export function channelOptions(label: string, init: RTCDataChannelInit): ChannelOptions {
  const refuse = (message: string) => typeFailure(METHOD, message);
  const { ordered = true, negotiated = false } = init;
  const protocol = wellFormed(init.protocol ?? '');
  const maxPacketLifeTime = short(init.maxPacketLifeTime, 'maxPacketLifeTime');
  const maxRetransmits = short(init.maxRetransmits, 'maxRetransmits');
  const id = short(init.id, 'id');
  if (isTooLong(label)) throw refuse('RTCDataChannel label too long');
  if (isTooLong(protocol)) throw refuse('RTCDataChannel protocol too long');
  if (maxPacketLifeTime !== null && maxRetransmits !== null) {
    throw refuse('RTCDataChannel cannot have both maxRetransmits and maxPacketLifeTime');
  }
  if (negotiated && id === null)
    throw refuse('RTCDataChannel must have id set if negotiated is true');
  if (negotiated && id === MAX_SHORT) throw refuse('RTCDataChannel cannot have id 65535');
  return {
    ...{
      ordered: (ordered as boolean | null) === true,
      maxPacketLifeTime,
      maxRetransmits,
      protocol,
      negotiated,
    },
    // An id without `negotiated` is not heeded.
    id: negotiated ? id : null,
  };
}

/** WebIDL's USVString: a lone surrogate is replaced, as it is on the wire. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function isTooLong(text: string): boolean {
  return text.length > MAX_TEXT / 3 && new TextEncoder().encode(text).length > MAX_TEXT;
}

/** WebIDL's [EnforceRange] unsigned short. */
function short(value: number | null | undefined, name: string): number | null {
  if (value === undefined) return null;
  const number = Math.trunc(Number(value));
  if (Number.isFinite(number) && number >= 0 && number <= MAX_SHORT) return number;
  throw typeFailure(METHOD, `${name} is not from 0 to ${String(MAX_SHORT)}.`);
}
