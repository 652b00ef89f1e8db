// Acts as links name them: stop-sharing.callee.how.stop, and several of them one after the other with _ between.
import type { ActSettings, ActWish } from '../../rtc/steps.ts';

/** The most acts that one link may name before the last. */
const MOST = 30;

const NAME = /^[a-z0-9-]{1,40}$/;

/** Reads settings as a link names them: `how.stop.what.video`. Total: what is no name is left out, with its pair. */
export function parseSettings(text: string): ActSettings {
  const parts = text === '' ? [] : text.split('.');
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [key = '', value = ''] = parts.slice(at, at + 2);
    if (NAME.test(key) && NAME.test(value)) pairs.push([key, value]);
  }
  return Object.fromEntries(pairs);
}

/** Writes settings as `parseSettings` reads them; '' for none. */
export function formatSettings(settings: ActSettings): string {
  return Object.entries(settings)
    .flatMap((pair) => pair)
    .join('.');
}

/** Reads the acts that a link names one after the other. Total: what names no act is left out. */
export function parseActs(text: string): readonly ActWish[] {
  return text.split('_', MOST).flatMap((each) => {
    const [id = '', by = '', ...rest] = each.split('.');
    if (!NAME.test(id) || (by !== 'caller' && by !== 'callee')) return [];
    return [{ id, by, settings: parseSettings(rest.join('.')) } as const];
  });
}

/** Writes acts as `parseActs` reads them; '' for none. */
export function formatActs(acts: readonly ActWish[]): string {
  return acts
    .map(({ id, by, settings }) =>
      [id, by, formatSettings(settings)].filter((part) => part !== '').join('.'),
    )
    .join('_');
}
