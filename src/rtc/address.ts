// What kind of address a candidate carries: who could reach it, and from where. Any text has an answer.

/** The kinds, by the registry or document that sets the range apart. */
export type AddressKind =
  /** No address at all: getStats leaves it out where the browser hides it. */
  | 'hidden'
  /** A name ending in `.local`, made up by the browser (draft-ietf-mmusic-mdns-ice-candidates). */
  | 'mdns'
  /** Any other name. */
  | 'name'
  /** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
  | 'loopback'
  /** RFC 1918. */
  | 'private'
  /** Carrier-grade NAT (RFC 6598). */
  | 'shared'
  /** RFC 3927, RFC 4291 §2.5.6. */
  | 'link-local'
  /** RFC 4193. */
  | 'unique-local'
  /** `0.0.0.0` and `::`. */
  | 'unspecified'
  | 'multicast'
  /** RFC 5737, RFC 3849, RFC 9637: for examples only. */
  | 'documentation'
  /** Set apart for something else (RFC 6890). */
  | 'reserved'
  | 'global'
  /** Neither an address nor a name. */
  | 'malformed';

/** An address and its kind. */
export interface AddressInfo {
  readonly kind: AddressKind;
  /** 4 or 6; `null` for names and for what is no address. */
  readonly family: 4 | 6 | null;
}

/** The four bytes of an IPv4 address in dotted decimals, or null. A leading zero is an error: some read it as octal. */
export function parseIPv4(text: string): readonly number[] | null {
  const words = text.split('.');
  if (words.length !== 4) return null;
  const bytes: number[] = [];
  for (const word of words) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(word) || Number(word) > 255) return null;
    bytes.push(Number(word));
  }
  return bytes;
}

