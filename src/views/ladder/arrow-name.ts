// What an arrow of the ladder is called, on the screen and in an exported picture.
import { m } from '../../i18n/paraglide/messages.js';
import { kindName, messageName } from '../words.ts';
import type { RowArrow } from './rows.ts';

/** The name of an arrow, with how many candidates it stands for. */
export function arrowName({ kind, candidates, messages: [message] }: RowArrow): string {
  if (kind !== 'candidates')
    return message === undefined ? kindName(kind, 1) : messageName(message);
  return candidates === 0 ? m.end_of_candidates() : kindName('candidates', candidates);
}
