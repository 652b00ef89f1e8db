// The words of a moment, in the reader's language, from the facts that were found.
import { m } from '../../i18n/paraglide/messages.js';
import { addressInfo } from '../../rtc/address.ts';
import { lessonOf } from '../acts.ts';
import { dropText } from '../net/rules.ts';
import { frameAt, type Trace } from '../../trace/trace.ts';
import type { Fact, PlacedMoment } from './found.ts';
import { sayLater } from './say-later.ts';
import { sayOutcome } from './say-outcome.ts';
import { join, natWords, number, people, type MomentWords } from './words.ts';

type Of<Kind extends Fact['kind']> = Extract<Fact, { readonly kind: Kind }>;

/** What is said of a moment. */
export function say(trace: Trace, moment: PlacedMoment): MomentWords {
  const { fact } = moment;
  switch (fact.kind) {
    case 'stun-request':
      return sayRequest(fact);
    case 'mapping':
      return sayMapping(fact);
    case 'stun-answer': {
      const way = fact.isSame ? 'none' : 'nat';
      return {
        title: m.moment_stun_answer_title(),
        body: m.moment_stun_answer_body({ way, ...people(fact.by), outside: fact.outside }),
        short: m.moment_stun_answer_short(),
      };
    }
    case 'server-drop': {
      const { by, to, more } = fact;
      const rule = fact.rule === 'firewall-udp' ? 'udp' : 'other';
      const why = dropText(fact.rule);
      return {
        title: m.moment_server_drop_title({ rule, ...natWords(fact.nat) }),
        body: m.moment_server_drop_body({ rule, ...people(by), to, why, more }),
        short: m.moment_server_drop_short({ rule }),
      };
    }
    case 'turn-tcp': {
      const port = fact.to.slice(fact.to.lastIndexOf(':') + 1);
      return {
        title: m.moment_turn_tcp_title({ port }),
        body: m.moment_turn_tcp_body({ ...people(fact.by), to: fact.to }),
        short: m.moment_turn_tcp_short({ port }),
      };
    }
    case 'challenge':
      return {
        title: m.moment_challenge_title(),
        body: m.moment_challenge_body({ known: fact.known ? 'yes' : 'no' }),
        short: m.moment_challenge_short(),
      };
    case 'allocate': {
      const { by, relayed, isTcp } = fact;
      return {
        title: m.moment_allocate_title(),
        body: m.moment_allocate_body({ over: isTcp ? 'tcp' : 'udp', ...people(by), relayed }),
        short: m.moment_allocate_short(),
      };
    }
    case 'gathered':
      return sayGathered(fact);
    case 'no-route':
      return sayNoRoute(fact);
    case 'new-candidate': {
      const type = fact.type === 'srflx' || fact.type === 'relay' ? fact.type : 'other';
      const words = { type, ...people(fact.by) } as const;
      return {
        title: m.moment_new_candidate_title(words),
        body: m.moment_new_candidate_body({ ...words, endpoint: fact.endpoint }),
        short: m.moment_new_candidate_short(words),
      };
    }
    case 'drop':
      return sayDrop(fact);
    case 'let-in':
      return sayLetIn(fact);
    case 'refused': {
      const words = people(fact.by);
      return {
        title: m.moment_refused_title(),
        body: m.moment_refused_body({ ...words, relay: fact.relay }),
        short: m.moment_refused_short(),
      };
    }
    case 'permission': {
      const words = people(fact.by);
      return {
        title: m.moment_permission_title(words),
        body: m.moment_permission_body({
          ...{ whose: fact.isRelay ? 'relay' : 'peer', ...words, peer: fact.peer },
        }),
        short: m.moment_permission_short(words),
      };
    }
    case 'relay': {
      const { by, relay, from } = fact;
      const of = fact.of === 'both' ? 'both' : fact.of === by ? 'own' : 'other';
      return {
        title: m.moment_relay_title(),
        body: m.moment_relay_body({ of, ...people(by), relay, from }),
        short: m.moment_relay_short(),
      };
    }
    case 'answered':
      return sayAnswered(fact);
    case 'nominated': {
      const words = people(fact.by);
      return {
        title: m.moment_nominated_title(words),
        body: m.moment_nominated_body({ ...words, local: fact.local, remote: fact.remote }),
        short: m.moment_nominated_short(words),
      };
    }
    case 'dtls': {
      const count = number(fact.count);
      return {
        title: m.moment_dtls_title(),
        body: join(
          m.moment_dtls_body({ ...people(fact.client), count, version: fact.version ?? '' }),
          fact.version === '1.3' && fact.first === fact.client
            ? m.moment_dtls_first(people(fact.client))
            : null,
        ),
        short: m.moment_dtls_short({ count }),
      };
    }
    case 'media':
    case 'no-path':
    case 'lost':
    case 'recovered':
    case 'received':
      return sayOutcome(fact);
    case 'told':
      return sayCaption(trace, moment);
    case 'more-drops':
    case 'state':
    case 'connected':
    case 'path-gone':
    case 'new-network':
    case 'unanswered':
    case 'restart':
    case 'new-answer':
    case 'mapping-gone':
      return sayLater(fact);
  }
}

