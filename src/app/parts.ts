// The parts of the page that are loaded after it can be pressed.

import { UnloadedError } from './unloaded-error.ts';

/** Stylesheets that did not come. */
const lostStyles = new Set<string>();

// The bundler's loader asks for each file once: when a part is tried again, it takes its stylesheet for loaded.
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLLinkElement)) return;
    if (target.rel === 'stylesheet') lostStyles.add(target.href);
    target.remove();
  },
  { capture: true },
);

/** Asks again for the stylesheets that did not come. */
async function loadLostStyles(): Promise<void> {
  const lost = [...lostStyles];
  lostStyles.clear();
  const loading = lost.map(
    (href) =>
      new Promise<void>((resolve, reject) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.crossOrigin = '';
        link.href = href;
        link.addEventListener('load', () => {
          resolve();
        });
        link.addEventListener('error', () => {
          reject(new Error(`Unable to preload CSS for ${href}`));
        });
        document.head.append(link);
      }),
  );
  await Promise.all(loading);
}

/** A part is asked for once; asked again, it is the same promise, so that it shows without a gap. One that failed is tried anew. */
const once = <T>(load: () => Promise<T>) => {
  let part: Promise<T> | null = null;
  return () =>
    (part ??= (lostStyles.size === 0 ? load() : loadLostStyles().then(load)).catch(
      (error: unknown) => {
        part = null;
        throw new UnloadedError(error);
      },
    ));
};

/** All parts, by what they are. */
export const parts = {
  late: once(() => import('./late.ts')),
  matrixPicture: once(() => import('../views/export/MatrixPicture.svelte')),
  live: once(() => import('../views/peer/live.ts')),
  network: once(() => import('../views/stage/network/NetStage.svelte')),
  excerpt: once(() => import('../views/caption/Excerpt.svelte')),
  next: once(() => import('../views/next/WhatNext.svelte')),
  failed: once(() => import('../views/Failed.svelte')),
  trouble: once(() => import('../views/notice/Trouble.svelte')),
  present: once(() => import('../views/present/show.ts')),
  speaker: once(() => import('./pages/speaker-window.ts')),
  qr: once(() => import('../views/dialogs/QrCode.svelte')),
  dialogs: once(() => import('./pages/Dialogs.svelte')),
  menus: once(() => import('./menus.ts')),
  lessonsMenu: once(() => import('../views/menu/LessonsMenu.svelte')),
  paste: once(() => import('./pages/Paste.svelte')),
  matrix: once(() => import('./pages/Matrix.svelte')),
  course: once(() => import('./pages/Lessons.svelte')),
  scratch: once(() => import('./scratch.ts')),
  run: once(() => import('./walk/run.ts')),
  lessons: once(() => import('./lessons.ts')),
  /** The list of lessons stands below the fold: the page can be pressed before it is there. */
  lessonList: once(async () => {
    // After all that the first press needs, which itself comes when the page stands.
    await whenIdle();
    await parts.late().catch(() => undefined);
    await whenIdle();
    return import('./lessons.ts');
  }),
  /** What writes and reads recordings. A call does not begin without it, so that it can be kept. */
  file: once(() => import('./store/record-file.ts')),
  example: once(() => import('../lessons/sdp/example.ts')),
  notes: once(() => import('../lessons/call/notes.ts')),
  stage: once(() => import('./walk/stage.ts')),
};

/** Loads what the first press needs, while the learner reads. */
export function loadAhead(): void {
  void whenIdle().then(() => {
    for (const part of [
      parts.run,
      parts.file,
      parts.live,
      parts.late,
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
