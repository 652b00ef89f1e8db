// The page of the matrix keeps both tables, marks what changed, and throws away a worker whose answer nobody wants.
import { expect, test, vi } from 'vitest';
import type { Job, Report } from '../../../src/app/pages/matrix-work.ts';
import { Matrix, type MatrixWorker } from '../../../src/app/pages/matrix.svelte.ts';
import { EMPTY_TABLE, type Outcome } from '../../../src/views/matrix/cell.ts';

const DIRECT: Outcome = {
  ...{ state: 'connected', took: 260, packets: 26 },
  pair: { local: 'srflx', remote: 'srflx', relayed: false, replacedRelay: false },
};
const FAILED: Outcome = { state: 'failed', took: 15_000, packets: 500, pair: null };

/** A worker that answers when it is told to. */
class FakeWorker implements MatrixWorker {
  onmessage: MatrixWorker['onmessage'] = null;
  onerror: MatrixWorker['onerror'] = null;
  readonly jobs: Job[] = [];
  terminated = false;

  postMessage(job: Job): void {
    this.jobs.push(job);
  }
  terminate(): void {
    this.terminated = true;
  }
  tell(data: Report): void {
    this.onmessage?.call(this as unknown as Worker, new MessageEvent('message', { data }));
  }
  /** Tells all cells of both tables. */
  finish(off: Outcome, on: Outcome): void {
    const cells = EMPTY_TABLE.flatMap((_, at) => [
      { turn: false, at, outcome: off },
      { turn: true, at, outcome: on },
    ]);
    this.tell({ type: 'cells', cells });
    this.tell({ type: 'done' });
  }
}

function setup(hash = '#/matrix') {
  const workers: FakeWorker[] = [];
  const errors: string[] = [];
  const matrix = new Matrix(
    hash,
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    (error) => errors.push(error?.message ?? 'not loaded'),
  );
  return { matrix, workers, errors };
}

test('cells fill in as they come, and the old ones show until then', async () => {
  const { matrix, workers } = setup();
  expect(matrix.isBusy).toBe(true);
  workers[0]?.finish(FAILED, DIRECT);
  expect([matrix.isBusy, matrix.progress, matrix.outcome]).toEqual([false, 1, FAILED]);
  expect(matrix.before).toBeNull();

  matrix.change({ seed: 2 });
  expect([matrix.isBusy, matrix.progress]).toEqual([true, 0]);
  expect(matrix.table[0]).toBeNull();
  expect(matrix.old[0]).toBe(FAILED);
  expect(matrix.outcome).toBe(FAILED);
  // A worker at rest takes the next job too.
  await vi.waitFor(() => {
    expect(workers[0]?.jobs).toHaveLength(2);
  });
  expect(workers).toHaveLength(1);
  workers[0]?.tell({ type: 'cells', cells: [{ turn: false, at: 20, outcome: DIRECT }] });
  expect(matrix.outcome).toBe(DIRECT);
  expect(matrix.before?.[20]).toBe(FAILED);
  matrix.close();
});

test('what is chosen computes nothing; the switch compares with the other table', () => {
  const { matrix, workers } = setup();
  workers[0]?.finish(FAILED, DIRECT);
  matrix.change({ caller: 0, callee: 8 });
  matrix.change({ turn: true });
  expect(matrix.isBusy).toBe(false);
  expect(matrix.outcome).toBe(DIRECT);
  expect(matrix.before?.[8]).toBe(FAILED);
  expect(workers[0]?.jobs).toHaveLength(1);
  matrix.close();
});

test('a worker at work is thrown away when the settings change, and when the page is left', async () => {
  const { matrix, workers } = setup();
  const table = matrix.before;
  matrix.change({ loss: 0.1 });
  expect(workers[0]?.terminated).toBe(true);
  // Only where the slider rests is anything computed; a table that was not finished is none to compare with.
  matrix.change({ loss: 0.2 });
  await vi.waitFor(() => {
    expect(workers[1]?.jobs.map(({ loss }) => loss)).toEqual([0.2]);
  });
  expect(matrix.before).toBe(table);
  matrix.close();
  expect(workers[1]?.terminated).toBe(true);
  expect(workers).toHaveLength(2);
});

test('a worker that fails is told of, and the next change starts another', async () => {
  const { matrix, workers, errors } = setup();
  workers[0]?.tell({ type: 'failed', error: { name: 'NetworkError', message: 'no host' } });
  expect(errors).toEqual(['no host']);
  expect(matrix.isBusy).toBe(false);
  matrix.change({ seed: 9 });
  await vi.waitFor(() => {
    expect(workers[1]?.jobs).toHaveLength(1);
  });
  matrix.close();
});
