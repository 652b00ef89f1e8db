// Dumps as records: acts and steps from the calls, two sides where both are recorded, and a file that opens again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/trace/event.ts';
import { decode, encode } from '../../../src/trace/file.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import type { Dump } from '../../../src/import/dump.ts';
import { openMaterial } from '../../../src/import/open.ts';
import { pairsOf } from '../../../src/import/pairs.ts';
import { toTrace } from '../../../src/import/to-trace.ts';

const sdp = (ufrag: string, version: number) =>
  `v=0\r\no=- 1 ${String(version)} IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 X 0\r\na=mid:0\r\na=ice-ufrag:${ufrag}\r\n`;

let time = 0;
type Line = readonly [method: string, id: string | null, value: Json];

/** One exchange as both sides log it; `only` leaves the other side's lines out. */
function exchange(offer: Json, answer: Json, only?: string): Line[] {
  const lines: Line[] = [
    ['createOffer', 'A', null],
    ['createOfferOnSuccess', 'A', offer],
    ['setLocalDescription', 'A', offer],
    ['setLocalDescriptionOnSuccess', 'A', null],
    ['onsignalingstatechange', 'A', 'have-local-offer'],
    ['setRemoteDescription', 'B', offer],
    ['setRemoteDescriptionOnSuccess', 'B', null],
    ['createAnswer', 'B', null],
    ['createAnswerOnSuccess', 'B', answer],
    ['setLocalDescription', 'B', answer],
    ['setLocalDescriptionOnSuccess', 'B', null],
    ['setRemoteDescription', 'A', answer],
    ['setRemoteDescriptionOnSuccess', 'A', null],
    ['onsignalingstatechange', 'A', 'stable'],
  ];
  return lines.filter(([, id]) => only === undefined || id === only);
}

