// What a TURN server answers to the requests of clients (RFC 8656 §7.2, §8.2, §10.2, §12.2). No packet is moved here.
import type { Endpoint } from '../net/packet.ts';
import { FAMILY_IPV4, FAMILY_IPV6, familyOf } from './address.ts';
import type { Allocation } from './allocation.ts';
import { failure, isMalformed, success, unknownAttributes } from './answer.ts';
import type { ErrorCode } from './attributes.ts';
import { reasonOf, typeOfName } from './attributes.ts';
import { FIRST_CHANNEL, LAST_CHANNEL } from './channel-data.ts';
import type { Owner } from './long-term.ts';
import { attribute, METHOD } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';
import { utf8 } from './text.ts';

/** RFC 8656 §3.2: the default lifetime of an allocation, in s. */
export const DEFAULT_LIFETIME = 600;
/** RFC 8656 §7.2: the most that is given, in s. */
export const MAXIMUM_LIFETIME = 3600;
/** RFC 8656 §18.8: UDP's protocol number. */
export const PROTOCOL_UDP = 17;

/** What the requests work on. */
export interface Desk {
  readonly software: readonly Attribute[];
  /** The addresses that relayed endpoints can have, by family. */
  readonly addresses: ReadonlyMap<number, string>;
  /** RFC 8656 §7.2, item 10. */
  hasQuota(username: string): boolean;
  /** A free relayed endpoint, even where that is asked; null when there is none. */
  reserve(address: string, even: boolean): Endpoint | null;
  /** Makes the allocation. @param lifetime in s */
  create(relayed: Endpoint, owner: Owner, request: DecodedMessage, lifetime: number): Allocation;
  remove(allocation: Allocation): void;
  /** RFC 8656 §10.2: true for a peer that the server won't relay to. */
  refuses(address: string): boolean;
}

/** RFC 8656 §7.2, §8.2: what is given, in s, for what is asked. */
function lifetimeFor(asked: number | undefined): number {
  return Math.max(DEFAULT_LIFETIME, Math.min(asked ?? 0, MAXIMUM_LIFETIME));
}

/** Answers a request whose credentials were right. `source` is the client as the server sees it. */
export function answer(
  desk: Desk,
  now: number,
  request: DecodedMessage,
  owner: Owner,
  source: Endpoint,
  allocation: Allocation | null,
): Uint8Array {
  const { key, username } = owner;
  const refuse = (code: ErrorCode) => failure(request, code, desk.software, key);
  if (isMalformed(request)) return refuse(400);
  if (request.unknown.length > 0) {
    return unknownAttributes(request, request.unknown, desk.software, key);
  }
  if (request.method === METHOD.allocate) {
    return allocate(desk, request, owner, source, allocation);
  }
  // RFC 8656 §5.
  if (allocation === null) return refuse(437);
  if (allocation.username !== username) return refuse(441);
  switch (request.method) {
    case METHOD.refresh: {
      const family = attribute(request, 'REQUESTED-ADDRESS-FAMILY');
      if (family !== undefined && family !== familyOf(allocation.relayed.address)) {
        return refuse(443);
      }
      const asked = attribute(request, 'LIFETIME');
      const lifetime = asked === 0 ? 0 : lifetimeFor(asked);
      if (lifetime === 0) desk.remove(allocation);
      else allocation.until = now + lifetime * 1000;
      return success(request, [{ name: 'LIFETIME', value: lifetime }, ...desk.software], key);
    }
    case METHOD.createPermission: {
      const peers = request.attributes.filter((each) => each.name === 'XOR-PEER-ADDRESS');
      if (peers.length === 0) return refuse(400);
      for (const { value } of peers) {
        const problem = peerProblem(desk, allocation, value);
        if (problem !== null) return refuse(problem);
      }
      for (const { value } of peers) allocation.permit(now, value.address);
      return success(request, [], key);
    }
    default: {
      const number = attribute(request, 'CHANNEL-NUMBER');
      const peer = attribute(request, 'XOR-PEER-ADDRESS');
      if (number === undefined || peer === undefined) return refuse(400);
      if (number < FIRST_CHANNEL || number > LAST_CHANNEL) return refuse(400);
      const problem = peerProblem(desk, allocation, peer);
      if (problem !== null) return refuse(problem);
      return allocation.bind(now, number, peer) ? success(request, [], key) : refuse(400);
    }
  }
}

function peerProblem(desk: Desk, allocation: Allocation, peer: Endpoint): 403 | 443 | null {
  if (familyOf(peer.address) !== familyOf(allocation.relayed.address)) return 443;
  return desk.refuses(peer.address) ? 403 : null;
}

/** RFC 8656 §7.2, in its order. */
function allocate(
  desk: Desk,
  request: DecodedMessage,
  owner: Owner,
  source: Endpoint,
  existing: Allocation | null,
): Uint8Array {
  const { key, username } = owner;
  const refuse = (code: ErrorCode) => failure(request, code, desk.software, key);
  const requested = attribute(request, 'REQUESTED-ADDRESS-FAMILY');
  const additional = attribute(request, 'ADDITIONAL-ADDRESS-FAMILY');
  const even = attribute(request, 'EVEN-PORT');
  if (existing !== null) return refuse(437);
  const transport = attribute(request, 'REQUESTED-TRANSPORT');
  if (transport === undefined) return refuse(400);
  if (transport !== PROTOCOL_UDP) return refuse(442);
  if (attribute(request, 'DONT-FRAGMENT') !== undefined) {
    return unknownAttributes(request, [typeOfName('DONT-FRAGMENT')], desk.software, key);
  }
  if (attribute(request, 'RESERVATION-TOKEN') !== undefined) {
    const isMixed = even !== undefined || requested !== undefined || additional !== undefined;
    // No port is ever reserved, so no token is valid.
    return refuse(isMixed ? 400 : 508);
  }
  if (requested !== undefined && additional !== undefined) return refuse(400);
  const address = desk.addresses.get(requested ?? FAMILY_IPV4);
  if (address === undefined) return refuse(440);
  if (even === true) return refuse(additional === undefined ? 508 : 400);
  if (additional !== undefined && additional !== FAMILY_IPV6) return refuse(400);
  if (!desk.hasQuota(username)) return refuse(486);
  const relayed = desk.reserve(address, even !== undefined);
  if (relayed === null) return refuse(508);
  const lifetime = lifetimeFor(attribute(request, 'LIFETIME'));
  const allocation = desk.create(relayed, owner, request, lifetime);
  const attributes: Attribute[] = [
    { name: 'XOR-RELAYED-ADDRESS', value: relayed },
    { name: 'LIFETIME', value: lifetime },
    { name: 'XOR-MAPPED-ADDRESS', value: source },
    ...desk.software,
  ];
  // RFC 8656 §7.2, item 9: one relayed endpoint an allocation is all that this server gives.
  if (additional !== undefined) {
    attributes.push({ name: 'ADDRESS-ERROR-CODE', value: addressError(additional) });
  }
  allocation.response = success(request, attributes, key);
  return allocation.response;
}

/** RFC 8656 §18.12: family, and 440 as ERROR-CODE writes it. */
function addressError(family: number): Uint8Array {
  return Uint8Array.of(family, 0, 4, 40, ...utf8(reasonOf(440)));
}
