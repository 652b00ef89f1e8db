// Where a slide of the step comes from.

/** The parts of the page that a slide can show, and what is written over them. */
export interface SlideSource {
  readonly kicker: string;
  readonly title: string;
  /** The element on the page; null where there is none. */
  readonly find: (part: 'stage' | 'ladder') => Element | null;
}
