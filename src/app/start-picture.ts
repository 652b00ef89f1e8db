// The start page as HTML, for index.html. It runs where the app is built, and no page loads it.
import { render } from 'svelte/server';
import { setLocale } from '../i18n/locale.svelte.ts';

// What the parts of the app look for when they are loaded. Nothing here is heard of or opened.
Object.assign(globalThis, {
  addEventListener: () => undefined,
  RTCPeerConnection: EventTarget,
  MediaStream: EventTarget,
  location: new URL('http://localhost/'),
});
const { default: App } = await import('./pages/App.svelte');
const drawn = await import('./scene.ts');
const { Screen } = await import('./screen.svelte.ts');

/** What is seen before the first step, in a language. */
export function startPicture(locale: string): string {
  setLocale(locale);
  return render(App, { props: { screen: new Screen(), shown: true, drawn } }).body;
}
