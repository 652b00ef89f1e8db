// Installs the packages when what is in node_modules is not what the lock file says.
import { existsSync, readFileSync } from 'node:fs';
import { npm, root } from './run.js';

/** @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function packagesIn(/** @type {string} */ file) {
  const url = new URL(file, root);
  return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')).packages : undefined;
}

/** True when node_modules holds what package-lock.json names. */
export function isInstalled() {
  const wanted = packagesIn('package-lock.json') ?? {};
  const present = packagesIn('node_modules/.package-lock.json');
  if (present === undefined) return false;
  // Optional ones are for other systems, so their absence says nothing.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (path in present ? present[path]?.version === version : optional === true),
  );
}

/** A message where this Node is too old, or undefined. */
export function nodeProblem() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  return ok
    ? undefined
    : `Peerglass needs Node 20.19 or later, or 22.12 or later; this is ${process.versions.node}.`;
}

/** Ends with a message where Node is too old; runs `npm ci` where packages are missing. */
export async function ensureInstalled() {
  const problem = nodeProblem();
  if (problem !== undefined) {
    console.error(`${problem}\nGet one from https://nodejs.org/`);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.log('Installing packages (npm ci). This takes a minute the first time.');
  const code = await npm(['ci', '--progress=true', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('npm ci failed; its messages above say why.');
    process.exit(1);
  }
}
