// The processes that a program has started, and what they listen on, as Linux tells it.
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** True where this system tells it. */
export const canSee = existsSync('/proc/self/stat');

export interface Process {
  readonly pid: number;
  /** With the pid this names a process for good: a pid alone is given away again. */
  readonly started: string;
  readonly command: string;
}

/** What a process answers, or undefined if it ended meanwhile. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

interface Row extends Process {
  readonly parent: number;
  readonly state: string;
}

function rows(): Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = ask(() => readFileSync(`/proc/${name}/stat`, 'utf8'));
      const command = ask(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'));
      if (stat === undefined || command === undefined) return [];
      // The name stands in brackets and may have brackets in it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state = '', parent = ''] = fields;
      const started = fields[19] ?? '';
      return [{ pid: Number(name), parent: Number(parent), state, started, command }];
    });
}

/** A process and all that it has started, directly or not. */
export function treeOf(pid: number): Process[] {
  const all = rows();
  const tree = all.filter((row) => row.pid === pid);
  // The list grows while it is walked.
  for (const { pid: parent } of tree) tree.push(...all.filter((row) => row.parent === parent));
  return tree;
}

/** Every process that works in a folder or below it, whoever started it. */
export function standingIn(folder: string): Process[] {
  return rows().filter(({ pid }) => {
    const place = ask(() => readlinkSync(`/proc/${pid}/cwd`));
    return place === folder || place?.startsWith(`${folder}/`) === true;
  });
}

/** Those that still run. One that ended and was not waited for has no memory and no files. */
export function running(processes: Iterable<Process>): Process[] {
  const now = new Map(rows().map((row) => [`${row.pid} ${row.started}`, row]));
  return [...processes].filter(({ pid, started }) => {
    const row = now.get(`${pid} ${started}`);
    return row !== undefined && row.state !== 'Z';
  });
}

/** The ports of TCP that a process listens on. */
export function portsOf({ pid }: Process): number[] {
  const sockets = new Set(
    (ask(() => readdirSync(`/proc/${pid}/fd`)) ?? []).map((fd) =>
      ask(() => readlinkSync(`/proc/${pid}/fd/${fd}`)),
    ),
  );
  const LISTENS = '0A';
  return ['tcp', 'tcp6'].flatMap((kind) =>
    (ask(() => readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')) ?? '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(
        ([, , , state, , , , , , inode]) =>
          state === LISTENS && sockets.has(`socket:[${inode ?? ''}]`),
      )
      .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16)),
  );
}
