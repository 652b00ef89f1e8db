// The licences of all that is bundled are in the build: of each package, by the source maps, and of the fonts.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { rootPath } from '../../scripts/run.js';

interface SourceMap {
  readonly sources: readonly string[];
}

/** The package that a file of node_modules is of; null for other files. */
function packageOf(path: string): string | null {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

test('every package and font that is bundled has its licence there', async () => {
  const built = (await build({
    configFile: `${rootPath}vite.config.ts`,
    mode: 'production',
    logLevel: 'silent',
    build: { write: false, sourcemap: true },
  })) as Rolldown.RolldownOutput;
  const packages = new Set<string>();
  const add = ({ sources }: SourceMap) => {
    for (const source of sources) {
      const name = packageOf(source);
      if (name !== null) packages.add(name);
    }
  };
  let licenses = '';
  for (const file of built.output) {
    if (file.type === 'chunk') {
      if (file.map !== null) add(file.map);
    } else if (file.fileName === 'licenses.txt') licenses = String(file.source);
    else if (file.fileName.endsWith('.map')) add(JSON.parse(String(file.source)) as SourceMap);
    else
      for (const source of file.originalFileNames)
        add({ sources: [resolve(rootPath, 'src', source)] });
  }
  expect([...packages]).toEqual(
    expect.arrayContaining(['svelte', 'xstate', '@noble/hashes', '@fontsource-variable/inter']),
  );
  for (const generating of ['@inlang/paraglide-js', 'rolldown', 'vite']) packages.add(generating);
  const without = [...packages].filter((name) => {
    const { version } = JSON.parse(
      readFileSync(`${rootPath}node_modules/${name}/package.json`, 'utf8'),
    ) as { version: string };
    const section = licenses.split(/^## /m).find((text) => text.startsWith(`${name} - ${version}`));
    return section === undefined || !/copyright/i.test(section) || section.length < 400;
  });
  expect(without).toEqual([]);
  expect(licenses.match(/SIL OPEN FONT LICENSE/g)?.length).toBeGreaterThanOrEqual(2);
  expect(existsSync(`${rootPath}LICENSE`)).toBe(true);
}, 120_000);
