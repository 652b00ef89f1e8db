// Compiles the message files into src/i18n/paraglide, when one of them has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMain, root, run } from './run.js';

/** @param {string} path below the project's root */
const at = (path) => fileURLToPath(new URL(path, root));

const project = at('src/i18n/project.inlang');
const outdir = at('src/i18n/paraglide');
const stamp = at('src/i18n/paraglide/.inputs');
const self = fileURLToPath(import.meta.url);

/** Names the texts of every folder of lessons and of views in the project's settings, which the compiler reads. */
function nameFolders() {
  const file = `${project}/settings.json`;
  const text = readFileSync(file, 'utf8');
  const settings = JSON.parse(text);
  const folders = ['lessons', 'views'].flatMap((room) =>
    readdirSync(at(`src/${room}`))
      .filter((folder) => existsSync(at(`src/${room}/${folder}/${settings.baseLocale}.json`)))
      .sort()
      .map((folder) => `../${room}/${folder}/{locale}.json`),
  );
  settings['plugin.inlang.messageFormat'].pathPattern = ['./messages/{locale}.json', ...folders];
  const named = `${JSON.stringify(settings, null, 2)}\n`;
  if (named !== text) writeFileSync(file, named);
}

/**
 * The languages of the project's settings.
 * @returns {string[]}
 */
export function projectLocales() {
  return JSON.parse(readFileSync(`${project}/settings.json`, 'utf8')).locales;
}

/** The message files, as the project's settings name them. */
export function messageFiles() {
  nameFolders();
  const settings = JSON.parse(readFileSync(`${project}/settings.json`, 'utf8'));
  /** @type {string[]} */
  const patterns = settings['plugin.inlang.messageFormat'].pathPattern;
  return patterns.flatMap((pattern) =>
    projectLocales().map((locale) =>
      fileURLToPath(new URL(`src/i18n/${pattern.replace('{locale}', locale)}`, root)),
    ),
  );
}

/** A digest of all that the output depends on. */
function inputs() {
  const hash = createHash('sha256');
  for (const file of [self, `${project}/settings.json`, at('package.json'), ...messageFiles()]) {
    hash.update(file).update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}

function isFresh() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs();
}

async function compileHere() {
  const digest = inputs();
  for (const file of messageFiles()) JSON.parse(readFileSync(file, 'utf8'));
  // What the compiler is built on can report its use to its makers. It has nothing to fetch here.
  globalThis.fetch = () => Promise.reject(new Error('The message compiler works offline.'));
  const { compile } = await import('@inlang/paraglide-js');
  await compile({
    project,
    outdir,
    // The app holds the locale itself (overwriteGetLocale): no cookie, no URL, no reload.
    strategy: ['baseLocale'],
    outputStructure: 'message-modules',
    // There is no server; without this the runtime keeps code for one.
    isServer: 'false',
    emitReadme: false,
  });
  writeFileSync(stamp, digest);
}

async function compileElsewhere() {
  if (isFresh()) return;
  if ((await run(process.execPath, [self])) !== 0) throw new Error('The messages do not compile.');
}

/** @type {Promise<void> | undefined} */
let running;

/**
 * Brings src/i18n/paraglide up to date. In a process of its own, so that it neither keeps a
 * build or a test run alive nor reaches the network from one.
 */
export function ensureMessages() {
  running ??= compileElsewhere().finally(() => {
    running = undefined;
  });
  return running;
}

/**
 * The Vite plugin: compiles at the start, and again when a message file changes.
 * @returns {import('vite').Plugin}
 */
export function messages() {
  return {
    name: 'peerglass:messages',
    // In `config`, so that the output is there before anything looks for it.
    config: () => ensureMessages().then(() => undefined),
    configureServer(server) {
      const files = new Set(messageFiles().map((file) => file.replaceAll('\\', '/')));
      server.watcher.on('change', (path) => {
        if (!files.has(path.replaceAll('\\', '/'))) return;
        ensureMessages().catch((error) => server.config.logger.error(String(error)));
      });
    },
  };
}

if (isMain(import.meta.url)) {
  try {
    if (!isFresh()) await compileHere();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
