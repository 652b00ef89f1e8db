// The lessons in virtual networks, their words, and the list to choose from: loaded after the page can be pressed.
export { default as Lessons } from '../views/start/Lessons.svelte';
export { netLessonById } from '../lessons/net/lessons.ts';
export { lessonNews, lessonTitle } from '../lessons/net/text.ts';
export { netNotes } from '../lessons/net/notes.ts';
export { labOf } from './lab.ts';
