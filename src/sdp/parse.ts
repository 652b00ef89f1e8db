// SDP as lines and sections (RFC 8866 §5). Lossless and total: any text is a document, and gives its bytes back.

/** How a line ends. Only CRLF is right, but readers take LF too (RFC 8866 §5). A last line may have no end. */
export type LineEnd = '' | '\r\n' | '\n' | '\r';

/** One line. */
export interface SdpLine {
  /** From 1. */
  readonly number: number;
  /** The index of its section: 0 is the session; 1 is the first m= section, and so on. */
  readonly section: number;
  /** Without its end. */
  readonly text: string;
  readonly end: LineEnd;
  /** The one character before the `=`; `null` where the text is not `x=…`. */
  readonly type: string | null;
  /** What follows the `=`; the whole text where `type` is `null`. */
  readonly value: string;
  /** Of an `a=` line: the attribute's name, which may be empty. `null` for all others. */
  readonly name: string | null;
  /** Of an `a=` line: what follows the first `:`. `null` for all others, and where there is no `:`. */
  readonly argument: string | null;
}

/** What stands before the first m= line, or one m= line and what follows it. */
export interface SdpSection {
  /** Its place in `SdpDocument.sections`. */
  readonly index: number;
  /** Its place among the document's lines: from `first`, up to and without `end`. A session may be empty. */
  readonly first: number;
  readonly end: number;
  readonly lines: readonly SdpLine[];
  /** Of its first `a=mid` (RFC 5888 §4). */
  readonly mid: string | null;
  /** Of its m= line (RFC 8866 §5.14); `null` for the session. */
  readonly media: MediaFields | null;
}

/** An m= line's words. What is missing is an empty string. */
export interface MediaFields {
  /** Such as `audio`, `video`, `application`. */
  readonly kind: string;
  /** `null` where it is no decimal number. 0 is a rejected section, or one that is bundle-only. */
  readonly port: number | null;
  /** Such as `UDP/TLS/RTP/SAVPF`. */
  readonly proto: string;
  /** Payload types for RTP, else a word such as `webrtc-datachannel`. */
  readonly formats: readonly string[];
}

/** A text of SDP. */
export interface SdpDocument {
  readonly text: string;
  readonly lines: readonly SdpLine[];
  /** The session first, even where the text begins with an m= line; then the m= sections. */
  readonly sections: readonly SdpSection[];
}

const EQUALS = 61;
const LETTER_A = 97;
const LETTER_M = 109;

/**
 * Takes SDP apart. Takes any text and never throws; all lines' `text + end`, one after the other, are that text.
 * Lines end with CRLF, LF or CR; what follows the last end is a line only if it is not empty.
 */
export function parseSdp(text: string): SdpDocument {
  const lines: SdpLine[] = [];
  const firsts = [0];
  const length = text.length;
  let nextLf = text.indexOf('\n');
  let nextCr = text.indexOf('\r');
  let from = 0;
  while (from < length) {
    let to = length;
    let end: LineEnd = '';
    if (nextCr !== -1 && (nextLf === -1 || nextCr < nextLf)) {
      to = nextCr;
      end = nextLf === nextCr + 1 ? '\r\n' : '\r';
    } else if (nextLf !== -1) {
      to = nextLf;
      end = '\n';
    }
    const hasType = to > from + 1 && text.charCodeAt(from + 1) === EQUALS;
    const code = hasType ? text.charCodeAt(from) : 0;
    if (code === LETTER_M) firsts.push(lines.length);
    lines.push(lineOf(text, from, to, end, lines.length + 1, firsts.length - 1, hasType, code));
    from = to + end.length;
    if (nextLf !== -1 && nextLf < from) nextLf = text.indexOf('\n', from);
    if (nextCr !== -1 && nextCr < from) nextCr = text.indexOf('\r', from);
  }
  return { text, lines, sections: firsts.map((first, at) => sectionOf(lines, firsts, first, at)) };
}

function lineOf(
  all: string,
  from: number,
  to: number,
  end: LineEnd,
  number: number,
  section: number,
  hasType: boolean,
  code: number,
): SdpLine {
  const text = all.slice(from, to);
  if (!hasType) {
    return { number, section, text, end, type: null, value: text, name: null, argument: null };
  }
  const type = text.charAt(0);
  const value = text.slice(2);
  if (code !== LETTER_A) {
    return { number, section, text, end, type, value, name: null, argument: null };
  }
  const colon = value.indexOf(':');
  const name = colon === -1 ? value : value.slice(0, colon);
  const argument = colon === -1 ? null : value.slice(colon + 1);
  return { number, section, text, end, type, value, name, argument };
}

function sectionOf(
  all: readonly SdpLine[],
  firsts: readonly number[],
  first: number,
  index: number,
): SdpSection {
  const end = firsts[index + 1] ?? all.length;
  const lines = all.slice(first, end);
  const media = index === 0 ? null : mediaOf(lines[0]?.value ?? '');
  const mid = lines.find(({ name, argument }) => name === 'mid' && argument !== null);
  return { index, first, end, lines, mid: mid?.argument ?? null, media };
}

function mediaOf(value: string): MediaFields {
  const [kind = '', port = '', proto = '', ...formats] = value
    .split(' ')
    .filter((word) => word !== '');
  const [number = ''] = port.split('/');
  return { kind, port: /^\d+$/.test(number) ? Number(number) : null, proto, formats };
}

const byName = new WeakMap<SdpSection, ReadonlyMap<string, readonly SdpLine[]>>();

/** All `a=` lines of that name in a section, in order. Sections are indexed once, when first asked. */
export function attributes(section: SdpSection, name: string): readonly SdpLine[] {
  let index = byName.get(section);
  if (index === undefined) {
    const names = new Map<string, SdpLine[]>();
    for (const line of section.lines) {
      if (line.name === null) continue;
      const same = names.get(line.name);
      if (same === undefined) names.set(line.name, [line]);
      else same.push(line);
    }
    index = names;
    byName.set(section, index);
  }
  return index.get(name) ?? [];
}

/** The first `a=` line of that name in a section, or `null`. */
export function attribute(section: SdpSection, name: string): SdpLine | null {
  return attributes(section, name)[0] ?? null;
}

/**
 * The first line of that name in a section, else in the session: for attributes that may stand on either
 * level, such as ice-ufrag, fingerprint or setup.
 */
export function inherited(
  document: SdpDocument,
  section: SdpSection,
  name: string,
): SdpLine | null {
  const session = document.sections[0];
  return attribute(section, name) ?? (session === undefined ? null : attribute(session, name));
}

const byMid = new WeakMap<SdpDocument, ReadonlyMap<string, SdpSection>>();

/** The first section of that mid, or `null`. Documents are indexed once, when first asked. */
export function sectionByMid(document: SdpDocument, mid: string): SdpSection | null {
  let index = byMid.get(document);
  if (index === undefined) {
    const mids = new Map<string, SdpSection>();
    for (const section of document.sections) {
      if (section.mid !== null && !mids.has(section.mid)) mids.set(section.mid, section);
    }
    index = mids;
    byMid.set(document, index);
  }
  return index.get(mid) ?? null;
}

/** True where the text is no whole description: neither v=, o=, s= nor t= is in it. */
export function isFragment(document: SdpDocument): boolean {
  const [session] = document.sections;
  return (
    session !== undefined &&
    document.lines.length > 0 &&
    !session.lines.some(({ type }) => type !== null && 'vost'.includes(type))
  );
}
