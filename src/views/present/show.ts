// What present mode adds to the page, loaded as one.
export { default as Corner } from './Corner.svelte';
export { default as MiniStage } from './MiniStage.svelte';
export { default as PresentBar } from './PresentBar.svelte';
export { default as PresentHead } from './PresentHead.svelte';
export { default as ReaderFoot } from './ReaderFoot.svelte';
