// What an offer and its answer have agreed on, section by section (RFC 3264 §6, RFC 9429 §5.3.1). Total: any two texts.
import { carriesRtp } from './codecs.ts';
import { negotiateCodecs } from './negotiation-codec.ts';
import type { CodecsAgreed } from './negotiation-codec.ts';
import { agreeDirection, agreeExtensions, dataOf } from './negotiation-media.ts';
import { directionOf } from './direction.ts';
import { extensionsOf } from './negotiation-media.ts';
import type { DataSide, DirectionAgreed, ExtensionsAgreed } from './negotiation-media.ts';
import { agreeControl, agreeMux, agreeTransports } from './negotiation-transport.ts';
import type {
  BundleAgreed,
  ControlAgreed,
  MuxOutcome,
  SectionPair,
  Transport,
} from './negotiation-transport.ts';
import { attribute } from './parse.ts';
import type { SdpDocument, SdpSection } from './parse.ts';

export type { CodecOutcome, CodecReason, CodecsAgreed, Decision } from './negotiation-codec.ts';
export type { Direction } from '../rtc/direction.ts';
export type * from './negotiation-media.ts';
export type * from './negotiation-transport.ts';

/** What became of a section. */
export type SectionOutcome =
  | 'accepted'
  /** The answer gives it port 0 (RFC 3264 §6). */
  | 'rejected'
  /** The offer itself gives it port 0, and not as bundle-only: it is over, or never was (RFC 3264 §8.2). */
  | 'withdrawn'
  /** The answer ends before it: an answer must have as many sections as its offer. */
  | 'unanswered'
  /** Only the answer has it. */
  | 'unoffered'
  /** The answer has a section of another kind at this place, so it answers another offer. */
  | 'mismatched';

/** What is not as it must be between two sections. */
export type SectionProblem =
  | { readonly id: 'kind-differs'; readonly offered: string; readonly answered: string }
  | { readonly id: 'proto-differs'; readonly offered: string; readonly answered: string }
  | {
      readonly id: 'mid-differs';
      readonly offered: string | null;
      readonly answered: string | null;
    }
  | { readonly id: 'direction-not-allowed' }
  | { readonly id: 'no-common-codec' }
  | { readonly id: 'codec-added'; readonly payloadTypes: readonly string[] }
  | { readonly id: 'extension-added'; readonly uris: readonly string[] };

/** What became of one m= section. */
export interface SectionNegotiation {
  /** From 1: its place in both texts. */
  readonly index: number;
  /** As the offer has it, or the answer where only that does. */
  readonly kind: string;
  readonly mid: string | null;
  readonly outcome: SectionOutcome;
  readonly problems: readonly SectionProblem[];
  readonly codecs: CodecsAgreed;
  /** `null` for a section that is not in use or carries no RTP. */
  readonly direction: DirectionAgreed | null;
  readonly extensions: ExtensionsAgreed;
  readonly mux: MuxOutcome | null;
  /** Both sides take RTCP packets that are not compound ones (RFC 5506 §5). */
  readonly reducedSizeRtcp: boolean;
  /** `null` unless it is a data section in use. */
  readonly data: { readonly offered: DataSide; readonly answered: DataSide } | null;
  /** Its place in `Negotiation.transports`; `null` where it has none. */
  readonly transport: number | null;
}

/** What two texts have agreed on. */
export interface Negotiation {
  readonly sections: readonly SectionNegotiation[];
  readonly bundle: BundleAgreed;
  /** One for each group and each section left alone. */
  readonly transports: readonly Transport[];
  readonly control: ControlAgreed;
}

const NO_CODECS: CodecsAgreed = {
  ...{ outcomes: [], added: [], offererSends: null, answererSends: null },
};

/**
 * What an offer and its answer have agreed on. Sections are matched by their order, as JSEP does; the mids are
 * checked besides. It takes two texts as they are, whether or not they belong together, and never throws.
 */
