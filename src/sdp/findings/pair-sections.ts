// Whether an answer has the offer's sections, in its order, under its mids, in its bundle (RFC 3264 §6, RFC 9143 §7.3).
import { bundleGroups, isRejected } from '../bundle.ts';
import { agreeMux, agreeSetup, type Transport } from '../negotiation-transport.ts';
import { attribute, inherited, sectionByMid } from '../parse.ts';
import type { SdpDocument, SdpSection } from '../parse.ts';
import type { PairReport } from './pair-problem.ts';

/** The m= line of a section, or its first line of that name. */
const lineOf = (section: SdpSection | undefined, name?: string) =>
  (name === undefined || section === undefined ? null : attribute(section, name))?.number ??
  section?.lines[0]?.number;

/** Finds what does not fit between the sections. */
export function pairSections(offer: SdpDocument, answer: SdpDocument, report: PairReport): void {
  const [offered, answered] = [offer.sections.slice(1), answer.sections.slice(1)];
  if (isOneSide(offer, answer)) report('same-side', 'wrong', {}, {});
  if (offered.length !== answered.length && answered.length > 0) {
    const first = Math.min(offered.length, answered.length);
    report(
      'section-count',
      'wrong',
      { offer: [lineOf(offered[first])], answer: [lineOf(answered[first])] },
      { offered: offered.length, answered: answered.length },
    );
  }
  const pairs = offered.flatMap((section, at) => {
    const other = answered[at];
    return other === undefined ? [] : [{ offer: section, answer: other }];
  });
  const turned = pairs.filter((pair) => pair.offer.media?.kind !== pair.answer.media?.kind);
  const kinds = (sections: readonly SdpSection[]) =>
    sections
      .map(({ media }) => media?.kind ?? '')
      .sort()
      .join(' ');
  if (turned.length > 1 && kinds(offered) === kinds(answered)) {
    report(
      'order-differs',
      'wrong',
      {
        offer: turned.map((pair) => lineOf(pair.offer)),
        answer: turned.map((pair) => lineOf(pair.answer)),
      },
      {},
    );
  } else {
    for (const pair of turned) {
      report(
        'kind-differs',
        'wrong',
        { offer: [lineOf(pair.offer)], answer: [lineOf(pair.answer)] },
        {
          index: pair.offer.index,
          offered: pair.offer.media?.kind ?? '',
          answered: pair.answer.media?.kind ?? '',
        },
      );
    }
  }
  const isTurned = new Set(turned);
  for (const pair of pairs) if (!isTurned.has(pair)) ofPair(pair.offer, pair.answer, report);
}

/** The same ICE user name and password: one side's texts, or one text twice. */
function isOneSide(offer: SdpDocument, answer: SdpDocument): boolean {
  const credentials = (document: SdpDocument) => {
    const said = document.lines.filter(({ name }) => name === 'ice-ufrag' || name === 'ice-pwd');
    return new Set(said.map(({ text }) => text.trim()));
  };
  const [one, other] = [credentials(offer), credentials(answer)];
  return one.size > 1 && [...one].every((text) => other.has(text));
}

function ofPair(offer: SdpSection, answer: SdpSection, report: PairReport): void {
  const isOff = isRejected(offer);
  if (isOff && answer.media?.port !== 0) {
    report(
      'port-revived',
      'wrong',
      { offer: [lineOf(offer)], answer: [lineOf(answer)] },
      { mid: offer.mid ?? String(offer.index) },
    );
  }
  const isUsed = !isOff && !isRejected(answer);
  if (offer.mid !== null && answer.mid !== null && offer.mid !== answer.mid) {
    report(
      'mid-differs',
      isUsed ? 'wrong' : 'suspicious',
      { offer: [lineOf(offer, 'mid')], answer: [lineOf(answer, 'mid')] },
      { offered: offer.mid, answered: answer.mid },
    );
  }
  const protos = [offer.media?.proto ?? '', answer.media?.proto ?? ''] as const;
  if (isUsed && protos[0].toUpperCase() !== protos[1].toUpperCase()) {
    report(
      'proto-differs',
      'suspicious',
      { offer: [lineOf(offer)], answer: [lineOf(answer)] },
      { offered: protos[0], answered: protos[1] },
    );
  }
  if (isUsed && agreeMux({ offer, answer }) === 'refused-though-required') {
    report('mux-refused', 'wrong', { offer: [lineOf(offer, 'rtcp-mux-only')] }, {});
  }
}

/** Finds what does not fit between the bundles. */
export function pairBundles(offer: SdpDocument, answer: SdpDocument, report: PairReport): void {
  const offered = bundleGroups(offer);
  const answered = bundleGroups(answer);
  const known = new Set(offered.flatMap(({ mids }) => mids));
  for (const { line, mids } of answered) {
    // A mid that no section has is a problem of the answer alone.
    const stranger = mids.find((mid) => !known.has(mid) && sectionByMid(answer, mid) !== null);
    if (stranger === undefined) continue;
    report(
      'bundle-added',
      'wrong',
      { offer: offered.map((group) => group.line.number), answer: [line.number] },
      { mid: stranger },
    );
  }
  const kept = new Set(answered.flatMap(({ mids }) => mids));
  const only = offer.sections.find((section, at) => {
    const other = answer.sections[at];
    const isUsed = other !== undefined && other.media !== null && !isRejected(other);
    return attribute(section, 'bundle-only') !== null && isUsed && !kept.has(section.mid ?? '');
  });
  if (only !== undefined) {
    report(
      'bundle-only-left',
      'wrong',
      { offer: [lineOf(only, 'bundle-only')], answer: [lineOf(answer.sections[only.index])] },
      { mid: only.mid ?? String(only.index) },
    );
  } else if (known.size > 0 && answered.length === 0 && answer.sections.length > 1) {
    report('bundle-refused', 'suspicious', { offer: offered.map(({ line }) => line.number) }, {});
  }
}

/** Finds what does not fit between the DTLS roles of the transports that remain. */
export function pairSetup(
  offer: SdpDocument,
  answer: SdpDocument,
  transports: readonly Transport[],
  report: PairReport,
): void {
  for (const { tagged, setup } of transports) {
    const { reason } = agreeSetup(setup.offered, setup.answered);
    if (reason !== 'same-role' || setup.offered === null) continue;
    const line = (document: SdpDocument) => {
      const section = document.sections[tagged];
      return section === undefined ? null : inherited(document, section, 'setup')?.number;
    };
    report(
      'setup-same',
      'wrong',
      { offer: [line(offer)], answer: [line(answer)] },
      { setup: setup.offered },
    );
    return;
  }
}

/** Whether no mid and no kind of the answer fits the offer: it answers another one. */
export function isOfAnotherOffer(offer: SdpDocument, answer: SdpDocument): boolean {
  const mids = answer.sections.flatMap(({ mid }) => mid ?? []);
  const has = mids.some((mid) => sectionByMid(offer, mid) !== null);
  return mids.length > 0 && !has && offer.sections.some(({ mid }) => mid !== null);
}
