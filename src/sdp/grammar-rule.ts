// What a rule of the grammar is, and the pieces that rules share.
import { DIGITS } from './split.ts';
import type { Field } from './split.ts';

/** Where something is specified. */
export interface Spec {
  /** Such as `RFC 8866`. */
  readonly document: string;
  /** Such as `5.14`; `null` where the whole document is meant. */
  readonly section: string | null;
  readonly url: string;
}

/** One kind of line. */
export interface Rule {
  /** Before the first m= line, in an m= section, or on either level. */
  readonly at: 'session' | 'media' | 'both';
  /** `null` for what no specification defines. */
  readonly spec: Spec | null;
  /** How the value is cut. None: the line wants no value. */
  readonly fields: readonly Field[];
}

/** Makes a rule. */
export function rule(at: Rule['at'], spec: Spec | null, fields: readonly Field[] = []): Rule {
  return { at, spec, fields };
}

/** A section of an RFC, or of its appendix. */
export function rfc(number: number, section: string): Spec {
  const anchor = /^\d/.test(section) ? 'section' : 'appendix';
  const url = `https://www.rfc-editor.org/rfc/rfc${number}.html#${anchor}-${section}`;
  return { document: `RFC ${number}`, section, url };
}

/** An Internet-Draft, for what never became an RFC. */
export function draft(name: string): Spec {
  return {
    document: name,
    section: null,
    url: `https://datatracker.ietf.org/doc/html/${name}`,
  };
}

/** The type of network and of address, as o=, c= and a=rtcp have them (RFC 8866 §5.2). */
export const ADDRESS: readonly Field[] = [
  { part: 'network', form: /^IN$/ },
  { part: 'address-type', form: /^IP[46]$/ },
];

/** The payload type that a line speaks of, 0 to 127. */
export const PAYLOAD_TYPE: Field = { part: 'payload-type', form: DIGITS };

/** The whole value, for what is shown without being cut. */
export const VALUE: readonly Field[] = [{ part: 'value' }];
