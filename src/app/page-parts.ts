// The pages beside the call's, loaded when they are opened. Apart from the other parts: these pages load those.
import { loadOnce } from './load-once.ts';

/** Every such page, by what it is. */
export const pageParts = {
  paste: loadOnce(() => import('./pages/Paste.svelte')),
  matrix: loadOnce(() => import('./pages/Matrix.svelte')),
  course: loadOnce(() => import('./pages/Lessons.svelte')),
};
