// What an m= section comes to, in one line's worth of data.
import { isEncrypted, isRejected, transportOwner } from './bundle.ts';
import { carriesRtp, codecsOf } from './codecs.ts';
import { codecTitle } from './meaning-codec.ts';
import { directionOf } from './direction.ts';
import type { Direction } from '../rtc/direction.ts';
import { among } from './meaning.ts';
import type { Meanings } from './meaning.ts';
import type { SdpDocument, SdpSection } from './parse.ts';

/** An m= section in short. */
export interface SectionSummary {
  /** Its place in `SdpDocument.sections`. */
  readonly index: number;
  readonly kind: Meanings['media']['kind'];
  /** The most wanted codec; `null` for data, and where none has a name. */
  readonly codec: string | null;
  /** How many other codecs: by name, without those that only go with one (rtx, red, FEC, comfort noise, tones). */
  readonly more: number;
  /** `null` where no RTP is carried. */
  readonly direction: Direction | null;
  readonly encrypted: boolean;
  /** The mid of the section whose transport it shares; `null` where it has its own. */
  readonly goesWith: string | null;
  readonly rejected: boolean;
}

/** Sums up an m= section. `null` for the session. */
export function sectionSummary(document: SdpDocument, section: SdpSection): SectionSummary | null {
  const { index, media } = section;
  if (media === null) return null;
  const codecs = [...codecsOf(section).values()].filter(
    ({ role, name, isListed }) => role === 'media' && name !== null && isListed,
  );
  const names = new Set(codecs.map(({ name }) => (name ?? '').toLowerCase()));
  const owner = transportOwner(document, section);
  return {
    index,
    kind: among(media.kind, ['audio', 'video', 'application', 'text', 'image', 'message']),
    codec: codecs[0] === undefined ? null : codecTitle(codecs[0].name ?? ''),
    more: Math.max(0, names.size - 1),
    direction: carriesRtp(section) ? directionOf(document, section) : null,
    encrypted: isEncrypted(section),
    goesWith: owner === section ? null : owner.mid,
    rejected: isRejected(section),
  };
}
