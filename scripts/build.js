// Builds dist when it is missing or older than what it is made of.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, rootPath, tool } from './run.js';

/**
 * The newest change below a path, or 0.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  // A folder's own time counts too: it changes when a file goes away.
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path)
    .filter((name) => name !== 'paraglide' && !name.startsWith('.') && name !== 'project.inlang')
    .reduce((time, name) => Math.max(time, newest(join(path, name))), stat.mtimeMs);
}

/** True when dist is there and nothing it is made of has changed since. */
export function isBuilt() {
  const page = join(rootPath, 'dist', 'index.html');
  if (!existsSync(page)) return false;
  const sources = ['src', 'machines', 'package-lock.json', 'vite.config.ts'];
  return sources.every((name) => newest(join(rootPath, name)) <= statSync(page).mtimeMs);
}

/** Builds where needed; ends the process where that fails. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  console.log('Building.');
  const code = await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn']);
  if (code !== 0) {
    console.error('The build failed; its messages above say why.');
    process.exit(1);
  }
}

if (isMain(import.meta.url)) await ensureBuilt();
