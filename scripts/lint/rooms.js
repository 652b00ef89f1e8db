// The lint rule that says which room may import which: the table below is the house's plan.
import { dirname, join, relative, sep } from 'node:path';
import { rootPath } from '../run.js';

/**
 * What a room's files may import. A room always imports itself.
 * @typedef {object} Permit
 * @property {string[] | 'all'} rooms whose values and types it may import
 * @property {string[] | 'all'} [types] whose types it may import besides
 * @property {string[] | 'all'} packages
 */

/**
 * The house from its roof to its floor: every arrow runs down.
 * @type {Record<string, Permit>}
 */
export const rooms = {
  app: { rooms: 'all', packages: 'all' },
  machines: {
    rooms: ['rtc'],
    types: ['call', 'trace', 'peers', 'signaling', 'sdp', 'ice', 'stun', 'net'],
    packages: ['xstate'],
  },
  views: {
    rooms: ['lessons', 'trace', 'sdp', 'ice', 'stun', 'i18n', 'rtc'],
    types: ['net'],
    packages: ['svelte', 'bits-ui', '@lucide/svelte', 'qr'],
  },
  lessons: {
    rooms: ['trace', 'sdp', 'ice', 'stun', 'i18n', 'rtc'],
    types: ['net'],
    packages: [],
  },
  i18n: { rooms: ['rtc'], packages: ['svelte'] },
  import: { rooms: ['trace', 'sdp', 'ice', 'stun', 'rtc'], packages: [] },
  call: {
    rooms: ['peers', 'signaling', 'trace', 'sdp', 'ice', 'stun', 'net', 'rtc'],
    packages: [],
  },
  peers: { rooms: ['trace', 'sdp', 'ice', 'stun', 'net', 'rtc'], packages: ['valibot'] },
  signaling: { rooms: ['rtc'], types: ['trace'], packages: ['broadcast-channel', 'valibot'] },
  trace: { rooms: ['rtc'], types: ['ice', 'net'], packages: ['valibot'] },
  sdp: { rooms: ['ice', 'stun', 'net', 'rtc'], packages: [] },
  ice: { rooms: ['stun', 'net', 'rtc'], packages: [] },
  stun: { rooms: ['net', 'rtc'], packages: ['@noble/hashes'] },
  net: { rooms: ['rtc'], packages: [] },
  // The floor: every room may import it, and it imports nothing.
  rtc: { rooms: [], packages: [] },
};

/**
 * The room a file is in, or undefined where no room is: src/main.ts, tests, scripts.
 * @param {string} file an absolute path
 */
function roomOf(file) {
  const [first, second, third] = relative(rootPath, file).split(sep);
  if (first === 'machines') return second === undefined ? undefined : 'machines';
  return first === 'src' && third !== undefined ? second : undefined;
}

/** @param {string} specifier e.g. 'svelte/store' or '@lucide/svelte/icons/play' */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * True where only types cross: `import type`, or nothing but `type` names in the braces.
 * @param {any} node
 */
function isTypeOnly(node) {
  if (node.type === 'TSImportType') return true;
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return (
    names.length > 0 &&
    names.every((/** @type {any} */ n) => n.importKind === 'type' || n.exportKind === 'type')
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const roomsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unknown: "'{{from}}' is no room of the house. Give it a line in scripts/lint/rooms.js.",
      room: "'{{from}}' may not import from '{{to}}' (scripts/lint/rooms.js).",
      types: "'{{from}}' may import only types from '{{to}}': use `import type`.",
      outside: "'{{from}}' may not import '{{to}}', which is outside the house.",
      package: "'{{from}}' may not import the package '{{to}}' (scripts/lint/rooms.js).",
    },
  },
  create(context) {
    const from = roomOf(context.filename);
    if (from === undefined) return {};
    const permit = Object.hasOwn(rooms, from) ? rooms[from] : undefined;
    if (permit === undefined) {
      return {
        Program: (node) => context.report({ node, messageId: 'unknown', data: { from } }),
      };
    }

    /** @param {any} node */
    function check(node) {
      const source = node.source?.literal ?? node.source ?? node.argument?.literal;
      const specifier = source?.value;
      if (typeof specifier !== 'string') return;
      /** @param {string} messageId @param {string} to */
      const report = (messageId, to) =>
        context.report({ node: source, messageId, data: { from: String(from), to } });

      if (!specifier.startsWith('.') && !specifier.startsWith('/')) {
        const name = packageOf(specifier);
        if (permit?.packages !== 'all' && !permit?.packages.includes(name)) report('package', name);
        return;
      }
      // Vite takes a path that begins with a slash as one below src.
      const to = roomOf(
        specifier.startsWith('/')
          ? join(rootPath, 'src', specifier)
          : join(dirname(context.filename), specifier),
      );
      if (to === from) return;
      if (permit?.rooms === 'all') return;
      if (to === undefined) return report('outside', specifier);
      if (permit?.rooms.includes(to)) return;
      const mayType = permit?.types === 'all' || permit?.types?.includes(to);
      if (!mayType) return report('room', to);
      if (!isTypeOnly(node)) report('types', to);
    }

    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
