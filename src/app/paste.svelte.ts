// The page for foreign SDP: up to two texts, what was found in them, and how they are looked at.
import { SDP_VIEWS, type SdpView } from '../views/sdp/view.ts';
import { keepPaste, readPaste } from './store.ts';

/** The first text, and the one it is compared with. */
export type Which = 'first' | 'second';

/** A place on the page, as its link names it. */
export interface PastePlace {
  readonly view: SdpView;
  /** The picked line of one of the two; null for none. */
  readonly line: { readonly which: Which; readonly number: number } | null;
  readonly lang: string | null;
}

/** The largest file that is read, in bytes: a log of a long day. */
export const MAX_FILE = 8_000_000;

/** Reads such a link. Total: what it does not know is left out. */
export function parsePasteLink(hash: string): PastePlace {
  const query = new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1] ?? '');
  const line = /^(first|second)\.(\d{1,7})$/.exec(query.get('line') ?? '');
  return {
    view: SDP_VIEWS.find((each) => each === query.get('view')) ?? 'text',
    line:
      line === null
        ? null
        : { which: line[1] === 'second' ? 'second' : 'first', number: Number(line[2]) },
    lang: query.get('lang'),
  };
}

/** Writes a place as a link's part, `#` first. The texts are no part of it: they stay in this browser. */
export function formatPasteLink({ view, line, lang }: PastePlace): string {
  const query = new URLSearchParams();
  if (view !== 'text') query.set('view', view);
  if (line !== null) query.set('line', `${line.which}.${String(line.number)}`);
  if (lang !== null) query.set('lang', lang);
  const text = query.toString();
  return `#/sdp${text === '' ? '' : `?${text}`}`;
}

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
    if (view !== 'text' || line?.which === 'second') this.#comparing = true;
  }

  /** Takes a text. */
  write(which: Which, text: string): void {
    if (text === this.#texts[which]) return;
    this.#texts = { ...this.#texts, [which]: text };
    if (this.#line?.which === which) this.#line = null;
    keepPaste(this.#texts);
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
    keepPaste(this.#texts);
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

  #link(): void {
    history.replaceState(
      history.state,
      '',
      formatPasteLink({ view: this.#view, line: this.#line, lang: this.#lang }),
    );
  }
}
