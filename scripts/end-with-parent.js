// Ends this process when the one that started it is gone. `--import` gives it to every Node program of a run, so that
// nothing outlives a run that is killed: each ends, and what it started ends with it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const POLL = 200;

/**
 * A process's parent and what it calls itself, or undefined where this system doesn't say.
 * @param {number} pid
 */
function processOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name stands in brackets and may have brackets in it.
      const parent = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
      return { parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
    }
    const said = execFileSync('ps', ['-o', 'ppid=,command=', '-p', `${pid}`], { encoding: 'utf8' });
    const [, parent, command = ''] = /^\s*(\d+)\s+(.*)/.exec(said) ?? [];
    return parent === undefined ? undefined : { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

/** The npm that started this process, itself or through a shell. A shell doesn't end with its npm. */
function npmAbove() {
  const shell = process.ppid;
  const above = processOf(shell);
  if (above === undefined || above.command.startsWith('npm')) return undefined;
  return processOf(above.parent)?.command.startsWith('npm') ? above.parent : undefined;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Watches the process that started this one. */
export function endWithParent() {
  if (!isMainThread) return;
  const parent = process.ppid;
  const npm = npmAbove();
  setInterval(() => {
    const isGone =
      process.ppid !== parent || !isAlive(parent) || (npm !== undefined && !isAlive(npm));
    // By `exit`, which runs what closes browsers; a signal that nobody handles does not.
    if (isGone) process.exit(1);
  }, POLL).unref();
}

/** The options of Node that give this module to a program and to every Node process that it starts. */
export function withThisModule(options = process.env['NODE_OPTIONS'] ?? '') {
  const option = `--import=${import.meta.url}`;
  return options.includes(option) ? options : `${options} ${option}`.trim();
}

if (process.env['NODE_OPTIONS']?.includes(import.meta.url)) {
  endWithParent();
  process.on('SIGTERM', () => process.exit(143));
  process.on('SIGHUP', () => process.exit(129));
}
