// Which earlier text an SDP is compared with, and how it has grown.
import { sdpLines } from '../../sdp/lines.ts';
import { originOf, sessionOf } from '../../sdp/origin.ts';
import type { Frame } from '../../trace/frame.ts';
import { otherSide } from '../../rtc/steps.ts';
import { SDP_SOURCES, sdpAt, sourceKey, type SdpSource } from './shown-sdp.ts';

/** The newest offer and the answer to it at a frame, whichever place holds them; null while there is no answer. */
export function agreedAt(frame: Frame): { readonly offer: string; readonly answer: string } | null {
  const newest = (type: 'offer' | 'answer') =>
    SDP_SOURCES.map((source) => sdpAt(frame, source))
      .filter((held) => held?.type === type)
      .reduce((best, held) => (held !== null && held.n > (best?.n ?? -1) ? held : best), null);
  const [offer, answer] = [newest('offer'), newest('answer')];
  return offer === null || answer === null ? null : { offer: offer.sdp, answer: answer.sdp };
}

/**
 * What a source is compared with: what was chosen, where it holds something; else the description before, where its
 * author has made one; else what the same side created of the same type, else any other text of that type, else any
 * other.
 */
export function comparedTo(
  frame: Frame,
  source: SdpSource,
  chosen: string | null,
): SdpSource | null {
  const type = sdpAt(frame, source)?.type;
  const others = SDP_SOURCES.filter(
    (each) => sourceKey(each) !== sourceKey(source) && sdpAt(frame, each) !== null,
  );
  const typed = others.filter((each) => sdpAt(frame, each)?.type === type);
  return (
    others.find((each) => sourceKey(each) === chosen) ??
    versionBefore(frame, source, others) ??
    typed.find(({ side, slot }) => side === source.side && slot === 'created') ??
    typed.find(({ slot }) => slot === 'created') ??
    typed[0] ??
    others[0] ??
    null
  );
}

/** The newest of the others that is an older version of the same session; its own side's, where both have it. */
function versionBefore(
  frame: Frame,
  source: SdpSource,
  others: readonly SdpSource[],
): SdpSource | null {
  const held = sdpAt(frame, source);
  if (held === null || sessionOf(held.sdp) === '') return null;
  const age = (each: SdpSource) => sdpAt(frame, each)?.n ?? 0;
  const older = others.filter((each) => {
    const sdp = sdpAt(frame, each)?.sdp ?? '';
    const isOther = sessionOf(sdp) !== sessionOf(held.sdp) || originOf(sdp) === originOf(held.sdp);
    return !isOther && age(each) < held.n;
  });
  const own = older.filter(({ side }) => side === source.side);
  return (own.length > 0 ? own : older).toSorted((a, b) => age(b) - age(a))[0] ?? null;
}

/** A description's lines: those it was created with, and those it has gained since, which come with candidates. */
export interface Growth {
  readonly created: number;
  readonly added: number;
}

/** How a source has grown since its author created it; null where it has not, or where what was created is not known. */
export function growthOf(frame: Frame, { side, slot }: SdpSource): Growth | null {
  const held = sdpAt(frame, { side, slot });
  const isRemote = slot === 'pendingRemote' || slot === 'currentRemote';
  const author = isRemote ? otherSide(side) : side;
  const { created } = frame[author];
  if (held === null || created === null || created.type !== held.type) return null;
  if (originOf(created.sdp) !== originOf(held.sdp)) return null;
  const lines = sdpLines(created.sdp).length;
  const added = sdpLines(held.sdp).length - lines;
  return added > 0 ? { created: lines, added } : null;
}
