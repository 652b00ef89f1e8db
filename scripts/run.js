// What the scripts share: the project's root, and starting another program.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { withThisModule } from './end-with-parent.js';

/** The project's folder, as a URL that ends in a slash. */
export const root = new URL('../', import.meta.url);

/** The same as a path. */
export const rootPath = fileURLToPath(root);

/** True in the file that Node was started with. */
export function isMain(/** @type {string} */ url) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(url);
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @type {NodeJS.Signals | undefined} */
let ending;

/** A signal to this process ends the programs it runs first, and then itself. */
function endAll(/** @type {NodeJS.Signals} */ signal) {
  ending = signal;
  for (const child of running) child.kill('SIGTERM');
}

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

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
    if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
    running.add(child);
    const done = (/** @type {number} */ code) => {
      running.delete(child);
      if (running.size === 0) {
        if (ending !== undefined) process.exit(128 + constants.signals[ending]);
        for (const signal of SIGNALS) process.off(signal, endAll);
      }
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${command} did not start: ${error.message}`);
      done(127);
    });
    child.on('close', (code, signal) => done(signal ? 1 : (code ?? 1)));
  });
}

/**
 * Runs a script with this Node. It ends with this process, even one that is killed, and so does what it starts.
 * @param {string} path
 * @param {string[]} [args]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function node(path, args = [], env = {}) {
  return run(process.execPath, [path, ...args], { ...env, NODE_OPTIONS: withThisModule() });
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
  return node(path, args, env);
}
