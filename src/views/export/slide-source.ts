// Where a picture for slides comes from.
import type { PictureOf } from './picture/parts.ts';

/** The parts of the page that a picture can show, and what is written over them. */
export interface SlideSource {
  readonly kicker: string;
  readonly title: string;
  /** What is said of the moment, for a picture with room for it; empty for nothing. */
  readonly text: string;
  /** The element on the page; null where there is none. */
  readonly find: (part: PictureOf) => Element | null;
}
