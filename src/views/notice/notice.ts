// A short notice about the walk itself.

/** A notice. Its text is a function so that it follows the language. */
export interface Notice {
  readonly id: number;
  readonly tone: 'plain' | 'bad';
  readonly text: () => string;
  /** The real exception or the like, never translated. */
  readonly detail: string | null;
  /** Loading the page again may help. */
  readonly canReload: boolean;
}
