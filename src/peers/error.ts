// What went wrong, as the record keeps it.
import type { ErrorInfo } from '../trace/event.ts';

/** The name and the message of anything that was thrown, unedited. */
export function errorInfo(error: unknown): ErrorInfo {
  // A DOMException is an Error in today's browsers, and was none in older ones.
  if (typeof error === 'object' && error !== null && 'name' in error && 'message' in error) {
    return { name: String(error.name), message: String(error.message) };
  }
  return { name: typeof error, message: String(error) };
}
