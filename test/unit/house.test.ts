// Holds the lint configuration to the house's plan: who may import whom, and what is banned where.
import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { expect, test } from 'vitest';
import { rooms } from '../../scripts/lint/rooms.js';
import { rootPath } from '../../scripts/run.js';

const eslint = new ESLint({
  cwd: rootPath,
  // The rules tried here need no types, and the files don't exist.
  overrideConfig: [
    {
      files: ['**/*.ts', '**/*.svelte'],
      ...ts.configs.disableTypeChecked,
      languageOptions: { parserOptions: { projectService: false, project: null } },
    },
  ],
});

async function rulesBrokenBy(filePath: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(`${code}\n`, { filePath: `${rootPath}${filePath}` });
  return results.flatMap((result) => result.messages.map(({ ruleId }) => ruleId));
}

const value = (from: string) => `import { a } from '${from}';\nexport const b = a;`;
const type = (from: string) => `import type { A } from '${from}';\nexport type B = A;`;

test.each([
  ['src/views/Any.ts', value('../peers/connection.ts')],
  ['src/views/Any.ts', type('../peers/connection.ts')],
  ['src/views/deep/Any.ts', value('../../signaling/channel.ts')],
  ['src/views/Any.ts', value('../net/nat.ts')],
  ['src/views/Any.ts', value('../app/session.svelte.ts')],
  ['src/views/Any.ts', value('../../machines/player.ts')],
  ['src/views/Any.ts', value('../../test/fixtures/trace.ts')],
  ['src/views/Any.ts', value('/peers/connection.ts')],
  ['src/views/Any.ts', value('xstate')],
  ['src/views/Any.ts', `export const load = () => import('../peers/connection.ts');`],
  ['src/views/Any.ts', `export * from '../peers/connection.ts';`],
  ['src/views/Any.ts', `export { a } from '../peers/connection.ts';`],
  ['src/views/Any.svelte', `<script lang="ts">\n  import '../peers/connection.ts';\n</script>`],
  ['src/lessons/call/any.ts', value('../../views/step.ts')],
  ['machines/any.ts', value('../src/trace/event.ts')],
  ['machines/any.ts', value('svelte')],
  ['src/trace/any.ts', value('../ice/candidate.ts')],
  ['src/trace/any.ts', value('svelte')],
  ['src/peers/any.ts', type('../signaling/message.ts')],
  ['src/signaling/any.ts', value('../trace/event.ts')],
  ['src/sdp/any.ts', value('svelte')],
  ['src/ice/any.ts', value('xstate')],
  ['src/stun/any.ts', value('../trace/event.ts')],
  ['src/net/any.ts', type('../peers/connection.ts')],
  ['src/sdp/any.ts', type('../trace/event.ts')],
  ['src/ice/any.ts', type('../sdp/parse.ts')],
  ['src/stun/any.ts', type('../ice/candidate.ts')],
  ['src/net/any.ts', type('../stun/message.ts')],
  ['src/trace/any.ts', type('../call/act.ts')],
  ['src/peers/any.ts', type('../call/end.ts')],
  ['src/call/any.ts', type('../app/run.ts')],
  ['src/call/any.ts', type('../lessons/act.ts')],
  ['src/call/any.ts', type('../../machines/exchange.ts')],
  ['src/call/any.ts', value('xstate')],
  ['src/call/any.ts', value('svelte')],
  ['src/lessons/call/any.ts', type('../../call/act.ts')],
  ['src/lessons/call/any.ts', value('../../net/nat.ts')],
  ['machines/any.ts', value('../src/call/call.ts')],
  ['machines/any.ts', type('../src/app/walk/run.ts')],
  ['src/rtc/any.ts', type('../trace/event.ts')],
  ['src/rtc/any.ts', value('valibot')],
  ['src/attic/any.ts', 'export const a = 1;'],
])('%s may not: %s', async (file, code) => {
  expect(await rulesBrokenBy(file, code)).toEqual(['house/rooms']);
});

