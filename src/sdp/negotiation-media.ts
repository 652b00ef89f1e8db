// What two matching m= sections agree on about their media: directions, header extensions, data (RFC 3264 §6.1).
import { attribute, attributes } from './parse.ts';
import { receives, sends, type Direction } from '../rtc/direction.ts';
import type { SdpDocument, SdpSection } from './parse.ts';

/** Which way media may go. */
export interface DirectionAgreed {
  readonly offered: Direction;
  readonly answered: Direction;
  readonly offererSends: boolean;
  readonly answererSends: boolean;
  /** The answer claims no way that the offer did not give (RFC 3264 §6.1). */
  readonly isAllowed: boolean;
}

/** Which way media may go, by the directions of an offered section and its answer. */
export function agreeDirection(offered: Direction, answered: Direction): DirectionAgreed {
  const offererSends = sends(offered) && receives(answered);
  const answererSends = sends(answered) && receives(offered);
  return {
    ...{ offered, answered, offererSends, answererSends },
    isAllowed: sends(answered) === answererSends && receives(answered) === offererSends,
  };
}

/** A header extension as a section maps it (RFC 8285 §5). */
export interface ExtensionMap {
  readonly id: string;
  /** After the slash; `null` where nothing is said, which is sendrecv. */
  readonly direction: string | null;
  readonly uri: string;
  /** What follows the URI; for `urn:ietf:params:rtp-hdrext:encrypt` it names the extension inside. */
  readonly attributes: string;
}

/** What became of a header extension that was offered. */
export interface ExtensionOutcome {
  readonly offered: ExtensionMap;
  /** `null` where the answer left it out: it is not agreed on then (RFC 8285 §6). */
  readonly answered: ExtensionMap | null;
}

/** The header extensions of a section. */
export interface ExtensionsAgreed {
  /** In the offer's order. */
  readonly outcomes: readonly ExtensionOutcome[];
  /** In the answer only: not agreed on, but its sender may use them under its own numbers (RFC 8285 §6). */
  readonly added: readonly ExtensionMap[];
}

/** The header extensions of a section, then those of the session. Lines that are none are left out. */
export function extensionsOf(document: SdpDocument, section: SdpSection): readonly ExtensionMap[] {
  const session = document.sections[0];
  const lines = attributes(section, 'extmap');
  const outer = session === undefined || session === section ? [] : attributes(session, 'extmap');
  return [...lines, ...outer].flatMap(({ argument }) => {
    const [, id, direction, uri, rest = ''] =
      /^\s*(\d+)(?:\/(\S+))?\s+(\S+)(?:\s+(.*?))?\s*$/s.exec(argument ?? '') ?? [];
    if (id === undefined || uri === undefined) return [];
    return [{ id, direction: direction ?? null, uri, attributes: rest }];
  });
}

/** What became of each header extension, matched by its URI. */
export function agreeExtensions(
  offered: readonly ExtensionMap[],
  answered: readonly ExtensionMap[],
): ExtensionsAgreed {
  const free = new Map<string, ExtensionMap[]>();
  for (const map of answered) {
    for (const key of [extensionKey(map), `${map.id} ${extensionKey(map)}`]) {
      const same = free.get(key);
      if (same === undefined) free.set(key, [map]);
      else same.push(map);
    }
  }
  const used = new Set<ExtensionMap>();
  for (const group of free.values()) group.reverse();
  const take = (key: string) => {
    const group = free.get(key) ?? [];
    let found = group.pop();
    // Each map is in two groups, and may have gone by the other one.
    while (found !== undefined && used.has(found)) found = group.pop();
    if (found !== undefined) used.add(found);
    return found ?? null;
  };
  // The same id first, for a URI that is mapped more than once.
  const exact = offered.map((map) => take(`${map.id} ${extensionKey(map)}`));
  const outcomes = offered.map((map, at) => ({
    offered: map,
    answered: exact[at] ?? take(extensionKey(map)),
  }));
  return { outcomes, added: answered.filter((map) => !used.has(map)) };
}

/** What an extension is: its URI, and of an encrypted one the URI inside (RFC 6904 §4). */
export function extensionKey({ uri, attributes: rest }: ExtensionMap): string {
  return uri === 'urn:ietf:params:rtp-hdrext:encrypt' ? `${uri} ${rest}` : uri;
}

/** What one side says of its data channels' transport (RFC 8841). */
export interface DataSide {
  /** Of `sctp-port`, or of the older `sctpmap`; `null` where both are missing or no number. */
  readonly port: number | null;
  /** Bytes that it takes in one message; 0 is any number of them (§6.1). */
  readonly maxMessageSize: number;
}

/** What RFC 8841 §6.1 takes where no max-message-size is given: 64 K bytes. */
export const DEFAULT_MESSAGE_SIZE = 65536;

/** A data section's numbers, or null where the section is none. */
export function dataOf(section: SdpSection): DataSide | null {
  if (section.media?.kind !== 'application' || !section.media.proto.endsWith('/SCTP')) return null;
  return {
    port: numberOf(section, 'sctp-port') ?? numberOf(section, 'sctpmap'),
    maxMessageSize: numberOf(section, 'max-message-size') ?? DEFAULT_MESSAGE_SIZE,
  };
}

function numberOf(section: SdpSection, name: string): number | null {
  const [text = ''] = (attribute(section, name)?.argument ?? '').trim().split(' ', 1);
  return /^\d+$/.test(text) ? Number(text) : null;
}