export function negotiate(offer: SdpDocument, answer: SdpDocument): Negotiation {
  const count = Math.max(offer.sections.length, answer.sections.length);
  const places = Array.from({ length: count - 1 }, (_, at) => at + 1);
  const pairs = places.map((at) => ({ offer: offer.sections[at], answer: answer.sections[at] }));
  const inUse: SectionPair[] = [];
  for (const pair of pairs) {
    if (pair.offer === undefined || pair.answer === undefined) continue;
    if (outcomeOf(pair.offer, pair.answer) !== 'accepted') continue;
    inUse.push({ offer: pair.offer, answer: pair.answer });
  }
  const { bundle, transports } = agreeTransports(offer, answer, inUse);
  const transportOf = new Map(
    transports.flatMap((transport, at) => transport.sections.map((index) => [index, at] as const)),
  );
  const sections = pairs.map((pair, at) => ({
    ...sectionOf(offer, answer, pair.offer, pair.answer),
    index: at + 1,
    transport: transportOf.get(at + 1) ?? null,
  }));
  return { sections, bundle, transports, control: agreeControl(offer, answer) };
}

function outcomeOf(offer: SdpSection | undefined, answer: SdpSection | undefined): SectionOutcome {
  if (offer === undefined) return 'unoffered';
  if (answer === undefined) return 'unanswered';
  if (offer.media?.kind !== answer.media?.kind) return 'mismatched';
  if (offer.media?.port === 0 && attribute(offer, 'bundle-only') === null) return 'withdrawn';
  return answer.media?.port === 0 ? 'rejected' : 'accepted';
}

function sectionOf(
  offerText: SdpDocument,
  answerText: SdpDocument,
  offer: SdpSection | undefined,
  answer: SdpSection | undefined,
): Omit<SectionNegotiation, 'index' | 'transport'> {
  const outcome = outcomeOf(offer, answer);
  const kind = offer?.media?.kind ?? answer?.media?.kind ?? '';
  const mid = offer?.mid ?? answer?.mid ?? null;
  const nothing = { codecs: NO_CODECS, extensions: { outcomes: [], added: [] }, data: null };
  if (offer === undefined || answer === undefined) {
    const codecs = offer === undefined ? NO_CODECS : negotiateCodecs(offer, offer, false);
    const rest = { direction: null, mux: null, reducedSizeRtcp: false, problems: [] };
    return { ...nothing, ...rest, kind, mid, outcome, codecs };
  }
  const isInUse = outcome === 'accepted';
  const codecs = negotiateCodecs(offer, answer, isInUse);
  const base = { kind, mid, outcome, codecs };
  if (!isInUse) {
    const problems = problemsOf(offer, answer, null, null, null);
    return {
      ...{ ...nothing, ...base, problems },
      ...{ direction: null, mux: null, reducedSizeRtcp: false },
    };
  }
  const isRtp = carriesRtp(offer);
  const direction = isRtp
    ? agreeDirection(directionOf(offerText, offer), directionOf(answerText, answer))
    : null;
  const extensions = agreeExtensions(
    extensionsOf(offerText, offer),
    extensionsOf(answerText, answer),
  );
  const [offered, answered] = [dataOf(offer), dataOf(answer)];
  return {
    ...base,
    ...{ direction, extensions },
    problems: problemsOf(offer, answer, direction, isRtp ? codecs : null, extensions),
    mux: agreeMux({ offer, answer }),
    reducedSizeRtcp:
      attribute(offer, 'rtcp-rsize') !== null && attribute(answer, 'rtcp-rsize') !== null,
    data: offered === null || answered === null ? null : { offered, answered },
  };
}

function problemsOf(
  offer: SdpSection,
  answer: SdpSection,
  direction: DirectionAgreed | null,
  codecs: CodecsAgreed | null,
  extensions: ExtensionsAgreed | null,
): readonly SectionProblem[] {
  const problems: SectionProblem[] = [];
  const [from, to] = [offer.media, answer.media];
  if (from?.kind !== to?.kind) {
    problems.push({ id: 'kind-differs', offered: from?.kind ?? '', answered: to?.kind ?? '' });
  }
  if (from?.proto !== to?.proto) {
    problems.push({ id: 'proto-differs', offered: from?.proto ?? '', answered: to?.proto ?? '' });
  }
  if (offer.mid !== answer.mid && to?.port !== 0) {
    problems.push({ id: 'mid-differs', offered: offer.mid, answered: answer.mid });
  }
  if (direction?.isAllowed === false) problems.push({ id: 'direction-not-allowed' });
  if (codecs !== null) {
    if (codecs.offererSends === null) problems.push({ id: 'no-common-codec' });
    const payloadTypes = codecs.added.map((codec) => codec.payloadType);
    if (payloadTypes.length > 0) problems.push({ id: 'codec-added', payloadTypes });
  }
  const uris = extensions?.added.map((map) => map.uri) ?? [];
  if (uris.length > 0) problems.push({ id: 'extension-added', uris });
  return problems;
}