/** The eight 16-bit groups of an IPv6 address (RFC 4291 §2.2), or null. A zone after `%` is left out. */
export function parseIPv6(text: string): readonly number[] | null {
  const percent = text.indexOf('%');
  const plain = percent < 0 ? text : text.slice(0, percent);
  if (percent === text.length - 1 && percent >= 0) return null;
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const head = groups(halves[0] ?? '', halves.length === 1);
  if (head === null) return null;
  const second = halves[1];
  if (second === undefined) return head.length === 8 ? head : null;
  const tail = groups(second, true);
  if (tail === null) return null;
  // `::` stands for at least one group of zeros.
  const zeros = 8 - head.length - tail.length;
  if (zeros < 1) return null;
  return [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
}

/** The groups between colons; the last of them may be an IPv4 address where that is the end of the whole. */
function groups(text: string, isEnd: boolean): readonly number[] | null {
  if (text === '') return [];
  const words = text.split(':');
  const found: number[] = [];
  for (const [at, word] of words.entries()) {
    if (/^[\da-f]{1,4}$/i.test(word)) {
      found.push(parseInt(word, 16));
      continue;
    }
    const bytes = isEnd && at === words.length - 1 ? parseIPv4(word) : null;
    if (bytes === null) return null;
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    found.push(a * 256 + b, c * 256 + d);
  }
  return found.length > 8 ? null : found;
}

/** The text of an IPv6 address (RFC 5952 §4), with an IPv4-mapped one showing the address in it (§5). @param words its eight 16-bit groups */
export function formatIPv6(words: readonly number[]): string {
  if (isMapped(words)) {
    const [high = 0, low = 0] = words.slice(6);
    return `::ffff:${[high >> 8, high & 255, low >> 8, low & 255].join('.')}`;
  }
  const { start, length } = longestZeros(words);
  const hex = words.map((word) => word.toString(16));
  if (length === 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** RFC 4291 §2.5.5.2. */
function isMapped(words: readonly number[]): boolean {
  return words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
}

/** RFC 5952 §4.2: the longest run of zeros is shortened, of two the first, and never one group alone. */
function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start += 1) {
    let end = start;
    while (words[end] === 0) end += 1;
    if (end - start > Math.max(best.length, 1)) best = { start, length: end - start };
    start = Math.max(start, end - 1);
  }
  return best;
}

/** An endpoint as people write it: `192.0.2.1:3478`, `[2001:db8::1]:3478` (RFC 3986 §3.2.2); without a port the address. */
export function formatEndpoint({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number | null;
}): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${String(port)}` : `${address}:${String(port)}`;
}

/** Where packets go to or come from, as far as it is compared. */
interface Place {
  readonly address: string;
  readonly port: number;
}

/** True for the same address and port. Texts of addresses are canonical. */
export function isSameEndpoint(one: Place, other: Place): boolean {
  return one.port === other.port && one.address === other.address;
}

/** The kind of an address as a candidate or getStats gives it. Takes any text. */
export function addressInfo(text: string): AddressInfo {
  if (text === '') return { kind: 'hidden', family: null };
  const four = parseIPv4(text);
  if (four !== null) return { kind: kindOf4(four), family: 4 };
  const six = parseIPv6(text);
  if (six !== null) return { kind: kindOf6(six), family: 6 };
  if (!isName(text)) return { kind: 'malformed', family: null };
  return { kind: /\.local\.?$/i.test(text) ? 'mdns' : 'name', family: null };
}

/** Labels of letters, digits and hyphens (RFC 1123 §2.1); a last label of digits would be a broken IPv4 address. */
function isName(text: string): boolean {
  if (text.length > 254) return false;
  const labels = text.replace(/\.$/, '').split('.');
  if (/^\d+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label));
}

interface Range {
  readonly kind: AddressKind;
  /** The bytes or groups that the range begins with, and how many bits of them count. */
  readonly starts: readonly number[];
  readonly bits: number;
}

const range = (kind: AddressKind, bits: number, ...starts: readonly number[]): Range => ({
  kind,
  starts,
  bits,
});

// The narrower of two that overlap stands first.
const RANGES_4: readonly Range[] = [
  range('unspecified', 32, 0, 0, 0, 0),
  range('reserved', 8, 0),
  range('loopback', 8, 127),
  range('private', 8, 10),
  range('private', 12, 172, 16),
  range('private', 16, 192, 168),
  range('shared', 10, 100, 64),
  range('link-local', 16, 169, 254),
  range('documentation', 24, 192, 0, 2),
  range('documentation', 24, 198, 51, 100),
  range('documentation', 24, 203, 0, 113),
  range('reserved', 24, 192, 0, 0),
  range('reserved', 15, 198, 18),
  range('multicast', 4, 224),
  range('reserved', 4, 240),
];

const RANGES_6: readonly Range[] = [
  range('unspecified', 128, 0, 0, 0, 0, 0, 0, 0, 0),
  range('loopback', 128, 0, 0, 0, 0, 0, 0, 0, 1),
  range('documentation', 32, 0x2001, 0xdb8),
  range('documentation', 20, 0x3fff, 0),
  range('unique-local', 7, 0xfc00),
  range('link-local', 10, 0xfe80),
  range('multicast', 8, 0xff00),
  // NAT64 (RFC 6052) reaches the whole of the IPv4 internet.
  range('global', 96, 0x64, 0xff9b, 0, 0, 0, 0),
  // 2000::/3 is all that is given out as global unicast (RFC 4291 §2.4).
  range('global', 3, 0x2000),
];

function kindOf4(bytes: readonly number[]): AddressKind {
  return RANGES_4.find((each) => holds(each, bytes, 8))?.kind ?? 'global';
}

function kindOf6(words: readonly number[]): AddressKind {
  // An IPv4-mapped address (RFC 4291 §2.5.5.2) is of the kind of the address in it.
  if (isMapped(words)) {
    const [high = 0, low = 0] = words.slice(6);
    return kindOf4([high >> 8, high & 255, low >> 8, low & 255]);
  }
  return RANGES_6.find((each) => holds(each, words, 16))?.kind ?? 'reserved';
}

/** Whether an address, in units of `size` bits, begins with as many bits as a range asks for. */
function holds({ starts, bits }: Range, units: readonly number[], size: 8 | 16): boolean {
  return starts.every((start, at) => {
    const counted = Math.min(size, bits - at * size);
    const shift = size - counted;
    return (units[at] ?? 0) >> shift === start >> shift;
  });
}

/** Whether this is a name that hides an address (draft-ietf-mmusic-mdns-ice-candidates). */
export function isHiddenName(address: string): boolean {
  return address.endsWith('.local');
}
