// How the app is built and served, and how Vitest runs its projects.
import { readdirSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './scripts/browser.js';
import { chunkGroups } from './scripts/chunks.js';
import { messages } from './scripts/messages.js';
import { prerenderStart } from './scripts/prerender.js';
import { rootPath } from './scripts/run.js';

/** The dev server puts styles in the page and runs a socket; the built app does neither. */
function relaxPolicyInDev(): Plugin {
  return {
    name: 'peerglass:relax-policy-in-dev',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html
        .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        .replace("connect-src 'self'", "connect-src 'self' ws: wss:")
        .replace("worker-src 'self'", "worker-src 'self' blob:")
        .replace(/\s*require-trusted-types-for 'script';/, '')
        .replace(/\s*trusted-types [^;"]*;/, ''),
  };
}

/** Packages whose code gets into the app by being generated into it: no module of it is theirs. */
const GENERATING = ['@inlang/paraglide-js', 'rolldown', 'vite'];
const LICENSES = 'licenses.txt';

/** Adds their texts to those that Vite collects of the modules. */
function licensesOfGenerated(): Plugin {
  return {
    name: 'peerglass:licenses-of-generated',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const file = bundle[LICENSES];
        // The bundle of a worker has none of its own.
        if (file?.type !== 'asset') return;
        const texts = GENERATING.map((name) => {
          const folder = `${rootPath}node_modules/${name}/`;
          const { version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
            version: string;
          };
          const license = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
          if (license === undefined) throw new Error(`${name} has no licence text.`);
          const text = readFileSync(folder + license, 'utf8');
          // What stands below is of what they bundle themselves, which does not get into the app.
          return `\n## ${name} - ${version}\n\n${text.split(/^#+ Licenses of bundled/m)[0]?.trim() ?? ''}\n`;
        });
        file.source = String(file.source) + texts.join('');
      },
    },
  };
}

const chromium = chromiumPath();
const plugins = [svelte({ configFile: false }), messages()];

export default defineConfig({
  root: `${rootPath}src`,
  base: './',
  plugins: [...plugins, relaxPolicyInDev(), licensesOfGenerated(), prerenderStart(plugins)],
  server: { fs: { allow: [rootPath] } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of index.html allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: LICENSES },
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups() } } },
  },
  test: {
    root: rootPath,
    projects: [
      {
        plugins,
        test: {
          name: 'unit',
          root: rootPath,
          environment: 'node',
          include: ['test/unit/**/*.test.ts', 'test/machine/**/*.test.ts'],
          // The files share what they import: loading it anew for each took longer than the tests do.
          isolate: false,
          setupFiles: ['test/unit/setup.ts'],
        },
      },
      {
        test: {
          name: 'scripts',
          root: rootPath,
          environment: 'node',
          include: ['test/scripts/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins,
        test: {
          name: 'component',
          root: rootPath,
          include: ['test/component/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: chromiumArgs(),
                ...(chromium === undefined ? {} : { executablePath: chromium }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'firefox',
          root: rootPath,
          environment: 'node',
          include: ['test/firefox/**/*.test.ts'],
          // Two at once: one of them mostly pauses.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'webkit',
          root: rootPath,
          environment: 'node',
          include: ['test/webkit/**/*.test.ts'],
          // Its driver has one session at a time, and a screen is drawn without a graphics card.
          maxWorkers: 1,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
