// The worker behind the matrix: makes all calls with and without TURN, and tells of them as they end.
import {
  LAB_NAMES,
  labAgents,
  labNetwork,
  labNetworkOf,
  labRest,
  labServers,
} from '../../lessons/net/lab.ts';
import type { LabSettings } from '../../lessons/net/lab-settings.ts';
import { errorInfo } from '../../peers/error.ts';
import { matrix } from '../../call/matrix.ts';
import { virtualCall } from '../../call/virtual-call.ts';
import { natPairAt } from '../../rtc/nat.ts';
import type { Cell, Job, Report } from './matrix-work.ts';

/** Cells are told together where they come faster, in ms. */
const BATCH = 25;

const tell = (report: Report) => {
  self.postMessage(report);
};

async function work(job: Job): Promise<void> {
  const { seed, caller, callee, turn } = job;
  const names = LAB_NAMES;
  const first = await virtualCall({
    ...{ seed, ...labAgents(job), names, iceServers: labServers(job), network: labNetwork(job) },
  });
  tell({ type: 'cells', cells: [{ turn, at: natPairAt(caller, callee), outcome: first }] });

  let cells: Cell[] = [];
  let told = performance.now();
  for (const each of [turn, !turn]) {
    const settings: LabSettings = { ...job, turn: each };
    const setup = {
      ...{ seed, ...labAgents(settings), names },
      ...{ iceServers: labServers(settings), rest: labRest(settings) },
      network: labNetworkOf.bind(null, settings),
    };
    for await (const { caller: row, callee: column, outcome } of matrix(setup)) {
      cells.push({ turn: each, at: natPairAt(row, column), outcome });
      if (performance.now() - told < BATCH) continue;
      tell({ type: 'cells', cells });
      cells = [];
      told = performance.now();
    }
  }
  tell({ type: 'cells', cells });
  tell({ type: 'done' });
}

self.onmessage = ({ data }: MessageEvent<Job>) => {
  work(data).catch((thrown: unknown) => {
    tell({ type: 'failed', error: errorInfo(thrown) });
  });
};
