// Import circles: files that need each other, directly or through others. Imports of types count as well.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { rootPath } from '../run.js';

/** Where the house's code is, and what in it is generated. */
const ROOTS = ['src', 'machines'];
const GENERATED = join('src', 'i18n', 'paraglide');

/**
 * The files of the house with what each imports: paths from the root of the repository.
 * @returns {Map<string, string[]>}
 */
export function importGraph() {
  const files = ROOTS.flatMap((root) =>
    readdirSync(join(rootPath, root), { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, name))
      .filter((name) => /\.(?:ts|js|svelte)$/.test(name) && !name.startsWith(GENERATED)),
  );
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(rootPath, file), 'utf8');
      const targets = specifiersIn(file, text)
        .map((specifier) => targetOf(file, specifier))
        .filter((target) => known.has(target));
      return [file.split(sep).join('/'), targets.map((target) => target.split(sep).join('/'))];
    }),
  );
}

/**
 * What a file imports, re-exports or loads later, as written: values and types. Of a component its scripts are read.
 * @param {string} file
 * @param {string} text
 * @returns {string[]}
 */
export function specifiersIn(file, text) {
  const scripts = file.endsWith('.svelte')
    ? Array.from(text.matchAll(/<script[^>]*>(.*?)<\/script>/gs), ([, script]) => script ?? '')
    : [text];
  return scripts.flatMap((script) =>
    ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName),
  );
}

/**
 * Vite takes a path that begins with a slash as one below src.
 * @param {string} file @param {string} specifier
 */
function targetOf(file, specifier) {
  return specifier.startsWith('/')
    ? join('src', specifier)
    : relative(rootPath, join(rootPath, dirname(file), specifier));
}

/**
 * The groups of files that all reach each other, each in alphabetical order (Tarjan's strongly connected components).
 * @param {Map<string, readonly string[]>} graph
 * @returns {string[][]}
 */
export function circlesIn(graph) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {string[]} */
  const path = [];
  /** @type {string[][]} */
  const circles = [];

  /** @param {string} file */
  function visit(file) {
    const number = numbers.size;
    let low = number;
    numbers.set(file, number);
    path.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!numbers.has(target)) low = Math.min(low, visit(target));
      else if (path.includes(target)) low = Math.min(low, numbers.get(target) ?? low);
    }
    if (low < number) return low;
    const group = path.splice(path.indexOf(file));
    const isCircle = group.length > 1 || (graph.get(file) ?? []).includes(file);
    if (isCircle) circles.push(group.sort());
    return low;
  }

  for (const file of graph.keys()) if (!numbers.has(file)) visit(file);
  return circles.sort((one, other) => (one.join() < other.join() ? -1 : 1));
}
