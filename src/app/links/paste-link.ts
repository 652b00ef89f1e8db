// Links to a place on the page for foreign SDP: #/sdp?view=changes&line=first.23&lang=ko
import { TEXT_VIEWS, type SdpView } from '../../views/sdp/view.ts';

/** The first text, and the one it is compared with. */
export type Which = 'first' | 'second';

/** A place on the page, as its link names it. */
export interface PastePlace {
  readonly view: SdpView;
  /** The picked line of one of the two; null for none. */
  readonly line: { readonly which: Which; readonly number: number } | null;
  readonly lang: string | null;
}

/** Reads such a link. Total: what it does not know is left out. */
export function parsePasteLink(hash: string): PastePlace {
  const query = new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1] ?? '');
  const line = /^(first|second)\.(\d{1,7})$/.exec(query.get('line') ?? '');
  return {
    view: TEXT_VIEWS.find((each) => each === query.get('view')) ?? 'text',
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
