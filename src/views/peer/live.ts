// What a card shows of a live call: pictures from step 1 on, and the line to talk on from step 14 on.
export { default as Talk } from './Talk.svelte';
export { default as Video } from './Video.svelte';
