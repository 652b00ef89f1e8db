// The four slots over the steps: what came when, grew, and was taken out.
import { expect, test } from 'vitest';
import type { Description, SlotName, TraceEvent } from '../../../src/trace/event.ts';
import { CALL_STEP, type CallStepKind, type Side } from '../../../src/rtc/steps.ts';
import { slotSpans } from '../../../src/views/tabs/sdp/slot-spans.ts';

const offer = (more = '', id = 1): Description => ({
  type: 'offer',
  sdp: `v=0\r\no=- ${String(id)} 2 IN IP4 127.0.0.1\r\n${more}`,
});
const answer: Description = { type: 'answer', sdp: 'v=0\r\no=- 9 2 IN IP4 127.0.0.1\r\n' };

function record(
  ...puts: readonly (readonly [CallStepKind, Side, SlotName, Description | null])[]
): readonly TraceEvent[] {
  return puts.map(([step, side, slot, description], at) => ({
    ...{ kind: 'description', n: at + 1, t: at, step: CALL_STEP[step].number },
    ...{ side, cause: null, slot, description },
  }));
}

test('an offer is pending, grows with its candidates, and becomes current with its answer', () => {
  const events = record(
    ['set-local-offer', 'caller', 'pendingLocal', offer()],
    ['gather-candidates', 'caller', 'pendingLocal', offer('a=candidate:1\r\n')],
    ['gather-candidates', 'caller', 'pendingLocal', offer('a=candidate:1\r\na=candidate:2\r\n')],
    ['set-remote-offer', 'callee', 'pendingRemote', offer()],
    ['set-remote-answer', 'caller', 'pendingLocal', null],
    ['set-remote-answer', 'caller', 'currentLocal', offer()],
    ['set-remote-answer', 'caller', 'currentRemote', answer],
  );
  expect(slotSpans(events, 'caller')).toEqual([
    { slot: 'pendingLocal', type: 'offer', n: 1, from: 4, to: 13, grew: 2, last: 5 },
    { slot: 'currentLocal', type: 'offer', n: 6, from: 13, to: null, grew: 0, last: 6 },
    { slot: 'currentRemote', type: 'answer', n: 7, from: 13, to: null, grew: 0, last: 7 },
  ]);
  expect(slotSpans(events, 'callee').map(({ slot, to }) => [slot, to])).toEqual([
    ['pendingRemote', null],
  ]);
});

test('a new description in a full slot is a stay of its own', () => {
  const events = record(
    ['set-local-offer', 'caller', 'pendingLocal', offer()],
    ['set-local-offer', 'caller', 'pendingLocal', offer('', 2)],
  );
  expect(slotSpans(events, 'caller').map(({ from, to, grew }) => [from, to, grew])).toEqual([
    [4, 4, 0],
    [4, null, 0],
  ]);
});
