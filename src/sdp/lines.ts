// Which lines of a description came since an earlier one.
import { parseSdp } from './parse.ts';
import type { SdpLine } from './parse.ts';

export type { SdpLine };

/** Cuts SDP at CRLF, LF or CR. The empty piece after a last line end is no line. Takes any text. */
export function sdpLines(sdp: string): readonly SdpLine[] {
  return parseSdp(sdp).lines;
}

/**
 * The numbers of the lines in `after` that `before` had not in the same section. A line that stands there
 * more often than before counts as new as many times.
 */
export function newLines(before: string, after: string): ReadonlySet<number> {
  const had = new Map<string, number>();
  const key = (line: SdpLine) => `${String(line.section)} ${line.text}`;
  for (const line of sdpLines(before)) had.set(key(line), (had.get(key(line)) ?? 0) + 1);
  const fresh = new Set<number>();
  for (const line of sdpLines(after)) {
    const left = had.get(key(line)) ?? 0;
    if (left > 0) had.set(key(line), left - 1);
    else fresh.add(line.number);
  }
  return fresh;
}
