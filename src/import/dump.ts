// What a dump of another program holds, whichever format it came in: connections, what happened to each, and statistics.
import type { Json } from '../trace/event.ts';

/** The formats that are read. */
export type DumpFormat = 'webrtc-internals' | 'rtcstats' | 'jitsi';

/** One thing that happened, as the dump has it. Times are milliseconds since the epoch, as far as the dump tells. */
export interface DumpEntry {
  readonly time: number;
  /** In one spelling for all formats: `setLocalDescription`, `onicecandidate`, `createOfferOnSuccess`, … */
  readonly method: string;
  readonly value: Json;
}

/** What one property of one object of the statistics was, over time. */
export interface Column {
  readonly times: readonly number[];
  readonly values: readonly Json[];
  /** False where its values have no times of their own and were aligned at the end of those of its object. */
  readonly exact: boolean;
}

/** One object of the statistics: a stream, a pair, a transport, … */
export interface StatsObject {
  readonly id: string;
  /** As webrtc-stats names it, such as `inbound-rtp`; '' where the dump does not tell. */
  readonly type: string;
  readonly columns: ReadonlyMap<string, Column>;
}

/** One RTCPeerConnection of a dump. */
export interface DumpConnection {
  /** As the dump names it; unique in it. */
  readonly id: string;
  readonly url: string;
  readonly configuration: Json;
  /** In the order of time. */
  readonly entries: readonly DumpEntry[];
  readonly stats: readonly StatsObject[];
}

/** A request for a camera, a microphone or a screen, and what came of it. */
export interface MediaRequest {
  readonly time: number;
  readonly method: string;
  readonly audio: Json;
  readonly video: Json;
  /** `null` while no answer is in the dump. */
  readonly answer: {
    readonly time: number;
    readonly error: string | null;
    readonly tracks: readonly {
      readonly media: string;
      readonly id: string;
      readonly label: string;
    }[];
  } | null;
}

/** What is to be said of how a material could be read. */
export interface Note {
  readonly code:
    | 'gzip-truncated'
    | 'json-truncated'
    | 'line-skipped'
    | 'no-stats-times'
    | 'times-aligned'
    | 'local-times'
    | 'sdp-incomplete'
    | 'obfuscated';
  /** How often. */
  readonly count: number;
}

/** A dump, read. */
export interface Dump {
  readonly format: DumpFormat;
  readonly agent: string;
  /** The earliest time in it; 0 where it tells none. */
  readonly startedAt: number;
  readonly connections: readonly DumpConnection[];
  readonly requests: readonly MediaRequest[];
  /** What belongs to no connection and is no request for media, and all that is not known. */
  readonly others: readonly DumpEntry[];
  readonly notes: readonly Note[];
}

/** Two connections that are the two sides of one call, or one whose other side is not recorded. */
export interface DumpPair {
  /** The id of the connection that made the first offer; `null` where that is the side not recorded. */
  readonly caller: string | null;
  readonly callee: string | null;
}

/** How far the reading has come, from 0 to 1. */
export type Progress = (done: number) => void;
