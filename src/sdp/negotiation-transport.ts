// What an offer and its answer agree on below the media: who shares a transport, ICE, DTLS roles, RTCP.
import { bundleGroups } from './bundle.ts';
import { carriesRtp } from './codecs.ts';
import { attribute, attributes, inherited } from './parse.ts';
import type { SdpDocument, SdpSection } from './parse.ts';

/** The two roles of one negotiation. */
export type Party = 'offerer' | 'answerer';

/** Two sections at the same place; what one text lacks is `null`. */
export interface SectionPair {
  readonly offer: SdpSection;
  readonly answer: SdpSection;
}

/** What became of bundling (RFC 9143). */
export interface BundleAgreed {
  /** `partly`: some of the offered sections that are in use are left out of every answered group. */
  readonly id: 'not-offered' | 'refused' | 'partly' | 'agreed';
  /** The mids of each group, in order: the first names the tagged section (§7). */
  readonly offered: readonly (readonly string[])[];
  readonly answered: readonly (readonly string[])[];
}

/** The mids of each BUNDLE group of a text (RFC 9143 §5), empty groups left out. */
function groupsOf(document: SdpDocument): readonly (readonly string[])[] {
  return bundleGroups(document)
    .map(({ mids }) => mids)
    .filter((mids) => mids.length > 0);
}

/** Why DTLS has the roles it has, or none. */
export type SetupReason =
  /** The offer left the choice to the answer, with `actpass`. */
  | 'answer-chose'
  /** The offer had chosen, and the answer took the other role. */
  | 'offer-chose'
  /** The answer says `actpass`, which only an offer may (RFC 8842 §5.3). */
  | 'answer-actpass'
  /** Both want the same role. */
  | 'same-role'
  /** A value is missing. */
  | 'missing'
  /** A value is none that DTLS knows, such as `holdconn` (RFC 8842 §5). */
  | 'unknown';

/** Who begins the DTLS handshake. */
export interface SetupAgreed {
  readonly offered: string | null;
  readonly answered: string | null;
  /** The side that is active sends the ClientHello; `null` where nothing is agreed. */
  readonly client: Party | null;
  readonly reason: SetupReason;
}

/** The DTLS roles by the two `setup` values (RFC 8842 §5). */
export function agreeSetup(offered: string | null, answered: string | null): SetupAgreed {
  const undecided = (reason: SetupReason) => ({ offered, answered, client: null, reason });
  if (offered === null || answered === null) return undecided('missing');
  const known = ['active', 'passive', 'actpass'];
  if (!known.includes(offered) || !known.includes(answered)) return undecided('unknown');
  if (answered === 'actpass') return undecided('answer-actpass');
  if (offered === answered) return undecided('same-role');
  const client = answered === 'active' ? 'answerer' : 'offerer';
  const reason = offered === 'actpass' ? 'answer-chose' : 'offer-chose';
  return { offered, answered, client, reason };
}

/** What became of sending RTP and RTCP over one port (RFC 5761 §5.1.1, RFC 8858). */
export type MuxOutcome =
  'agreed' | 'agreed-as-required' | 'refused' | 'refused-though-required' | 'not-offered';

/** Whether RTP and RTCP share a port; `null` for a section that carries no RTP. */
export function agreeMux({ offer, answer }: SectionPair): MuxOutcome | null {
  if (!carriesRtp(offer)) return null;
  const isRequired = attribute(offer, 'rtcp-mux-only') !== null;
  if (!isRequired && attribute(offer, 'rtcp-mux') === null) return 'not-offered';
  const isTaken =
    attribute(answer, 'rtcp-mux') !== null || attribute(answer, 'rtcp-mux-only') !== null;
  if (isRequired) return isTaken ? 'agreed-as-required' : 'refused-though-required';
  return isTaken ? 'agreed' : 'refused';
}

/** What one side gives for the transport. */
export interface TransportSide {
  /** `null` where it is missing. */
  readonly ufrag: string | null;
  readonly hasPassword: boolean;
  /** Each `algorithm value`, as written. */
  readonly fingerprints: readonly string[];
}

/** A transport that remains: one pair of ICE agents and one DTLS association for all its sections. */
export interface Transport {
  /** The index of the section whose address and keys hold for all (RFC 9143 §7). */
  readonly tagged: number;
  /** The indices of its sections, in order; more than one only with BUNDLE. */
  readonly sections: readonly number[];
  readonly isBundled: boolean;
  readonly offerer: TransportSide;
  readonly answerer: TransportSide;
  readonly setup: SetupAgreed;
  /** 2 where RTCP has a port of its own (RFC 8445 §4: components). */
  readonly components: 1 | 2;
}

/** Which side's ICE agent controls (RFC 8445 §6.1.1), and why. */
export interface ControlAgreed {
  readonly controlling: Party;
  readonly reason: 'both-full' | 'offerer-lite' | 'answerer-lite' | 'both-lite';
}