const offer = (ufrag: string, version: number) => ({ type: 'offer', sdp: sdp(ufrag, version) });
const answer = (ufrag: string, version: number) => ({ type: 'answer', sdp: sdp(ufrag, version) });
const candidate = {
  candidate: 'candidate:1 1 udp 1 192.0.2.1 1 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

function callLines(only?: string): readonly Line[] {
  const made: Line[] = [
    ['create', 'A', { iceServers: [{ urls: 'turn:x', username: 'u', credential: 'secret' }] }],
    ['create', 'B', {}],
    ['addTrack', 'A', 'audio:1 stream:2'],
  ];
  const up: Line[] = [
    ['onicecandidate', 'A', candidate],
    ['addIceCandidate', 'B', candidate],
    ['addIceCandidateOnSuccess', 'B', null],
    ['onconnectionstatechange', 'A', 'connected'],
    ['onconnectionstatechange', 'B', 'connected'],
    ['brandNew', 'A', { x: 1 }],
  ];
  return [
    ...made,
    ...exchange(offer('aa', 1), answer('bb', 1)),
    ...up,
    ...exchange(offer('aa', 2), answer('bb', 2)),
    ...exchange(offer('cc', 3), answer('dd', 3)),
    ['onicecandidate', 'A', null] as const,
    ['close', 'A', null] as const,
  ].filter(([, id]) => only === undefined || id === only);
}

async function open(lines: readonly Line[]): Promise<Dump> {
  time = 1_700_000_000_000;
  const text = lines.map((line) => JSON.stringify([...line, (time += 10)])).join('\n');
  const material = await openMaterial(
    new TextEncoder().encode(`RTCStatsDump\n{"userAgent":"X"}\n${text}`),
  );
  if (material.kind !== 'dump') throw new Error(material.kind);
  return material.dump;
}

test('two connections whose descriptions match are the two sides of one walk', async () => {
  const dump = await open(callLines());
  expect(pairsOf(dump)).toEqual([{ caller: 'A', callee: 'B' }]);
  const trace = toTrace(dump, { caller: 'A', callee: 'B' });
  expect(trace.acts.map(({ id, by }) => [id, by])).toEqual([
    ['call', null],
    ['renegotiate', 'caller'],
    ['restart-ice', 'caller'],
    ['hang-up', 'caller'],
  ]);
  expect(trace.acts[0]?.steps.map(({ kind }) => kind)).toEqual([
    ...['add-tracks', 'create-offer', 'set-local-offer', 'set-remote-offer', 'create-answer'],
    ...['set-local-answer', 'set-remote-answer', 'connect'],
  ]);
  const frame = frameAt(trace, trace.length);
  expect(frame.caller.slots.currentLocal?.sdp).toBe(sdp('cc', 3));
  expect(frame.callee.slots.currentRemote?.sdp).toBe(sdp('cc', 3));
  expect(frame.caller.slots.pendingLocal).toBeNull();
  expect(frame.ended).toBe(true);
  expect([...frame.callee.remote].map(({ at }) => at)).toEqual(['added']);
  // What the other side took from it was posted, and arrived.
  expect(
    [...frame.messages].map(({ from, type, at }) => `${from} ${type} ${at}`).slice(0, 3),
  ).toEqual(['caller offer delivered', 'callee answer delivered', 'caller candidate delivered']);
  const note = trace.events.find(({ kind }) => kind === 'note');
  expect(trace.events).toContainEqual(
    expect.objectContaining({ kind: 'note', name: 'brandNew', value: { x: 1 } }),
  );
  expect(note).toBeDefined();
  expect(encode(trace)).not.toContain('secret');
});

test.each(['A', 'B'])('of a call with one side recorded, the other has nothing: %s', async (id) => {
  const dump = await open(callLines(id));
  const side = id === 'A' ? 'caller' : 'callee';
  const pair = { caller: id === 'A' ? id : null, callee: id === 'B' ? id : null };
  expect(pairsOf(dump)).toEqual([pair]);
  const trace = toTrace(dump, pair);
  expect(trace.acts.map(({ id: act }) => act).slice(0, 3)).toEqual([
    'call',
    'renegotiate',
    'restart-ice',
  ]);
  const frame = frameAt(trace, trace.length);
  expect(frame[side].states.signalingState).not.toBeNull();
  expect(frame[side === 'caller' ? 'callee' : 'caller'].states.signalingState).toBeNull();
});

test('two connections that do not belong together stay apart', async () => {
  const lines = [
    ...exchange(offer('aa', 1), answer('bb', 1), 'A'),
    ...exchange(offer('xx', 1), answer('yy', 1), 'B'),
  ];
  expect(pairsOf(await open(lines))).toEqual([
    { caller: 'A', callee: null },
    { caller: null, callee: 'B' },
  ]);
});

test('any lines become a record that is saved and opened as any other', async () => {
  const methods = [
    ...new Set(callLines().map(([method]) => method)),
    'getStats',
    '__proto__',
    'setLocalDescriptionOnFailure',
  ];
  const value = fc.oneof(
    fc.constantFrom<Json>(
      offer('aa', 1),
      answer('bb', 1),
      candidate,
      { type: 'rollback' },
      { type: 'offer' },
      '',
    ),
    fc.json().map((text) => JSON.parse(text) as Json),
    fc.constantFrom<Json>({
      T: { type: 'transport', dtlsState: 3, selectedCandidatePairId: 'P' },
      P: { type: 'candidate-pair', localCandidateId: 'L', priority: -1 },
      L: { type: 'local-candidate', port: -1.5 },
    }),
  );
  const line = fc.tuple(
    fc.constantFrom(...methods),
    fc.constantFrom('A', 'B', null, '__proto__'),
    value,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
      const dump = await open(lines);
      for (const pair of pairsOf(dump)) {
        const trace = toTrace(dump, pair);
        expect(decode(encode(trace)).events).toEqual(JSON.parse(JSON.stringify(trace.events)));
        frameAt(trace, trace.length);
      }
    }),
    { numRuns: 200 },
  );
});
