// What an ICE restart changes in an offer, and what it leaves: read off the offer before and the new one.
import { SIDES, type Side } from '../../../rtc/steps.ts';
import type { Frame } from '../../../trace/frame.ts';

/** A value before and after. */
export interface Renamed {
  readonly was: string;
  readonly is: string;
}

/** How a side's new offer names it anew (RFC 8839 §4.4.1.1.1). */
export interface Restart {
  readonly side: Side;
  readonly ufrag: Renamed;
  readonly password: Renamed;
  /** The certificate is the one that it was. */
  readonly keepsCertificate: boolean;
  /** The m= sections are those that there were. */
  readonly keepsSections: boolean;
}

/** The restart that a side has proposed and nobody has answered yet; null where there is none. */
export function restartIn(frame: Frame): Restart | null {
  for (const side of SIDES) {
    const { pendingLocal, currentLocal } = frame[side].slots;
    if (pendingLocal === null || currentLocal === null) continue;
    const [is, was] = [pendingLocal.sdp, currentLocal.sdp];
    const of = (name: string): Renamed => ({ was: valueOf(was, name), is: valueOf(is, name) });
    const ufrag = of('ice-ufrag');
    const password = of('ice-pwd');
    if (ufrag.is === '' || ufrag.is === ufrag.was) continue;
    return {
      ...{ side, ufrag, password },
      keepsCertificate: valueOf(is, 'fingerprint') === valueOf(was, 'fingerprint'),
      keepsSections: sectionsOf(is) === sectionsOf(was),
    };
  }
  return null;
}

/** An attribute's first value; '' where there is none. */
function valueOf(sdp: string, name: string): string {
  return new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(sdp)?.[1] ?? '';
}

/** The kinds of the sections and their mids, in order. */
function sectionsOf(sdp: string): string {
  return (sdp.match(/^(?:m=\w+|a=mid:\S+)/gm) ?? []).join(' ');
}
