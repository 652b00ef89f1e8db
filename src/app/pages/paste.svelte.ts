// The page for foreign SDP: up to two texts, what was found in them, and how they are looked at.
import type { SdpView } from '../../views/sdp/view.ts';
import {
  formatPasteLink,
  parsePasteLink,
  type PastePlace,
  type Which,
} from '../links/paste-link.ts';
import { afterNextFrame } from '../../views/next-frame.ts';
import { keepPaste, readPaste } from '../store/paste-store.ts';
import { useLocale } from '../look.svelte.ts';

/** The largest file that is read, in bytes: a log of a long day. */
export const MAX_FILE = 8_000_000;
/** Texts of so many characters are kept later than they are shown. */
const LONG = 100_000;

/** What is on the page. The texts outlive a reload of the tab. */
export class Paste {
  #texts = $state.raw<Readonly<Record<Which, string>>>({ first: '', second: '' });
  #comparing = $state(false);
  #view = $state<SdpView>('text');
  #line = $state.raw<PastePlace['line']>(null);
  #lang: string | null = null;

  constructor() {
    const kept = readPaste();
    if (kept === null) return;
    this.#texts = { first: kept.first, second: kept.second };
    this.#comparing = kept.second !== '';
  }

  get texts(): Readonly<Record<Which, string>> {
    return this.#texts;
  }
  get comparing(): boolean {
    return this.#comparing;
  }
  get view(): SdpView {
    return this.#view;
  }
  get line(): PastePlace['line'] {
    return this.#line;
  }

  /** Goes where a link says. */
  follow(hash: string): void {
    const { view, line, lang } = parsePasteLink(hash);
    this.#view = view;
    this.#line = line;
    this.#lang = lang;
    if (lang !== null) useLocale(lang);
    if (view !== 'text' || line?.which === 'second') this.#comparing = true;
  }

  /** Takes a text. */
  write(which: Which, text: string): void {
    if (text === this.#texts[which]) return;
    this.#texts = { ...this.#texts, [which]: text };
    if (this.#line?.which === which) this.#line = null;
    this.#keep();
    this.#link();
  }

  /** Asks for a second text to compare with, or puts it away. */
  compare(comparing: boolean): void {
    this.#comparing = comparing;
    if (!comparing) {
      this.write('second', '');
      this.look('text');
    }
  }

  /** The first becomes the second, and the other way round. */
  swap(): void {
    const { first, second } = this.#texts;
    this.#texts = { first: second, second: first };
    this.#line = null;
    this.#keep();
    this.#link();
  }

  look(view: SdpView): void {
    this.#view = view;
    this.#link();
  }

  pick(which: Which, number: number | null): void {
    this.#line = number === null ? null : { which, number };
    this.#link();
  }

  #keep(): void {
    const texts = this.#texts;
    // A browser writes a long text for longer than a frame has: it is shown first.
    if (texts.first.length + texts.second.length < LONG) keepPaste(texts);
    else {
      afterNextFrame(() => {
        if (texts === this.#texts) keepPaste(texts);
      });
    }
  }

  #link(): void {
    history.replaceState(
      history.state,
      '',
      formatPasteLink({ view: this.#view, line: this.#line, lang: this.#lang }),
    );
  }
}
