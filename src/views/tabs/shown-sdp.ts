// Which SDP the tab shows at a frame.
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
