// How an act ended, in a word or two.
import { m } from '../../i18n/paraglide/messages.js';
import { formatNumber } from '../../i18n/format.ts';
import type { ActFrame } from '../../trace/script.ts';
import type { Trace } from '../../trace/trace.ts';
import type { ActState } from './rows.ts';

/**
 * What stands beside the name of an act that the cursor is not in: how it ended and, where it led to something, when.
 * @param now the act of the cursor
 */
export function actOutcome(trace: Trace, act: ActFrame, state: ActState, now: ActFrame): string {
  const outcome = outcomeOf(state);
  if (state.is !== 'connected') return outcome;
  const next = trace.acts[act.number]?.first ?? trace.ends.length;
  const up = trace.reading
    .states(trace.stepEnd(next - 1))
    .findLast(({ machine, to }) => machine === 'connectionState' && to === 'connected');
  if (up === undefined) return outcome;
  // A simulated call has no clock on the wall.
  if (trace.header.options.peers === 'virtual') {
    return m.ladder_at({ outcome, time: shortTime(up.t) });
  }
  const began = trace.frameAt(trace.stepBegin(now.first) + 1).t;
  return m.ladder_ago({ outcome, time: longTime(began - up.t) });
}

/** A time in milliseconds, with seconds where they say more. */
export function shortTime(ms: number): string {
  if (ms < 1000) return unit(Math.round(ms), 'millisecond');
  return unit(Math.round(ms / 100) / 10, 'second');
}

function longTime(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return unit(seconds, 'second');
  const rest = seconds % 60;
  return rest === 0
    ? unit(minutes, 'minute')
    : `${unit(minutes, 'minute')} ${unit(rest, 'second')}`;
}

function unit(value: number, name: 'millisecond' | 'second' | 'minute'): string {
  return formatNumber(value, {
    ...{ style: 'unit', unit: name, unitDisplay: 'short' },
    maximumFractionDigits: 1,
  });
}

function outcomeOf(state: ActState): string {
  switch (state.is) {
    case 'future':
      return m.act_later();
    case 'now':
      return m.row_now();
    case 'done':
      return m.act_done();
    case 'connected':
      return m.act_connected();
    case 'closed':
      return m.act_closed();
    case 'failed':
      return m.act_failed({ number: state.at.ordinal });
    case 'given-up':
      return m.act_given_up({ number: state.at.ordinal });
  }
}
