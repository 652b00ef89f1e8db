// Whether the page is shown on a projector: everything larger, on every page; full screen where the browser lets it.

/** What the call's page can give the whole screen to. */
export type Only = 'stage' | 'ladder' | 'reader';

let presenting = $state(false);
let only = $state<Only | null>(null);

/** It is. */
export function isPresenting(): boolean {
  return presenting;
}

/** What has the whole screen; null for all of it at once. */
export function presentsOnly(): Only | null {
  return only;
}

/** Goes over to it and back. */
export function switchPresenting(): void {
  presenting = !presenting;
  only = null;
  tellStyles();
  if (presenting) enterFullScreen();
  else if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
}

/** Gives the whole screen to one of the three; the same again, or null, shows all. */
export function presentOnly(what: Only | null): void {
  only = presenting && only !== what ? what : null;
  tellStyles();
}

/** Refused where the page is in a frame or there was no key press: larger type is worth having alone. */
export function enterFullScreen(): void {
  document.documentElement.requestFullscreen().catch(() => undefined);
}

/** The size of the type is the root's: see the tokens. */
function tellStyles(): void {
  const { dataset } = document.documentElement;
  if (presenting) dataset['present'] = only ?? 'all';
  else delete dataset['present'];
}
