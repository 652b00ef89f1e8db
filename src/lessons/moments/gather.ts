// Moments of gathering: a server is asked, NATs make mappings, the answer names the outside address, a relay lends one.
import { formatEndpoint } from '../../rtc/address.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import { attribute, METHOD } from '../../stun/message.ts';
import type { PacketFrame } from '../../trace/net-frame.ts';
import { natName } from '../net/behaviours.ts';
import { foundBy } from '../net/facts.ts';
import type { Found } from './found.ts';
import { idsOf, type Signal } from './signal.ts';
import { isIn, networkAt, type Story } from './story.ts';
import { whoseNat, type Whose } from './whose.ts';

/** Whose NAT a router is, at an event. */
export function natAt(story: Story, id: string, n: number): Whose {
  return whoseNat(id, networkAt(story, n), story.options.description);
}

/** The NAT at a place; null where the place is a stretch of the network or a host. */
export function natOrNull(story: Story, id: string, n: number): Whose | null {
  const { routers } = networkAt(story, n);
  return routers.some((router) => router.id === id) ? natAt(story, id, n) : null;
}

/** Whether a router is a symmetric NAT, at an event. */
export function isSymmetric(story: Story, id: string, n: number): boolean {
  const nat = networkAt(story, n).routers.find((router) => router.id === id)?.nat ?? null;
  return nat !== null && natName(nat) === 'symmetric';
}

/** The step in which a side only gathers: everything is told, and its outcome is what was found. */
export function gatheringMoments(story: Story): readonly Found[] {
  const asks = story.signals.filter(
    ({ use, by, message, sent }) =>
      use === 'ask' && by !== null && message.class === 'request' && isIn(story, sent),
  );
  const found: Found[] = [];
  const [first] = asks;
  if (first !== undefined) found.push(...askMoments(story, first, asks));
  found.push(...relayMoments(story, first ?? null));
  if (found.length === 0) return [];
  return [...found, gathered(story, first?.by ?? 'caller')];
}

/** A side that begins to gather while something else is told: its question, and what its NAT makes of it. */
export function askedMeanwhile(story: Story): readonly Found[] {
  return SIDES.flatMap((by) => {
    const ask = story.signals.find(
      (each) => each.use === 'ask' && each.by === by && each.message.class === 'request',
    );
    if (ask === undefined || !isIn(story, ask.sent) || ask.fate === 'dropped') return [];
    const out = ask.leg.path.findLast(({ translation }) => translation !== null);
    const { from, to } = endsOf(ask.leg);
    return [
      {
        fact: {
          ...{ kind: 'stun-request', by, from, to, too: true },
          outside: out === undefined ? null : formatEndpoint(out.source),
        },
        ...{ at: out?.n ?? ask.sent, side: by, packets: idsOf(ask), outcome: 'plain' },
      } satisfies Found,
    ];
  });
}

function askMoments(story: Story, ask: Signal, asks: readonly Signal[]): readonly Found[] {
  const { leg } = ask;
  const by = ask.by ?? 'caller';
  const { from, to } = endsOf(leg);
  const packets = idsOf(ask);
  const request: Found = {
    fact: { kind: 'stun-request', by, from, to, outside: null, too: false },
    // Until the next place sees it.
    at: Math.max(ask.sent, (leg.path[1]?.n ?? ask.sent + 1) - 1),
    ...{ side: by, packets, outcome: 'plain' },
  };
  if (ask.fate === 'dropped') {
    const { rule, where, n } = ask.last;
    const more = asks.filter((each) => each !== ask && each.fate === 'dropped').length;
    const nat = natOrNull(story, where, n);
    return [
      request,
      {
        fact: { kind: 'server-drop', by, rule: rule ?? 'lost', nat, to, more },
        ...{ at: n, side: by, packets, outcome: 'bad' },
      },
    ];
  }
  return [request, ...mappings(story, leg, by), ...answers(story, ask, by)];
}

/** The rows that NATs make for a packet. */
function mappings(story: Story, { id, path }: PacketFrame, by: Side): readonly Found[] {
  return path
    .filter(({ translation }) => translation?.created === true)
    .map((hop, place) => ({
      fact: {
        ...{ kind: 'mapping', by, nat: natAt(story, hop.where, hop.n) },
        inside: formatEndpoint(hop.translation?.binding.inside ?? hop.source),
        outside: formatEndpoint(hop.source),
        ...{
          place: place === 0 ? 'first' : 'behind',
          known: '',
          to: formatEndpoint(hop.destination),
        },
        symmetric: isSymmetric(story, hop.where, hop.n),
      },
      ...{ at: hop.n, side: by, packets: [id], outcome: 'plain' },
    }));
}

/** The server's answer, when it is there. */
function answers(story: Story, ask: Signal, by: Side): readonly Found[] {
  const answer = story.signals.find(
    ({ transaction, message, fate }) =>
      transaction === ask.transaction && message.class === 'success' && fate === 'arrived',
  );
  if (answer === undefined || !isIn(story, answer.last.n)) return [];
  const mapped = attribute(answer.message, 'XOR-MAPPED-ADDRESS');
  if (mapped === undefined) return [];
  const outside = formatEndpoint(mapped);
  const isSame = outside === endsOf(ask.leg).from;
  return [
    {
      fact: { kind: 'stun-answer', by, outside, isSame },
      ...{ at: answer.last.n, side: by, packets: idsOf(answer), outcome: 'plain' },
    },
  ];
}

