// Values of a dump as a record can hold them: not too deep, and without the passwords of ICE servers.
import type { Json } from '../trace/event.ts';
import { isFields } from './json.ts';

/** One level less than a record's arguments may have. */
const DEPTH = 30;

const SECRET: ReadonlySet<string> = new Set(['credential', 'password', 'username']);

/** What lies too deep becomes JSON in a text. */
export function safeJson(value: Json, depth: number = DEPTH): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((inner) => safeJson(inner, depth - 1));
  }
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !SECRET.has(name))
      .map(([name, inner]) => [name, safeJson(inner, depth - 1)]),
  );
}
