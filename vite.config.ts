// How the app is built and served, and how Vitest runs its projects.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './scripts/browser.js';
import { messages } from './scripts/messages.js';
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

const chromium = chromiumPath();
const plugins = [svelte({ configFile: false }), messages()];

export default defineConfig({
  root: `${rootPath}src`,
  base: './',
  plugins: [...plugins, relaxPolicyInDev()],
  server: { fs: { allow: [rootPath] } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of index.html allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
