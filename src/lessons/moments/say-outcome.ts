// The words of how a step ends.
import { m } from '../../i18n/paraglide/messages.js';
import type { Left, Outcome } from './found.ts';
import { capital, join, natWords, number, people, stateLine, type MomentWords } from './words.ts';

/** What is said of an outcome that has words of its own. */
export function sayOutcome(fact: Exclude<Outcome, { readonly kind: 'told' }>): MomentWords {
  switch (fact.kind) {
    case 'media': {
      const { path, local, remote, rtt } = fact;
      const what = m.moment_what({ what: fact.what });
      const words = { what, What: capital(what), ...natWords(fact.nat), local, remote };
      return {
        title: m.moment_media_title({ path }),
        body: join(
          path === 'relay' && !fact.direct ? m.moment_media_no_direct() : null,
          m.moment_media_body({ path, ...words }),
          rtt === null ? null : m.moment_media_rtt({ ms: number(Math.round(rtt)) }),
        ),
        short: m.moment_media_short({ path: path === 'relay' ? path : 'other' }),
      };
    }
    case 'no-path': {
      const { cause, nat, seconds, checks } = fact;
      const help = cause === 'other' ? 'none' : cause === 'ports' ? 'ports' : 'turn';
      return {
        title: m.moment_no_path_title(),
        body: join(
          m.moment_no_path_body({ cause, ...natWords(nat) }),
          m.moment_no_path_end({ help, seconds: number(seconds), checks: number(checks) }),
        ),
        short: m.moment_no_path_short(),
        ...notConnected(fact.last),
      };
    }
    case 'lost':
      return {
        title: m.moment_lost_title(),
        body: join(
          m.moment_lost_body({ cause: fact.consent ? 'consent' : 'other' }),
          fact.mapping ? m.moment_lost_mapping() : null,
          m.moment_lost_restart(),
        ),
        short: m.moment_lost_short(),
        ...notConnected(fact.last),
      };
    case 'recovered': {
      const { local, remote, seconds } = fact;
      return {
        title: m.moment_recovered_title(),
        body: m.moment_recovered_body({ local, remote, seconds: number(seconds) }),
        short: m.moment_recovered_short(),
      };
    }
    case 'received': {
      const words = people(fact.by);
      const up = fact.up ? 'yes' : 'no';
      return {
        title: m.moment_received_title(words),
        body: m.moment_received_body({ up, ...words, candidates: fact.candidates }),
        short: m.moment_received_short(words),
      };
    }
  }
}

/** The row of a call without a path: the side that gave up last, and that there is no call. */
function notConnected(last: Left | null): Pick<MomentWords, 'line' | 'stands'> {
  const stands = m.not_connected();
  return last === null ? { stands } : { line: stateLine(last.by, last.from, 'failed'), stands };
}
