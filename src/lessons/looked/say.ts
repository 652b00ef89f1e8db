// Sentences on what was counted, for every act that looks.
import { m } from '../../i18n/paraglide/messages.js';
import { sends } from '../../rtc/direction.ts';
import type { MediaFacts } from './facts.ts';
import type { Flow } from './flow.ts';

/** What arrived at the other side while it was looked. */
export function arrivedText({ looked, other, subject, here, isMadeUp }: MediaFacts): string | null {
  if (looked === null || subject === null) return null;
  const packets = looked.received?.packets ?? 0;
  const facts = { who: other, media: subject.media };
  if (packets === 0) {
    const nothing = m.looked_nothing(facts);
    const isTone = isMadeUp && subject.media === 'audio' && here?.sending != null;
    return isTone && sends(here.currentDirection) ? `${nothing} ${m.looked_tone()}` : nothing;
  }
  return m.looked_arrived({ ...facts, packets, kilobits: looked.received?.kilobits ?? 0 });
}

/** What its track there has told. */
export function toldText({ told }: MediaFacts): string {
  const last = told.findLast((at) => at === 'muted' || at === 'unmuted' || at === 'ended');
  return m.looked_told({ told: last ?? 'nothing' });
}

/** How a section stands on both sides, as each sees it. */
export function directionsText({ here, there }: MediaFacts): string | null {
  const [mine, theirs] = [here?.currentDirection, there?.currentDirection];
  if (mine == null || theirs == null) return null;
  return m.looked_directions({ mine, theirs });
}

/** A flow in short: "VP8, 640×360, 15 pictures, 250 kbit/s". */
export function flowText(flow: Flow | null): string | null {
  if (flow === null) return null;
  const { codec, size, frames, kilobits } = flow;
  return [
    ...(codec === null ? [] : [codec]),
    ...(size === null ? [] : [size]),
    ...(frames === null ? [] : [m.looked_frames({ count: frames })]),
    m.looked_rate({ kilobits }),
  ].join(', ');
}

/** Whether the browser has told its app to negotiate, where it should. */
export function askedText({ needed }: Pick<MediaFacts, 'needed'>): string {
  return needed ? m.looked_asked() : m.looked_unasked();
}

/** Nothing was asked for: the browser has not told its app to negotiate. */
export function unaskedText({ needed, connection }: MediaFacts): string | null {
  return needed || connection !== 'connected' ? null : m.looked_unasked();
}
