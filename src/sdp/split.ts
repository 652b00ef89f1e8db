// How a line's value is cut into named parts: rules as data, and the small interpreter that follows them.

/** Parts of the session's lines, of c= and b= lines, and of those about data channels. */
export type SessionPart =
  | 'version'
  | 'username'
  | 'session-id'
  | 'session-version'
  | 'network'
  | 'address-type'
  | 'origin-address'
  | 'session-name'
  | 'information'
  | 'uri'
  | 'contact'
  | 'start-time'
  | 'stop-time'
  | 'repeat'
  | 'time-zone'
  | 'key-method'
  | 'connection-address'
  | 'ttl'
  | 'bandwidth-type'
  | 'bandwidth'
  | 'rtcp-address'
  | 'sctp-port'
  | 'sctp-protocol'
  | 'sctp-streams'
  | 'message-size';

/** Parts that speak of a payload type and its codec. */
export type CodecPart =
  | 'payload-type'
  | 'encoding'
  | 'clock-rate'
  | 'channels'
  | 'parameter'
  | 'feedback'
  | 'feedback-detail'
  | 'milliseconds'
  | 'frame-rate';

/** Parts of m= lines, of sources, of header extensions and of simulcast. */
export type MediaPart =
  | 'media'
  | 'port'
  | 'port-count'
  | 'protocol'
  | 'format'
  | 'ssrc'
  | 'source-attribute'
  | 'source-value'
  | 'source-grouping'
  | 'stream-id'
  | 'track-id'
  | 'stream-semantics'
  | 'extension-id'
  | 'direction'
  | 'extension-uri'
  | 'extension-attributes'
  | 'rtcp-port'
  | 'report'
  | 'rid'
  | 'rid-direction'
  | 'restriction'
  | 'simulcast-direction'
  | 'simulcast-streams';

/** Parts of the lines about groups, ICE and keys. */
export type TransportPart =
  | 'grouping'
  | 'mid'
  | 'ice-option'
  | 'ufrag'
  | 'password'
  | 'pacing'
  | 'foundation'
  | 'component'
  | 'transport'
  | 'priority'
  | 'address'
  | 'candidate-port'
  | 'typ'
  | 'candidate-type'
  | 'candidate-extension'
  | 'remote-candidate'
  | 'hash'
  | 'digest'
  | 'role'
  | 'tls-id'
  | 'crypto-tag'
  | 'crypto-suite'
  | 'key';

/** What a part of a line is. The last two are a value that is not cut, and one where none should be. */
export type PartId = SessionPart | CodecPart | MediaPart | TransportPart | 'value' | 'unexpected';

/** One field of a rule. */
export interface Field {
  readonly part: PartId;
  /** The character that stands before it, a space unless said. The first field has none. */
  readonly lead?: string;
  /** It may be missing. */
  readonly optional?: boolean;
  /** It is a list, cut at any of these characters: each item is a part. */
  readonly each?: string;
  /** The list's items are taken two by two: a name and its value. */
  readonly pairs?: boolean;
  /** What each part must look like as a whole. */
  readonly form?: RegExp;
}

/** A named piece of a line. */
export interface Part {
  readonly part: PartId;
  /** In characters of the line's text, up to and without `to`. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** It has not the form that the rule asks for. */
  readonly isMalformed: boolean;
}

/** A value, cut. */
export interface Split {
  /** In the order of the text; none is empty and none overlaps another. */
  readonly parts: readonly Part[];
  /** The fields that must be there and are not. */
  readonly missing: readonly PartId[];
}

/** Digits and nothing else. */
export const DIGITS = /^\d+$/;

/**
 * Cuts a text by a rule's fields, from a character on. A field ends where one that may follow it begins, so the last
 * one takes all that is left. Total: what does not fit is malformed or missing.
 */
export function splitValue(text: string, start: number, fields: readonly Field[]): Split {
  const parts: Part[] = [];
  const missing: PartId[] = [];
  let at = skipSpaces(text, start);
  let index = 0;
  for (let field = fields[0]; field !== undefined; field = fields[index]) {
    const end = endOf(text, at, fields, index);
    const before = parts.length;
    cut(text, at, end, field, parts);
    if (parts.length === before && field.optional !== true) missing.push(field.part);
    const lead = text[end];
    const next = fields.findIndex((each, place) => place > index && leadOf(each) === lead);
    if (next === -1) {
      for (const each of fields.slice(index + 1)) {
        if (each.optional !== true) missing.push(each.part);
      }
      break;
    }
    index = next;
    at = skipSpaces(text, end + 1);
  }
  // A rule without fields wants no value.
  if (fields.length === 0) cut(text, at, text.length, { part: 'unexpected', form: /^$/ }, parts);
  return { parts, missing };
}

function leadOf({ lead = ' ' }: Field): string {
  return lead;
}

/** The first character from `at` on that begins a field which may come next; else the text's end. */
function endOf(text: string, at: number, fields: readonly Field[], index: number): number {
  let end = text.length;
  for (let next = index + 1; next < fields.length; next += 1) {
    const field = fields[next];
    if (field === undefined) break;
    const found = text.indexOf(leadOf(field), at);
    if (found !== -1 && found < end) end = found;
    if (field.optional !== true) break;
  }
  return end;
}

function cut(text: string, from: number, to: number, field: Field, parts: Part[]): void {
  const { each = '', pairs = false } = field;
  if (each === '') {
    push(text, from, to, field, parts);
    return;
  }
  let start = from;
  let hasName = false;
  for (let at = from; at < to; at += 1) {
    if (!each.includes(text.charAt(at))) continue;
    // Between a pair's name and its value is no cut.
    if (pairs && !hasName && at > start) {
      hasName = true;
      continue;
    }
    push(text, start, at, field, parts);
    hasName = false;
    start = at + 1;
  }
  push(text, start, to, field, parts);
}

function push(text: string, from: number, to: number, field: Field, parts: Part[]): void {
  let first = from;
  let last = to;
  while (first < last && isSpace(text, first)) first += 1;
  while (last > first && isSpace(text, last - 1)) last -= 1;
  if (first === last) return;
  const piece = text.slice(first, last);
  const isMalformed = field.form !== undefined && !field.form.test(piece);
  parts.push({ part: field.part, from: first, to: last, text: piece, isMalformed });
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text, at)) at += 1;
  return at;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9;
}
