// The page's side of the speaker window: opens it, tells it what is shown, and takes its keys.
import { randomId } from '../random-id.ts';
import { SpeakerLink, type SpeakerCommand, type SpeakerSheet } from './speaker-link.ts';

/** A speaker window and the line to it. */
export class SpeakerWindow {
  readonly #secret = randomId();
  readonly #link: SpeakerLink;
  readonly #sheet: () => Promise<SpeakerSheet>;
  #window: Window | null = null;

  /**
   * @param sheet what the speaker should see now
   * @param press what a key pressed there does here
   */
  constructor(sheet: () => Promise<SpeakerSheet>, press: (command: SpeakerCommand) => void) {
    this.#sheet = sheet;
    this.#link = new SpeakerLink(this.#secret, (message) => {
      if (message.kind === 'hello') this.tell();
      if (message.kind === 'command') press(message.command);
    });
    addEventListener('pagehide', () => {
      this.#link.send({ kind: 'bye' });
    });
  }

  /** Opens the window, or brings it to the front. Gives false when the browser blocked it. */
  open(): boolean {
    if (this.#window === null || this.#window.closed) {
      const url = new URL(`#/speaker/${this.#secret}`, location.href);
      this.#window = window.open(url, `peerglass-${this.#secret}`, 'popup,width=720,height=640');
    }
    this.#window?.focus();
    return this.#window !== null;
  }

  /** Tells the window what is shown now. */
  tell(): void {
    this.#sheet()
      .then((sheet) => {
        this.#link.send({ kind: 'sheet', sheet });
      })
      // A part of the page that can't be loaded any more: the speaker keeps the sheet there is.
      .catch(() => undefined);
  }
}
