// The error of code that did not come.
import { errorInfo } from '../peers/error.ts';

/** A part of the page that could not be loaded. Its name and message are those that the browser gave. */
export class UnloadedError extends Error {
  constructor(cause: unknown) {
    const { name, message } = errorInfo(cause);
    super(message, { cause });
    this.name = name;
  }
}
