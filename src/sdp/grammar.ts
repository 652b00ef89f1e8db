// The rules of SDP as data, one a kind of line: where it may stand, who specified it, and how its value is cut.
import { ATTRIBUTES } from './grammar-attributes.ts';
import type { AttributeId } from './grammar-attributes.ts';
import { ADDRESS, rfc, rule } from './grammar-rule.ts';
import type { Rule } from './grammar-rule.ts';
import type { SdpLine } from './parse.ts';
import { DIGITS } from './split.ts';

export type { Rule, Spec } from './grammar-rule.ts';

/** The lines that are no attributes, by their letter. */
const LINES = {
  // v=0
  v: rule('session', rfc(8866, '5.1'), [{ part: 'version', form: /^0$/ }]),
  // o=- 8928127571849901310 2 IN IP4 127.0.0.1
  o: rule('session', rfc(8866, '5.2'), [
    { part: 'username' },
    { part: 'session-id', form: DIGITS },
    { part: 'session-version', form: DIGITS },
    ...ADDRESS,
    { part: 'origin-address' },
  ]),
  // s=-
  s: rule('session', rfc(8866, '5.3'), [{ part: 'session-name', optional: true }]),
  // i=What the session or the section is about
  i: rule('both', rfc(8866, '5.4'), [{ part: 'information' }]),
  // u=https://example.org/call
  u: rule('session', rfc(8866, '5.5'), [{ part: 'uri' }]),
  // e=caller@example.org
  e: rule('session', rfc(8866, '5.6'), [{ part: 'contact' }]),
  // p=+1 617 555-6011
  p: rule('session', rfc(8866, '5.6'), [{ part: 'contact' }]),
  // c=IN IP4 0.0.0.0
  c: rule('both', rfc(8866, '5.7'), [
    ...ADDRESS,
    { part: 'connection-address' },
    { part: 'ttl', lead: '/', optional: true, form: /^\d+(\/\d+)?$/ },
  ]),
  // b=AS:1024
  b: rule('both', rfc(8866, '5.8'), [
    { part: 'bandwidth-type' },
    { part: 'bandwidth', lead: ':', form: DIGITS },
  ]),
  // t=0 0
  t: rule('session', rfc(8866, '5.9'), [
    { part: 'start-time', form: DIGITS },
    { part: 'stop-time', form: DIGITS },
  ]),
  // r=7d 1h 0 25h
  r: rule('session', rfc(8866, '5.10'), [{ part: 'repeat', each: ' ', form: /^\d+[dhms]?$/ }]),
  // z=3730928400 -1h 3749680800 0
  z: rule('session', rfc(8866, '5.11'), [{ part: 'time-zone', each: ' ', pairs: true }]),
  // k=prompt
  k: rule('both', rfc(8866, '5.12'), [{ part: 'key-method' }]),
  // m=audio 9 UDP/TLS/RTP/SAVPF 111 63
  m: rule('media', rfc(8866, '5.14'), [
    { part: 'media' },
    { part: 'port', form: DIGITS },
    { part: 'port-count', lead: '/', optional: true, form: DIGITS },
    { part: 'protocol', each: '/' },
    { part: 'format', each: ' ' },
  ]),
} as const satisfies Readonly<Record<string, Rule>>;

/** What is not known: by RFC 8866 §5.13 a reader ignores an attribute that it does not know. */
const OTHERS = {
  'unknown-attribute': rule('both', rfc(8866, '5.13'), [{ part: 'value', optional: true }]),
  // RFC 8866 §5: a description with a type letter that is not known is to be discarded.
  'unknown-type': rule('both', rfc(8866, '5'), [{ part: 'value', optional: true }]),
  'no-line': rule('both', rfc(8866, '5'), [{ part: 'value', optional: true }]),
} as const satisfies Readonly<Record<string, Rule>>;

/** The id of a rule: a letter, an attribute's name, or a kind of what is not known. */
export type RuleId = keyof typeof LINES | AttributeId | keyof typeof OTHERS;

/** A rule that was found for a line. */
export interface FoundRule {
  readonly id: RuleId;
  readonly rule: Rule;
  /** Where the value begins that the rule cuts, in characters of the line's text. */
  readonly start: number;
}

const isLetter = (type: string): type is keyof typeof LINES => Object.hasOwn(LINES, type);
const isAttribute = (name: string): name is AttributeId => Object.hasOwn(ATTRIBUTES, name);

/** The rule that a line falls under. Total: there is one for what is not known as well. */
export function ruleOf(line: SdpLine): FoundRule {
  const { type, name, argument, text } = line;
  if (type === null) return { id: 'no-line', rule: OTHERS['no-line'], start: 0 };
  if (name !== null) {
    const start = argument === null ? text.length : text.length - argument.length;
    if (isAttribute(name)) return { id: name, rule: ATTRIBUTES[name], start };
    return { id: 'unknown-attribute', rule: OTHERS['unknown-attribute'], start };
  }
  if (isLetter(type)) return { id: type, rule: LINES[type], start: 2 };
  return { id: 'unknown-type', rule: OTHERS['unknown-type'], start: 2 };
}

/** All ids, for tables that must be whole. */
export const RULE_IDS: readonly RuleId[] = [
  ...Object.keys(LINES).filter(isLetter),
  ...Object.keys(ATTRIBUTES).filter(isAttribute),
  ...(['unknown-attribute', 'unknown-type', 'no-line'] as const),
];
