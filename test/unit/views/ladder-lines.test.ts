// What stands in the ladder's rows, line by line: plain words, changes of state, and rows that stay the same objects.
import { beforeEach, describe, expect, test } from 'vitest';
import { CALL_STEPS, SIDES, type CallStepKind } from '../../../src/rtc/steps.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { frameAt, Trace } from '../../../src/trace/trace.ts';
import { linesOf, pathOf } from '../../../src/views/ladder/lines.ts';
import { ladderActs, ladderRows } from '../../../src/views/ladder/rows.ts';
import { HEADER } from '../../fixtures/long-trace.ts';

let trace: Trace;
let recorder: Recorder;

beforeEach(() => {
  trace = new Trace(HEADER);
  recorder = new Recorder(trace, () => 0);
});

const KINDS = CALL_STEPS.map(({ kind }) => kind);

function perform(from: CallStepKind, to: CallStepKind) {
  for (const kind of KINDS.slice(KINDS.indexOf(from), KINDS.indexOf(to) + 1)) {
    recorder.begin(kind);
    recorder.done(kind);
  }
}

type Machine = 'signalingState' | 'iceGatheringState' | 'iceConnectionState' | 'connectionState';

function move(side: 'caller' | 'callee', machine: Machine, ...path: readonly string[]) {
  for (const [at, to] of path.entries()) {
    if (at > 0) recorder.write({ kind: 'state', side, machine, from: path[at - 1] ?? '', to });
  }
}

const rows = (cursor = trace.length) => ladderRows(trace, frameAt(trace, cursor));
const row = (kind: CallStepKind, cursor = trace.length) => {
  const found = rows(cursor).find(({ step }) => step.kind === kind);
  if (found === undefined) throw new Error(`There is no row for ${kind}.`);
  return found;
};
const call = (kind: CallStepKind, cursor = trace.length) => {
  const [line] = linesOf(row(kind, cursor));
  if (line?.kind !== 'call') throw new Error('It begins with no call.');
  return line;
};

describe('beside a call', () => {
  test('stand its plain words; before it comes, with what every run changes in it', () => {
    expect(call('create-offer')).toMatchObject({
      words: 'writes what it proposes, as text',
      change: null,
    });
    const change = (kind: CallStepKind) => call(kind).change?.paths.map(({ path }) => path);
    expect(change('set-local-offer')).toEqual([['stable', 'have-local-offer']]);
    expect(change('set-remote-answer')).toEqual([['have-local-offer', 'stable']]);
    expect(change('gather-candidates')).toEqual([['new', 'complete']]);
    expect(call('set-remote-offer')).toMatchObject({ words: null, change: { n: null } });
  });

  test('stands what has changed once it has, the description’s own change first', () => {
    perform('capture-caller', 'create-offer');
    recorder.begin('set-local-offer');
    move('caller', 'iceGatheringState', 'new', 'gathering');
    move('caller', 'signalingState', 'stable', 'have-local-offer');
    recorder.done('set-local-offer');
    const lines = linesOf(row('set-local-offer'));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      words: 'acts on it',
      change: { paths: [{ machine: 'signalingState' }] },
    });
    expect(lines[1]).toMatchObject({
      kind: 'changes',
      of: { caller: { paths: [{ machine: 'iceGatheringState' }] }, callee: null },
    });
    // Once it is past, one line is enough.
    perform('gather-candidates', 'gather-candidates');
    expect(linesOf(row('set-local-offer'))).toHaveLength(1);
  });
});

test('machines that went from the same to the same are one change, each side beside the other', () => {
  perform('capture-caller', 'set-remote-answer');
  recorder.begin('connect');
  for (const side of SIDES) {
    move(side, 'iceConnectionState', 'new', 'checking', 'connected');
    move(side, 'connectionState', 'new', 'connecting', 'connected');
  }
  move('callee', 'iceGatheringState', 'gathering', 'complete');
  const changes = linesOf(row('connect')).filter(({ kind }) => kind === 'changes');
  expect(changes).toHaveLength(1);
  const [line] = changes;
  if (line?.kind !== 'changes' || line.of.caller === null) throw new Error('Nothing has changed.');
  expect(line.of.caller.paths.map(({ machine }) => machine)).toEqual([
    ...['iceConnectionState', 'connectionState'],
  ]);
  // They went other ways, so only the ends are shown; the whole is there all the same.
  expect(pathOf(line.of.caller)).toMatchObject({ first: ['new'], last: ['connected'] });
  expect(line.of.callee?.paths).toHaveLength(2);
});

test('a key touches the rows that it changes, and no others', () => {
  perform('capture-caller', 'set-remote-offer');
  const before = rows(trace.stepEnd(5));
  const after = rows(trace.stepEnd(6));
  const changed = after.filter((each, at) => each !== before[at]);
  expect(changed.map(({ step }) => step.number)).toEqual([5, 6]);
  const acts = ladderActs(trace, frameAt(trace, 3));
  expect(ladderActs(trace, frameAt(trace, 9))).toBe(acts);
});
