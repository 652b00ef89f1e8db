// Prints a machine as a text that XState's viewer takes (stately.ai/viz): the handshake, or `npm run machine perfect`.
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { isMain, rootPath } from './run.js';

/** The machines that can be printed. */
const MACHINES = {
  handshake: { file: 'machines/handshake.ts', name: 'handshakeMachine' },
  perfect: { file: 'machines/perfect.ts', name: 'perfectMachine' },
};

/**
 * The machine's own definition, as code that needs nothing of this project. What can't be written down (the work, and
 * what the actions do) is left out; their names stay.
 * @param {keyof typeof MACHINES} which
 */
export async function machineText(which = 'handshake') {
  const { file, name } = MACHINES[which];
  const path = join(rootPath, file);
  /** @type {{ module: Record<string, { config: unknown }> }} */
  const { module } = await runnerImport(path, {
    root: rootPath,
    configFile: false,
    logLevel: 'error',
  });
  const definition = JSON.stringify(module[name]?.config);
  const text = `import { createMachine } from 'xstate';\n\ncreateMachine(${definition});`;
  const style = await resolveConfig(path);
  return format(text, { ...style, parser: 'babel', plugins: [] });
}

if (isMain(import.meta.url)) {
  const [asked = 'handshake'] = process.argv.slice(2);
  if (asked === 'handshake' || asked === 'perfect') {
    process.stdout.write(await machineText(asked));
  } else {
    process.stderr.write(`There is no machine "${asked}": ${Object.keys(MACHINES).join(', ')}.\n`);
    process.exitCode = 1;
  }
}
