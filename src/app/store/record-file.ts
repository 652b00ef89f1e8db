// Records outside the page's memory: as files, with every way that opening can fail explained, and in the browser's
// storage. Loaded ahead as one part.
import '../walk/acts.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { errorInfo } from '../../peers/error.ts';
import type { Trace } from '../../trace/trace.ts';
import { decode, encode, MAX_TEXT, TraceFileError } from '../../trace/file.ts';
import { offerDownload } from './download.ts';

export { keepRecord, readRecord } from './record-store.ts';
export { decode, encode };

/** A file that was opened, or why it could not be. */
export type Opened =
  | { readonly ok: true; readonly trace: Trace }
  | { readonly ok: false; readonly why: () => string; readonly detail: string | null };

/** Opens a record. Never throws. */
export async function openFile(file: File): Promise<Opened> {
  const { name } = file;
  // Before it is read: a huge file would fill the memory only to be refused.
  if (file.size > MAX_TEXT)
    return { ok: false, why: () => m.file_too_large({ name }), detail: null };
  try {
    return { ok: true, trace: decode(await file.text()) };
  } catch (thrown) {
    if (thrown instanceof TraceFileError) {
      const { code } = thrown;
      return { ok: false, why: () => explain(code, name), detail: thrown.message };
    }
    const { name: kind, message } = errorInfo(thrown);
    return { ok: false, why: () => m.file_unreadable({ name }), detail: `${kind}: ${message}` };
  }
}

/** What is said once a record is open. */
export function openedText(name: string, closedCall: boolean): string {
  return closedCall ? m.notice_opened_kept({ name }) : m.notice_opened({ name });
}

function explain(code: TraceFileError['code'], name: string): string {
  switch (code) {
    case 'empty':
      return m.file_empty({ name });
    case 'too-large':
      return m.file_too_large({ name });
    case 'truncated':
      return m.file_truncated({ name });
    case 'not-json':
    case 'foreign':
      return m.file_foreign({ name });
    case 'newer-version':
      return m.file_newer({ name });
    case 'invalid':
      return m.file_invalid({ name });
  }
}

/** Saves a record as `peerglass-2026-11-20-1432.json`. */
export function saveFile(trace: Trace): void {
  const when = trace.header.startedAt.slice(0, 16).replace('T', '-').replace(':', '');
  const blob = new Blob([encode(trace)], { type: 'application/json' });
  offerDownload(blob, `peerglass-${when}.json`);
}
