// Problems of descriptions: none in what browsers write, and each of them where it is.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { problemsOf } from '../../../src/sdp/problems.ts';
import type { ProblemOptions, SdpProblem } from '../../../src/sdp/problems.ts';
import { browserFixtures, fixture } from './fixtures.ts';
import { mutated } from './mutated.ts';

const offer = fixture('chromium-both-and-data-offer');

/** A small description without a problem but that it has no candidates. */
const small = [
  ...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1'],
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  ...['a=setup:actpass', 'a=ice-ufrag:abcd', `a=ice-pwd:${'p'.repeat(22)}`],
  ...['m=audio 9 UDP/TLS/RTP/SAVPF 111 0', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sendrecv'],
  ...['a=rtcp-mux', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10', 'a=ssrc:1 cname:x'],
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  ...['m=video 9 UDP/TLS/RTP/SAVPF 96 97', 'c=IN IP4 0.0.0.0', 'a=mid:1', 'a=sendrecv'],
  ...['a=rtcp-mux', 'a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96'],
].map((line) => `${line}\r\n`);

function problems(sdp: string, type: ProblemOptions['type'] = 'offer'): readonly SdpProblem[] {
  return problemsOf(parseSdp(sdp), { type });
}

/** The problems that a change of the small description brings, as id, level and the line's text. */
function brought(change: (text: string) => string, type: ProblemOptions['type'] = 'offer') {
  const text = change(small.join(''));
  expect(text).not.toBe(small.join(''));
  const { lines } = parseSdp(text);
  return problems(text, type)
    .filter(({ id }) => id !== 'no-candidates')
    .map(({ id, level, line }) => [id, level, line === null ? null : lines[line - 1]?.text]);
}

const without = (start: string) => (text: string) =>
  text
    .split('\r\n')
    .filter((line) => !line.startsWith(start))
    .join('\r\n');
const plus = (line: string) => (text: string) => `${text}${line}\r\n`;
/** In the first section, which the group tags. */
const first = (line: string) => swap('a=rtcp-mux\r\n', `a=rtcp-mux\r\n${line}\r\n`);
const swap = (from: string, to: string) => (text: string) => text.replace(from, to);

describe('problemsOf', () => {
  it('finds nothing wrong or suspicious in what browsers write', () => {
    for (const { name, sdp, type } of browserFixtures) {
      const found = problems(sdp, type).filter(({ level }) => level !== 'note');
      expect(found, name).toEqual([]);
    }
  });

  it('notes what browsers leave open', () => {
    expect(problems(offer).map(({ id }) => id)).toEqual(['no-candidates']);
    expect(problems(fixture('firefox-gathered-offer')).map(({ id }) => id)).toEqual([
      'local-candidates',
    ]);
    expect(problems(fixture('chromium-renegotiated-offer')).map(({ id }) => id)).toEqual([
      'rejected',
    ]);
    expect(problems(small.join('')).map(({ id }) => id)).toEqual(['no-candidates']);
  });

  const fingerprint = /a=fingerprint:[^\r]*/.exec(small.join(''))?.[0] ?? '';
  const media = 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0';
  const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96 97';
  const duplicate = 'a=extmap:1 urn:ietf:params:rtp-hdrext:toffset';
  test.each<[string, (text: string) => string, ...(readonly (string | null)[])[]]>([
    ['no v=', without('v='), ['missing-line', 'wrong', null]],
    ['no o=', without('o='), ['missing-line', 'wrong', null]],
    ['no s=', without('s='), ['missing-line', 'wrong', null]],
    ['no t=', without('t='), ['missing-line', 'wrong', null]],
    [
      's= after t=',
      (text) => without('s=')(text).replace('t=0 0\r\n', 't=0 0\r\ns=-\r\n'),
      ['order', 'wrong', 's=-'],
    ],
    [
      'c= after a=',
      swap('c=IN IP4 0.0.0.0\r\na=mid:0', 'a=mid:0\r\nc=IN IP4 0.0.0.0'),
      ['order-section', 'note', 'c=IN IP4 0.0.0.0'],
    ],
    ['a blank line', swap('t=0 0\r\n', 't=0 0\r\n\r\n'), ['no-line', 'wrong', '']],
    ['a stray line', plus('hello'), ['no-line', 'wrong', 'hello']],
    ['a strange letter', plus('x=1'), ['unknown-type', 'wrong', 'x=1']],
    ['a bare LF', swap('s=-\r\n', 's=-\n'), ['line-end', 'note', 's=-']],
    ['a bare CR', swap('s=-\r\n', 's=-\r'), ['line-end', 'note', 's=-']],
    ['no last end', (text) => text.trimEnd(), ['line-end', 'note', 'a=fmtp:97 apt=96']],
    ['a control character', plus('a=x:\u0001'), ['binary', 'suspicious', 'a=x:\u0001']],
    ['a mark of bad UTF-8', plus('a=x:\ufffd'), ['binary', 'suspicious', 'a=x:\ufffd']],
    [
      'a negative number',
      swap('a=rtpmap:111', 'a=rtpmap:-1'),
      ['no-rtpmap', 'wrong', media],
      ['malformed', 'wrong', 'a=rtpmap:-1 opus/48000/2'],
      ['rtpmap-unlisted', 'suspicious', 'a=rtpmap:-1 opus/48000/2'],
    ],
    [
      'a line too short',
      plus('a=rtpmap:96'),
      ['malformed', 'wrong', 'a=rtpmap:96'],
      ['payload-twice', 'wrong', 'a=rtpmap:96'],
    ],
    ['a value too much', plus('a=rtcp-mux:1'), ['malformed', 'wrong', 'a=rtcp-mux:1']],
    [
      'a huge port',
      swap(media, media.replace('9', '99999')),
      ['range', 'wrong', media.replace('9', '99999')],
    ],
    [
      'a mid in the session',
      swap('t=0 0\r\n', 't=0 0\r\na=mid:x\r\n'),
      ['level', 'suspicious', 'a=mid:x'],
    ],
    ['a group in a section', plus('a=group:LS 0'), ['level', 'suspicious', 'a=group:LS 0']],
    [
      'sctpmap',
      plus('a=sctpmap:5000 webrtc-datachannel 1024'),
      ['obsolete', 'note', 'a=sctpmap:5000 webrtc-datachannel 1024'],
    ],
    [
      'SDES',
      plus('a=crypto:1 AES inline:x'),
      ['obsolete', 'suspicious', 'a=crypto:1 AES inline:x'],
    ],
    [
      'google-ice',
      plus('a=ice-options:google-ice'),
      ['obsolete', 'note', 'a=ice-options:google-ice'],
    ],
    ['mslabel', plus('a=ssrc:9 mslabel:x'), ['obsolete', 'note', 'a=ssrc:9 mslabel:x']],
    [
      'port 0',
      swap(video, video.replace('9', '0')),
      ['bundle-rejected', 'suspicious', 'a=group:BUNDLE 0 1'],
      ['rejected', 'note', video.replace('9', '0')],
    ],
    [
      'no encryption',
      swap(video, 'm=video 9 RTP/AVP 96 97'),
      ['not-encrypted', 'suspicious', 'm=video 9 RTP/AVP 96 97'],
    ],
    ['no fingerprint', without('a=fingerprint'), ['no-fingerprint', 'wrong', media]],
    [
      'a short fingerprint',
      swap(fingerprint, 'a=fingerprint:sha-256 AB:CD'),
      ['fingerprint-length', 'wrong', 'a=fingerprint:sha-256 AB:CD'],
    ],
    [
      'SHA-1',
      swap(fingerprint, `a=fingerprint:sha-1 ${fingerprint.slice(22, 81)}`),
      ['fingerprint-weak', 'suspicious', `a=fingerprint:sha-1 ${fingerprint.slice(22, 81)}`],
    ],
    ['no setup', without('a=setup'), ['no-setup', 'suspicious', media]],
    [
      'an offer that chooses',
      swap('actpass', 'active'),
      ['setup-offer', 'suspicious', 'a=setup:active'],
    ],
    ['no ufrag', without('a=ice-ufrag'), ['no-ice', 'wrong', media]],
    ['no password', without('a=ice-pwd'), ['no-ice', 'wrong', media]],
    ['a short ufrag', swap('ufrag:abcd', 'ufrag:abc'), ['ice-length', 'wrong', 'a=ice-ufrag:abc']],
    [
      'a short password',
      swap('pppp\r', 'ppp\r'),
      ['ice-length', 'wrong', `a=ice-pwd:${'p'.repeat(21)}`],
    ],
    [
      'a candidate that does not read',
      first('a=candidate:1 1 udp'),
      ['candidate-unreadable', 'wrong', 'a=candidate:1 1 udp'],
    ],
    [
      'only private candidates',
      first('a=candidate:1 1 udp 1 10.0.0.1 9 typ host'),
      ['local-candidates', 'note', 'a=candidate:1 1 udp 1 10.0.0.1 9 typ host'],
    ],
    [
      'a late candidate',
      first('a=end-of-candidates\r\na=candidate:1 1 udp 1 8.8.8.8 9 typ host'),
      ['candidate-late', 'suspicious', 'a=candidate:1 1 udp 1 8.8.8.8 9 typ host'],
    ],
    [
      'no mid',
      without('a=mid:1'),
      ['bundle-stranger', 'wrong', 'a=group:BUNDLE 0 1'],
      ['no-mid', 'note', video],
    ],
    [
      'a mid twice',
      swap('a=mid:1', 'a=mid:0'),
      ['bundle-stranger', 'wrong', 'a=group:BUNDLE 0 1'],
      ['mid-twice', 'wrong', 'a=mid:0'],
    ],
    [
      'a stranger in the group',
      swap('BUNDLE 0 1', 'BUNDLE 0 1 2'),
      ['bundle-stranger', 'wrong', 'a=group:BUNDLE 0 1 2'],
    ],
    ['no rtcp-mux', swap('a=rtcp-mux\r\n', ''), ['no-mux', 'wrong', media]],
    [
      'a payload type with two meanings',
      (text) =>
        text
          .replace(' 111 0', ' 111 0 96')
          .replace('a=fmtp:111', 'a=rtpmap:96 x/8000\r\na=fmtp:111'),
      ['bundle-payload', 'wrong', 'a=rtpmap:96 VP8/90000'],
    ],
    ['two directions', plus('a=inactive'), ['direction-twice', 'suspicious', 'a=inactive']],
    [
      'an extension twice',
      (text) => text.replace('m=video', `${duplicate}\r\nm=video`),
      ['extension-twice', 'wrong', duplicate],
    ],
    [
      'a source in two sections',
      plus('a=ssrc:1 cname:x'),
      ['ssrc-twice', 'wrong', 'a=ssrc:1 cname:x'],
    ],
    ['a payload type twice', swap(video, `${video} 96`), ['payload-twice', 'wrong', `${video} 96`]],
    ['no rtpmap', without('a=rtpmap:96'), ['no-rtpmap', 'wrong', video]],
    [
      'an rtpmap that is not listed',
      plus('a=rtpmap:98 VP9/90000'),
      ['rtpmap-unlisted', 'suspicious', 'a=rtpmap:98 VP9/90000'],
    ],
    [
      'an fmtp of nothing',
      plus('a=fmtp:98 x=1'),
      ['format-stranger', 'suspicious', 'a=fmtp:98 x=1'],
    ],
    [
      'feedback on nothing',
      plus('a=rtcp-fb:98 nack'),
      ['format-stranger', 'suspicious', 'a=rtcp-fb:98 nack'],
    ],
    ['an apt of nothing', swap('apt=96', 'apt=98'), ['apt-stranger', 'wrong', 'a=fmtp:97 apt=98']],
  ])('%s', (_name, change, ...expected) => {
    expect(brought(change)).toEqual(expected);
  });

  it('judges a setup role only where the type is known', () => {
    expect(problems(small.join(''), 'answer').map(({ id }) => id)).toContain('setup-answer');
    expect(problems(small.join(''), 'pranswer').map(({ id }) => id)).toContain('setup-answer');
    expect(problems(small.join(''), null).map(({ id }) => id)).toEqual(['no-candidates']);
    const active = small.join('').replace('actpass', 'active');
    expect(problems(active, null).map(({ id }) => id)).toEqual(['no-candidates']);
    expect(problems(active, 'answer').map(({ id }) => id)).toEqual(['no-candidates']);
  });

  it('knows an empty text, one without sections, and a fragment', () => {
    expect(problems('').map(({ id }) => id)).toEqual(['empty']);
    expect(problems(small.slice(0, 4).join('')).map(({ id }) => id)).toEqual(['no-media']);
    expect(problems('a=candidate:1 1 udp 1 8.8.8.8 9 typ host\r\n').map(({ id }) => id)).toContain(
      'fragment',
    );
    expect(problems('v=0\nm=audio 9 UDP/TLS/RTP/SAVPF x').map(({ id }) => id)).toContain(
      'malformed',
    );
    expect(problems('v=0\nm=audio 9 UDP/TLS/RTP/SAVPF 0').map(({ id }) => id)).not.toContain(
      'malformed',
    );
    expect(problems('DTLS').map(({ id }) => id)).toContain('no-line');
    expect(problems('v=0\nm=application 9 DTLS/SCTP 5000').map(({ id }) => id)).toContain(
      'obsolete',
    );
  });

  it('leaves a section alone that has the transport of another', () => {
    const own = small.join('').replace('a=group:BUNDLE 0 1\r\n', '');
    const moved = own.replace(/(a=fingerprint[^]*?)(m=audio[^]*?)(?=m=video)/, '$2$1');
    expect(problems(moved).map(({ id }) => id)).toContain('no-fingerprint');
    expect(
      problems(moved.replace('t=0 0\r\n', 't=0 0\r\na=group:BUNDLE 0 1\r\n')).map(({ id }) => id),
    ).toEqual(['no-candidates']);
  });

  it(
    'names lines that are there, whatever a fuzzer makes of the fixtures',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(mutated, (sdp) => {
          const document = parseSdp(sdp);
          const found = problemsOf(document, { type: 'offer' });
          for (const { line } of found) {
            if (line !== null) expect(document.lines[line - 1]?.number).toBe(line);
          }
          const order = found.map(({ line }) => line ?? 0);
          expect([...order].sort((a, b) => a - b)).toEqual(order);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('takes big texts', { timeout: 60_000 }, () => {
    const many = (line: string) => `${small.join('')}${`${line}\r\n`.repeat(10_000)}`;
    expect(problems(many('a=ssrc:5 cname:x')).map(({ id }) => id)).toEqual(['no-candidates']);
    expect(problems(many('m=audio 9 UDP/TLS/RTP/SAVPF 0')).length).toBeGreaterThan(10_000);
    expect(problems(many('a=rtpmap:99 a/1')).length).toBeGreaterThan(9_000);
    expect(problems(`v=${'0'.repeat(1_000_000)}`).map(({ id }) => id)).toContain('malformed');
  });
});
