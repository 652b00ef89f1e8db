// What waits for which description: candidates of one side, by the generation of ICE credentials they belong to.
import { expect, test } from 'vitest';
import { Inbox, Outbox } from '../../../src/call/trickle.ts';
import { ufragOf } from '../../../src/ice/ufrag.ts';
import { ufragsOf } from '../../../src/sdp/ufrag.ts';
import type { Candidate } from '../../../src/trace/event.ts';

const sdp = (...ufrags: readonly string[]) =>
  ['v=0', ...ufrags.flatMap((ufrag) => ['m=audio 9 RTP/AVP 0', `a=ice-ufrag:${ufrag}`]), ''].join(
    '\r\n',
  );
const of = (usernameFragment: string | null, name = 'one'): Candidate => ({
  candidate: `candidate:${name} 1 udp 1 192.0.2.1 9 typ host`,
  ...{ sdpMid: '0', sdpMLineIndex: 0, usernameFragment },
});
const END: Candidate = {
  ...{ candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null },
};
const names = (waiting: readonly { readonly candidate: Candidate }[]) =>
  waiting.map(({ candidate }) => candidate.candidate.split(' ')[0]?.slice('candidate:'.length));

test('generations are read from descriptions and candidates', () => {
  expect(ufragsOf(sdp('a', 'b'))).toEqual(['a', 'b']);
  expect(ufragsOf('')).toEqual([]);
  expect(ufragsOf('a=ice-ufrag:first\na=ice-ufrag:\ra=ice-ufrag:last')).toEqual(['first', 'last']);
  expect(ufragsOf('a=note:a=ice-ufrag:no\r\n a=ice-ufrag:no')).toEqual([]);
  expect(ufragOf(of('a'))).toBe('a');
  expect(ufragOf(of(null))).toBeNull();
  expect(ufragOf({ ...of(null), candidate: `${of(null).candidate} ufrag x` })).toBe('x');
});

test('what was found leaves with its own description, in its order, and later ones at once', () => {
  const outbox = new Outbox();
  const put = (candidate: Candidate, ufrag: string | null) =>
    outbox.put({ candidate, cause: null }, ufrag);
  expect(put(of('a', '1'), 'a')).toBe(false);
  expect(put(of('b', '2'), 'b')).toBe(false);
  expect(put(of('a', '3'), 'a')).toBe(false);
  expect(names(outbox.sent(sdp('a')))).toEqual(['1', '3']);
  expect(put(of('a', '4'), 'a')).toBe(true);
  expect(put(of('b', '5'), 'b')).toBe(false);
  outbox.putBack({ candidate: of('a', '6'), cause: null });
  expect(names(outbox.sent(sdp('b')))).toEqual(['2', '5', '6']);
  expect(outbox.sent(sdp('b'))).toEqual([]);
});

test('a candidate of a section that is new waits for the description that has it', () => {
  const described = (...mids: readonly string[]) =>
    ['a=ice-ufrag:a', ...mids.map((mid) => `a=mid:${mid}`), ''].join('\r\n');
  const at = (sdpMid: string) => ({ ...of('a', sdpMid), sdpMid });
  const outbox = new Outbox();
  outbox.sent(described('0'));
  expect(outbox.put({ candidate: at('0'), cause: null }, 'a')).toBe(true);
  expect(outbox.put({ candidate: at('1'), cause: null }, 'a')).toBe(false);
  expect(names(outbox.sent(described('0', '1')))).toEqual(['1']);

  const inbox = new Inbox();
  inbox.applied(described('0'));
  expect(inbox.take(at('0'), 1)).toBe(true);
  expect(inbox.take(at('1'), 2)).toBe(false);
  expect(names(inbox.applied(described('0', '1')))).toEqual(['1']);
  // What came with an offer that is not taken is forgotten.
  inbox.take(at('2'), 3);
  inbox.ignored();
  expect(inbox.applied(described('0', '1', '2'))).toEqual([]);
});

test('what has arrived waits for its own description', () => {
  const inbox = new Inbox();
  expect(inbox.take(of('a', '1'), 1)).toBe(false);
  expect(inbox.take(of('b', '2'), 2)).toBe(false);
  inbox.arrived(sdp('a'));
  expect(inbox.take(of(null, '3'), 3)).toBe(false);
  expect(names(inbox.applied(sdp('a')))).toEqual(['1', '3']);
  expect(inbox.take(of('a', '4'), 4)).toBe(true);
  expect(inbox.take(of('b', '5'), 5)).toBe(false);
  expect(names(inbox.applied(sdp('b')))).toEqual(['2', '5']);
});

test('the end of candidates, which names no generation, waits for the newest description', () => {
  const inbox = new Inbox();
  inbox.arrived(sdp('a'));
  inbox.applied(sdp('a'));
  expect(inbox.take(END, 1)).toBe(true);
  inbox.arrived(sdp('b'));
  expect(inbox.take(END, 2)).toBe(false);
  expect(inbox.applied(sdp('b'))).toEqual([{ candidate: END, cause: 2 }]);
  // The same description once more changes nothing.
  inbox.arrived(sdp('b'));
  expect(inbox.take(END, 3)).toBe(true);
});
