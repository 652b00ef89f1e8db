// The parts of the page that are loaded after it can be pressed.

import { errorInfo } from '../peers/error.ts';

/** A part of the page that could not be loaded. Its name and message are those that the browser gave. */
export class UnloadedError extends Error {
  constructor(cause: unknown) {
    const { name, message } = errorInfo(cause);
    super(message, { cause });
    this.name = name;
  }
}

/** The stylesheets that did not come. What loads a part asks for each only once. */
const lost = new Set<string>();
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLLinkElement)) return;
    // It would count as loaded when its part is tried again.
    target.remove();
    if (target.rel === 'stylesheet') lost.add(target.href);
  },
  { capture: true },
);

/** Asks again for the stylesheets that did not come. */
function stylesAgain(): Promise<unknown> {
  const again = [...lost].map(
    (href) =>
      new Promise<void>((resolve, reject) => {
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
        link.onload = () => {
          lost.delete(href);
          resolve();
        };
        link.onerror = () => {
          reject(new TypeError(`Failed to fetch ${href}`));
        };
        document.head.append(link);
      }),
  );
  return Promise.all(again);
}

/** Loads something that may have failed before, with its styles. */
async function loadStyled<T>(load: () => Promise<T>): Promise<T> {
  if (lost.size > 0) await stylesAgain();
  return load();
}

/** A part is asked for once; asked again, it is the same promise, so that it shows without a gap. One that failed is tried anew. */
const once = <T>(load: () => Promise<T>) => {
  let part: Promise<T> | null = null;
  return () =>
    (part ??= loadStyled(load).catch((error: unknown) => {
      part = null;
      throw new UnloadedError(error);
    }));
};

/** All parts, by what they are. */
export const parts = {
  late: once(() => import('./late.ts')),
  live: once(() => import('../views/peer/live.ts')),
  excerpt: once(() => import('../views/caption/Excerpt.svelte')),
  next: once(() => import('../views/next/WhatNext.svelte')),
  failed: once(() => import('../views/Failed.svelte')),
  trouble: once(() => import('../views/notice/Trouble.svelte')),
  speaker: once(() => import('./speaker-window.ts')),
  dialogs: once(() => import('./Dialogs.svelte')),
  paste: once(() => import('./Paste.svelte')),
  matrix: once(() => import('./Matrix.svelte')),
  scratch: once(() => import('./scratch.ts')),
  run: once(() => import('./run.ts')),
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
  file: once(() => import('./record-file.ts')),
  example: once(() => import('../lessons/sdp/example.ts')),
  notes: once(() => import('../lessons/call/notes.ts')),
  stage: once(() => import('./stage.ts')),
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
      parts.dialogs,
      parts.speaker,
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
