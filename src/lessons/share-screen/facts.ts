// What captions of a screen share may speak of: the facts of this run, by comparing now with before the act.
import { otherSide, type Side } from '../../rtc/steps.ts';
import { sdpLines } from '../../sdp/lines.ts';
import type { Description } from '../../trace/event.ts';
import type { Frame, PeerFrame, TrackFrame } from '../../trace/frame.ts';
import type { ActMoment } from '../act.ts';

/** The m= sections of a description and the version in its o= line. */
export interface Outline {
  readonly version: string | null;
  /** The mid and direction of each section, in order. */
  readonly sections: readonly { readonly mid: string | null; readonly direction: string }[];
  readonly characters: number;
  readonly lines: number;
}

/** The facts of one moment. */
export interface ScreenFacts {
  /** Whose screen it is: the offerer of this exchange. */
  readonly by: Side;
  readonly other: Side;
  /** Where the screen comes from; `null` before it is captured. */
  readonly from: 'display' | 'virtual' | 'made-up' | null;
  readonly needed: boolean;
  /** The offerer's local description before the act, its new offer, and the answer to it. */
  readonly was: Outline | null;
  readonly offer: Outline | null;
  readonly answer: Outline | null;
  /** The sections that were there stand where they stood, with their mids. */
  readonly kept: boolean;
  /** The offer has a section that was not there; `false` where a section serves that only received so far. */
  readonly added: boolean;
  /** Candidates that the offerer found, and those that were sent, since the act began. */
  readonly found: number;
  readonly along: number;
  /** The states of the two sides. */
  readonly mine: PeerFrame['states'];
  readonly theirs: PeerFrame['states'];
  /** How far the screen's track has come at the other side; `null` before its `track` event. */
  readonly track: TrackFrame['at'] | null;
  /** Who is controlling, as the statistics say; `null` where they don't. */
  readonly controlling: Side | null;
}

/** Takes the facts of a moment from the recording. */
export function screenFacts({ trace, step, start, after }: ActMoment): ScreenFacts {
  const by = step.act.by ?? 'caller';
  const other = otherSide(by);
  const events = trace.reading.between(start.cursor, after.cursor);
  const messages = [...after.messages].filter(({ posted }) => posted > start.cursor);
  const was = outlineOf(start[by].slots.currentLocal);
  const offer = outlineOf(newer(after[by].created, start, 'offer'));
  const tracks = [...after[other].tracks].filter(
    ({ n, origin }) => origin === 'remote' && n > start.cursor,
  );
  return {
    by,
    other,
    from: sourceOf(events),
    needed: events.some(({ kind, side }) => kind === 'negotiation-needed' && side === by),
    was,
    offer,
    answer: outlineOf(newer(after[other].created, start, 'answer')),
    kept: was?.sections.every(({ mid }, at) => offer?.sections[at]?.mid === mid) ?? false,
    added: offer !== null && offer.sections.length > (was?.sections.length ?? 0),
    found: [...after[by].local].filter(
      ({ n, candidate }) => n > start.cursor && candidate.candidate !== '',
    ).length,
    along: messages.filter(({ type, from }) => type === 'candidate' && from === by).length,
    mine: after[by].states,
    theirs: after[other].states,
    track: tracks.at(-1)?.at ?? null,
    controlling: controllingOf(after),
  };
}

/** A description that was made since the act began. */
function newer(
  made: PeerFrame['created'],
  { cursor }: Frame,
  type: Description['type'],
): Description | null {
  return made !== null && made.n > cursor && made.type === type ? made : null;
}

function sourceOf(events: ActMoment['events']): ScreenFacts['from'] {
  for (const event of events) {
    if (event.kind !== 'call') continue;
    if (event.method === 'getDisplayMedia') return 'display';
    if (event.method === 'virtualStream') return 'virtual';
    if (event.method === 'madeUpScreen') return 'made-up';
  }
  return null;
}

function outlineOf(description: Description | null): Outline | null {
  if (description === null) return null;
  const lines = sdpLines(description.sdp).map(({ text }) => text);
  const sections: { mid: string | null; direction: string }[] = [];
  for (const line of lines) {
    // Without a line that says so, a section goes both ways (RFC 8866 §6.7).
    if (line.startsWith('m=')) sections.push({ mid: null, direction: 'sendrecv' });
    const section = sections.at(-1);
    if (section === undefined) continue;
    if (line.startsWith('a=mid:')) section.mid = line.slice('a=mid:'.length);
    const direction = /^a=(sendrecv|sendonly|recvonly|inactive)$/.exec(line)?.[1];
    if (direction !== undefined) section.direction = direction;
  }
  const version = lines.find((line) => line.startsWith('o='))?.split(' ')[2] ?? null;
  return { version, sections, characters: description.sdp.length, lines: lines.length };
}

function controllingOf({ caller, callee }: Frame): Side | null {
  if (caller.transport?.iceRole === 'controlling') return 'caller';
  if (callee.transport?.iceRole === 'controlling') return 'callee';
  return null;
}
