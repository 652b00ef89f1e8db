// The verdict in one sentence, as data: the worst of what was found, or which way media will go.
import type { Negotiation, SectionNegotiation } from '../negotiation.ts';
import { isFragment } from '../parse.ts';
import type { ProblemLevel } from '../problem.ts';
import type { Finding, TextRole } from './finding.ts';
import type { Judged } from './judged.ts';
import { isOfAnotherOffer } from './pair-sections.ts';
import type { FindingId, Side } from './pair-problem.ts';

/** What the verdicts say, each with its parameters. */
export interface Summaries {
  /** There is no text. */
  readonly nothing: Nothing;
  /** Only parts of descriptions: judged by what they can be judged by. */
  readonly fragment: Nothing;
  /** A browser would not set this text. */
  readonly refused: { readonly by: 'both' | 'chromium' | 'firefox'; readonly role: TextRole };
  /** The answer was not made for this offer, or both texts are one side's. */
  readonly 'other-offer': { readonly why: 'mids' | 'same' };
  /** ICE has nothing to work with. */
  readonly 'no-path': { readonly side: Side | 'both' };
  /** The DTLS handshake cannot begin. */
  readonly 'no-keys': Nothing;
  /** No section is in use. */
  readonly 'no-media': Nothing;
  /** A kind of media goes nowhere, though it was offered. */
  readonly 'kind-lost': {
    readonly kind: MediaKind;
    readonly why: 'rejected' | 'codec' | 'inactive';
  };
  /** Something else is wrong. */
  readonly wrong: { readonly count: number };
  /** A kind of media goes one way, since one of the texts says so. */
  readonly 'one-way': {
    readonly kind: MediaKind;
    readonly sender: Side;
    /** What the text says that left the other way out. */
    readonly said: string;
    readonly by: 'offer' | 'answer';
  };
  /** Nothing wrong, but something that may not be meant. */
  readonly suspicious: { readonly count: number };
  /** Nothing wrong found; in one text, or between both. */
  readonly fine: { readonly role: TextRole | 'pair' };
}

/** What a section carries. */
export type MediaKind = 'audio' | 'video' | 'data' | 'other';

type Nothing = Readonly<Record<string, never>>;

/** The one sentence, as data. */
export type Summary<Id extends keyof Summaries = keyof Summaries> = {
  readonly [Each in Id]: {
    readonly id: Each;
    readonly params: Summaries[Each];
    readonly weight: ProblemLevel;
    /** The finding that decided. */
    readonly cause: Finding | null;
  };
}[Id];

/** What keeps DTLS from beginning. */
const KEYS: readonly FindingId[] = ['setup-same', 'setup-answer', 'no-fingerprint'];
/** What keeps ICE from working. */
const PATH: readonly FindingId[] = ['no-path', 'ice-mismatch'];

/** Sums up what was found. */
export function summaryOf(
  judged: Judged,
  findings: readonly Finding[],
  agreed: Negotiation | null,
): Summary {
  const texts = [judged.offer, judged.answer, judged.alone].flatMap((text) => text ?? []);
  if (texts.every(({ document }) => document.lines.length === 0)) {
    return { id: 'nothing', params: {}, weight: 'note', cause: null };
  }
  const first = (ids: readonly FindingId[]) => findings.find(({ id }) => ids.includes(id)) ?? null;
  const wrong = findings.filter(({ weight }) => weight === 'wrong');
  const suspicious = findings.filter(({ weight }) => weight === 'suspicious');
  if (texts.every(({ document }) => isFragment(document)) && wrong.length === 0) {
    if (suspicious.length === 0) {
      return { id: 'fragment', params: {}, weight: 'note', cause: null };
    }
  }
  const { offer, answer } = judged;
  const same = first(['same-side']);
  if (same !== null) {
    return { id: 'other-offer', params: { why: 'same' }, weight: 'wrong', cause: same };
  }
  if (agreed !== null && offer && answer && isOfAnotherOffer(offer.document, answer.document)) {
    return { id: 'other-offer', params: { why: 'mids' }, weight: 'wrong', cause: null };
  }
  const refused = refusal(findings);
  if (refused !== null) return refused;
  const keys = first(KEYS);
  if (keys !== null && keys.weight === 'wrong') {
    return { id: 'no-keys', params: {}, weight: 'wrong', cause: keys };
  }
  const path = first(PATH);
  if (path !== null) {
    const side = path.id === 'no-path' ? path.params.side : 'both';
    return { id: 'no-path', params: { side }, weight: 'wrong', cause: path };
  }
  const media = agreed === null ? null : mediaSummary(agreed, findings);
  if (media?.weight === 'wrong') return media;
  const [worst = null] = wrong;
  if (worst !== null) {
    return { id: 'wrong', params: { count: wrong.length }, weight: 'wrong', cause: worst };
  }
  if (media?.weight === 'suspicious') return media;
  const [odd = null] = suspicious;
  if (odd !== null) {
    const params = { count: suspicious.length };
    return { id: 'suspicious', params, weight: 'suspicious', cause: odd };
  }
  if (media !== null) return media;
  const role = agreed !== null ? 'pair' : offer ? 'offer' : answer ? 'answer' : 'alone';
  return { id: 'fine', params: { role }, weight: 'note', cause: null };
}

