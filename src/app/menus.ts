// What opens from the bars, loaded as one once the page can be pressed; the lessons bring more along, and come alone.
export { default as PhoneMenu } from '../views/menu/PhoneMenu.svelte';
export { default as WalkMenu } from '../views/menu/WalkMenu.svelte';
