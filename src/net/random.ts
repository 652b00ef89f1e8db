// Chance as a parameter: a generator that gives the same numbers for the same seed, on every machine.

/** Where chance comes from. */
export interface Random {
  /** A number from 0 to below 1. */
  next(): number;
  /** An integer from 0 to below `limit`; `limit` is 1 to 2^32. */
  below(limit: number): number;
  /** This many bytes. */
  bytes(count: number): Uint8Array;
  /** A generator of its own that goes on from here: what one part draws does not change another's numbers. */
  fork(): Random;
}

/**
 * sfc32 (Chris Doty-Humphrey's Small Fast Counter, 32 bits wide). Fast and even; not for secrets.
 * @param seed any integer; only its lower 32 bits count
 */
export function seeded(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const word = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first numbers of near seeds are near each other.
  for (let round = 0; round < 12; round += 1) word();
  return {
    next: () => word() / 0x1_0000_0000,
    below: (limit) => Math.floor((word() / 0x1_0000_0000) * limit),
    bytes: (count) => Uint8Array.from({ length: count }, () => word() & 0xff),
    fork: () => seeded(word()),
  };
}
