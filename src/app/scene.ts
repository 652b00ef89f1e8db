// What stands beside the reading, loaded as one: the stage and the ladder.
export { default as Stage } from '../views/stage/Stage.svelte';
export { default as Ladder } from '../views/ladder/Ladder.svelte';
