// Whether the page is shown on a projector: everything larger, on every page; full screen where the browser lets it.

let presenting = $state(false);

/** It is. */
export function isPresenting(): boolean {
  return presenting;
}

/** Goes over to it and back. */
export function switchPresenting(): void {
  presenting = !presenting;
  document.documentElement.toggleAttribute('data-present', presenting);
  if (presenting) enterFullScreen();
  else if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
}

/** Refused where the page is in a frame or there was no key press: larger type is worth having alone. */
export function enterFullScreen(): void {
  document.documentElement.requestFullscreen().catch(() => undefined);
}