/** How a relay is asked, challenges and lends. */
function relayMoments(story: Story, ask: Signal | null): readonly Found[] {
  const turn = story.signals.filter(
    ({ use, sent, message }) =>
      use === 'turn' && message.method === METHOD.allocate && isIn(story, sent),
  );
  const request = turn.find(({ by }) => by !== null);
  if (request === undefined || request.by === null) return [];
  const { leg, by } = request;
  const { to, from } = endsOf(leg);
  const found: Found[] = [];
  if (leg.protocol === 'tcp') {
    const opening = openingOf(story, leg);
    const opened = opening.at(-1)?.path.at(-1)?.n ?? 0;
    if (isIn(story, opened)) {
      found.push({
        fact: { kind: 'turn-tcp', by, to },
        ...{ at: opened, side: by, packets: opening.map(({ id }) => id), outcome: 'plain' },
      });
    }
  }
  const made = leg.path.find(({ translation }) => translation?.created === true);
  const known = outsideOf(ask);
  if (made !== undefined && known !== null) {
    const outside = formatEndpoint(made.source);
    found.push({
      fact: {
        ...{ kind: 'mapping', by, nat: natAt(story, made.where, made.n), inside: from, outside },
        ...{ place: 'another', known, to, symmetric: isSymmetric(story, made.where, made.n) },
      },
      ...{ at: made.n, side: by, packets: [leg.id], outcome: 'plain' },
    });
  }
  const challenge = turn.find(
    ({ message, by: from }) => message.class === 'error' && from === null,
  );
  if (challenge?.fate === 'arrived' && isIn(story, challenge.last.n)) {
    found.push({
      fact: { kind: 'challenge', by, to, known: leg.protocol === 'tcp' },
      ...{ at: challenge.last.n, side: by, packets: idsOf(request, challenge), outcome: 'plain' },
    });
  }
  return [...found, ...lent(story)];
}

/** What the outermost NAT made of a question's source. */
function outsideOf(ask: Signal | null): string | null {
  const hop = ask?.leg.path.findLast(({ translation }) => translation !== null);
  return hop === undefined ? null : formatEndpoint(hop.source);
}

/** The segments that open the connection that a packet goes over. */
function openingOf({ net }: Story, leg: PacketFrame): readonly PacketFrame[] {
  const { source, destination } = inner(leg);
  const isOf = ({ source: one, destination: other }: Ends) =>
    (one === source && other === destination) || (one === destination && other === source);
  return [...net.packets].filter(
    (packet) => (packet.flag === 'syn' || packet.flag === 'syn-ack') && isOf(inner(packet)),
  );
}

/** The ends of a connection. */
interface Ends {
  readonly source: string;
  readonly destination: string;
}

/** The ends of a packet at its client: there a NAT has not changed them yet, or no longer. */
function inner({ path, side }: PacketFrame): Ends {
  const hop = side === null ? path.at(-1) : path[0];
  if (hop === undefined) return { source: '', destination: '' };
  return { source: formatEndpoint(hop.source), destination: formatEndpoint(hop.destination) };
}

/** Addresses that relays lend. */
function lent(story: Story): readonly Found[] {
  const found: Found[] = [];
  for (const answer of story.signals) {
    const { use, message, fate, last } = answer;
    if (use !== 'turn' || message.class !== 'success' || message.method !== METHOD.allocate)
      continue;
    const relayed = attribute(message, 'XOR-RELAYED-ADDRESS');
    const asked = story.signals.find(
      ({ transaction, by }) => transaction === answer.transaction && by !== null,
    );
    const by = asked?.by;
    if (fate !== 'arrived' || relayed === undefined || by == null || !isIn(story, last.n)) continue;
    found.push({
      fact: {
        kind: 'allocate',
        by,
        relayed: formatEndpoint(relayed),
        isTcp: asked?.leg.protocol === 'tcp',
      },
      ...{ at: last.n, side: by, packets: idsOf(asked, answer), outcome: 'plain' },
    });
  }
  return found;
}

function gathered({ after, end }: Story, by: Side): Found {
  const found = foundBy(after[by]);
  const all = (wanted: string) => found.filter(({ type }) => type === wanted);
  const of = (wanted: string, place = 0) => all(wanted)[place]?.endpoint ?? null;
  const complete = after[by].states.iceGatheringState === 'complete';
  return {
    fact: {
      ...{ kind: 'gathered', by, complete, count: found.length },
      ...{ host: of('host'), mapped: of('srflx'), other: of('srflx', 1), relayed: of('relay') },
    },
    ...{ at: end, side: by, packets: [], outcome: 'good' },
  };
}

function endsOf({ path }: PacketFrame): { readonly from: string; readonly to: string } {
  const first = path[0];
  return first === undefined
    ? { from: '', to: '' }
    : { from: formatEndpoint(first.source), to: formatEndpoint(first.destination) };
}
