// Prints the handshake machine as a text that XState's viewer takes: stately.ai/viz.
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { isMain, rootPath } from './run.js';

/**
 * The machine's own definition, as code that needs nothing of this project. What can't be written down (the work, and
 * what the actions do) is left out; their names stay.
 */
export async function machineText() {
  /** @type {{ module: typeof import('../machines/handshake.ts') }} */
  const { module } = await runnerImport(join(rootPath, 'machines/handshake.ts'), {
    root: rootPath,
    configFile: false,
    logLevel: 'error',
  });
  const definition = JSON.stringify(module.handshakeMachine.config);
  const text = `import { createMachine } from 'xstate';\n\ncreateMachine(${definition});`;
  const style = await resolveConfig(join(rootPath, 'machines/handshake.ts'));
  return format(text, { ...style, parser: 'babel', plugins: [] });
}

if (isMain(import.meta.url)) process.stdout.write(await machineText());
