// A run of the tests leaves nothing behind, however it ends, and needs nothing that another run has.
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { firefoxPath, webkitPaths } from '../../scripts/browser.js';
import { rootPath } from '../../scripts/run.js';
import { canSee, portsOf, running, standingIn, treeOf, type Process } from './processes.ts';

const folders: string[] = [];

/** A second checkout with the same packages, already built. */
function checkOut(): string {
  const folder = mkdtempSync(join(tmpdir(), 'peerglass-checkout-'));
  folders.push(folder);
  for (const name of [
    ...['dist', 'machines', 'scripts', 'src', 'test'],
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'],
  ]) {
    cpSync(join(rootPath, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(rootPath, 'node_modules'), join(folder, 'node_modules'));
  const now = new Date();
  utimesSync(join(folder, 'dist', 'index.html'), now, now);
  return folder;
}

/** Starts a command as in a terminal of its own: nothing of this run's is handed down. */
function start(folder: string, command: string, args: readonly string[]): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|TEST|npm_|CI$)/.test(name)),
  );
  return spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

const startRun = (folder: string, ...args: string[]) =>
  start(folder, process.execPath, ['scripts/test.js', ...args]);

/** The exit code of a run and what it said. */
async function ended(run: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  for (const stream of [run.stdout, run.stderr]) {
    stream?.on('data', (part: Buffer) => {
      said += part.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => run.on('exit', resolve));
  return { code, said };
}

const PATIENCE = { timeout: 60_000, interval: 50 };
const SOON = { timeout: 10_000, interval: 50 };

/** Waits until a run has its browser open and serves a page. Gives every process that it had till then. */
async function opened(run: ChildProcess, browser: RegExp): Promise<Process[]> {
  const seen = new Map<string, Process>();
  const ports = new Set<number>();
  await vi.waitFor(() => {
    const tree = treeOf(run.pid ?? 0);
    for (const each of tree) {
      seen.set(`${each.pid} ${each.started}`, each);
      for (const port of portsOf(each)) ports.add(port);
    }
    expect(tree.some(({ command }) => browser.test(command))).toBe(true);
    expect(ports.size).toBeGreaterThan(0);
  }, PATIENCE);
  return [...seen.values()];
}

/**
 * A whole suite takes minutes, so what is gone this soon was ended. Its ports go with it; whether one answers says
 * nothing, since another run may have it by now.
 */
async function leavesNothing(processes: readonly Process[], folder: string) {
  const left = () => running([...processes, ...standingIn(folder)]);
  onTestFinished(() => {
    for (const { pid } of left()) process.kill(pid, 'SIGKILL');
  });
  await vi.waitFor(() => {
    expect(left().map(({ command }) => command.replaceAll('\0', ' '))).toEqual([]);
  }, SOON);
}

// Another system has no /proc to look into.
describe.skipIf(!canSee)('a run of the tests', () => {
  let folder = '';
  beforeAll(() => {
    folder = checkOut();
  });
  afterAll(() => {
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  });

  const CHROMIUM = /--type=renderer/;
  const FIREFOX = /firefox.*-contentproc/;
  const WEBKIT = /WebKitWebProcess/;

  test.each([
    ['SIGKILL', 'e2e', CHROMIUM],
    ['SIGTERM', 'e2e', CHROMIUM],
    ['SIGINT', 'e2e', CHROMIUM],
    ['SIGHUP', 'e2e', CHROMIUM],
    ['SIGKILL', 'component', CHROMIUM],
    ['SIGKILL', 'firefox', FIREFOX],
    ['SIGKILL', 'webkit', WEBKIT],
  ] as const)('that gets %s in %s leaves nothing', async (signal, suite, browser) => {
    if (browser === FIREFOX && firefoxPath() === undefined) return;
    if (browser === WEBKIT && webkitPaths() === undefined) return;
    const run = startRun(folder, suite);
    const end = ended(run);
    const had = await opened(run, browser);
    run.kill(signal);
    await end;
    await leavesNothing(had, folder);
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('whose npm gets %s leaves nothing', async (signal) => {
    const run = start(folder, 'npm', ['test', '--', 'e2e']);
    const end = ended(run);
    const had = await opened(run, CHROMIUM);
    run.kill(signal);
    await end;
    await leavesNothing(had, folder);
  });

  test('passes beside another one from a second checkout', async () => {
    const runs = [folder, checkOut()].map((each) => startRun(each, 'e2e', 'insecure'));
    for (const { code, said } of await Promise.all(runs.map(ended))) {
      expect(said).toContain('1 passed, 0 failed, 0 skipped');
      expect(code).toBe(0);
    }
  });
});
