// Which modules are sent together. A request costs more than the few bytes that somebody else would not have needed.
import { rootPath } from './run.js';

/** @typedef {{ importedIds: readonly string[], code: string | null } | null} Known */
/** @typedef {(id: string) => Known} Look */

/** What index.html itself asks for: all that is needed before anything is seen. */
const EARLY = ['src/app/first-look.ts', 'src/app/links/page.ts', '\0vite/preload-helper.js'];
const PAGES = ['src/app/pages.ts'];
const CALL = ['src/app/call-page.ts'];
/** The other pages: what they share with the call's page must not bring it along. */
const OTHERS = [
  'src/app/pages/Paste.svelte',
  'src/app/pages/Matrix.svelte',
  'src/app/pages/Speaker.svelte',
];

const MESSAGES = `${rootPath}src/i18n/paraglide/messages`;

/**
 * All modules that one of these needs from the start, by their ids.
 * @param {readonly string[]} names
 * @param {Look} look
 */
function reached(names, look) {
  /** @type {Set<string>} */
  const found = new Set();
  const due = names.map((name) => (name.startsWith('\0') ? name : rootPath + name));
  for (let id = due.pop(); id !== undefined; id = due.pop()) {
    const known = look(id);
    if (known === null || found.has(id)) continue;
    found.add(id);
    for (const each of known.importedIds) {
      if (each !== `${MESSAGES}.js`) due.push(each);
      // That one imports every message. Only those that the module names are needed.
      else
        for (const [, name] of known.code?.matchAll(/\bm\.(\w+)/g) ?? [])
          due.push(`${MESSAGES}/${name}.js`);
    }
  }
  return found;
}

/**
 * The groups of modules that are sent together: what comes before all else, what several pages share, and what only the
 * call's page needs. Everything else is left to the bundler.
 */
export function chunkGroups() {
  /** @type {((id: string) => string | null) | undefined} */
  let nameOf;
  /** @param {Look} look */
  const namer = (look) => {
    const early = reached(EARLY, look);
    const pages = reached(PAGES, look);
    const call = reached(CALL, look);
    const others = reached(OTHERS, look);
    return (/** @type {string} */ id) => {
      if (early.has(id)) return 'early';
      if (pages.has(id) || (call.has(id) && others.has(id))) return 'base';
      return call.has(id) ? 'call' : null;
    };
  };
  // A group takes along what its modules need, unless one of a higher priority has it.
  return ['call', 'base', 'early'].map((name, priority) => ({
    name: (/** @type {string} */ id, /** @type {{ getModuleInfo: Look }} */ context) => {
      nameOf ??= namer((each) => context.getModuleInfo(each));
      return nameOf(id) === name ? name : null;
    },
    debugName: name,
    priority,
  }));
}
