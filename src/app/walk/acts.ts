// The list of acts that can follow the call: each with its script and its lesson. Adding an act adds a line.
import { hangUp } from '../../call/acts/hang-up.ts';
import { shareScreen } from '../../call/acts/share-screen.ts';
import type { ActScript } from '../../call/act.ts';
import type { ActLesson } from '../../lessons/act.ts';
import { teachAct } from '../../lessons/acts.ts';
import { hangUpLesson } from '../../lessons/hang-up/lesson.ts';
import { shareScreenLesson } from '../../lessons/share-screen/lesson.ts';

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

addAct({ script: shareScreen, lesson: shareScreenLesson });
addAct({ script: hangUp, lesson: hangUpLesson });
