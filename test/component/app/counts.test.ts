// Numbers that stand on one screen agree, at every event of whole runs: each is counted once, and says what it counts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../../src/app/walk/run.ts';
import { captionFacts } from '../../../src/lessons/call/facts.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { sdpLines } from '../../../src/sdp/lines.ts';
import { countCandidates } from '../../../src/trace/count.ts';
import { callStep, type CallStepKind } from '../../../src/rtc/steps.ts';
import { stepNumber, type Frame } from '../../../src/trace/frame.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { shownPath } from '../../../src/views/ladder/lines.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';
import { growthOf } from '../../../src/views/tabs/compared-sdp.ts';
import { sdpAt, SDP_SOURCES, storySource } from '../../../src/views/tabs/shown-sdp.ts';
import { browserRun, toTheEnd, walkLesson } from './walked.ts';

const lesson = (id: string) => {
  const found = NET_LESSONS.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no lesson ${id}.`);
  return found;
};

/** The kind of the step of the call that a frame is in. */
const kindAt = ({ step, act }: Frame): CallStepKind | null =>
  act.number === 1 ? (callStep(step?.kind ?? '')?.kind ?? null) : null;

const inBrowser = async (trickle: boolean) => {
  const run = browserRun({ trickle });
  await toTheEnd(run);
  return run;
};

describe.each([
  ['a call in this browser', () => inBrowser(true)],
  ['one without trickling', () => inBrowser(false)],
  ['two-routers', () => walkLesson(lesson('two-routers'))],
  ['network-change, with its ICE restart', () => walkLesson(lesson('network-change'))],
] as const)('%s', (_name, walk) => {
  let run: Run;
  beforeAll(async () => {
    run = await walk();
  });
  afterAll(() => {
    run.abandon();
  });

  /** Every moment a learner can stand at, with what the screen is made of. */
  function* moments() {
    const { trace } = run;
    for (let cursor = 1; cursor <= trace.length; cursor += 1) {
      const frame = frameAt(trace, cursor);
      // Packets change no number of candidates, and there are thousands.
      if (frame.step === null || frame.last?.kind === 'packet') continue;
      const number = stepNumber(frame);
      const before = frameAt(trace, trace.stepBegin(number));
      const events = trace.reading.ofStep(number, cursor);
      const { options } = trace.header;
      yield {
        frame,
        rows: ladderRows(trace, frame),
        facts: captionFacts({ options, before, after: frame, step: kindAt(frame), events }),
      };
    }
  }

  test('candidates: the ladder’s call, its arrows, and the caption', () => {
    let most = 0;
    for (const { frame, rows, facts } of moments()) {
      const gather = rows.find(({ step }) => step.kind === 'gather-candidates');
      const arrows = rows.flatMap(({ arrows: each }) => each);
      // What the caption tells of is what the ladder tells of, and what the ICE tab lists.
      if (kindAt(frame) === 'gather-candidates') {
        expect(gather?.times).toBe(facts.found);
        expect(facts.found).toBe(countCandidates(frame.caller.local));
      }
      const sent = rows.find(({ step }) => step.kind === 'send-offer')?.arrows;
      const along = sent?.find(({ kind, from }) => kind === 'candidates' && from === 'caller');
      if (kindAt(frame) === 'send-offer' && run.trace.header.options.trickle) {
        expect(along?.candidates ?? 0).toBe(facts.sentOffer?.along ?? 0);
      }
      // Nothing is sent for the first offer that was not found for it.
      const kind = kindAt(frame);
      if (kind !== null && kind !== 'connect' && gather !== undefined && gather.when !== 'future') {
        const all = arrows
          .filter(({ from, kind }) => from === 'caller' && kind === 'candidates')
          .reduce((sum, { candidates }) => sum + candidates, 0);
        expect(gather.times).toBeGreaterThanOrEqual(all);
      }
      for (const arrow of arrows) {
        expect(arrow.candidates).toBeLessThanOrEqual(arrow.messages.length);
        expect(arrow.waiting).toBeLessThanOrEqual(arrow.candidates);
        most = Math.max(most, arrow.waiting);
      }
      for (const side of ['caller', 'callee'] as const) {
        const { queued } = facts[side];
        if (queued === 0) continue;
        const waiting = arrows
          .filter(({ from }) => from !== side)
          .reduce((sum, arrow) => sum + arrow.waiting, 0);
        expect(waiting).toBe(queued);
      }
    }
    expect(most > 0).toBe(run.trace.header.options.trickle);
  });

  test('what waited in the queue is what is added afterwards', () => {
    const { trace } = run;
    const after = (step: number) => frameAt(trace, trace.ends[step] ?? 0);
    const waited = ladderRows(trace, after(6)).flatMap(({ arrows }) => arrows);
    const count = waited.reduce((sum, arrow) => sum + arrow.waiting, 0);
    const frame = frameAt(trace, (trace.ends[9] ?? 1) - 1);
    expect([...frame.callee.remote].filter(({ at }) => at === 'rejected')).toEqual([]);
    expect(countCandidates(frame.callee.remote)).toBeGreaterThanOrEqual(count);
  });

  test('lines: those of the offer as created, and those that came with candidates', () => {
    let grown = 0;
    for (const { frame, facts } of moments()) {
      const story = storySource(frame);
      for (const source of SDP_SOURCES) {
        const held = sdpAt(frame, source);
        const growth = growthOf(frame, source);
        if (growth === null || held === null) continue;
        grown += 1;
        expect(growth.created + growth.added).toBe(sdpLines(held.sdp).length);
      }
      // Where the caption gives the size of what was sent and the SDP tab another, the tab says why.
      if (kindAt(frame) !== 'send-offer' || story === null || facts.sentOffer === null) continue;
      const shown = sdpLines(sdpAt(frame, story)?.sdp ?? '').length;
      if (shown !== facts.sentOffer.lines) {
        expect(growthOf(frame, story)?.created).toBe(facts.sentOffer.lines);
      }
    }
    expect(grown).toBeGreaterThan(0);
  });

  test('paths: whole, or their first state and last with all between', () => {
    for (const { rows } of moments()) {
      for (const { path } of rows.flatMap(({ changes }) => changes)) {
        const { first, between, last } = shownPath(path);
        expect([...first, ...between, ...last]).toEqual(path);
        if (path.length <= 3) expect(between).toEqual([]);
      }
    }
  });
});