/** Which browsers refuse which text, and what for. What both refuse tells more than what one of them does. */
function refusal(findings: readonly Finding[]): Summary | null {
  const refuses = (browser: 'chromium' | 'firefox') =>
    findings.filter(({ reactions }) => reactions?.[browser] === 'refuses');
  const [chromium, firefox] = [refuses('chromium'), refuses('firefox')];
  const shared = chromium.find((each) => firefox.includes(each));
  const cause = shared ?? chromium[0] ?? firefox[0];
  if (cause === undefined) return null;
  const role = cause.role ?? 'answer';
  const isOf = (list: readonly Finding[]) => list.some((each) => (each.role ?? 'answer') === role);
  const by = isOf(chromium) && isOf(firefox) ? 'both' : isOf(chromium) ? 'chromium' : 'firefox';
  const weight = by === 'both' ? 'wrong' : cause.weight;
  return { id: 'refused', params: { by, role }, weight, cause };
}

function kindOf({ kind }: SectionNegotiation): MediaKind {
  if (kind === 'audio' || kind === 'video') return kind;
  return kind === 'application' ? 'data' : 'other';
}

/** A section in which something may go at all. */
const isUsed = ({ outcome, direction, data }: SectionNegotiation) =>
  outcome === 'accepted' &&
  (data !== null || direction?.offererSends === true || direction?.answererSends === true);

/** What the sections come to: media that is lost, or goes one way; `null` where all goes as both may send. */
function mediaSummary(agreed: Negotiation, findings: readonly Finding[]): Summary | null {
  const causes: readonly FindingId[] = [
    ...(['rejected-differs', 'codec-profile', 'no-main-codec', 'no-common-codec'] as const),
  ];
  const lost = findings.find(({ id }) => causes.includes(id)) ?? null;
  const offered = agreed.sections.filter(
    ({ outcome, direction }) => outcome !== 'withdrawn' && direction?.offered !== 'inactive',
  );
  const isNone = !agreed.sections.some(({ outcome }) => outcome === 'accepted');
  if (offered.length === 0 || (isNone && offered.length > 1)) {
    return { id: 'no-media', params: {}, weight: 'wrong', cause: lost };
  }
  for (const kind of ['audio', 'video', 'data'] as const) {
    const its = offered.filter((section) => kindOf(section) === kind);
    const [section] = its;
    if (section === undefined) continue;
    const hasCodec = (each: SectionNegotiation) =>
      kind === 'data' || each.codecs.outcomes.some((one) => one.answered?.role === 'media');
    if (its.some((each) => isUsed(each) && hasCodec(each))) continue;
    const why = its.every(({ outcome }) => outcome !== 'accepted')
      ? 'rejected'
      : its.some(hasCodec)
        ? 'inactive'
        : 'codec';
    const cause = why === 'inactive' ? null : lost;
    // Who says `inactive` or rejects a section may mean it; without a codec nobody can.
    const weight = why === 'codec' ? 'wrong' : 'suspicious';
    return { id: 'kind-lost', params: { kind, why }, weight, cause };
  }
  return oneWay(offered);
}

function oneWay(offered: readonly SectionNegotiation[]): Summary | null {
  let byOffer: Summary | null = null;
  for (const kind of ['video', 'audio'] as const) {
    const its = offered.filter((section) => kindOf(section) === kind && isUsed(section));
    const sends = its.some(({ direction }) => direction?.offererSends === true);
    const receives = its.some(({ direction }) => direction?.answererSends === true);
    const [section] = its;
    if (section?.direction === undefined || section.direction === null || sends === receives) {
      continue;
    }
    const { offered: said, answered } = section.direction;
    const sender: Side = sends ? 'offerer' : 'answerer';
    if (said === 'sendrecv') {
      const params = { kind, sender, said: answered, by: 'answer' as const };
      return { id: 'one-way', params, weight: 'suspicious', cause: null };
    }
    byOffer ??= {
      ...{ id: 'one-way', params: { kind, sender, said, by: 'offer' }, weight: 'note' },
      cause: null,
    };
  }
  return byOffer;
}
