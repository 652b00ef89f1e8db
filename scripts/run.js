// What the scripts share: the project's root, and starting another program.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, as a URL that ends in a slash. */
export const root = new URL('../', import.meta.url);

/** The same as a path. */
export const rootPath = fileURLToPath(root);

/** True in the file that Node was started with. */
export function isMain(/** @type {string} */ url) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(url);
}

/**
 * Runs a program with this terminal's input and output, and resolves to its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to this process's own
 * @returns {Promise<number>}
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: rootPath,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('error', (error) => {
      console.error(`${command} did not start: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/**
 * Runs npm. It is a .cmd file on Windows, which spawn starts only through a shell;
 * Node itself on npm's own script needs none.
 * @param {string[]} args
 */
export function npm(args) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args]);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args]);
  return run('npm', args);
}

/**
 * Runs a tool of node_modules with this Node, without npx or a shell.
 * @param {string} script path below node_modules, e.g. 'vitest/vitest.mjs'
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function tool(script, args, env) {
  const path = fileURLToPath(new URL(`node_modules/${script}`, root));
  return run(process.execPath, [path, ...args], env);
}
