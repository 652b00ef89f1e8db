// SDP as lines that belong to sections, and which of them came since an earlier text.

/** A line and the section it stands in. */
export interface SdpLine {
  /** From 1. */
  readonly number: number;
  /** Without its line end. */
  readonly text: string;
  /** 0 is the session; 1 is the first m= section, and so on. */
  readonly section: number;
}

/** Cuts SDP at CRLF, LF or CR. The empty piece after a last line end is no line. Takes any text. */
export function sdpLines(sdp: string): readonly SdpLine[] {
  const texts = sdp.split(/\r\n|\n|\r/);
  if (texts.at(-1) === '') texts.pop();
  let section = 0;
  return texts.map((text, at) => {
    if (text.startsWith('m=')) section += 1;
    return { number: at + 1, text, section };
  });
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