function sayRequest({ by, from, to, outside, too }: Of<'stun-request'>): MomentWords {
  const words = people(by);
  if (!too) {
    return {
      title: m.moment_stun_request_title(words),
      body: m.moment_stun_request_body({ ...words, from, to }),
      short: m.moment_stun_request_short(words),
    };
  }
  const way = outside === null ? 'none' : 'nat';
  return {
    title: m.moment_asked_too_title(words),
    body: m.moment_asked_too_body({ way, ...words, outside: outside ?? '' }),
    short: m.moment_asked_too_short(words),
  };
}

function sayMapping({ place, nat, symmetric, ...ends }: Of<'mapping'>): MomentWords {
  const words = { place, ...natWords(nat) };
  return {
    title: m.moment_mapping_title(words),
    body: m.moment_mapping_body({ ...words, ...ends, ...kindWords(symmetric) }),
    short: m.moment_mapping_short(words),
  };
}

/** What a NAT is that takes another port for another destination. */
function kindWords(symmetric: boolean) {
  return { kind: m.moment_nat_kind({ mapping: symmetric ? 'symmetric' : 'other' }) };
}

function sayGathered({ by, complete, host, mapped, other, relayed }: Of<'gathered'>): MomentWords {
  const words = people(by);
  const how = complete ? 'complete' : 'waiting';
  return {
    title: m.moment_gathered_title({ how, ...words }),
    body: join(
      host && m.moment_gathered_host({ ...words, host }),
      mapped &&
        (other === null
          ? m.moment_gathered_mapped({ mapped })
          : m.moment_gathered_mapped_two({ mapped, other })),
      relayed && m.moment_gathered_relayed({ relayed }),
      m.moment_gathered_end({ how }),
    ),
    short: m.moment_gathered_short(words),
  };
}

