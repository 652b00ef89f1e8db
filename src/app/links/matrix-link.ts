// Links to the matrix and to the walk of one of its cells: #/matrix?callee=apd-apd&turn=on&lang=ko
import { formatLab, parseLab, type LabSettings } from '../../lessons/net/lab-settings.ts';
import { queryLink } from './lab-query.ts';
import { langOf } from './page.ts';

/** What is chosen, and the language that the link asks for; null for none. */
export interface MatrixPlace {
  readonly settings: LabSettings;
  readonly lang: string | null;
}

/** Reads such a link. Total: what it does not know stands at its default. */
export function parseMatrixLink(hash: string): MatrixPlace {
  return { settings: parseLab(/\?(.*)$/s.exec(hash)?.[1] ?? ''), lang: langOf(hash) };
}

/** Writes it, `#` first. */
export function formatMatrixLink({ settings, lang }: MatrixPlace): string {
  return queryLink('matrix', formatLab(settings), lang);
}

/** The link to the walk of the call that is chosen. */
export function formatLabLink({ settings, lang }: MatrixPlace): string {
  return queryLink('lab', formatLab(settings), lang);
}
