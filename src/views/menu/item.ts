// What a menu lists.
import type { Component } from 'svelte';

/** A line of a menu: a link to a page, or something that is done. */
export interface MenuItem {
  readonly id: string;
  /** Null where a menu has no sign for it. */
  readonly icon: Component<{ size?: number | string }> | null;
  readonly label: string;
  /** What it means, in a few words at the right; null for nothing. */
  readonly hint: string | null;
  readonly does: { readonly href: string; readonly current: boolean } | (() => void);
}

/** Lines that belong together. */
export type MenuGroup = readonly MenuItem[];