function sayNoRoute({ by, to, again }: Of<'no-route'>): MomentWords {
  const words = people(by);
  const { kind } = addressInfo(to.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
  const isPublic = kind === 'global' || kind === 'documentation';
  const how = isPublic ? 'other' : again ? 'again' : 'first';
  return {
    title: m.moment_no_route_title({ again: again ? 'yes' : 'no', ...words }),
    body: m.moment_no_route_body({ how, ...words, to, why: dropText('no-route') }),
    short: m.moment_no_route_short(),
  };
}

function sayDrop(fact: Of<'drop'>): MomentWords {
  const { by, nat, rule, why, ordinal, from, to, mapped, turned, opens, consent, packet, alike } =
    fact;
  const words = { ...people(by), ...natWords(nat), ...kindWords(fact.symmetric), from, to };
  const isNat = rule === 'filtered' || rule === 'no-mapping' || rule === 'no-hairpinning';
  const other = rule === 'firewall-udp' ? 'udp' : rule === 'lost' ? 'lost' : 'other';
  const of = !isNat || nat === null ? other : ordinal === 1 ? 'nat' : 'again';
  const aim = mapped ? m.moment_drop_aim(words) : m.moment_drop_aim_plain(words);
  const again = alike ? 'yes' : 'no';
  const reason = (): string => {
    const filter = fact.filter === 'address-dependent' ? 'address' : 'port';
    if (rule === 'filtered') return whyFiltered(why, filter, alike, words);
    if (rule === 'no-hairpinning') return m.moment_drop_hairpin({ again, ...words });
    return rule === 'no-mapping' ? m.moment_drop_no_mapping(words) : dropText(rule);
  };
  const isNew = why === 'new-port' || why === 'fresh-port';
  const short =
    isNat && nat !== null ? (isNew ? 'port' : 'nat') : other === 'udp' ? other : 'other';
  return {
    title: m.moment_drop_title({ rule: of, ...words }),
    body:
      other === 'udp' && !isNat
        ? m.moment_drop_udp(words)
        : join(
            consent && ordinal === 1 ? m.moment_drop_consent() : null,
            aim,
            turned && m.moment_drop_turned(natWords(turned)),
            reason(),
            opens ? m.moment_drop_opens({ ...words, packet }) : null,
          ),
    short: m.moment_drop_short({ rule: short, ...words }),
  };
}

function whyFiltered(
  why: Of<'drop'>['why'],
  filter: 'address' | 'port',
  alike: boolean,
  words: ReturnType<typeof people> &
    ReturnType<typeof natWords> &
    ReturnType<typeof kindWords> & { readonly from: string },
): string {
  switch (why) {
    case 'new-port':
      return alike ? m.moment_drop_new_port_again(words) : m.moment_drop_new_port(words);
    case 'fresh-port':
      return m.moment_drop_fresh_port(words);
    case 'other-port':
      return m.moment_drop_other_port(words);
    case 'unsent':
    case 'rule':
      return m.moment_drop_unsent({ filter, ...words });
  }
}

function sayLetIn(fact: Of<'let-in'>): MomentWords {
  const { by, nat, from, to, why, opener, unknown, turned, early, again } = fact;
  const turner = natWords(turned);
  const words = {
    ...{ ...people(by), ...natWords(nat), from, to, opener: opener ?? 0 },
    ...{ turned: turner.nat, Turned: turner.Nat },
  };
  const isEarly = early && why === 'lan';
  const how = turned !== null ? 'turned' : nat !== null ? 'nat' : isEarly ? 'early' : 'direct';
  const address = to.replace(/:\d+$/, '');
  const opened = opener !== null && why === 'sent' ? 'yes' : 'no';
  const body =
    turned === null
      ? again && why === 'sent'
        ? m.moment_let_in_again(words)
        : m.moment_let_in_body({ why: isEarly ? 'early' : why, ...words })
      : m.moment_let_in_turned({ opened, ...words, address });
  return {
    title: m.moment_let_in_title({ how, ...words }),
    body: join(body, unknown && !isEarly ? m.moment_let_in_unknown(words) : null),
    short: m.moment_let_in_short({ how, ...words }),
  };
}

function sayAnswered({ by, request, answer, nominated, own }: Of<'answered'>): MomentWords {
  const words = people(by);
  return {
    title: m.moment_answered_title(),
    body: join(
      m.moment_answered_body({ ...words, request, answer }),
      nominated ? m.moment_answered_nominated(words) : m.moment_answered_waiting(words),
      own === null ? null : m.moment_answered_own({ ...words, own }),
    ),
    short: m.moment_answered_short(words),
  };
}

/** What the step's own caption says at its end. */
function sayCaption(trace: Trace, { cursor }: PlacedMoment): MomentWords {
  const after = frameAt(trace, cursor);
  const { step } = after;
  if (step === null) return { title: '', body: '', short: '' };
  const begin = trace.stepBegin(step.number);
  const { title, body } = lessonOf(step.act).caption({
    ...{ trace, step, after, before: frameAt(trace, begin) },
    start: frameAt(trace, trace.stepBegin(step.act.first)),
    events: trace.events.slice(begin, cursor),
  });
  return { title, body, short: title.charAt(0).toLowerCase() + title.slice(1) };
}
