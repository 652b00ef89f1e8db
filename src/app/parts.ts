// The parts of the page that are loaded after it can be pressed.
import { hasPicture } from './first-look.ts';
import { loadOnce } from './load-once.ts';

/** All parts, by what they are. */
export const parts = {
  late: loadOnce(() => import('./late.ts')),
  matrixPicture: loadOnce(() => import('../views/export/MatrixPicture.svelte')),
  live: loadOnce(() => import('../views/peer/live.ts')),
  /** It is seen in the picture of the start page: there the page can be pressed before it is loaded. */
  scene: loadOnce(async () => {
    if (hasPicture()) await whenIdle();
    return import('./scene.ts');
  }),
  setup: loadOnce(() => import('../views/start/Setup.svelte')),
  network: loadOnce(() => import('../views/stage/network/NetStage.svelte')),
  excerpt: loadOnce(() => import('../views/caption/Excerpt.svelte')),
  next: loadOnce(() => import('../views/next/WhatNext.svelte')),
  failed: loadOnce(() => import('../views/Failed.svelte')),
  trouble: loadOnce(() => import('../views/notice/Trouble.svelte')),
  present: loadOnce(() => import('../views/present/show.ts')),
  speaker: loadOnce(() => import('./pages/speaker-window.ts')),
  qr: loadOnce(() => import('../views/dialogs/QrCode.svelte')),
  dialogs: loadOnce(() => import('./pages/Dialogs.svelte')),
  menus: loadOnce(() => import('./menus.ts')),
  lessonsMenu: loadOnce(() => import('../views/menu/LessonsMenu.svelte')),
  scratch: loadOnce(() => import('./scratch.ts')),
  run: loadOnce(() => import('./walk/run.ts')),
  lessons: loadOnce(() => import('./lessons.ts')),
  /** The list of lessons stands below the fold: the page can be pressed before it is there. */
  lessonList: loadOnce(async () => {
    // After all that the first press needs, which itself comes when the page stands.
    await whenIdle();
    await parts.late().catch(() => undefined);
    await whenIdle();
    return import('./lessons.ts');
  }),
  /** What writes and reads recordings. A call does not begin without it, so that it can be kept. */
  file: loadOnce(() => import('./store/record-file.ts')),
  example: loadOnce(() => import('../lessons/sdp/example.ts')),
  notes: loadOnce(() => import('../lessons/call/notes.ts')),
  stage: loadOnce(() => import('./walk/stage.ts')),
};

/** Loads what the first press needs, while the learner reads. */
export function loadAhead(): void {
  void whenIdle().then(() => {
    for (const part of [
      parts.scene,
      parts.run,
      parts.file,
      parts.live,
      parts.late,
      parts.setup,
      parts.excerpt,
      parts.trouble,
      parts.next,
      parts.failed,
      parts.menus,
      parts.dialogs,
      parts.qr,
      parts.speaker,
      parts.present,
      parts.notes,
    ]) {
      part().catch(() => undefined);
    }
  });
}

/** Resolves when the page stands and has nothing better to do. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    const idle = () => {
      resolve();
    };
    if ('requestIdleCallback' in globalThis) requestIdleCallback(idle, { timeout: 1000 });
    else setTimeout(idle, 100);
  });
}
