// Why something that was opened cannot be read.

/** What can be wrong with a material as a whole. */
export type MaterialErrorCode =
  'empty' | 'too-large' | 'too-deep' | 'not-text' | 'bad-gzip' | 'no-dump';

/** A material of which nothing can be read. */
export class MaterialError extends Error {
  override readonly name = 'MaterialError';
  readonly code: MaterialErrorCode;

  constructor(code: MaterialErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
