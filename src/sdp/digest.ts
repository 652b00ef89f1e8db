// How long a certificate's fingerprint is, and how long its hash says it must be (RFC 8122 §5).

const LENGTHS: ReadonlyMap<string, number> = new Map([
  ...([['md2', 16] as const, ['md5', 16] as const, ['sha-1', 20] as const] as const),
  ...([['sha-224', 28] as const, ['sha-256', 32] as const] as const),
  ...([['sha-384', 48] as const, ['sha-512', 64] as const] as const),
]);

/** How many bytes a hash gives; `null` for one that RFC 8122 does not name. */
export function hashBytes(hash: string): number | null {
  return LENGTHS.get(hash.toLowerCase()) ?? null;
}

/** How many bytes a fingerprint has, written as hexadecimal pairs between colons. */
export function digestBytes(digest: string): number {
  return digest === '' ? 0 : digest.split(':').length;
}
