// UTF-8 between text and bytes; nearly all that STUN carries is ASCII, which is read and written directly.

const encoder = new TextEncoder();
// A byte order mark is a character like others here: what is read is written back as it was.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text as UTF-8. Half of a surrogate pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** How many bytes the text takes. */
export function utf8Length(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) return encoder.encode(text).length;
  }
  return text.length;
}

/** Writes the text at `at`; there must be room for it. */
export function writeUtf8(bytes: Uint8Array, at: number, text: string): void {
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code > 0x7f) {
      bytes.set(encoder.encode(text), at);
      return;
    }
    bytes[at + place] = code;
  }
}

/** The text in the bytes from `start` to below `end`, or null where they are not UTF-8. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | null {
  let text = '';
  for (let at = start; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (code > 0x7f) {
      try {
        return decoder.decode(bytes.subarray(start, end));
      } catch {
        return null;
      }
    }
    text += String.fromCharCode(code);
  }
  return text;
}
