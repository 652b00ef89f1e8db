// Statistics as they come in, report by report or property by property, kept as columns.
import type { Json } from '../trace/event.ts';
import type { StatsObject } from './dump.ts';

interface Growing {
  readonly times: number[];
  readonly values: Json[];
  exact: boolean;
}

/** The statistics of one connection, while they are read. */
export class Columns {
  readonly #objects = new Map<string, { type: string; columns: Map<string, Growing> }>();

  /** A value of a property at a time. */
  add(id: string, property: string, time: number, value: Json): void {
    const column = this.#column(id, property);
    column.times.push(time);
    column.values.push(value);
  }

  /** All values of a property at once. */
  set(id: string, property: string, times: number[], values: Json[], exact: boolean): void {
    this.#object(id).columns.set(property, { times, values, exact });
  }

  /** Says of which type an object is. */
  type(id: string, type: string): void {
    this.#object(id).type = type;
  }

  /** What has come so far. */
  get objects(): readonly StatsObject[] {
    return [...this.#objects].map(([id, { type, columns }]) => ({ id, type, columns }));
  }

  #object(id: string): { type: string; columns: Map<string, Growing> } {
    const known = this.#objects.get(id);
    if (known !== undefined) return known;
    const object = { type: '', columns: new Map<string, Growing>() };
    this.#objects.set(id, object);
    return object;
  }

  #column(id: string, property: string): Growing {
    const { columns } = this.#object(id);
    const known = columns.get(property);
    if (known !== undefined) return known;
    const column: Growing = { times: [], values: [], exact: true };
    columns.set(property, column);
    return column;
  }
}
