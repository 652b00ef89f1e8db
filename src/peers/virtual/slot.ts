// A description in its slot, which grows with the candidates that are found or added (WebRTC 1.0 §4.4.1.5).
import type { SessionDescription } from '../connection.ts';
import type { DefaultAddress } from './candidate-line.ts';

/** What candidates have made of one m= section. */
export interface Growth {
  /** `a=candidate:…` without their line ends. */
  readonly lines: readonly string[];
  /** `a=end-of-candidates` (RFC 8838 §8.2) follows. */
  readonly ended: boolean;
  /** For the m= and c= lines; null leaves them. */
  readonly address: DefaultAddress | null;
}

const CONNECTION =
  /^(m=\S+ )9( [^\r\n]*\r\nc=IN )IP4 0\.0\.0\.0(\r\n)(?:(a=rtcp:)9( IN )IP4 0\.0\.0\.0(\r\n))?/;

/** A description and what it has grown by. */
export class Slot {
  readonly type: SessionDescription['type'];
  /** As it was set, but for candidates that this side's agent found. */
  readonly base: string;
  readonly #growth = new Map<number, Growth>();
  #description: SessionDescription | null = null;

  constructor(type: SessionDescription['type'], base: string) {
    this.type = type;
    this.base = base;
  }

  /** What the attributes of a connection give: one object until it grows. */
  get description(): SessionDescription {
    this.#description ??= { type: this.type, sdp: this.#text() };
    return this.#description;
  }

  /** What the section at this place (from 0) has grown by; replaces what it was. */
  grow(index: number, growth: Growth): void {
    this.#growth.set(index, growth);
    this.#description = null;
  }

  /** The same text and growth under another type. */
  as(type: SessionDescription['type']): Slot {
    const slot = new Slot(type, this.base);
    for (const [index, growth] of this.#growth) slot.grow(index, growth);
    return slot;
  }

  /** What the section at this place has grown by. */
  growthOf(index: number): Growth {
    return this.#growth.get(index) ?? { lines: [], ended: false, address: null };
  }

  #text(): string {
    if (this.#growth.size === 0) return this.base;
    // The session first, then the sections.
    const parts = this.base.split(/^(?=m=)/m);
    for (const [index, growth] of this.#growth) {
      const part = parts[index + 1];
      if (part !== undefined) parts[index + 1] = grown(part, growth);
    }
    return parts.join('');
  }
}

function grown(section: string, { lines, ended, address }: Growth): string {
  let text = section;
  if (address !== null) {
    const { family, address: ip, port } = address;
    text = text.replace(
      CONNECTION,
      (_all, media: string, c: string, end: string, rtcp?: string, net = '', rtcpEnd = '') =>
        `${media}${port}${c}${family} ${ip}${end}` +
        (rtcp === undefined ? '' : `${rtcp}${port}${net}${family} ${ip}${rtcpEnd}`),
    );
  }
  if (!/[\r\n]$/.test(text)) text += '\r\n';
  for (const line of lines) text += `${line}\r\n`;
  return ended ? `${text}a=end-of-candidates\r\n` : text;
}
