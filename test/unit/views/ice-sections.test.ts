// The ICE tab's candidates by m= section and generation, and none of them lost or told twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Candidate } from '../../../src/trace/event.ts';
import { FIRST_FRAME, type PeerFrame } from '../../../src/trace/frame.ts';
import { candidateSections } from '../../../src/views/tabs/ice/sections.ts';

const SDP = [
  ...['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:a', 'm=video 9 UDP/TLS/RTP/SAVPF 96'],
  ...['a=mid:v', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:d', ''],
].join('\r\n');
const MIDS = ['a', 'v', 'd'] as const;

function candidate(
  mid: (typeof MIDS)[number] | null,
  ufrag: string | null,
  end = false,
): Candidate {
  return {
    candidate: end ? '' : 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
    ...{ sdpMid: mid, sdpMLineIndex: mid === null ? null : MIDS.indexOf(mid) },
    usernameFragment: ufrag,
  };
}

function peerOf(...candidates: readonly Candidate[]): PeerFrame {
  const { caller } = FIRST_FRAME;
  return {
    ...caller,
    slots: { ...caller.slots, pendingLocal: { type: 'offer', sdp: SDP, n: 1 } },
    local: candidates.reduce(
      (list, each, n) => list.append({ n, candidate: each, step: 0, at: 'found' }),
      caller.local,
    ),
  };
}

const told = (peer: PeerFrame) =>
  candidateSections(peer, 'local').map(({ media, mid, count, ufrag }) => [
    media,
    mid,
    count,
    ufrag,
  ]);

test('by the order of the m= lines, however they came; the end of all comes last', () => {
  const peer = peerOf(
    ...[candidate('v', 'x'), candidate('a', 'x'), candidate('v', 'x'), candidate('d', 'x')],
    candidate(null, null, true),
  );
  expect(told(peer)).toEqual([
    ['audio', 'a', 1, null],
    ['video', 'v', 2, null],
    ['application', 'd', 1, null],
    [null, null, 0, null],
  ]);
});

test('the end of a section’s candidates is in it, and is not counted', () => {
  const peer = peerOf(candidate('a', 'x'), candidate('a', 'x', true));
  expect(told(peer)).toEqual([['audio', 'a', 1, null]]);
  expect(candidateSections(peer, 'local')[0]?.candidates).toHaveLength(2);
});

test('sections with credentials of their own are of one generation', () => {
  expect(told(peerOf(candidate('a', 'x'), candidate('v', 'y')))).toEqual([
    ['audio', 'a', 1, null],
    ['video', 'v', 1, null],
  ]);
});

test('an ICE restart makes another generation of the same section', () => {
  const peer = peerOf(
    ...[candidate('a', 'x'), candidate(null, null, true)],
    ...[candidate('a', 'z'), candidate('a', 'z'), candidate(null, null, true)],
  );
  expect(told(peer)).toEqual([
    ['audio', 'a', 1, 'x'],
    [null, null, 0, 'x'],
    ['audio', 'a', 2, 'z'],
    [null, null, 0, 'z'],
  ]);
});

test('before there is a description, the mid is known and the media is not', () => {
  const { local, ...rest } = peerOf(candidate('a', 'x'));
  const queued = { ...rest, local: FIRST_FRAME.caller.local, remote: local };
  expect(candidateSections(queued, 'remote')).toMatchObject([{ mid: 'a', media: null, count: 1 }]);
});

test('each candidate is in one section, and keys are unique', () => {
  const any = fc.tuple(
    fc.constantFrom(...MIDS, null),
    fc.constantFrom('x', 'y', null),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), (list) => {
      const sections = candidateSections(
        peerOf(...list.map(([mid, ufrag, end]) => candidate(mid, ufrag, end))),
        'local',
      );
      const all = sections.flatMap(({ candidates }) => candidates.map(({ n }) => n));
      expect([...all].sort((one, other) => one - other)).toEqual(list.map((_, at) => at));
      expect(new Set(sections.map(({ key }) => key)).size).toBe(sections.length);
    }),
  );
});
