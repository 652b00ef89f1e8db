// Descriptions in base64, as examples hand them from page to page.

/** What begins with an object, a list, or `v=0`, in base64; of either alphabet. */
export const BASE64_HEAD = /(?<![\w+/-])(?:ey|ew|W|dj0w)[\w+/-]{38,}={0,2}/g;

/** True where nothing else is in a line. */
export function isBase64(text: string): boolean {
  return /^[\w+/-]+={0,2}$/.test(text);
}

/** The text, or `null` where it is none. */
export function fromBase64(text: string): string | null {
  const plain = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={1,2}$/, '');
  try {
    const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A shorter line holds none of them. */
export const SHORTEST_BASE64 = 40;
