// What is loaded as one once the page can be pressed: the tabs, and what is taken out of the page, which share much.
export { default as Export } from '../views/export/Export.svelte';
export { ladderRows } from '../views/ladder/rows.ts';
export { default as Panels } from '../views/tabs/Panels.svelte';
