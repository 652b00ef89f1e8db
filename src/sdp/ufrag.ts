// Generations of ICE credentials by their user name fragment, in descriptions.
import { sdpLines } from './lines.ts';

/**
 * The user name fragments of a description. Each stands for one generation of ICE credentials: an ICE restart makes
 * new ones (RFC 8445 §9), and a candidate says by it which description it belongs to.
 */
export function ufragsOf(sdp: string): readonly string[] {
  return sdpLines(sdp).flatMap(({ text }) => /^a=ice-ufrag:(\S+)/.exec(text)?.[1] ?? []);
}