test.each([
  ['src/main.ts', value('./app/start.ts')],
  ['src/app/any.ts', value('../peers/browser.ts')],
  ['src/app/any.ts', value('../../machines/handshake.ts')],
  ['src/views/Any.ts', value('../trace/frame.ts')],
  ['src/views/deep/Any.ts', value('../other.ts')],
  ['src/views/Any.ts', value('../i18n/paraglide/messages.js')],
  ['src/views/Any.ts', value('@lucide/svelte/icons/play')],
  ['src/lessons/call/any.ts', value('../lesson.ts')],
  ['src/lessons/call/any.ts', value('../../sdp/grammar.ts')],
  ['machines/any.ts', type('../src/trace/event.ts')],
  ['machines/any.ts', value('xstate')],
  ['src/trace/any.ts', type('../ice/candidate.ts')],
  ['src/trace/any.ts', value('valibot')],
  ['src/peers/any.ts', type('../trace/event.ts')],
  ['src/signaling/any.ts', value('broadcast-channel')],
  ['src/ice/any.ts', value('../stun/message.ts')],
  ['src/call/any.ts', value('../peers/browser.ts')],
  ['src/call/acts/any.ts', value('../call.ts')],
  ['src/call/any.ts', value('../signaling/channel.ts')],
  ['machines/any.ts', type('../src/call/act.ts')],
  ['machines/any.ts', value('../src/rtc/steps.ts')],
  ['src/lessons/call/any.ts', type('../../net/description.ts')],
])('%s may: %s', async (file, code) => {
  expect(await rulesBrokenBy(file, code)).toEqual([]);
});

test('every arrow between rooms runs down', () => {
  const names = Object.keys(rooms);
  const up = names.flatMap((from, at) => {
    const { rooms: values, types = [] } = rooms[from] ?? { rooms: [] };
    const all = [values, types].flatMap((each) => (each === 'all' ? names : each));
    return all
      .filter((to) => to !== from && names.indexOf(to) <= at)
      .map((to) => `${from} → ${to}`);
  });
  expect(up).toEqual([]);
});

const pure = ['rtc', 'sdp', 'ice', 'stun', 'net', 'trace'];
const impure = [
  'window.name',
  'document.body',
  'navigator.language',
  'Date.now()',
  'new Date()',
  'Math.random()',
  'setTimeout(String, 1)',
  'performance.now()',
  'crypto.randomUUID()',
  'globalThis.Date.now()',
];
test.each(pure.flatMap((room) => impure.map((code) => [room, code] as const)))(
  '%s may not use %s',
  async (room, code) => {
    const rules = await rulesBrokenBy(`src/${room}/any.ts`, `export const a = ${code};`);
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatch(/^no-restricted-(globals|properties)$/);
  },
);

test('a style directive is no style attribute', async () => {
  const code = '<script lang="ts">\n  const w = "1px";\n</script>\n\n<p style:width={w}>thin</p>';
  expect(await rulesBrokenBy('src/views/Any.svelte', code)).toEqual([]);
});

test('what is awaited may fail', async () => {
  const code = '{#await import("./a.ts") then a}{a}{:catch error}{error}{/await}';
  expect(await rulesBrokenBy('src/views/Any.svelte', code)).not.toContain('no-restricted-syntax');
});

test('time and the page are free elsewhere', async () => {
  const code = 'export const a = [Date.now(), document.body, Math.random()];';
  expect(await rulesBrokenBy('src/app/any.ts', code)).toEqual([]);
});

test.each([
  [
    'src/app/any.ts',
    'export const a = (b: any): unknown => b;',
    '@typescript-eslint/no-explicit-any',
  ],
  [
    'src/app/any.ts',
    'export const a = (b?: number): number => b!;',
    '@typescript-eslint/no-non-null-assertion',
  ],
  [
    'src/app/any.ts',
    '// eslint-disable-next-line eqeqeq\nexport const a = (b: number): boolean => b == 1;',
    '@eslint-community/eslint-comments/require-description',
  ],
  ['src/views/Any.svelte', '{@html "<b>bold</b>"}', 'svelte/no-at-html-tags'],
  ['src/views/Any.svelte', '<p style="color: red">red</p>', 'no-restricted-syntax'],
  ['src/views/Any.svelte', '{#await import("./a.ts") then a}{a}{/await}', 'no-restricted-syntax'],
  [
    'src/views/Any.svelte',
    '{#await import("./a.ts")}…{:then a}{a}{/await}',
    'no-restricted-syntax',
  ],
  ['src/views/Any.ts', `export type A = import('../peers/connection.ts').A;`, 'house/rooms'],
])('%s: %s breaks %s', async (file, code, rule) => {
  expect(await rulesBrokenBy(file, code)).toContain(rule);
});
