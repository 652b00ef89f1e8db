// Which m= sections the next offer or answer has, and what each says (RFC 9429 §5.2.2, §5.3.1).
import type { Direction } from '../../rtc/direction.ts';
import type { Remote, RemoteSection } from './apply.ts';
import { DATA_FORMAT, DATA_PROTO, RTP_PROTO, SCTP_PORT } from './describe.ts';
import type { SectionText } from './describe.ts';
import { EXTENSIONS, OFFERED, SIMULCAST_EXTENSIONS } from './codecs.ts';
import { offeredRtp } from './numbers.ts';
import { preferredOf } from './capabilities.ts';
import { intersection, reversed } from './direction.ts';
import type { VirtualTransceiver } from './transceiver.ts';

/** An m= section of the session: its place is its index in the list of them, for ever (RFC 3264 §8). */
export interface Section {
  readonly kind: string;
  readonly mid: string;
  readonly proto: string;
  readonly formats: readonly string[];
  readonly rtpmaps: readonly string[];
  /** Null for data, and for what this peer does not know. */
  readonly transceiver: VirtualTransceiver | null;
  /** Rejected by the newest answer, or offered as over: its place may be taken by another (RFC 9429 §5.2.2). */
  readonly isOver: boolean;
  /** What this side's newest description says of it; null before. */
  readonly said: Direction | null;
}

/** Sections, and their text. */
export interface Plan {
  readonly sections: readonly Section[];
  readonly texts: readonly SectionText[];
  /** The mids that are bundled. */
  readonly bundle: readonly string[];
  /** The place of the section that carries the transport; null where nothing is in use. */
  readonly tag: number | null;
}

/**
 * The sections of an offer: those that are there, then transceivers that have none, then data where it is wanted.
 * Nothing is changed by planning; setting the description does that.
 * @param remote what is current of the other side: numbers that are agreed on stay (RFC 9429 §5.2.2)
 */
export function planOffer(
  known: readonly Section[],
  transceivers: readonly VirtualTransceiver[],
  wantsData: boolean,
  remote: Remote | null,
): Plan {
  const sections: Section[] = [...known];
  const mids = new Set(known.map(({ mid }) => mid));
  const newMid = () => {
    let next = mids.size;
    while (mids.has(String(next))) next += 1;
    mids.add(String(next));
    return String(next);
  };
  const place = (section: Omit<Section, 'mid' | 'isOver' | 'said'>) => {
    const fresh = { ...section, mid: newMid(), isOver: false, said: null };
    const free = sections.findIndex((each) => each.isOver);
    if (free === -1) sections.push(fresh);
    else sections[free] = fresh;
  };
  for (const transceiver of transceivers) {
    if (transceiver.mid !== null || transceiver.isStopping) continue;
    const codecs = OFFERED[transceiver.kind];
    const formats = codecs.map((codec) => codec.payloadType);
    const rtpmaps = codecs.map((codec) => `a=rtpmap:${codec.payloadType} ${codec.encoding}`);
    place({ kind: transceiver.kind, proto: RTP_PROTO, formats, rtpmaps, transceiver });
  }
  if (wantsData && !sections.some((each) => isData(each) && !each.isOver)) {
    place({
      ...{ kind: 'application', proto: DATA_PROTO, formats: [DATA_FORMAT] },
      ...{ rtpmaps: [], transceiver: null },
    });
  }
  return planOf(sections.map((section) => [section, offerText(section, remote)] as const));
}

/** The other side before it was heard. */
const NOBODY: Pick<Remote, 'sections'> = { sections: [] };

function isData(section: Section): boolean {
  return section.kind === 'application' && section.formats.includes(DATA_FORMAT);
}

