// A menu that is open, as its button knows it.

/** What opened it, and how it is closed. */
export interface Opened {
  /** A press on the button closes the menu, and is none beside it. The focus returns there. */
  readonly by: HTMLElement;
  readonly close: () => void;
}
