// The lessons in virtual networks, their words, and where else one may begin: loaded after the page can be pressed.
import { m } from '../i18n/paraglide/messages.js';
import { momentsOf, momentStops } from '../lessons/moments/moments.ts';
import { tellMoments } from '../lessons/moments/registry.ts';
import { NET_LESSONS } from '../lessons/net/lessons.ts';

// Only what happens in a virtual network has moments, and none is looked at without this file.
tellMoments({ momentsOf, momentStops });

export { default as Elsewhere } from '../views/start/Elsewhere.svelte';
export { default as NoWebRtc } from '../views/start/NoWebRtc.svelte';
export { netLessonById } from '../lessons/net/lessons.ts';
export { lessonLook, lessonNews, lessonTitle } from '../lessons/net/text.ts';
export { netNotes } from '../lessons/net/notes.ts';
export { labOf } from './lab.ts';

/** The lesson to begin with. */
export const FIRST_LESSON = NET_LESSONS[0]?.id ?? 'call';

/** What is said where Next leads to a lesson, since the browser has no WebRTC. */
export const noWebRtcText = (): string => m.no_webrtc_led();
