// Which endpoint is looked at: all its appearances light up, on whichever side of a NAT they are.
import { getContext, setContext } from 'svelte';

/** The endpoint that is pointed at, or else picked, by the key of its identity. */
export class Addresses {
  #pointed = $state<string | null>(null);
  #picked = $state<string | null>(null);

  get now(): string | null {
    return this.#pointed ?? this.#picked;
  }

  get picked(): string | null {
    return this.#picked;
  }

  /** The pointer or the focus is on it; null when it has left. */
  point(key: string | null): void {
    this.#pointed = key;
  }

  /** Picks it; picked again, lets go of it. */
  pick(key: string): void {
    this.#picked = this.#picked === key ? null : key;
  }
}

const KEY = Symbol('addresses');

/** Gives the views below one place to light endpoints in. */
export function provideAddresses(): Addresses {
  const addresses = new Addresses();
  setContext(KEY, addresses);
  return addresses;
}

/** That place; a view that stands alone has its own. */
export function useAddresses(): Addresses {
  return getContext<Addresses | undefined>(KEY) ?? new Addresses();
}
