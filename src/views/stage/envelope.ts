// What a description says in five lines: what is to be sent, how to be reached, and how to be known.
import { m } from '../../i18n/paraglide/messages.js';
import { attributes, parseSdp } from '../../sdp/parse.ts';
import { sectionSummary } from '../../sdp/summary.ts';

/** A line of an envelope. */
export interface EnvelopeRow {
  readonly name: string;
  readonly text: string;
}

/** What is in a description. */
export interface Envelope {
  /** A line for each m= section, the first few of them. */
  readonly media: readonly EnvelopeRow[];
  /** What holds for all of it: ICE and DTLS. */
  readonly transport: readonly EnvelopeRow[];
}

/** More sections than these are counted. */
const MOST = 4;

const read = new Map<string, Envelope>();
const MOST_READ = 50;

/** Reads an SDP text. Total; the same text is read once. */
export function envelopeOf(sdp: string): Envelope {
  const known = read.get(sdp);
  if (known !== undefined) return known;
  if (read.size >= MOST_READ) read.clear();
  const envelope = readEnvelope(sdp);
  read.set(sdp, envelope);
  return envelope;
}

function readEnvelope(sdp: string): Envelope {
  const document = parseSdp(sdp);
  const summaries = document.sections.flatMap((section) => sectionSummary(document, section) ?? []);
  const has = (name: string) =>
    document.sections.some((section) => attributes(section, name).length > 0);
  const media = summaries.slice(0, MOST).map(({ kind, codec, more, rejected }) => ({
    name: kind === 'application' ? m.stage_data() : m.sdp_summary_kind({ kind }),
    text: rejected
      ? m.sdp_summary_rejected()
      : kind === 'application'
        ? m.stage_one_channel()
        : codec === null
          ? '—'
          : more === 0
            ? codec
            : m.stage_codecs({ codec, count: more }),
  }));
  const transport: EnvelopeRow[] = [];
  if (has('ice-ufrag')) transport.push({ name: 'ICE', text: m.stage_name_password() });
  if (has('fingerprint')) transport.push({ name: 'DTLS', text: m.stage_fingerprint() });
  return { media, transport };
}
