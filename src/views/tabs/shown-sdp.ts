// Which SDP the tab shows at a frame, and against which earlier text its new lines are found.
import { sdpLines } from '../../sdp/lines.ts';
import { originOf, sessionOf } from '../../sdp/origin.ts';
import { SLOTS, type SlotName } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';
import { otherSide, SIDES, type Side } from '../../rtc/steps.ts';

/** What held a current description before the act that the cursor is in began. */
const LAST = { lastLocal: 'currentLocal', lastRemote: 'currentRemote' } as const;

/** A place of a side that can hold SDP. */
export type SdpPlace = SlotName | 'created' | keyof typeof LAST;

/** One place that can hold SDP. */
export interface SdpSource {
  readonly side: Side;
  readonly slot: SdpPlace;
}

/** All of them, in the order the choice lists them. */
export const SDP_SOURCES: readonly SdpSource[] = SIDES.flatMap((side) =>
  (['created', ...SLOTS, 'lastLocal', 'lastRemote'] as const).map((slot) => ({ side, slot })),
);

/** A source as text, for links and for the choice: `caller.pendingLocal`. */
export function sourceKey(source: SdpSource): string {
  return `${source.side}.${source.slot}`;
}

/** The source of that name; null for what names none. */
export function sourceOf(key: string): SdpSource | null {
  return SDP_SOURCES.find((source) => sourceKey(source) === key) ?? null;
}

/** What a source holds at a frame. */
export function sdpAt(frame: Frame, source: SdpSource) {
  const { side, slot } = source;
  switch (slot) {
    case 'created':
      return frame[side].created;
    case 'lastLocal':
    case 'lastRemote':
      return frame.was?.[side][LAST[slot]] ?? null;
    case 'pendingLocal':
    case 'pendingRemote':
    case 'currentLocal':
    case 'currentRemote':
      return frame[side].slots[slot];
  }
}

/** The source that tells the step's story: the newest description of whoever acts. Null while there is none. */
export function storySource(frame: Frame): SdpSource | null {
  const order = preferred(frame);
  return order.find((source) => sdpAt(frame, source) !== null) ?? null;
}

/** The source that is shown: the one that was chosen by its key, where it holds something; else the step's. */
export function shownSource(frame: Frame, key: string | null): SdpSource | null {
  const chosen = key === null ? null : sourceOf(key);
  return chosen !== null && sdpAt(frame, chosen) !== null ? chosen : storySource(frame);
}

/** Where an exchange has come to, by the kind of its step. */
const REACHED: Readonly<Record<string, 'offered' | 'answering' | 'answered'>> = {
  'set-remote-offer': 'offered',
  'capture-callee': 'offered',
  'create-answer': 'answering',
  'set-local-answer': 'answering',
  'send-answer': 'answering',
  'receive-answer': 'answering',
  'set-remote-answer': 'answered',
};

function preferred({ step, act }: Frame): readonly SdpSource[] {
  // Who offers is a role in this exchange: the step that makes the offer says whose it is.
  const made = act.steps.find(({ kind }) => kind === 'create-offer')?.side;
  const offerer = made === undefined || made === 'both' ? 'caller' : made;
  const at = (side: Side, slot: SdpSource['slot']): SdpSource => ({ side, slot });
  const answerer = otherSide(offerer);
  const offer = [at(offerer, 'pendingLocal'), at(offerer, 'created')];
  const answer = [at(answerer, 'currentLocal'), at(answerer, 'created')];
  const reached =
    step?.phase === 'communication' ? 'answered' : step === null ? undefined : REACHED[step.kind];
  switch (reached) {
    case undefined:
      return offer;
    case 'offered':
      return [at(answerer, 'pendingRemote'), ...offer];
    case 'answering':
      return [...answer, at(answerer, 'pendingRemote'), ...offer];
    case 'answered':
      return [at(offerer, 'currentRemote'), ...answer, ...offer];
  }
}

/** The newest offer and the answer to it at a frame, whichever place holds them; null while there is no answer. */
export function agreedAt(frame: Frame): { readonly offer: string; readonly answer: string } | null {
  const newest = (type: 'offer' | 'answer') =>
    SDP_SOURCES.map((source) => sdpAt(frame, source))
      .filter((held) => held?.type === type)
      .reduce((best, held) => (held !== null && held.n > (best?.n ?? -1) ? held : best), null);
  const [offer, answer] = [newest('offer'), newest('answer')];
  return offer === null || answer === null ? null : { offer: offer.sdp, answer: answer.sdp };
}

/**
 * What a source is compared with: what was chosen, where it holds something; else the description before, where its
 * author has made one; else what the same side created of the same type, else any other text of that type, else any
 * other.
 */
export function comparedTo(
  frame: Frame,
  source: SdpSource,
  chosen: string | null,
): SdpSource | null {
  const type = sdpAt(frame, source)?.type;
  const others = SDP_SOURCES.filter(
    (each) => sourceKey(each) !== sourceKey(source) && sdpAt(frame, each) !== null,
  );
  const typed = others.filter((each) => sdpAt(frame, each)?.type === type);
  return (
    others.find((each) => sourceKey(each) === chosen) ??
    versionBefore(frame, source, others) ??
    typed.find(({ side, slot }) => side === source.side && slot === 'created') ??
    typed.find(({ slot }) => slot === 'created') ??
    typed[0] ??
    others[0] ??
    null
  );
}

/** The newest of the others that is an older version of the same session; its own side's, where both have it. */
function versionBefore(
  frame: Frame,
  source: SdpSource,
  others: readonly SdpSource[],
): SdpSource | null {
  const held = sdpAt(frame, source);
  if (held === null || sessionOf(held.sdp) === '') return null;
  const age = (each: SdpSource) => sdpAt(frame, each)?.n ?? 0;
  const older = others.filter((each) => {
    const sdp = sdpAt(frame, each)?.sdp ?? '';
    const isOther = sessionOf(sdp) !== sessionOf(held.sdp) || originOf(sdp) === originOf(held.sdp);
    return !isOther && age(each) < held.n;
  });
  const own = older.filter(({ side }) => side === source.side);
  return (own.length > 0 ? own : older).toSorted((a, b) => age(b) - age(a))[0] ?? null;
}

/** A description's lines: those it was created with, and those it has gained since, which come with candidates. */
export interface Growth {
  readonly created: number;
  readonly added: number;
}

/** How a source has grown since its author created it; null where it has not, or where what was created is not known. */
export function growthOf(frame: Frame, { side, slot }: SdpSource): Growth | null {
  const held = sdpAt(frame, { side, slot });
  const isRemote = slot === 'pendingRemote' || slot === 'currentRemote';
  const author = isRemote ? otherSide(side) : side;
  const { created } = frame[author];
  if (held === null || created === null || created.type !== held.type) return null;
  if (originOf(created.sdp) !== originOf(held.sdp)) return null;
  const lines = sdpLines(created.sdp).length;
  const added = sdpLines(held.sdp).length - lines;
  return added > 0 ? { created: lines, added } : null;
}
