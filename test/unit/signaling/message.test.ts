// The envelope: what it lets through, what it keeps out and why, and that nothing makes it throw.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignalMessage } from '../../../src/signaling/channel.ts';
import { MAX_SDP, open, seal } from '../../../src/signaling/message.ts';

const candidate = { candidate: '', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null };
const toCallee = { id: 'm1', from: 'caller', to: 'callee' } as const;

const messages: SignalMessage[] = [
  { ...toCallee, type: 'offer', body: { type: 'offer', sdp: 'v=0\r\n' } },
  { ...toCallee, type: 'answer', body: { type: 'pranswer', sdp: 'v=0\r\n' } },
  { ...toCallee, type: 'candidate', body: { ...candidate, candidate: 'candidate:1 …' } },
  { ...toCallee, type: 'end-of-candidates', body: candidate },
  { ...toCallee, type: 'call', body: null },
  { ...toCallee, type: 'hang-up', body: null },
  { ...toCallee, type: 'error', body: { name: 'InvalidStateError', message: 'no' } },
];

/** What was posted, as the browser's structured clone or JSON hands it on. */
const carried = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a message that was sealed', () => {
  test.each(messages)('opens as it was: $type', (message) => {
    expect(open('s', 'callee', carried(seal('s', message)))).toEqual({ ok: true, message });
  });

  test('is not for the other side, nor for another session', () => {
    const sealed = carried(seal('s', messages[0] ?? fail()));
    expect(open('s', 'caller', sealed)).toEqual({ ok: false, reason: 'not-for-this-side' });
    expect(open('t', 'callee', sealed)).toEqual({ ok: false, reason: 'other-session' });
  });

  test('brings nothing along that is not known', () => {
    const sealed = { ...seal('s', { ...toCallee, type: 'hang-up', body: null }), extra: 1 };
    const opened = open('s', 'callee', { ...sealed, message: { ...sealed.message, extra: 2 } });
    expect(opened).toEqual({ ok: true, message: { ...toCallee, type: 'hang-up', body: null } });
  });
});

describe('what is no envelope of this version', () => {
  const hangUp = seal('s', { ...toCallee, type: 'hang-up', body: null });
  const offer = (sdp: string) =>
    seal('s', { ...toCallee, type: 'offer', body: { type: 'offer', sdp } });

  test('a newer version is known as one, whatever is in it', () => {
    const newer = { peerglass: 'signal', version: 2, something: 'else' };
    expect(open('s', 'callee', newer)).toEqual({ ok: false, reason: 'newer-version' });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'offer'],
    ['a version below 1', { ...hangUp, version: 0 }],
    ['a version that is no integer', { ...hangUp, version: 1.5 }],
    ['no session', { ...hangUp, session: undefined }],
    ['a message to its sender', { ...hangUp, message: { ...hangUp.message, to: 'caller' } }],
    ['an unknown side', { ...hangUp, message: { ...hangUp.message, from: 'server' } }],
    ['an unknown type', { ...hangUp, message: { ...hangUp.message, type: 'ping' } }],
    ['an empty id', { ...hangUp, message: { ...hangUp.message, id: '' } }],
    ['an id that is too long', { ...hangUp, message: { ...hangUp.message, id: 'm'.repeat(129) } }],
    ['a body of another type', { ...hangUp, message: { ...hangUp.message, type: 'offer' } }],
    ['an SDP that is too long', offer('v'.repeat(MAX_SDP + 1))],
    [
      'an answer that says it is an offer',
      { ...hangUp, message: { ...toCallee, type: 'answer', body: { type: 'offer', sdp: '' } } },
    ],
    [
      'a line index that is none',
      {
        ...hangUp,
        message: { ...toCallee, type: 'candidate', body: { ...candidate, sdpMLineIndex: -1 } },
      },
    ],
    [
      'an end of candidates that is a candidate',
      {
        ...hangUp,
        message: {
          ...toCallee,
          type: 'end-of-candidates',
          body: { ...candidate, candidate: 'candidate:1' },
        },
      },
    ],
  ])('%s is kept out', (_, data) => {
    expect(open('s', 'callee', data)).toEqual({ ok: false, reason: 'not-an-envelope' });
  });

  test('the longest SDP still goes through', () => {
    expect(open('s', 'callee', offer('v'.repeat(MAX_SDP))).ok).toBe(true);
  });
});

describe('any JSON at all', () => {
  test('is opened or kept out, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const opened = open('s', 'callee', data);
        // As good as no JSON is an envelope by chance.
        expect(opened).toEqual({ ok: false, reason: 'not-an-envelope' });
      }),
    );
  });

  test('in the place of any part of an envelope does neither', () => {
    const sealed = seal('s', messages[2] ?? fail());
    const part = fc.constantFrom('peerglass', 'version', 'session', 'message');
    const inner = fc.constantFrom('id', 'from', 'to', 'type', 'body');
    fc.assert(
      fc.property(part, inner, fc.jsonValue(), (outer, key, data) => {
        open('s', 'callee', { ...sealed, [outer]: data });
        const changed = { ...sealed, message: { ...sealed.message, [key]: data } };
        const opened = open('s', 'callee', changed);
        // Whatever is let through is a message for this side, with an id.
        if (opened.ok) expect(opened.message).toMatchObject({ from: 'caller', to: 'callee' });
      }),
    );
  });
});

function fail(): never {
  throw new Error('there is no such message');
}
