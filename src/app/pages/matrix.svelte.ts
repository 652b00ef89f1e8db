// The page of the matrix: what is chosen, both tables as far as they are known, and the worker that computes them.
import { natPairAt } from '../../rtc/nat.ts';
import { EMPTY_TABLE, type Outcome, type Table } from '../../views/matrix/cell.ts';
import type { LabSettings } from '../../lessons/net/lab-settings.ts';
import { errorInfo } from '../../peers/error.ts';
import type { ErrorInfo } from '../../trace/event.ts';
import type { Job, Report } from './matrix-work.ts';
import { keepMatrix } from '../links/last-matrix.svelte.ts';
import { formatMatrixLink, parseMatrixLink } from '../links/matrix-link.ts';
import { useLocale } from '../look.svelte.ts';

/** What is told to the page when the worker fails; null where its script could not be loaded. */
export type OnError = (error: ErrorInfo | null) => void;

/** What of a worker is used. */
export type MatrixWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

type Tables = Readonly<Record<'off' | 'on', Table>>;
const NOTHING: Tables = { off: EMPTY_TABLE, on: EMPTY_TABLE };

/** A slider says many values on its way: the table is computed for the one where it rests, in ms. */
const REST = 60;
/** The least time between two writes of the address, in ms: browsers stop a page that changes it too often. */
const LEAST = 250;

/** What is on the page. */
export class Matrix {
  readonly #start: () => MatrixWorker;
  readonly #onError: OnError;
  #settings = $state.raw<LabSettings>(parseMatrixLink('').settings);
  #lang: string | null = null;
  #tables = $state.raw(NOTHING);
  /** What is shown, faded, where the table has nothing yet. */
  #old = $state.raw(NOTHING);
  /** What changes are marked against; null before there was any other table. */
  #before = $state.raw<Table | null>(null);
  #known = $state(0);
  #isBusy = $state(false);
  #worker: MatrixWorker | null = null;
  /** The worker has a job that it has not ended. */
  #isWorking = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #writing: ReturnType<typeof setTimeout> | undefined;
  #written = 0;

  /** @param start makes a worker */
  constructor(hash: string, start: () => MatrixWorker, onError: OnError) {
    this.#start = start;
    this.#onError = onError;
    this.follow(hash);
    if (!this.#isBusy) this.#compute();
  }

  get settings(): LabSettings {
    return this.#settings;
  }
  get lang(): string | null {
    return this.#lang;
  }
  /** The table that is looked at. */
  get table(): Table {
    return this.#tables[this.#key];
  }
  get old(): Table {
    return this.#old[this.#key];
  }
  get before(): Table | null {
    return this.#before;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }
  /** How much of both tables is known, 0 to 1. */
  get progress(): number {
    return this.#known / (2 * EMPTY_TABLE.length);
  }
  /** What became of the chosen call. Until it is known, what became of it before. */
  get outcome(): Outcome | null {
    const at = natPairAt(this.#settings.caller, this.#settings.callee);
    return this.table[at] ?? this.old[at] ?? null;
  }

  get #key(): keyof Tables {
    return this.#settings.turn ? 'on' : 'off';
  }

  /** Goes where a link says. */
  follow(hash: string): void {
    const { settings, lang } = parseMatrixLink(hash);
    this.#lang = lang;
    if (lang !== null) useLocale(lang);
    this.#take(settings);
  }

  /** Changes what is chosen. */
  change(change: Partial<LabSettings>): void {
    this.#take({ ...this.#settings, ...change });
    this.#write();
  }

  /** Computes anew after the worker has failed. */
  retry(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#compute();
  }

  /** Ends what is under way: the page is left. */
  close(): void {
    clearTimeout(this.#resting);
    clearTimeout(this.#writing);
    this.#worker?.terminate();
    this.#worker = null;
  }

  #take(settings: LabSettings): void {
    const was = this.#settings;
    keepMatrix(formatMatrixLink({ settings, lang: null }));
    const table = this.table;
    this.#settings = settings;
    if (isSameTable(was, settings)) {
      if (was.turn !== settings.turn && !table.includes(null)) this.#before = table;
      return;
    }
    // A table that was not finished is none to compare with: the one before it stays that.
    if (!table.includes(null)) this.#before = table;
    this.#old = {
      off: merged(this.#tables.off, this.#old.off),
      on: merged(this.#tables.on, this.#old.on),
    };
    this.#tables = NOTHING;
    this.#known = 0;
    this.#isBusy = true;
    this.#stop();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#compute();
    }, REST);
  }

  /** A worker at work is thrown away; one at rest is kept, for it is warm. */
  #stop(): void {
    if (!this.#isWorking) return;
    this.#worker?.terminate();
    this.#worker = null;
    this.#isWorking = false;
  }

  #compute(): void {
    this.#isBusy = true;
    try {
      const worker = (this.#worker ??= this.#start());
      this.#isWorking = true;
      worker.onmessage = ({ data }: MessageEvent<Report>) => {
        this.#hear(data);
      };
      worker.onerror = (event: Event) => {
        event.preventDefault();
        // A script that does not come gives an event that says nothing.
        this.#fail(event instanceof ErrorEvent ? { name: 'Error', message: event.message } : null);
      };
      worker.postMessage(this.#settings satisfies Job);
    } catch (thrown) {
      this.#fail(errorInfo(thrown));
    }
  }

  #hear(report: Report): void {
    switch (report.type) {
      case 'cells': {
        const next = { off: [...this.#tables.off], on: [...this.#tables.on] };
        for (const { turn, at, outcome } of report.cells) {
          const table = next[turn ? 'on' : 'off'];
          if (table[at] === null) this.#known += 1;
          table[at] = outcome;
        }
        this.#tables = next;
        return;
      }
      case 'done':
        this.#isWorking = false;
        this.#isBusy = false;
        return;
      case 'failed':
        this.#fail(report.error);
    }
  }

  #fail(error: ErrorInfo | null): void {
    this.#stop();
    this.#isBusy = false;
    this.#onError(error);
  }

  #write(): void {
    clearTimeout(this.#writing);
    const wait = Math.max(0, this.#written + LEAST - performance.now());
    const write = () => {
      this.#written = performance.now();
      const link = formatMatrixLink({ settings: this.#settings, lang: this.#lang });
      history.replaceState(history.state, '', link);
    };
    if (wait === 0) write();
    else this.#writing = setTimeout(write, wait);
  }
}

/** What both tables are computed from is the same; only what is looked at may be another. */
function isSameTable(one: LabSettings, other: LabSettings): boolean {
  return (Object.keys(one) as (keyof LabSettings)[]).every(
    (key) => key === 'caller' || key === 'callee' || key === 'turn' || one[key] === other[key],
  );
}

function merged(table: Table, under: Table): Table {
  return table.map((cell, at) => cell ?? under[at] ?? null);
}