/** Who is controlling, by `ice-lite` on either side. It holds for the offer that begins a session. */
export function agreeControl(offer: SdpDocument, answer: SdpDocument): ControlAgreed {
  const [offerLite, answerLite] = [isLite(offer), isLite(answer)];
  if (offerLite && answerLite) return { controlling: 'offerer', reason: 'both-lite' };
  if (offerLite) return { controlling: 'answerer', reason: 'offerer-lite' };
  return { controlling: 'offerer', reason: answerLite ? 'answerer-lite' : 'both-full' };
}

function isLite({ sections }: SdpDocument): boolean {
  const session = sections[0];
  return session !== undefined && attribute(session, 'ice-lite') !== null;
}

/** The transports that remain for the sections in use, and what became of bundling. Takes only those sections. */
export function agreeTransports(
  offer: SdpDocument,
  answer: SdpDocument,
  inUse: readonly SectionPair[],
): { readonly bundle: BundleAgreed; readonly transports: readonly Transport[] } {
  const offered = groupsOf(offer);
  const answered = groupsOf(answer);
  const offeredGroup = new Map(
    offered.flatMap((mids, at) => mids.map((mid) => [mid, at] as const)),
  );
  const byMid = new Map<string, SectionPair>();
  for (const pair of inUse) {
    const { mid } = pair.answer;
    if (mid !== null && !byMid.has(mid)) byMid.set(mid, pair);
  }
  const placed = new Set<SectionPair>();
  const groups: (readonly SectionPair[])[] = [];
  for (const mids of answered) {
    const members: SectionPair[] = [];
    for (const mid of mids) {
      const pair = byMid.get(mid);
      // A group may only hold what one offered group held (RFC 9143 §7.3), and a section is in one group.
      if (pair === undefined || placed.has(pair) || !offeredGroup.has(mid)) continue;
      const first = members[0]?.answer.mid ?? mid;
      if (offeredGroup.get(mid) !== offeredGroup.get(first)) continue;
      members.push(pair);
      placed.add(pair);
    }
    if (members.length > 0) groups.push(members);
  }
  const alone = inUse.filter((pair) => !placed.has(pair));
  const tags = taggedSections(offer, offered);
  const transports = [...groups, ...alone.map((pair) => [pair])]
    .map((members) => transportOf(offer, answer, members, tags))
    .filter((transport) => transport !== null)
    .sort((one, other) => (one.sections[0] ?? 0) - (other.sections[0] ?? 0));
  const isLeft = alone.some(({ answer: { mid } }) => mid !== null && offeredGroup.has(mid));
  const id = offered.length === 0 ? 'not-offered' : answered.length === 0 ? 'refused' : null;
  return {
    bundle: { id: id ?? (isLeft ? 'partly' : 'agreed'), offered, answered },
    transports,
  };
}

/** For each mid in a group, the section that the offer tags for all of the group (RFC 9143 §7.2.1). */
function taggedSections(
  offer: SdpDocument,
  groups: readonly (readonly string[])[],
): ReadonlyMap<string, SdpSection> {
  const byMid = new Map<string, SdpSection>();
  for (const section of offer.sections) {
    if (section.mid !== null && !byMid.has(section.mid)) byMid.set(section.mid, section);
  }
  const tags = new Map<string, SdpSection>();
  for (const mids of groups) {
    const tagged = byMid.get(mids[0] ?? '');
    if (tagged === undefined) continue;
    for (const mid of mids) if (!tags.has(mid)) tags.set(mid, tagged);
  }
  return tags;
}

function transportOf(
  offer: SdpDocument,
  answer: SdpDocument,
  members: readonly SectionPair[],
  tags: ReadonlyMap<string, SdpSection>,
): Transport | null {
  const tagged = members[0];
  if (tagged === undefined) return null;
  // A bundle-only section leaves what its transport needs to the offer's tagged section.
  const own = tagged.offer;
  const lacks = valueOf(offer, own, 'ice-ufrag') === null;
  const source = (lacks ? tags.get(tagged.answer.mid ?? '') : null) ?? own;
  return {
    tagged: tagged.offer.index,
    sections: members.map((pair) => pair.offer.index).sort((one, other) => one - other),
    isBundled: members.length > 1,
    offerer: sideOf(offer, source),
    answerer: sideOf(answer, tagged.answer),
    setup: agreeSetup(valueOf(offer, source, 'setup'), valueOf(answer, tagged.answer, 'setup')),
    components: members.some(needsTwo) ? 2 : 1,
  };
}

function needsTwo(pair: SectionPair): boolean {
  const mux = agreeMux(pair);
  return mux === 'refused' || mux === 'not-offered';
}

function sideOf(document: SdpDocument, section: SdpSection): TransportSide {
  const own = attributes(section, 'fingerprint');
  const session = document.sections[0];
  const outer = session === undefined ? [] : attributes(session, 'fingerprint');
  return {
    ufrag: valueOf(document, section, 'ice-ufrag'),
    hasPassword: valueOf(document, section, 'ice-pwd') !== null,
    fingerprints: (own.length > 0 ? own : outer).map(({ argument }) => (argument ?? '').trim()),
  };
}

function valueOf(document: SdpDocument, section: SdpSection, name: string): string | null {
  const text = inherited(document, section, name)?.argument?.trim() ?? '';
  return text === '' ? null : text;
}
