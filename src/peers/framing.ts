// The framing of the data channel: what its messages say, and the check that what arrives says it.
import * as v from 'valibot';

/** The bytes of a chunk, and the longest message there is: 16 KiB goes everywhere (RFC 8831 §6.6). */
export const CHUNK = 16 * 1024;
/** The largest file: it has to fit into memory on both sides. */
export const MAX_FILE = 64 * 1024 * 1024;

/**
 * The messages that are text. A file is a `file` message, then its bytes in binary messages, in order;
 * `cancel` ends one that is not complete. The channel is ordered and reliable, so that no binary message
 * has to say which file it is of.
 */
const frame = v.variant('peerglass', [
  v.object({ peerglass: v.literal('text'), id: id(), text: v.string() }),
  v.object({
    peerglass: v.literal('file'),
    id: id(),
    name: v.pipe(v.string(), v.maxLength(255)),
    size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE)),
    type: v.pipe(v.string(), v.maxLength(255)),
  }),
  v.object({ peerglass: v.literal('cancel'), id: id() }),
]);

function id() {
  return v.pipe(v.string(), v.nonEmpty(), v.maxLength(128));
}

/** One message that is text. */
export type Frame = v.InferOutput<typeof frame>;
/** The one that begins a file. */
export type FileFrame = Extract<Frame, { peerglass: 'file' }>;

/** A message of any frame, as it is sent. */
export function encodeFrame(message: Frame): string {
  return JSON.stringify(message);
}

/** The frame that a text message holds; `null` when it holds none. Never throws. */
export function decodeFrame(text: string): Frame | null {
  // Longer than this program sends; one UTF-16 unit is at least one byte.
  if (text.length > CHUNK) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(frame, json);
  return parsed.success ? parsed.output : null;
}

/** How many bytes a text has on the wire (UTF-8). */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

/** A name that can be shown and saved: without the folders and control characters another side may put in it. */
export function safeName(name: string): string {
  const last =
    name
      .replace(/\p{Cc}/gu, '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  return last === '' || last === '.' || last === '..' ? 'file' : last;
}

/** A type that a page may be shown with. HTML and SVG are documents that run scripts; they come as bytes. */
export function safeType(type: string): string {
  return /^(?:audio|video|image)\/[\w.+-]+$|^text\/plain$/.test(type) && !type.includes('xml')
    ? type
    : 'application/octet-stream';
}
