// What a side sends and receives over RTP: the streams of a browser's report, one for each section and direction.
import type { Json, RtpStream } from '../trace/event.ts';
import type { StatsReport } from './connection.ts';

type Dictionary = Readonly<Record<string, Json | undefined>>;

/** Takes the streams out of a report. Where one section has several, as with layers, they are added up. */
export function rtpStreams(report: StatsReport): readonly RtpStream[] {
  const all = new Map<string, Dictionary>();
  report.forEach((stats, id) => all.set(id, stats));
  const streams = new Map<string, RtpStream>();
  for (const stats of all.values()) {
    const stream = streamOf(stats, all);
    if (stream === null) continue;
    const { direction, mid, media } = stream;
    // Without a mid, as in older browsers, each is a stream of its own.
    const key = `${direction} ${media} ${mid ?? `#${String(streams.size)}`}`;
    const known = streams.get(key);
    streams.set(key, known === undefined ? stream : sum(known, stream));
  }
  return [...streams.values()];
}

function streamOf(stats: Dictionary, all: ReadonlyMap<string, Dictionary>): RtpStream | null {
  const { type, kind } = stats;
  if (type !== 'outbound-rtp' && type !== 'inbound-rtp') return null;
  if (kind !== 'audio' && kind !== 'video') return null;
  const isSent = type === 'outbound-rtp';
  const codec = all.get(text(stats, 'codecId') ?? '') ?? {};
  return {
    direction: isSent ? 'sent' : 'received',
    mid: text(stats, 'mid'),
    media: kind,
    codec: text(codec, 'mimeType'),
    packets: number(stats, isSent ? 'packetsSent' : 'packetsReceived') ?? 0,
    bytes: number(stats, isSent ? 'bytesSent' : 'bytesReceived') ?? 0,
    frames: number(stats, isSent ? 'framesSent' : 'framesDecoded'),
    width: number(stats, 'frameWidth'),
    height: number(stats, 'frameHeight'),
  };
}

function sum(a: RtpStream, b: RtpStream): RtpStream {
  const larger = (b.width ?? 0) > (a.width ?? 0) ? b : a;
  return {
    ...larger,
    codec: larger.codec ?? a.codec ?? b.codec,
    packets: a.packets + b.packets,
    bytes: a.bytes + b.bytes,
    frames: a.frames === null || b.frames === null ? (a.frames ?? b.frames) : a.frames + b.frames,
  };
}

function text(stats: Dictionary, member: string): string | null {
  const value = stats[member];
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(stats: Dictionary, member: string): number | null {
  const value = stats[member];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
