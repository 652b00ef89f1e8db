// The words of what happens to a call that was up, and of checks that go on without an answer.
import { m } from '../../i18n/paraglide/messages.js';
import { isWifi, type Fact, type Later } from './found.ts';
import { natWords, number, people, stateLine, type MomentWords } from './words.ts';

type State = Extract<Fact, { readonly kind: 'state' }>;
type More = Extract<Fact, { readonly kind: 'more-drops' }>;

/** What is said of it. */
export function sayLater(fact: Later | State | More): MomentWords {
  switch (fact.kind) {
    case 'more-drops': {
      const { count, why, seconds } = fact;
      return {
        title: m.moment_more_drops_title({ count }),
        body: m.moment_more_drops_body({ why, seconds: number(seconds), count: number(count) }),
        short: m.moment_more_drops_short({ count }),
        ...(seconds > 0
          ? { line: m.moment_more_drops_line({ count, seconds: number(seconds) }) }
          : {}),
      };
    }
    case 'state': {
      const ended = fact.stays ? 'stays' : 'failed';
      const how = fact.state === 'failed' ? ended : fact.both ? 'both' : 'one';
      const words = { how, ...people(fact.by), time: timeText(fact.ms) } as const;
      return {
        title: m.moment_state_title(words),
        body: m.moment_state_body(words),
        short: m.moment_state_short(words),
        line: stateLine(fact.both ? 'both' : fact.by, fact.from, fact.state),
      };
    }
    case 'connected': {
      const { local, remote, ms } = fact;
      return {
        title: m.moment_connected_title(),
        body: m.moment_connected_body({ local, remote, ms: number(ms) }),
        short: m.moment_connected_short(),
      };
    }
    case 'path-gone': {
      const { name, address } = fact;
      const words = { how: isWifi(name) ? 'wifi' : 'other', ...people(fact.by) } as const;
      return {
        title: m.moment_path_gone_title(words),
        body: m.moment_path_gone_body({ ...words, name, address }),
        short: m.moment_path_gone_short(words),
      };
    }
    case 'new-network': {
      const { name, address } = fact;
      const words = {
        how: name.startsWith('rmnet') ? 'mobile' : 'other',
        ...people(fact.by),
      } as const;
      return {
        title: m.moment_new_network_title(words),
        body: m.moment_new_network_body({ ...words, name, address }),
        short: m.moment_new_network_short(words),
      };
    }
    case 'unanswered': {
      const { by, to, count } = fact;
      const words = people(by);
      const natname = natWords(fact.nat).Nat;
      const nat = fact.nat === null ? 'no' : 'yes';
      return {
        title: m.moment_unanswered_title(words),
        body: m.moment_unanswered_body({ nat, ...words, natname, to, count: number(count) }),
        short: m.moment_unanswered_short(words),
      };
    }
    case 'restart': {
      const words = people(fact.by);
      return {
        title: m.moment_restart_title(words),
        body: m.moment_restart_body(words),
        short: m.moment_restart_short(words),
      };
    }
    case 'new-answer': {
      const words = people(fact.by);
      return {
        title: m.moment_new_answer_title(words),
        body: m.moment_new_answer_body(words),
        short: m.moment_new_answer_short(words),
      };
    }
    case 'mapping-gone': {
      const { outside, seconds } = fact;
      const words = natWords(fact.nat);
      return {
        title: m.moment_mapping_gone_title(words),
        body: m.moment_mapping_gone_body({ outside, seconds: number(seconds) }),
        short: m.moment_mapping_gone_short(words),
      };
    }
  }
}

/** A time in seconds; in milliseconds where it is short. */
function timeText(ms: number): string {
  if (ms < 1000) return m.moment_milliseconds({ count: number(Math.round(ms)) });
  return m.moment_seconds({ count: number(Math.round(ms / 1000)) });
}
