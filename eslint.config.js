// What the linter holds the project to.
import js from '@eslint/js';
import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import { roomsRule } from './scripts/lint/rooms.js';

const typed = ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'];

// Time, chance and the page come in as parameters in these rooms.
const pure = ['rtc', 'sdp', 'ice', 'stun', 'net', 'trace'].map((room) => `src/${room}/**`);
const impure = [
  ...['window', 'self', 'globalThis', 'document', 'navigator', 'location'],
  ...['localStorage', 'sessionStorage', 'indexedDB', 'fetch', 'crypto'],
  ...['Date', 'performance', 'requestAnimationFrame', 'requestIdleCallback'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval'],
  ...['process', 'Buffer', 'RTCPeerConnection', 'BroadcastChannel', 'WebSocket'],
];

export default defineConfig(
  globalIgnores(['dist/', 'test-results/', 'playwright-report/', 'src/i18n/paraglide/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  comments.recommended,
  {
    rules: {
      // `== null` means null or undefined, and nothing else says it as shortly.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@eslint-community/eslint-comments/require-description': 'error',
    },
  },
  {
    files: typed,
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        parser: ts.parser,
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // The compiler sees what is undefined, and knows the types' names as well.
      'no-undef': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true, considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  // After the TypeScript rules, which would leave their own parser to read the components.
  svelte.configs.recommended,
  {
    files: ['**/*.svelte'],
    rules: {
      // The linter's parser takes an imported component for `any`, and what is handed to it for untyped: a callback
      // names the types of its parameters, and svelte-check compares them with the component's.
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteElement[kind='html'] SvelteAttribute[key.name='style']",
          message: "The page's policy blocks style attributes: use a class or `style:name={…}`.",
        },
        {
          selector: 'SvelteAwaitBlock[catch=null]',
          message:
            'What does not come leaves a blank place: use `Part.svelte`, or say so in `{:catch}`.',
        },
      ],
      'svelte/require-each-key': 'error',
      // Svelte's `let { … } = $props()` is right where one of them is bindable.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
    },
  },
  {
    files: ['src/**', 'machines/**'],
    plugins: { house: { rules: { rooms: roomsRule } } },
    rules: { 'house/rooms': 'error' },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': [
        'error',
        ...impure.map((name) => ({
          name,
          message: 'Time, chance and the page are parameters here.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance is a parameter here.' },
      ],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { ...globals.node } },
  },
);
