// A small record for views: the steps up to 4, with the states of the caller and its offer.
import type { EventBody, TraceEvent } from '../../../src/trace/event.ts';
import { CALL_STEP, type CallStepKind } from '../../../src/rtc/steps.ts';
import { Trace } from '../../../src/trace/trace.ts';
import { HEADER } from '../../fixtures/long-trace.ts';

export const OFFER = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

/** The record; its last event is the caller's have-local-offer. */
export function walked(): Trace {
  const trace = new Trace(HEADER);
  const write = (step: CallStepKind, body: EventBody) => {
    const n = trace.length + 1;
    const event: TraceEvent = { ...body, n, t: n, step: CALL_STEP[step].number, cause: null };
    trace.append(event);
  };
  const state = { kind: 'state', side: 'caller' } as const;
  write('add-tracks', { ...state, machine: 'signalingState', from: null, to: 'stable' });
  for (const machine of ['iceGatheringState', 'iceConnectionState', 'connectionState'] as const) {
    write('add-tracks', { ...state, machine, from: null, to: 'new' });
  }
  write('create-offer', {
    ...{ kind: 'return', side: 'caller', call: 1, method: 'createOffer' },
    result: { type: 'offer', sdp: OFFER },
  });
  write('set-local-offer', {
    ...state,
    ...{ machine: 'signalingState', from: 'stable', to: 'have-local-offer' },
  });
  return trace;
}
