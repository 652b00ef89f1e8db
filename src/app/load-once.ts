// A part of the page that is loaded later: asked for once, and again only where it did not come.
import { UnloadedError } from './unloaded-error.ts';

/** Stylesheets that did not come. */
const lostStyles = new Set<string>();

// The bundler's loader asks for each file once: when a part is tried again, it takes its stylesheet for loaded.
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLLinkElement)) return;
    if (target.rel === 'stylesheet') lostStyles.add(target.href);
    target.remove();
  },
  { capture: true },
);

/** Asks again for the stylesheets that did not come. */
async function loadLostStyles(): Promise<void> {
  const lost = [...lostStyles];
  lostStyles.clear();
  const loading = lost.map(
    (href) =>
      new Promise<void>((resolve, reject) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.crossOrigin = '';
        link.href = href;
        link.addEventListener('load', () => {
          resolve();
        });
        link.addEventListener('error', () => {
          reject(new Error(`Unable to preload CSS for ${href}`));
        });
        document.head.append(link);
      }),
  );
  await Promise.all(loading);
}

/** A part is asked for once; asked again, it is the same promise, so that it shows without a gap. One that failed is tried anew. */
export const loadOnce = <T>(load: () => Promise<T>) => {
  let part: Promise<T> | null = null;
  return () =>
    (part ??= (lostStyles.size === 0 ? load() : loadLostStyles().then(load)).catch(
      (error: unknown) => {
        part = null;
        throw new UnloadedError(error);
      },
    ));
};
