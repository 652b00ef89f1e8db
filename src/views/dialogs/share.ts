// What whoever shares a link can choose of it.

/** What a shared link carries. */
export interface ShareChoice {
  /** It leads to this step; else to the start. */
  readonly atStep: boolean;
  /** It opens the tab that is open, with what is picked there. */
  readonly sameTab: boolean;
  /** The language that it asks for; null leaves the reader's own. */
  readonly lang: string | null;
}
