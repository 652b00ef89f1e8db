// What a card shows of a live call: pictures, and once the call is up the line to talk on.
export { default as Talk } from './Talk.svelte';
export { default as Video } from './Video.svelte';
