// Holds the house to its plan: no file needs itself, directly or through what it imports.
import { expect, test } from 'vitest';
import { circlesIn, importGraph, specifiersIn } from '../../scripts/lint/circles.js';

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

test('no files of the house import each other in a circle', () => {
  expect(circlesIn(importGraph())).toEqual([]);
});

test('the graph has the whole house, and what its files import', () => {
  const imports = importGraph();
  expect(imports.get('src/ice/agent.ts')).toContain('src/ice/generation.ts');
  // A component, another room, a type, and what is loaded later.
  expect(imports.get('src/app/pages/App.svelte')).toContain('src/app/screen.svelte.ts');
  expect(imports.get('machines/player.ts')).toBeDefined();
  expect(imports.get('src/call/matrix.ts')).toContain('src/ice/agent-port.ts');
  expect(imports.get('src/app/parts.ts')).toContain('src/app/pages/Dialogs.svelte');
});

test.each([
  ['none', graph({ a: ['b', 'c'], b: ['c'], c: [] }), []],
  ['a file that imports itself', graph({ a: ['a'] }), [['a']]],
  ['two', graph({ a: ['b'], b: ['a'], c: ['a'] }), [['a', 'b']]],
  [
    'a long one with a way out',
    graph({ a: ['b'], b: ['c', 'd'], c: ['a'], d: [] }),
    [['a', 'b', 'c']],
  ],
  ['two that share a file', graph({ a: ['b', 'c'], b: ['a'], c: ['a'] }), [['a', 'b', 'c']]],
  [
    'two apart',
    graph({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }),
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
])('circles in a graph with %s', (_name, imports, circles) => {
  expect(circlesIn(imports)).toEqual(circles);
});

test.each([
  ["import { a } from './x.ts';"],
  ["import './x.ts';"],
  ["import type { A } from './x.ts';"],
  ["import { type A } from './x.ts';"],
  ["export { a } from './x.ts';"],
  ["export type { A } from './x.ts';"],
  ["export * from './x.ts';"],
  ["export const load = () => import('./x.ts');"],
  ["export type A = import('./x.ts').A;"],
])('an import is seen: %s', (code) => {
  expect(specifiersIn('any.ts', code)).toEqual(['./x.ts']);
  const component = `<script lang="ts" module>\n${code}\n</script>\n<p>It's {a}</p>\n`;
  expect(specifiersIn('Any.svelte', component)).toEqual(['./x.ts']);
});
