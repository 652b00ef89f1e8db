// What the words beside a find say: offer or answer, and of which side.
import type { FoundSdp, FoundSide } from '../found.ts';

const TYPE = /(?<![a-z])(offer|answer|pranswer)(?![a-z])|create(offer|answer)/g;

/** The last of the words offer, answer and pranswer in a text, or `null`. */
export function typeWord(text: string): FoundSdp['type'] {
  const last = [...text.toLowerCase().matchAll(TYPE)].at(-1);
  return typeOf(last?.[1] ?? last?.[2]);
}

/** The value itself where it is a description’s type. */
export function typeOf(value: unknown): FoundSdp['type'] {
  return value === 'offer' || value === 'answer' || value === 'pranswer' ? value : null;
}

const SIDE =
  /(local|(?<![a-z])sen(?:d|t)(?!recv|only|er)|(?<![a-z])sending|outgoing|createoffer|createanswer|on_?ice_?candidate(?!error)|^icecandidate$|gathered)|(remote|rece?ie?v|(?<![a-z])recv(?!only)|(?<![a-z])got(?![a-z])|incoming|add_?ice_?candidate)/g;

/** Of whom the last word in a text speaks that tells a side, or `null`. */
export function sideWord(text: string): FoundSide | null {
  const last = [...text.toLowerCase().matchAll(SIDE)].at(-1);
  if (last === undefined) return null;
  return last[1] === undefined ? 'remote' : 'local';
}
