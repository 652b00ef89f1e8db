// Which sections and lines of two texts are the same thing, whatever became of their place, number or value.
import { codecsOf, payloadTypeOf } from './codecs.ts';
import type { Codec } from './codecs.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';

/** For each section after, the index of its counterpart before, or `null`: by mid, else by kind and order. */
export function matchSections(before: SdpDocument, after: SdpDocument): readonly (number | null)[] {
  const found = new Map<number, number>();
  const taken = new Set<number>();
  const pass = (keyOf: (section: SdpSection) => string | null) => {
    const free = new Map<string, number[]>();
    for (const section of before.sections) {
      const key = taken.has(section.index) ? null : keyOf(section);
      if (key === null) continue;
      const same = free.get(key);
      if (same === undefined) free.set(key, [section.index]);
      else same.push(section.index);
    }
    const used = new Map<string, number>();
    for (const section of after.sections) {
      const key = found.has(section.index) ? null : keyOf(section);
      if (key === null) continue;
      const at = used.get(key) ?? 0;
      const index = free.get(key)?.[at];
      if (index === undefined) continue;
      used.set(key, at + 1);
      taken.add(index);
      found.set(section.index, index);
    }
  };
  pass(({ index }) => (index === 0 ? 'session' : null));
  pass(({ media, mid }) => (media === null || mid === null ? null : `${media.kind} ${mid}`));
  pass(({ media }) => media?.kind ?? null);
  return after.sections.map((section) => found.get(section.index) ?? null);
}

/** For each line after, the index of its counterpart before, or `null`. Indices are those in the two sections. */
export function matchLines(before: SdpSection, after: SdpSection): readonly (number | null)[] {
  const numbers = matchPayloadTypes(before, after);
  const groups = new Map<string, number[]>();
  for (const [at, line] of before.lines.entries()) {
    const key = identityOf(line, (payloadType) => payloadType);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [at]);
    else group.push(at);
  }
  // Of lines with one identity, equal texts belong together before the order decides.
  const keys = after.lines.map((line) =>
    identityOf(line, (payloadType) => numbers.get(payloadType) ?? payloadType),
  );
  const equal = new Map<string, number[]>();
  for (const [key, group] of groups) {
    for (const at of group.toReversed()) {
      const name = `${key}\n${before.lines[at]?.text ?? ''}`;
      const same = equal.get(name);
      if (same === undefined) equal.set(name, [at]);
      else same.push(at);
    }
  }
  const taken = new Set<number>();
  const found = after.lines.map((line, at) => {
    const match = equal.get(`${keys[at] ?? ''}\n${line.text}`)?.pop() ?? null;
    if (match !== null) taken.add(match);
    return match;
  });
  const left = new Map<string, number[]>();
  for (const [key, group] of groups) {
    left.set(key, group.filter((at) => !taken.has(at)).reverse());
  }
  return found.map((match, at) => match ?? left.get(keys[at] ?? '')?.pop() ?? null);
}

/** What a line is about: its name and what tells it from others of that name. Never the value that may change. */
function identityOf(line: SdpLine, numberOf: (payloadType: string) => string): string {
  const { type, name, argument, text } = line;
  if (type === null) return `? ${text}`;
  if (name === null) return `${type}=`;
  const words = (argument ?? '').split(' ');
  switch (name) {
    case 'rtpmap':
    case 'fmtp':
      return `${name} ${numberOf(payloadTypeOf(line))}`;
    case 'rtcp-fb':
      return `${name} ${numberOf(payloadTypeOf(line))} ${words.slice(1).join(' ')}`;
    case 'extmap':
      return `${name} ${words.slice(1).join(' ')}`;
    case 'ssrc':
      return `${name} ${words[0] ?? ''} ${(words[1] ?? '').split(':', 1)[0] ?? ''}`;
    case 'ssrc-group':
    case 'group':
    case 'fingerprint':
    case 'rid':
      return `${name} ${words[0] ?? ''}`;
    case 'candidate':
      return `${name} ${argument ?? ''}`;
    case 'sendrecv':
    case 'sendonly':
    case 'recvonly':
    case 'inactive':
      return 'direction';
    default:
      return name;
  }
}

/**
 * For each payload type after, which one it was before: the same format, or else the same codec. One that is new has a
 * name that no payload type before can have.
 */
function matchPayloadTypes(before: SdpSection, after: SdpSection): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const codecs = codecsOf(after);
  // What no codec has, such as `*`, is itself on both sides.
  const unmatched = (number: string) => (codecs.has(number) ? `new ${number}` : number);
  const olds = [...codecsOf(before).values()];
  const news = [...codecs.values()];
  const pass = (
    oldKey: (codec: Codec) => string | null,
    newKey: (codec: Codec) => string | null,
  ) => {
    const free = new Map<string, string[]>();
    for (const codec of olds) {
      const key = taken.has(codec.payloadType) ? null : oldKey(codec);
      if (key === null) continue;
      const same = free.get(key);
      if (same === undefined) free.set(key, [codec.payloadType]);
      else same.push(codec.payloadType);
    }
    for (const group of free.values()) group.reverse();
    for (const codec of news) {
      const key = found.has(codec.payloadType) ? null : newKey(codec);
      const old = key === null ? undefined : free.get(key)?.pop();
      if (old === undefined) continue;
      taken.add(old);
      found.set(codec.payloadType, old);
    }
  };
  const passes = (keyOf: (codec: Codec, serves: string | null) => string | null) => {
    const served = ({ goesWith }: Codec) =>
      goesWith === null ? null : (found.get(goesWith) ?? unmatched(goesWith));
    pass(
      (codec) => keyOf(codec, codec.goesWith),
      (codec) => keyOf(codec, served(codec)),
    );
  };
  const plain = ({ role, goesWith }: Codec) => goesWith === null || role === 'red';
  passes((codec) =>
    plain(codec) ? `${family(codec)} ${format(codec)} ${codec.payloadType}` : null,
  );
  passes((codec) => (plain(codec) ? `${family(codec)} ${format(codec)}` : null));
  passes((codec) => (plain(codec) ? `${family(codec)} ${codec.payloadType}` : null));
  passes((codec) => (plain(codec) ? family(codec) : null));
  // What serves another payload type comes after that one.
  passes((codec, serves) => (plain(codec) ? null : `${family(codec)} of ${String(serves)}`));
  passes((codec) => `${family(codec)} ${codec.payloadType}`);
  for (const number of codecs.keys()) {
    if (!found.has(number)) found.set(number, unmatched(number));
  }
  return found;
}

function family({ name, rate, channels, payloadType }: Codec): string {
  if (name === null) return `unnamed ${payloadType}`;
  return `${name.toLowerCase()}/${String(rate)}/${String(channels ?? 1)}`;
}

function format({ parameters, role }: Codec): string {
  // red lists the numbers of others, which may have been renumbered.
  if (role === 'red') return '';
  return parameters
    .map(({ name, value }) => `${name.toLowerCase()}=${value}`)
    .sort()
    .join(';');
}
