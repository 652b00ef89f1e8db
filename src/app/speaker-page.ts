// What the speaker's page is made of, loaded as one.
export { mount } from 'svelte';
export { default } from './pages/Speaker.svelte';
