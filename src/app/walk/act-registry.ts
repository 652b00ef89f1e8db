// The acts that can follow the call, once they are loaded: with the first call, or with what opens recordings.
import type { ActWish } from '../../rtc/steps.ts';
import type { ActScript } from '../../call/act.ts';
import type { ActLesson } from '../../lessons/act.ts';
import { teachAct } from '../../lessons/acts.ts';

/** An act: what it does, and what is said of it. */
export interface ActEntry {
  readonly script: ActScript;
  readonly lesson: ActLesson;
}

const ENTRIES = new Map<string, ActEntry>();

/** Adds an act to those that can follow the call. */
export function addAct(entry: ActEntry): void {
  ENTRIES.set(entry.script.id, entry);
  teachAct(entry.lesson);
}

/** All acts that can follow the call, in the order in which they are offered. */
export function acts(): readonly ActEntry[] {
  return [...ENTRIES.values()];
}

/** The act of that name; `null` when there is none. Takes any text, as a link gives it. */
export function actById(id: string): ActEntry | null {
  return ENTRIES.get(id) ?? null;
}

/** The place of a step within an act, from 1; the last where it has none of that kind, 1 for an act that nobody knows. */
export function ordinalIn({ id, by, settings }: ActWish, kind: string | null): number {
  const steps = actById(id)?.script.plan(by, settings).steps ?? [];
  return steps.findIndex((step) => step.kind === kind) + 1 || Math.max(1, steps.length);
}
