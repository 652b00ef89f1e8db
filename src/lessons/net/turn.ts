// The same network with a TURN server, or without one: where a link to it leads.
import { formatLab, parseLab } from './lab-settings.ts';

/** Lessons that differ in nothing but that. */
const PAIRS: readonly { readonly without: string; readonly with: string }[] = [
  { without: 'no-way', with: 'symmetric-both' },
];

/**
 * The link to a call in the same network with TURN, or without it; null where there is no such network.
 * @param lesson the id of the lesson that is walked
 * @param settings what the lab is told; '' elsewhere
 */
export function turnLink(lesson: string, settings: string, turn: boolean): string | null {
  if (lesson === 'lab') {
    const lab = parseLab(settings);
    if (lab.turn === turn) return null;
    const query = formatLab({ ...lab, turn });
    return `#/lab/connect${query === '' ? '' : `?${query}`}`;
  }
  const pair = PAIRS.find((each) => each[turn ? 'without' : 'with'] === lesson);
  return pair === undefined ? null : `#/${pair[turn ? 'with' : 'without']}/connect`;
}
