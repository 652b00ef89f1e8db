// What a broken part of the page offers besides another try: the recording can be saved before the page is reloaded.
import { getContext, setContext } from 'svelte';

/** The ways out. */
export interface Rescue {
  /** Saves the recording; null while there is none. */
  readonly save: (() => void) | null;
}

const KEY = Symbol('rescue');
const NONE: Rescue = { save: null };

/** Gives the views below the ways out. */
export function provideRescue(rescue: Rescue): void {
  setContext(KEY, rescue);
}

/** The ways out. A page without a call has nothing to save. */
export function useRescue(): Rescue {
  return getContext<Rescue | undefined>(KEY) ?? NONE;
}
