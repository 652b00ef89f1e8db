// What the stage shows of a live call: pictures, what is in a step, and once the call is up what is said over it.
export { default as Chat } from '../stage/Chat.svelte';
export { default as Middle } from '../stage/Middle.svelte';
export { default as Talk } from './Talk.svelte';
export { default as Video } from './Video.svelte';
