// The URL of an ICE server (RFC 7064 §3.1, RFC 7065 §3.1), and what of it may be shown and kept.

/** The schemes of the two specifications, and those that people take from other URLs. */
const SCHEME = /^(?:(?:stun|turn)s?:|(?:http|ws)s?:\/\/)/i;

/** Also as URLs escape it, and as an East Asian keyboard types it. */
const AT = /@|%40|＠/gi;

/** Where the part with the host ends: at a query, a fragment, or a character that no URL may have. */
const END = /[?#\s,;|"'<>{}]/;

/** Two slashes that don't belong there, a host or an address in brackets, a port. */
const PLACE = /^(?:\/\/)?(?:\[[\da-f:.]*\]?|[^:/\\]*)(?::\d*(?=$|[/\\]))?/i;

/** A transport that exists, among other things in a query. */
const TRANSPORT_AMONG = /[?&](transport=(?:udp|tcp))(?=&|$)/i;

/**
 * The URL of an ICE server without a user name or a password. The specifications allow neither in it, and people
 * write them there all the same: `turn:user:password@host`, `turn:host?credential=…`, `turn:host user password`.
 * What can't be a secret is kept: the scheme, the host, the port, the transport. Where it is unclear which part is
 * the host, only the scheme is kept.
 * @param url as it was typed, malformed or not
 */
export function withoutCredentials(url: string): string {
  const typed = url.trim();
  const scheme = schemeOf(typed);
  const rest = typed.slice(scheme.length);
  const end = END.exec(rest)?.index ?? rest.length;
  const tail = rest.slice(end);
  // The @ may belong to a password in the tail, or the tail to a password before the @.
  if (tail.search(AT) !== -1) return scheme;
  const place = PLACE.exec(rest.slice(0, end).split(AT).at(-1) ?? '')?.[0] ?? '';
  return `${scheme}${place}${transportOf(tail)}`;
}

function schemeOf(url: string): string {
  return SCHEME.exec(url)?.[0] ?? '';
}

function transportOf(tail: string): string {
  // Whole, or as far as it has been typed.
  if (/^\?transport=[a-z]*$/i.test(tail) || '?transport='.startsWith(tail)) return tail;
  const among = TRANSPORT_AMONG.exec(tail)?.[1];
  return among === undefined ? '' : `?${among}`;
}

/** True where a server's URL has more in it than a scheme, a host, a port and a transport: a name, a password. */
export function hasCredentials(url: string): boolean {
  return withoutCredentials(url) !== url.trim();
}

/** Stands in a text where something secret stood. */
const HIDDEN = '…';

/** A shorter piece of a URL is also part of ordinary words. */
const SHORTEST = 4;

/**
 * A text that quotes servers' URLs, as a browser's error does, without what is secret in them.
 * @param urls all URLs that it may quote, as they were typed
 */
export function hideCredentials(text: string, urls: readonly string[]): string {
  const secret = urls.map((url) => url.trim()).filter(hasCredentials);
  const marked = secret.reduce((now, url) => now.replaceAll(url, mark(url)), text);
  // A browser may quote it escaped, or only a part of it. Then nothing of the text is sure.
  const isLeft = secret.flatMap(secretsOf).some((piece) => marked.includes(piece));
  return isLeft ? secret.map(mark).join(' ') : marked;
}

/** A URL with a sign where its name and password stood, so that a reader sees what an error is about. */
function mark(url: string): string {
  const kept = withoutCredentials(url);
  const scheme = schemeOf(kept);
  const place = kept.slice(scheme.length);
  if (place === '' || url.search(AT) === -1) return `${kept}${HIDDEN}`;
  return `${scheme}${HIDDEN}@${place}`;
}

/** The pieces of a URL that are not kept, without what a browser would escape. */
function secretsOf(url: string): readonly string[] {
  const kept = withoutCredentials(url);
  return url
    .split(/%40|[^\p{ASCII}]|[^\w.~!$-]/u)
    .filter((piece) => piece.length >= SHORTEST && !kept.includes(piece));
}
