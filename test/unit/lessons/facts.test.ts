// What captions say of a run that is known event by event.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { caption } from '../../../src/lessons/call/caption.ts';
import { captionFacts } from '../../../src/lessons/call/facts.ts';
import { CALL_STEPS, callStep, type CallStepKind } from '../../../src/rtc/steps.ts';
import { stepNumber } from '../../../src/trace/frame.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { RunWriter, STANDARD, standardRun } from './run.ts';

beforeAll(() => {
  overwriteGetLocale(() => 'en');
});
afterAll(() => {
  overwriteGetLocale(() => 'en');
});

const run = standardRun('sent');
const said = (step: CallStepKind, of = run) => caption(of.facts(step)).body;

test.each<[CallStepKind, string[]]>([
  ['capture-caller', ['the test card made an audio and a video track', 'no connection yet']],
  ['add-tracks', ['each of 2 tracks', '`createDataChannel()`']],
  ['create-offer', ['3 **m= sections**', 'no candidate is being gathered']],
  ['set-local-offer', ['from `stable` to `have-local-offer`', 'starts ICE gathering']],
  ['gather-candidates', ['One is found so far', '`.local`']],
  ['send-offer', ['characters in 4 lines', 'One candidate follows']],
  ['set-remote-offer', ['3 m= sections', '`have-remote-offer`', 'One candidate that came early']],
  ['capture-callee', ['an audio and a video track', 'puts each in the place']],
  ['create-answer', ['3 **m= sections** in their order', 'only text until it is set']],
  ['set-local-answer', ['`stable`', '**current**', 'already `connected`', 'by themselves']],
  ['send-answer', ['in 5 lines', 'before the answer left', '**peer-reflexive**']],
  ['receive-answer', ['`have-local-offer`', 'One candidate waits']],
  [
    'set-remote-answer',
    ['**current** on both sides', 'The candidate that waited is added', 'ICE is now `checking`'],
  ],
  [
    'connect',
    [
      'ms after the callee set its answer',
      'a direct path',
      'DTLS 1.2',
      'Audio and video flow both ways',
      'data channel is open',
    ],
  ],
])('step %s', (step, texts) => {
  for (const text of texts) expect(said(step)).toContain(text);
});

test('what ICE did early is told where it happened, and only there', () => {
  const telling = (early: 'sent' | 'applied' | 'never') => {
    const of = standardRun(early);
    return CALL_STEPS.filter(({ kind }) => said(kind, of).includes('peer-reflexive')).map(
      ({ kind }) => kind,
    );
  };
  expect(telling('sent')).toEqual(['send-answer']);
  expect(said('send-answer', standardRun('applied'))).toContain('before the caller applies');
  expect(telling('applied')).toEqual(['send-answer']);
  expect(telling('never')).toEqual([]);
});

test('inside a step, only what has happened by then is told', () => {
  expect(caption(run.facts('create-offer', 1)).body).toBe(
    '`createOffer()` writes what the caller proposes as **SDP**, which is plain text.',
  );
  expect(caption(run.facts('set-local-offer', 2)).body).not.toContain('have-local-offer');
  expect(caption(run.facts('set-remote-offer', 1)).body).not.toContain('now knows');
  expect(caption(run.facts('connect', 1)).title).toBe('Both ends connect');
  expect(caption(run.facts('connect', 1)).body).not.toContain('flow');
});

test('every moment of the run has a caption', () => {
  const { trace } = run;
  for (let cursor = 0; cursor <= trace.length; cursor += 1) {
    const after = frameAt(trace, cursor);
    const begin = trace.stepBegin(stepNumber(after));
    const { title, body } = caption(
      captionFacts({
        options: STANDARD,
        before: frameAt(trace, begin),
        after,
        step: callStep(after.step?.kind ?? '')?.kind ?? null,
        events: trace.events.slice(begin, cursor),
        trace,
      }),
    );
    expect(title).not.toBe('');
    expect(body).not.toBe('');
  }
});

test('a call that carries nothing is told gently that it will not connect', () => {
  const of = new RunWriter({ ...STANDARD, carry: { audio: false, video: false, data: false } });
  const offer = { type: 'offer', sdp: 'v=0\r\n' };
  expect(
    caption({ ...run.facts('capture-caller'), step: null, carriesMedia: false, carriesData: false })
      .body,
  ).toContain('how far two peers get');
  of.step('capture-caller');
  of.step('add-tracks');
  of.step('create-offer', {
    kind: 'return',
    side: 'caller',
    call: 1,
    method: 'createOffer',
    result: offer,
  });
  of.step('set-local-offer', {
    kind: 'description',
    side: 'caller',
    slot: 'pendingLocal',
    description: { type: 'offer', sdp: offer.sdp },
  });
  of.step('gather-candidates');
  expect(caption(of.facts('capture-caller')).title).toBe('The caller has nothing to capture');
  expect(said('add-tracks', of)).toContain('no m= section');
  expect(said('create-offer', of)).toContain('this call will never connect');
  expect(said('gather-candidates', of)).toContain('none will come');
  expect(caption(of.facts('gather-candidates')).title).toContain('nothing to gather');
});

test('trouble with a server is told in the step in which it came', () => {
  const of = new RunWriter({ ...STANDARD, iceServers: ['stun:stun.example:3478'] });
  const offer = { type: 'offer', sdp: 'v=0\r\nm=audio 9 x 0\r\n' } as const;
  of.step('set-local-offer', {
    kind: 'description',
    side: 'caller',
    slot: 'pendingLocal',
    description: offer,
  });
  of.step('gather-candidates', {
    ...{ kind: 'candidate-error', side: 'caller', url: 'stun:stun.example:3478' },
    ...{ errorCode: 701, errorText: '', address: null, port: null },
  });
  expect(said('gather-candidates', of)).toContain('Error 701');
  expect(said('gather-candidates', of)).toContain('not fatal');
  expect(said('gather-candidates', of)).toContain('None came in time');
});

test('without trickling, what the offer holds is told, and that the run waits', () => {
  const of = new RunWriter({ ...STANDARD, trickle: false });
  const offer = {
    type: 'offer',
    sdp: 'v=0\r\nm=audio 9 x 0\r\na=candidate:1\r\na=candidate:2\r\n',
  } as const;
  of.step('set-local-offer', {
    kind: 'description',
    side: 'caller',
    slot: 'pendingLocal',
    description: offer,
  });
  of.step('gather-candidates', {
    kind: 'state',
    side: 'caller',
    machine: 'iceGatheringState',
    from: 'gathering',
    to: 'complete',
  });
  of.step('send-offer', {
    kind: 'message',
    side: 'caller',
    at: 'posted',
    id: 'o',
    type: 'offer',
    from: 'caller',
    to: 'callee',
    body: offer,
  });
  expect(said('gather-candidates', of)).toContain('waits for all');
  expect(said('send-offer', of)).toContain('2 candidates travel inside it');
});

test('why a call did not connect, and that it has broken off', () => {
  const of = standardRun('never');
  const connected = of.facts('connect');
  const failed = { ...connected, progress: 'failed', problem: 'ice-failed' } as const;
  expect(caption(failed)).toEqual({
    title: 'The two ends did not connect',
    body: expect.stringContaining('no pair of candidates worked') as string,
  });
  of.write({
    kind: 'state',
    side: 'callee',
    machine: 'connectionState',
    from: 'connected',
    to: 'disconnected',
  });
  expect(caption(of.facts('connect')).title).toBe('The connection has broken off');
  of.write({ kind: 'hang-up', side: 'caller' });
  expect(caption(of.facts('connect')).title).toBe('The call is over');
});
