// Which m= sections share a transport (RFC 9143), and which are rejected (RFC 3264 §6).
import { attribute, attributes, sectionByMid } from './parse.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';
import { words } from './sources.ts';

/** A BUNDLE group as a description writes it. */
export interface BundleGroup {
  readonly line: SdpLine;
  /** In its order; the first is the tagged section's (RFC 9143 §2). */
  readonly mids: readonly string[];
}

/** The BUNDLE groups of a session, in order. */
export function bundleGroups({ sections }: SdpDocument): readonly BundleGroup[] {
  const [session] = sections;
  const lines = session === undefined ? [] : attributes(session, 'group');
  return lines.flatMap((line) => {
    const [semantics, ...mids] = words(line.argument ?? '');
    return semantics === 'BUNDLE' ? [{ line, mids }] : [];
  });
}

/** Port 0 rejects a section, or says that it was stopped; with bundle-only it does not (RFC 9143 §6). */
export function isRejected(section: SdpSection): boolean {
  return section.media?.port === 0 && attribute(section, 'bundle-only') === null;
}

const owners = new WeakMap<SdpDocument, ReadonlyMap<string, SdpSection>>();

/**
 * The section whose ICE and DTLS lines a section's transport has: the tagged one of its BUNDLE group, the first in it
 * that is there and not rejected; else itself.
 */
export function transportOwner(document: SdpDocument, section: SdpSection): SdpSection {
  let index = owners.get(document);
  if (index === undefined) {
    const map = new Map<string, SdpSection>();
    for (const { mids } of bundleGroups(document)) {
      const tagged = mids
        .flatMap((mid) => sectionByMid(document, mid) ?? [])
        .find((member) => !isRejected(member));
      for (const mid of mids) {
        if (tagged !== undefined && !map.has(mid)) map.set(mid, tagged);
      }
    }
    index = map;
    owners.set(document, index);
  }
  if (section.mid === null || isRejected(section)) return section;
  return index.get(section.mid) ?? section;
}

/** True where the words of an m= line's protocol say that DTLS or SRTP protects it. */
export function isEncrypted({ media }: SdpSection): boolean {
  const said = (media?.proto ?? '').toUpperCase().split('/');
  return ['TLS', 'DTLS', 'SAVP', 'SAVPF'].some((word) => said.includes(word));
}

/** True where DTLS protects it: its keys need a fingerprint and a setup role (RFC 8842 §5). */
export function usesDtls({ media }: SdpSection): boolean {
  const said = (media?.proto ?? '').toUpperCase().split('/');
  return said.includes('TLS') || said.includes('DTLS');
}
