// The start page as HTML, so that its text is seen before the program comes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectLocales } from './messages.js';
import { rootPath } from './run.js';

/**
 * Renders the start page of a call in each language.
 * @param {readonly string[]} locales
 * @param {import('vite').PluginOption[]} plugins what the app is built with
 * @returns {Promise<string[]>} a page a language
 */
export async function renderStart(locales, plugins) {
  const folder = await mkdtemp(join(tmpdir(), 'peerglass-start-'));
  try {
    await build({
      configFile: false,
      root: join(rootPath, 'src'),
      plugins,
      mode: 'production',
      logLevel: 'error',
      build: {
        ssr: join(rootPath, 'src/app/start-picture.ts'),
        outDir: folder,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'picture.mjs' } },
      },
      ssr: { noExternal: true },
    });
    /** @type {typeof import('../src/app/start-picture.ts')} */
    const { startPicture } = await import(pathToFileURL(join(folder, 'picture.mjs')).href);
    return locales.map((locale) => startPicture(locale));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * HTML without what only the program that takes it over would need, and without styles in attributes: the page's policy
 * allows none, and the page sets them when it shows the picture (src/app/first-look.ts).
 * @param {string} html
 */
function plain(html) {
  return html
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(' style="', ' data-style="')
    .replaceAll(/<optgroup .*?<\/optgroup>/gs, '');
}

/**
 * The Vite plugin: puts the start page in each language into index.html, where it is hidden until it is known that it
 * will be seen, and in which language; and links the styles that it needs.
 * @param {import('vite').PluginOption[]} plugins what the app is built with
 * @returns {import('vite').Plugin}
 */
export function prerenderStart(plugins) {
  const locales = projectLocales();
  /** @type {Promise<string[]> | undefined} */
  let pictures;
  return {
    name: 'peerglass:prerender-start',
    apply: 'build',
    buildStart() {
      pictures ??= renderStart(locales, plugins);
      // It is waited for when the page is written.
      pictures.catch(() => undefined);
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        const made = (await pictures) ?? [];
        const shown = made.map(
          (picture, at) =>
            `<div class="start-picture" lang="${locales[at] ?? ''}" hidden inert aria-hidden="true">${plain(picture)}</div>`,
        );
        const styles = Object.values(bundle ?? {}).flatMap((file) =>
          file.type === 'chunk' && ['base', 'call', 'scene'].includes(file.name)
            ? [...(file.viteMetadata?.importedCss ?? [])]
            : [],
        );
        return {
          html: html.replace('<div id="app">', (start) => start + shown.join('')),
          tags: styles.map((href) => ({
            tag: 'link',
            attrs: { rel: 'stylesheet', crossorigin: true, href: `./${href}` },
            injectTo: /** @type {const} */ ('head'),
          })),
        };
      },
    },
  };
}
