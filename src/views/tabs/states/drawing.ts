// A state machine with what one side has gone through in it: what is passed, present, new and next.
import type { Box, Point } from '../../../lessons/states/diagram.ts';
import { causeLabel } from '../../../lessons/states/text.ts';
import { waysOn, type Machine, type MachineEdge } from '../../../lessons/states/machines.ts';
import type { StateEvent } from '../../../trace/event.ts';
import { textWidth } from '../../export/text.ts';
import { areaOf, freePath, freePlaceOn, freePointOn, type Area } from './geometry.ts';

/** A change of a machine: when it was, and in which step. */
export type Move = Pick<StateEvent, 'n' | 'step' | 'from' | 'to'>;

/** A state as it is drawn. */
export interface DrawnState {
  readonly id: string;
  readonly box: Box;
  readonly passed: boolean;
  readonly present: boolean;
  /** It was reached in this step. */
  readonly lit: boolean;
}

/** The numbers of the steps that went an arrow's way, and where they stand. */
export interface Badge extends Point {
  readonly text: string;
  readonly width: number;
}

/** An arrow as it is drawn. */
export interface DrawnEdge {
  readonly key: string;
  /** Null: from any state. */
  readonly from: string | null;
  readonly to: string;
  readonly path: string;
  /** Null for a way that the specification's machine has not, and the record has. */
  readonly edge: MachineEdge | null;
  readonly lines: readonly string[];
  /** What the label covers; null without one. */
  readonly area: Area | null;
  readonly badge: Badge | null;
  readonly passed: boolean;
  /** It was gone in this step. */
  readonly lit: boolean;
  /** It leads on from the present state. */
  readonly next: boolean;
}

/** A machine as one side has gone through it. */
export interface Drawing {
  readonly states: readonly DrawnState[];
  readonly edges: readonly DrawnEdge[];
  /** Null before the connection is made. */
  readonly present: string | null;
  /** The step in which the connection was made, on its first state; null before. */
  readonly start: Badge | null;
}

/** The height of a badge, in units of the drawing. */
export const BADGE_HEIGHT = 11;

/** The size of labels and badges, and how far their lines are apart. */
const LABEL = { size: 8, line: 10 } as const;

/**
 * The drawing of a machine.
 * @param events what happened to it on one side, in order, up to the cursor
 * @param since the cursor where the step or its moment began: what came later is new
 */
export function drawMachine(machine: Machine, events: readonly Move[], since: number): Drawing {
  const present = events.at(-1)?.to ?? null;
  const moves = events.filter(({ from }) => from !== null);
  const next = present === null ? [] : waysOn(machine, present);
  const drawn = machine.edges.map((edge) => {
    const lines = edge.causes.flatMap(causeLabel);
    const { from, to, path } = edge;
    return {
      ...{ from, to, path, edge, lines },
      area: lines.length === 0 ? null : labelArea(edge, lines),
    };
  });
  const taken = [
    ...machine.states.map(({ box }) => areaOf(box)),
    ...drawn.flatMap(({ area }) => area ?? []),
  ];
  const unlisted = unlistedWays(machine, moves, taken);
  const edges = [...drawn, ...unlisted].map(({ from, to, path, edge, lines, area }) => {
    const gone = moves.filter((event) => edgeOf(machine, event) === edge && isWay(event, from, to));
    const key = `${from ?? '*'} ${to}`;
    const steps = [...new Set(gone.map(({ step }) => step))];
    const badge = steps.length === 0 ? null : badgeOn(path, steps, taken);
    if (badge !== null) taken.push(areaOf({ ...badge, height: BADGE_HEIGHT }));
    return {
      ...{ key, from, to, path, edge, lines, area, badge },
      ...{ passed: gone.length > 0, lit: gone.some(({ n }) => n > since) },
      next: edge !== null && next.includes(edge),
    };
  });
  const states = machine.states.map(({ id, box }) => {
    const reached = events.filter(({ to }) => to === id);
    const lit = reached.some(({ n }) => n > since);
    return { id, box, passed: reached.length > 0, present: id === present, lit };
  });
  return { states, edges, present, start: startOf(machine, events) };
}

/** The arrow of a change; null where the machine has none. */
function edgeOf(machine: Machine, { from, to }: Move): MachineEdge | null {
  return (
    machine.edges.find((edge) => edge.from === from && edge.to === to) ??
    machine.edges.find((edge) => edge.from === null && edge.to === to) ??
    null
  );
}

function isWay(event: Move, from: string | null, to: string): boolean {
  return event.to === to && (from === null || event.from === from);
}

/** The ways of the record that the machine does not draw, each once: two changes seen as one, for example. */
function unlistedWays(machine: Machine, moves: readonly Move[], taken: readonly Area[]) {
  const ways = new Map<string, { from: string; to: string; path: string }>();
  for (const event of moves) {
    const { from, to } = event;
    if (from === null || from === to || edgeOf(machine, event) !== null) continue;
    const boxes = [from, to].map((id) => machine.states.find((state) => state.id === id)?.box);
    const [source, target] = boxes;
    // A state that the machine does not know has no place in it: the history tells of it.
    if (source === undefined || target === undefined) continue;
    const others = taken.filter((_, at) => {
      const box = machine.states[at]?.box;
      return box !== source && box !== target;
    });
    ways.set(`${from} ${to}`, { from, to, path: freePath(source, target, others) });
  }
  return [...ways.values()].map((way) => ({ ...way, edge: null, lines: [], area: null }));
}

function labelArea({ label: { x, y, anchor } }: MachineEdge, lines: readonly string[]): Area {
  const width = Math.max(0, ...lines.map((line) => textWidth(line, LABEL.size)));
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  const top = y - LABEL.size;
  return { left, right: left + width, top, bottom: top + lines.length * LABEL.line };
}

function badgeOn(path: string, steps: readonly number[], taken: readonly Area[]): Badge {
  const text = steps.join(' ');
  const width = badgeWidth(text);
  return { text, width, ...freePointOn(path, { width, height: BADGE_HEIGHT }, taken) };
}

function startOf(machine: Machine, events: readonly Move[]): Badge | null {
  const [first] = events;
  const box = machine.states.find(({ id }) => id === first?.to)?.box;
  if (first === undefined || box === undefined) return null;
  const text = String(first.step);
  const paths = machine.edges.map(({ path }) => path);
  return { text, width: badgeWidth(text), ...freePlaceOn(box, paths) };
}

function badgeWidth(text: string): number {
  return Math.max(BADGE_HEIGHT, textWidth(text, LABEL.size) + 6);
}
