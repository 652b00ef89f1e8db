// Records of older versions, as older programs wrote them: they open, and show what they showed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callStep, CALL_STEPS } from '../../../src/rtc/steps.ts';
import { TRACE_VERSION } from '../../../src/trace/event.ts';
import { decode } from '../../../src/trace/file.ts';
import { frameAt } from '../../../src/trace/trace.ts';

const CALL_FRAMES = 'da5cd44493c4709ff88d251354efba98d37bd5d0ce5d57b1d7fdcd6ef7c3ecea';
const RANDOM_FRAMES = '1a04c539b9eabb31c9fcb4ddf19d47a302789bcd7e1400d94bf546813a836a4a';

interface OldEvent {
  readonly n: number;
  readonly kind: string;
  readonly step: string | null;
}

const textOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/records/${name}.json`, import.meta.url), 'utf8');

/** What frames tell that they did not tell in version 3. */
const NEWER = new Set(['act', 'of', 'was', 'channels', 'enabled', 'rtp', 'shows']);

/** A frame as version 3 had it: steps by their names, and no acts. */
function asBefore(key: string, value: unknown): unknown {
  if (NEWER.has(key)) return undefined;
  if (typeof value === 'object' && value !== null) {
    if (key === 'step' && 'kind' in value) return value.kind;
    return Symbol.iterator in value ? [...(value as Iterable<unknown>)] : value;
  }
  if (key !== 'step' || typeof value !== 'number') return value;
  return CALL_STEPS[value - 1]?.kind ?? null;
}

describe.each([
  // The digests are of what the program of version 3 showed at every cursor.
  ['call-v1', CALL_FRAMES],
  ['call-v2', CALL_FRAMES],
  ['call-v3', CALL_FRAMES],
  ['random-v3', RANDOM_FRAMES],
])('%s', (name, digest) => {
  const trace = decode(textOf(name));
  const { events: old } = JSON.parse(textOf(name)) as { readonly events: readonly OldEvent[] };

  test('keeps its events, each with its number and the number of its step', () => {
    expect(trace.header.version).toBe(TRACE_VERSION);
    expect(trace.events.map(({ n, kind, step }) => ({ n, kind, step }))).toEqual(
      old.map(({ n, kind, step }) => ({ n, kind, step: callStep(step ?? '')?.number ?? 0 })),
    );
    expect(trace.events.flatMap((event) => (event.kind === 'step' ? event.of : []))).toEqual(
      old.flatMap(({ kind, step }) => (kind === 'step' ? step : [])),
    );
    expect(trace.acts.map(({ id }) => id)).toEqual(['call']);
  });

  test('has the frames that it had', () => {
    const hash = createHash('sha256');
    for (let cursor = 0; cursor <= trace.length; cursor += 1) {
      hash.update(JSON.stringify(frameAt(trace, cursor), asBefore));
    }
    expect(hash.digest('hex')).toBe(digest);
  });
});
