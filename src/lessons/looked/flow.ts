// What flowed while an act looked: the difference between two counts of a side's RTP.
import type { RtpEvent, RtpStream, TraceEvent } from '../../trace/event.ts';
import type { Side } from '../../rtc/steps.ts';

/** One section's media in one direction, during a look. */
export interface Flow {
  readonly mid: string | null;
  readonly media: 'audio' | 'video';
  /** Without its kind: `VP8`. */
  readonly codec: string | null;
  readonly packets: number;
  readonly kilobits: number;
  readonly frames: number | null;
  /** `640×360`; null where nothing says. */
  readonly size: string | null;
}

/** Both directions of a side. */
export interface Flows {
  readonly sent: readonly Flow[];
  readonly received: readonly Flow[];
}

/** What a side's last two counts among these events tell; null where there are no two. */
export function flowsOf(events: readonly TraceEvent[], side: Side): Flows | null {
  const counts = events.filter(
    (event): event is RtpEvent => event.kind === 'rtp' && event.side === side,
  );
  const [first, last] = counts.slice(-2);
  if (first === undefined || last === undefined) return null;
  const of = (direction: RtpStream['direction']) =>
    last.streams
      .filter((each) => each.direction === direction)
      .map((each) =>
        flowOf(
          first.streams.find((other) => isSame(each, other)),
          each,
          last.t - first.t,
        ),
      );
  return { sent: of('sent'), received: of('received') };
}

/** The flow of a section. Where a browser names none, the first of that kind. */
export function flowIn(
  flows: readonly Flow[],
  { mid, media }: { readonly mid: string | null; readonly media: Flow['media'] },
): Flow | null {
  return (
    flows.find((each) => each.mid === mid && mid !== null) ??
    flows.find((each) => each.mid === null && each.media === media) ??
    null
  );
}

function isSame(a: RtpStream, b: RtpStream): boolean {
  return a.direction === b.direction && a.mid === b.mid && a.media === b.media;
}

function flowOf(before: RtpStream | undefined, now: RtpStream, ms: number): Flow {
  const { mid, media, codec, width, height } = now;
  // A stream that began anew counts from zero.
  const since = (count: number, was: number | undefined) =>
    count >= (was ?? 0) ? count - (was ?? 0) : count;
  const bytes = since(now.bytes, before?.bytes);
  return {
    ...{ mid, media, codec: codec?.split('/')[1] ?? null },
    packets: since(now.packets, before?.packets),
    kilobits: ms <= 0 ? 0 : Math.round((bytes * 8) / ms),
    frames: now.frames === null ? null : since(now.frames, before?.frames ?? undefined),
    size: width === null || height === null ? null : `${String(width)}×${String(height)}`,
  };
}
