// What belongs together: one candidate in its four shapes, fingerprints in any case, and nothing else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  candidateTie,
  isEndOf,
  isLitBy,
  isTie,
  messageTie,
  pairTie,
  stateTie,
} from '../../../src/views/ties.ts';
import { eventTie, fingerprintTie, lineTie } from '../../../src/views/tabs/ties.ts';

const CANDIDATE = 'candidate:1 1 udp 2113937151 7c1f.local 59257 typ host';
const END = { type: 'host', protocol: 'udp', address: '', port: 59257, priority: 2113937151 };

test('a candidate is the same in a message and in SDP, whatever its tail', () => {
  const tie = candidateTie(`${CANDIDATE} generation 0 ufrag Ab1+ network-cost 999`);
  expect(tie).toBe('candidate udp 2113937151 59257 7c1f.local');
  expect(lineTie(`a=${CANDIDATE} generation 0`)).toBe(tie);
  expect(candidateTie(CANDIDATE.replace('59257', '59258'))).not.toBe(tie);
  expect(candidateTie('')).toBeNull();
});

test('a pair is tied by either end, also where its address is hidden', () => {
  const tie = candidateTie(CANDIDATE);
  expect(isEndOf(tie, END)).toBe(true);
  expect(isEndOf(tie, { ...END, port: 1 })).toBe(false);
  expect(isEndOf(tie, { ...END, priority: null })).toBe(true);
  expect(isEndOf(tie, { ...END, protocol: 'tcp' })).toBe(false);
  expect(isEndOf(null, END)).toBe(false);
  expect(isEndOf('media video', END)).toBe(false);
});

test('a fingerprint is the same in any case; a section goes by its media', () => {
  expect(lineTie('a=fingerprint:sha-256 AB:CD')).toBe(fingerprintTie('SHA-256 ab:cd'));
  expect(lineTie('m=video 9 UDP/TLS/RTP/SAVPF 96')).toBe('media video');
  expect(lineTie('a=rtcp-mux')).toBeNull();
});

test('any line has a tie or none, and a link takes back what it was given', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const line of [text, `a=candidate:${text}`, `a=fingerprint:${text}`, `m=${text}`]) {
        const tie = lineTie(line);
        expect(tie === null || tie !== '').toBe(true);
      }
    }),
  );
  for (const line of [`a=${CANDIDATE}`, 'a=fingerprint:sha-256 AB:CD', 'm=audio 9 X 0']) {
    expect(isTie(lineTie(line) ?? '')).toBe(true);
  }
  expect(isTie('candidate <img>')).toBe(false);
});

test('an event is tied to its candidate, its message, its description or its state', () => {
  const base = { n: 1, t: 0, step: 0, side: 'caller', cause: null } as const;
  const candidate = {
    candidate: CANDIDATE,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: null,
  };
  const life = { ...base, kind: 'message', id: 'caller-1', from: 'caller', to: 'callee' } as const;
  const tie = candidateTie(CANDIDATE);
  expect(eventTie({ ...base, kind: 'candidate', at: 'found', candidate })).toBe(tie);
  expect(eventTie({ ...life, at: 'posted', type: 'candidate', body: candidate })).toBe(tie);
  expect(eventTie({ ...life, at: 'delivered', type: 'offer' })).toBe(messageTie('offer'));
  const description = { type: 'offer', sdp: '' } as const;
  const slot = 'pendingLocal';
  expect(eventTie({ ...base, kind: 'description', slot, description })).toBe(messageTie('offer'));
  expect(eventTie({ ...base, kind: 'description', slot, description: null })).toBeNull();
  const state = { ...base, kind: 'state', machine: 'signalingState', from: 'stable' } as const;
  const there = stateTie('caller', 'signalingState', 'have-local-offer');
  expect(eventTie({ ...state, to: 'have-local-offer' })).toBe(there);
  expect([there, messageTie('end-of-candidates')].every(isTie)).toBe(true);
  expect(eventTie({ ...base, kind: 'hang-up' })).toBeNull();
});

test('a pair that is picked lights both its candidates, and nothing else', () => {
  const other = { ...END, port: 4, priority: null, address: '2001:db8::1', protocol: 'tcp' };
  const pair = pairTie(END, other);
  expect(isTie(pair)).toBe(true);
  expect(isLitBy(pair, candidateTie(CANDIDATE))).toBe(true);
  expect(isLitBy(pair, candidateTie('candidate:2 1 tcp 5 2001:db8::1 4 typ host'))).toBe(true);
  expect(isLitBy(pair, candidateTie(CANDIDATE.replace('59257', '9')))).toBe(false);
  expect(isLitBy(pair, pair)).toBe(true);
  expect(isLitBy(null, candidateTie(CANDIDATE))).toBe(false);
  expect(isLitBy('media video', null)).toBe(false);
});
