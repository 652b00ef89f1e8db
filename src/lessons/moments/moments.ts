// The moments of a step with their words: found once, said in whichever language is read.
import { getLocale } from '../../i18n/paraglide/runtime.js';
import type { Trace } from '../../trace/trace.ts';
import { findMoments } from './find.ts';
import type { Fact, PlacedMoment } from './found.ts';
import type { Moment, MomentRow } from './moment.ts';
import { say } from './say.ts';

/** What stands for a moment, where that is not its packets. Of many, and of how it ends, no packet tells. */
const ROWS: Partial<Readonly<Record<Fact['kind'], MomentRow>>> = {
  'new-candidate': 'message',
  media: 'flow',
  recovered: 'flow',
  'more-drops': 'text',
  unanswered: 'text',
  state: 'text',
  'no-path': 'text',
  lost: 'text',
  received: 'text',
  told: 'text',
};

const SAID = new WeakMap<readonly PlacedMoment[], Map<string, readonly Moment[]>>();

/** The moments of a step that is over, by its number in the recording; none where the step is told as one. */
export function momentsOf(trace: Trace, step: number): readonly Moment[] {
  const found = findMoments(trace, step);
  const said = SAID.get(found) ?? new Map<string, readonly Moment[]>();
  SAID.set(found, said);
  const locale = getLocale();
  const known = said.get(locale);
  if (known !== undefined) return known;
  const moments = found.map((moment) => {
    const { name, ordinal, total, from, cursor, side, packets, outcome } = moment;
    const { title, body, short, line = null, stands = null } = say(trace, moment);
    const row = ROWS[moment.fact.kind] ?? 'packets';
    return {
      ...{ name, ordinal, total, from, cursor, side, packets, outcome },
      ...{ title, body, short, row, line, stands },
    };
  });
  said.set(locale, moments);
  return moments;
}

/** Where the moments of a step are looked at: the cursor of each, in order. */
export function momentStops(trace: Trace, step: number): readonly number[] {
  return findMoments(trace, step).map(({ cursor }) => cursor);
}
