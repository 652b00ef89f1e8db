// What the call's page is made of, loaded as one.
export { default as App } from './pages/App.svelte';
export { Screen } from './screen.svelte.ts';
