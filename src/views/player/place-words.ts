// What the player says of the place, and of what Next leads to.
import { areBoth } from '../../trace/frame.ts';
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { lessonOf } from '../../lessons/acts.ts';
import { phaseName } from '../words.ts';
import type { WalkView } from '../walk.ts';

/** How what is said of a place is meant. */
export type Tone = 'plain' | 'good' | 'bad';

type Place = Pick<
  WalkView,
  'trace' | 'frame' | 'step' | 'steps' | 'moment' | 'moments' | 'inside' | 'waitingFor'
>;

/** "Step 6 of 14", or where in it one stands. */
export function placeText({ step, moment }: Place): string {
  if (step === null) return m.before_step_one();
  const number = step.ordinal;
  if (moment === null) return m.step_n_of_m({ number, total: step.act.steps.length });
  return m.player_step_moment({ number, moment: moment.ordinal, total: moment.total });
}

/** The step that is looked at is over and did not succeed. */
export function hasFailed({ frame, inside, step, moment }: Place): boolean {
  if (step === null || inside < 1) return false;
  // A call that came up and was lost: its step did not fail, and ends badly.
  return frame.progress === 'failed' || moment?.outcome === 'bad';
}

/** The small line below: what the place is about, or how it ended. */
export function asideOf(place: Place): { readonly text: string; readonly tone: Tone } {
  const { frame, step, steps, moment, inside } = place;
  if (step === null) {
    const text = steps.length === 0 ? '' : m.player_steps({ count: steps.length });
    return { text, tone: 'plain' };
  }
  const since = timeIn(place);
  if (hasFailed(place)) {
    // What failed at once needs no time beside it.
    const text = since < 100 ? m.player_failed() : m.player_failed_after({ time: timeText(since) });
    return { text, tone: 'bad' };
  }
  const isUp = step.kind === 'connect' && inside === 1 && areBoth(frame, 'connected');
  if (isUp) return { text: m.player_up(), tone: 'good' };
  if (moment !== null) return { text: m.player_at({ time: timeText(since) }), tone: 'plain' };
  if (step.act.number > 1) return { text: lessonOf(step.act).name(), tone: 'plain' };
  return { text: phaseName(step.phase), tone: 'plain' };
}

/** Since the step began, in ms. */
function timeIn({ trace, frame, step }: Place): number {
  if (step === null) return 0;
  const begin = trace.events[trace.stepBegin(step.number)];
  const now = trace.events[frame.cursor - 1];
  return begin === undefined || now === undefined ? 0 : Math.max(0, now.t - begin.t);
}

function timeText(ms: number): string {
  const isLong = ms >= 1000;
  const number = formatNumber(isLong ? ms / 1000 : ms, { maximumFractionDigits: isLong ? 1 : 0 });
  return `${number}\u00a0${isLong ? 's' : 'ms'}`;
}

/** What Next leads to, in a few words; '' where there is nothing, or nothing that has a name. */
export function comingText({
  trace,
  step,
  steps,
  moment,
  moments,
  inside,
  waitingFor,
}: Place): string {
  const at = step?.number ?? 0;
  if (waitingFor === null && step !== null) {
    const next = moment === null ? undefined : moments[moment.ordinal];
    if (next !== undefined) return next.short;
    if (inside < 1 && moment === null) return m.player_rest();
  }
  // What is waited for is on its way: Next asks for the one after it.
  const coming = steps[waitingFor ?? at];
  return coming === undefined ? '' : lessonOf(coming.act).next(coming, trace.header.options);
}
