// Where things stand on the timeline: in order, within the line, and what a press there is about.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALL_STEPS, exchangeSteps, type Act } from '../../../src/rtc/steps.ts';
import { Script } from '../../../src/trace/script.ts';
import { placeOn, pressedAt, timelinePlan } from '../../../src/views/player/plan.ts';

/** A call, and so many acts after it. */
function scriptOf(acts: number): Script {
  const script = new Script();
  script.begin(CALL_STEPS.length, undefined);
  for (let k = 0; k < acts; k += 1) {
    const act: Act = { id: `act-${String(k)}`, by: 'caller', steps: exchangeSteps('caller') };
    script.begin(script.begun + 1, act);
    script.begin(script.begun + act.steps.length - 1, undefined);
  }
  return script;
}

const places = fc
  .record({ acts: fc.nat(9), at: fc.double({ min: 0, max: 1, noNaN: true }), more: fc.boolean() })
  .chain(({ acts, at, more }) => {
    const { steps } = scriptOf(acts);
    const step = Math.round(at * steps.length);
    return fc.record({
      ...{ steps: fc.constant(steps), step: fc.constant(step), more: fc.constant(more) },
      moments: step === 0 ? fc.constant(0) : fc.nat(9),
    });
  });

test('all marks are on the line, in order, and acts do not touch each other', () => {
  fc.assert(
    fc.property(places, (place) => {
      const plan = timelinePlan(place);
      const marks = [...(plan.start === null ? [] : [plan.start])];
      for (const { at, number } of plan.dots) {
        marks.push(at);
        if (number === place.step) marks.push(...plan.ticks.map((tick) => tick.at));
      }
      expect(marks).toEqual([...marks].sort((a, b) => a - b));
      expect(new Set(marks).size).toBe(marks.length);
      const pieces = [
        ...plan.segments,
        { begin: plan.begin, end: plan.end },
        ...(plan.tail === null ? [] : [plan.tail]),
      ].sort((a, b) => a.begin - b.begin);
      for (const [k, { begin, end }] of pieces.entries()) {
        expect(begin).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual((pieces[k + 1]?.begin ?? 1) + 1e-9);
      }
      expect(marks[0]).toBeCloseTo(plan.begin);
      expect(marks.at(-1)).toBeCloseTo(plan.end);
    }),
  );
});

test('a press where something stands is about that', () => {
  fc.assert(
    fc.property(places, (place) => {
      const plan = timelinePlan(place);
      for (const { at, number } of plan.dots) {
        const isOpen = number === place.step && plan.ticks.length > 0;
        expect(pressedAt(plan, at, place.step)).toEqual(
          isOpen ? { kind: 'moment', moment: 1 } : { kind: 'step', step: number },
        );
      }
      for (const { at, number } of plan.ticks) {
        expect(pressedAt(plan, at, place.step)).toEqual({ kind: 'moment', moment: number });
      }
      for (const { begin, end, from, to } of plan.segments) {
        expect(pressedAt(plan, begin, place.step)).toEqual({ kind: 'step', step: from });
        expect(pressedAt(plan, end, place.step)).toEqual({ kind: 'step', step: to });
      }
    }),
  );
});

test('the ring stands on its step or its moment, and a little back while a step is walked', () => {
  const { steps } = scriptOf(0);
  const plain = timelinePlan({ steps, step: 6, moments: 0, more: false });
  const dot = (number: number) => plain.dots[number - 1]?.at ?? NaN;
  expect(placeOn(plain, { step: 6, moment: 0, inside: 1 })).toBe(dot(6));
  const inside = placeOn(plain, { step: 6, moment: 0, inside: 0.5 });
  expect(inside).toBeCloseTo((dot(5) + dot(6)) / 2);
  const open = timelinePlan({ steps, step: 14, moments: 7, more: false });
  expect(placeOn(open, { step: 14, moment: 1, inside: 0.1 })).toBe(open.dots[13]?.at);
  expect(placeOn(open, { step: 14, moment: 3, inside: 0.4 })).toBe(open.ticks[1]?.at);
  expect(placeOn(open, { step: 14, moment: 7, inside: 1 })).toBeCloseTo(open.end);
});

test('the same place of a recording gives the same plan, not one that is made anew', () => {
  const { steps } = scriptOf(2);
  const plan = (step: number) => timelinePlan({ steps, step, moments: 0, more: false });
  expect(plan(3)).toBe(plan(12));
  expect(plan(3)).not.toBe(plan(16));
});
