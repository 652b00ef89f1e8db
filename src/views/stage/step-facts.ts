// What a step of signaling is about, for the middle of the stage: a description, what was found, or what it means.
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { parseCandidate } from '../../ice/candidate.ts';
import type { Frame, PeerFrame } from '../../trace/frame.ts';
import type { Side } from '../../rtc/steps.ts';

/** What the middle shows of a step. */
export type StepFacts =
  | { readonly kind: 'description'; readonly title: string; readonly sdp: string }
  | {
      readonly kind: 'list';
      readonly title: string;
      readonly rows: readonly { readonly name: string; readonly text: string }[];
      readonly isCode: boolean;
      /** How many more there are, in words. */
      readonly more: string | null;
    }
  | { readonly kind: 'note'; readonly text: string };

/** The most lines of a list. */
const MOST = 5;

/** What a step is about, as far as it has come; null where there is nothing to say. */
export function stepFacts(frame: Frame, before: Frame): StepFacts | null {
  const { step } = frame;
  if (step === null) return null;
  const { kind, side } = step;
  switch (kind) {
    case 'capture-caller':
    case 'capture-callee':
    case 'capture-screen':
      return side === 'both' ? null : captured(frame[side], side);
    case 'create-offer':
    case 'create-answer': {
      const created = side === 'both' ? null : frame[side].created;
      if (created === null || (side !== 'both' && created === before[side].created)) return null;
      const title = created.type === 'answer' ? m.stage_in_answer() : m.stage_in_offer();
      return { kind: 'description', title, sdp: created.sdp };
    }
    case 'send-offer':
    case 'send-answer':
      return sent(frame, kind === 'send-offer' ? 'offer' : 'answer', step.number);
    case 'gather-candidates':
      return side === 'both' ? null : found(frame[side]);
    case 'set-local-offer':
      return isFilled(frame, side, 'pendingLocal') ? note('local-offer') : null;
    case 'set-remote-offer':
      return isFilled(frame, side, 'pendingRemote') ? note('remote-offer') : null;
    case 'set-local-answer':
      return isFilled(frame, side, 'currentLocal') ? note('local-answer') : null;
    case 'set-remote-answer':
      return isFilled(frame, side, 'currentRemote') ? note('remote-answer') : null;
    case 'receive-answer':
      return note('received');
    default:
      return null;
  }
}

function note(what: string): StepFacts {
  return { kind: 'note', text: m.stage_slot_note({ what }) };
}

function isFilled(frame: Frame, side: Side | 'both', slot: keyof PeerFrame['slots']): boolean {
  return side !== 'both' && frame[side].slots[slot] !== null;
}

function captured({ tracks }: PeerFrame, side: Side): StepFacts | null {
  const own = [...tracks].filter(({ origin, at }) => origin === 'local' && at !== 'ended');
  if (own.length === 0) return null;
  return {
    ...{ kind: 'list', title: m.stage_captured({ side }), isCode: false, more: null },
    rows: own.slice(0, MOST).map(({ media }) => ({
      name: media === 'audio' ? m.stage_audio() : m.stage_video(),
      text: m.stage_one_track(),
    })),
  };
}

function sent({ messages }: Frame, type: 'offer' | 'answer', step: number): StepFacts | null {
  const message = [...messages].findLast((each) => each.type === type && each.step === step);
  const body = message?.body ?? null;
  if (body === null || !('sdp' in body)) return null;
  return { kind: 'description', title: m.stage_in_envelope(), sdp: body.sdp };
}

function found({ local }: PeerFrame): StepFacts | null {
  const fields = [...local].flatMap(({ candidate }) => parseCandidate(candidate.candidate) ?? []);
  // BUNDLE and two protocols list one address many times.
  const ends = new Map(
    fields.map(({ type, address, port, transport }) => [
      `${type} ${address} ${String(port)} ${transport}`,
      { name: `${type} ${transport}`, text: `${shortName(address)}:${String(port)}` },
    ]),
  );
  if (ends.size === 0) return null;
  const rows = [...ends.values()];
  const rest = rows.length - MOST;
  return {
    ...{ kind: 'list', title: m.stage_found({ count: fields.length }), isCode: true },
    rows: rows.slice(0, MOST),
    more: rest > 0 ? m.stage_more({ count: formatNumber(rest) }) : null,
  };
}

/** A name that hides an address is long, and says nothing. */
function shortName(address: string): string {
  if (address.endsWith('.local')) return `${address.slice(0, 6)}….local`;
  return address.includes(':') ? `[${address}]` : address;
}
