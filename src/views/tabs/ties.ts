// The ties of what the tabs show: lines of SDP, fingerprints, events, and the ends of pairs.
import type { TraceEvent } from '../../trace/event.ts';
import { candidateTie, messageTie, stateTie, type Tie } from '../ties.ts';

/** A certificate's fingerprint, by `algorithm value`. Its case means nothing (RFC 8122 §5). */
export function fingerprintTie(fingerprint: string): Tie {
  return `fingerprint ${fingerprint.trim().toLowerCase()}`;
}

/** The thing that a line of SDP speaks of; null where no other view shows it. */
export function lineTie(text: string): Tie | null {
  if (text.startsWith('a=candidate:')) return candidateTie(text);
  if (text.startsWith('a=fingerprint:')) return fingerprintTie(text.slice('a=fingerprint:'.length));
  const media = /^m=(\w+)/.exec(text)?.[1];
  return media === undefined ? null : `media ${media}`;
}

/** What an event of the record tells of; null where no other view shows it. */
export function eventTie(event: TraceEvent): Tie | null {
  if (event.kind === 'candidate') {
    return event.candidate === null ? null : candidateTie(event.candidate.candidate);
  }
  if (event.kind === 'message') {
    if (event.type !== 'candidate') return messageTie(event.type);
    const body = event.body ?? null;
    return body !== null && 'candidate' in body ? candidateTie(body.candidate) : null;
  }
  if (event.kind === 'description') {
    const type = event.description?.type;
    return type === 'offer' || type === 'answer' ? messageTie(type) : null;
  }
  if (event.kind !== 'state' || event.side === null) return null;
  return stateTie(event.side, event.machine, event.to);
}
