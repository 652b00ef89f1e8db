// Where a person is in a network: the own address, and whether the path that is used still begins there.
import { parseCandidate } from '../../ice/candidate.ts';
import { formatEndpoint } from '../../rtc/address.ts';
import type { Side } from '../../rtc/steps.ts';
import type { PairEnd } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';
import { netSides } from './sides.ts';

/** A person's own address now, with the port that it was given. */
export function addressOf(frame: Frame, side: Side): string | null {
  const net = frame.network;
  if (net === null) return null;
  const address = netSides(net.description)[side].host?.interfaces.at(-1)?.address;
  if (address === undefined) return '—';
  const own = [...frame[side].local].findLast(({ candidate }) => {
    const fields = parseCandidate(candidate.candidate);
    return fields?.type === 'host' && fields.transport === 'udp' && fields.address === address;
  });
  const port = own === undefined ? null : (parseCandidate(own.candidate.candidate)?.port ?? null);
  return formatEndpoint({ address, port });
}

/** The path that a side's pictures came by is gone: its own end of the pair is on no interface any more. */
export function isCut(frame: Frame): boolean {
  const net = frame.network;
  const pair = frame.caller.pair;
  if (net === null || pair === null || pair.local.address === '') return false;
  const host = netSides(net.description).caller.host;
  if (host === null) return false;
  const base = baseOf(frame, pair.local);
  if (base === null) return host.interfaces.length === 0;
  return !host.interfaces.some(({ address }) => address === base);
}

/** The caller's own address behind an end of its pair; null where no candidate tells it. */
function baseOf({ caller }: Frame, { type, address }: PairEnd): string | null {
  if (type === 'host') return address;
  // Of a relayed candidate the related address is the one outside of the NAT.
  if (type !== 'srflx') return null;
  for (const { candidate } of caller.local) {
    const fields = parseCandidate(candidate.candidate);
    if (fields?.type === type && fields.address === address) return fields.relatedAddress;
  }
  return null;
}