function offerText(section: Section, remote: Remote | null): SectionText {
  const { mid, transceiver } = section;
  if (section.isOver) return rejection(section);
  if (transceiver === null) {
    return isData(section) ? { is: 'data', mid, port: SCTP_PORT } : rejection(section);
  }
  const { kind, sender, direction } = transceiver;
  if (direction === 'stopped') return rejection(section);
  const isFirst = remote === null && transceiver.preferences === null;
  const answer = isFirst ? null : offeredRtp(transceiver, remote ?? NOBODY);
  return { is: 'rtp', kind, mid, direction, sender: sender.described(mid), answer };
}

/** The sections of an answer: the offer's, one by one. */
export function planAnswer(known: readonly Section[], remote: Remote): Plan {
  // There is one transport: what the offer does not bundle with the section that carries it has none.
  const wanted = known.map((section, at) => {
    const offered = remote.sections[at];
    return offered !== undefined && mayUse(section, offered);
  });
  const tagMid = remote.bundle.find((mid) => {
    const at = remote.sections.findIndex((each) => each.mid === mid);
    return wanted[at] === true;
  });
  const first = wanted.indexOf(true);
  return planOf(
    known.map((section, at) => {
      const offered = remote.sections[at];
      const isShared = tagMid === undefined ? at === first : remote.bundle.includes(section.mid);
      if (offered === undefined || wanted[at] !== true || !isShared) {
        return [section, rejection({ ...section, ...formatsOf(offered ?? section) })];
      }
      return [section, answerText(section, offered)];
    }),
    remote.bundle,
  );
}

function mayUse({ transceiver }: Section, offered: RemoteSection): boolean {
  if (offered.isRejected) return false;
  if (offered.isData) return true;
  if (transceiver === null || transceiver.isStopped) return false;
  return preferredOf(transceiver.preferences, offered.codecs).length > 0;
}

function answerText(section: Section, offered: RemoteSection): SectionText {
  const { mid, transceiver } = section;
  if (transceiver === null) return { is: 'data', mid, port: SCTP_PORT };
  const { kind, sender } = transceiver;
  const described = sender.described(mid);
  // RFC 8853 §5.3.2: an answer sends no more encodings than were asked for.
  const rids = described.rids.filter((rid) => offered.asks.includes(rid));
  const own = rids.length > 0 ? [...EXTENSIONS[kind], ...SIMULCAST_EXTENSIONS] : EXTENSIONS[kind];
  const known = new Set(own.map(([, uri]) => uri));
  return {
    ...{ is: 'rtp', kind, mid, sender: { ...described, rids } },
    direction: intersection(transceiver.direction, reversed(offered.direction)),
    answer: {
      codecs: preferredOf(transceiver.preferences, offered.codecs),
      extensions: offered.extensions.filter(([, uri]) => known.has(uri)),
      reducedSize: offered.reducedSize,
    },
  };
}

function formatsOf({ formats, rtpmaps }: Pick<Section, 'formats' | 'rtpmaps'>) {
  return { formats, rtpmaps };
}

function rejection({ kind, mid, proto, formats, rtpmaps }: Section): SectionText {
  return { is: 'rejected', kind, mid, proto, formats, rtpmaps };
}

/** @param offered the group of the offer, which an answer's keeps to (RFC 9143 §7.3); null for an offer */
function planOf(
  pairs: readonly (readonly [Section, SectionText])[],
  offered: readonly string[] | null = null,
): Plan {
  const used = pairs.filter(([, text]) => text.is !== 'rejected').map(([{ mid }]) => mid);
  const bundle = offered === null ? used : offered.filter((mid) => used.includes(mid));
  const tagMid = bundle[0] ?? used[0];
  const tag = pairs.findIndex(([{ mid }]) => mid === tagMid);
  return {
    sections: pairs.map(([section, text]) => ({
      ...section,
      said: text.is === 'rtp' ? text.direction : null,
      isOver: text.is === 'rejected' && section.isOver,
    })),
    texts: pairs.map(([, text]) => text),
    bundle,
    tag: tag === -1 ? null : tag,
  };
}
