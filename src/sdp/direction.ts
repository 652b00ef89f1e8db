// Which way the media of a section may go, as the side that wrote it says (RFC 8866 §6.7).
import { DIRECTIONS, type Direction } from '../rtc/direction.ts';
import type { SdpDocument, SdpSection } from './parse.ts';

/** The direction of a section: its own, else the session's, else sendrecv (RFC 8866 §6.7). */
export function directionOf(document: SdpDocument, section: SdpSection): Direction {
  return ownDirection(section) ?? ownDirection(document.sections[0]) ?? 'sendrecv';
}

function ownDirection(section: SdpSection | undefined): Direction | null {
  for (const { name, argument } of section?.lines ?? []) {
    if (argument !== null) continue;
    const known = DIRECTIONS.find((direction) => direction === name);
    if (known !== undefined) return known;
  }
  return null;
}
