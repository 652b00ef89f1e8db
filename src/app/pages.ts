// What every page but the speaker's needs, loaded as one.
export { mount } from 'svelte';
export { startLook } from './look.svelte.ts';
export { default } from './pages/Pages.svelte';
