// Kinds of faults, each with one that is found and one near it that is not.
import { describe, expect, it } from 'vitest';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { problemsOf } from '../../../src/sdp/problems.ts';
import { verdictOf, type JudgedText } from '../../../src/sdp/verdict.ts';
import { browserFixtures, fixture } from './fixtures.ts';

const SESSION = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
const video = (...lines: string[]) =>
  `${SESSION}m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n${lines.map((line) => `${line}\r\n`).join('')}`;
const ids = (sdp: string) => problemsOf(parseSdp(sdp)).map(({ id }) => id);

describe('in one text', () => {
  it.each([
    ['near-miss', 'a=ssrc-group FID 1 2', 'a=ssrc-group:FID 1 2'],
    ['near-miss', 'a=rtcp_mux', 'a=rtcp-mux'],
    ['near-miss', 'a=fingerpint:sha-256 AB', 'a=X-nat:0'],
    ['near-miss', 'a= mid:0', 'a=mid:0'],
    ['swallowed', 'a=ssrc:1 label:xa=sendrecv', 'a=ssrc:1 label:xa'],
    ['swallowed', 'a=fmtp:96 x=1m=audio 9 RTP/AVP 0', 'a=fmtp:96 x=1'],
    ['comma', 'a=ice-options:ice2,trickle', 'a=ice-options:ice2 trickle'],
    ['comma', 'a=fmtp:96 max-fr=30,max-fs=3600', 'a=fmtp:96 max-fr=30;max-fs=3600'],
    ['comma', 'a=rtcp-fb:96 nack,pli', 'a=fmtp:96 sprop-parameter-sets=Z0I=,aM4='],
    ['placeholder', 'a=ice-ufrag:undefined', 'a=ice-ufrag:abcd'],
    ['mid-characters', 'a=mid:(null)', 'a=mid:{9a-b}'],
    ['mid-length', 'a=mid:abcdefghijklmnopq', 'a=mid:abcdefghijklmnop'],
    ['plan-b', 'a=ssrc:1 msid:s a\r\na=ssrc:2 msid:s b', 'a=ssrc:1 msid:s a\r\na=ssrc:2 msid:s a'],
    ['rid-stranger', 'a=simulcast:send h', 'a=rid:h send\r\na=simulcast:send h'],
    ['rid-direction', 'a=rid:h recv\r\na=simulcast:send ~h', 'a=rid:h send\r\na=simulcast:send ~h'],
    [
      'candidate-port',
      'a=candidate:1 1 udp 1 8.8.8.8 0 typ host',
      'a=candidate:1 1 tcp 1 8.8.8.8 0 typ host tcptype active',
    ],
    [
      'candidate-address',
      'a=candidate:1 1 udp 1 0.0.0.0 9 typ host',
      'a=candidate:1 1 udp 1 8.8.8.8 9 typ srflx raddr 0.0.0.0 rport 0',
    ],
    ['sctp-init', 'a=sctp-init:AQAA', 'a=sctp-port:5000'],
    ['transport-cc', 'a=rtcp-fb:96 transport-cc', 'a=rtcp-fb:96 goog-remb'],
  ])('%s: %s', (id, bad, good) => {
    if (id !== 'sctp-init') {
      expect(ids(video(bad))).toContain(id);
      expect(ids(video(good))).not.toContain(id);
    } else {
      const data = (line: string) =>
        `${SESSION}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n${line}\r\n`;
      expect(ids(data(bad))).toContain(id);
      expect(ids(data(good))).not.toContain(id);
    }
  });

  it.each([
    ['static-kind', 'm=video 9 UDP/TLS/RTP/SAVPF 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0'],
    [
      'codec-value',
      'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP9/90000\r\na=fmtp:96 profile-id=7',
      'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP9/90000\r\na=fmtp:96 profile-id=2',
    ],
    [
      'codec-value',
      'm=audio 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 opus/48000',
      'm=audio 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 opus/48000/2',
    ],
    [
      'h264-bare',
      'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 H264/90000',
      'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f',
    ],
    [
      'no-main-codec',
      'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 red/90000',
      'm=video 0 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 red/90000',
    ],
    ['sctp-mixed', 'm=application 9 UDP/DTLS/SCTP 5000', 'm=application 9 DTLS/SCTP 5000'],
  ])('%s: %s', (id, bad, good) => {
    expect(ids(`${SESSION}${bad}\r\n`)).toContain(id);
    expect(ids(`${SESSION}${good}\r\n`)).not.toContain(id);
  });

  it('asks a part for nothing that it cannot have', () => {
    const part =
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 transport-cc\r\n';
    expect(ids(part)).toEqual(['fragment']);
    expect(ids('a=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n')).toEqual(['fragment']);
  });
});

const OFFER = fixture('chromium-both-and-data-offer');
const ANSWER = fixture('chromium-both-and-data-answer');

function pair(offer: string, answer: string) {
  const text = (sdp: string): JudgedText => ({ document: parseSdp(sdp) });
  return verdictOf({ offer: text(offer), answer: text(answer) });
}

const host = (address: string) => `candidate:1 1 udp 2122260223 ${address} 50000 typ host`;
const srflx = (address: string) =>
  `candidate:2 1 udp 1685987071 ${address} 50000 typ srflx raddr 0.0.0.0 rport 0`;
const relay = (address: string) =>
  `candidate:3 1 udp 41885439 ${address} 50000 typ relay raddr 0.0.0.0 rport 0`;

function path(offered: readonly string[], answered: readonly string[]) {
  const beside = (list: readonly string[]) =>
    list.map((candidate) => ({ candidate, mid: '0', index: 0, ufrag: null }));
  const { summary, findings } = verdictOf({
    offer: { document: parseSdp(OFFER), candidates: beside(offered) },
    answer: { document: parseSdp(ANSWER), candidates: beside(answered) },
  });
  const of = ['no-path', 'mdns-path', 'local-path', 'relayless-path', 'candidate-section'];
  return [summary.id, ...findings.map(({ id }) => id).filter((id) => of.includes(id))];
}

describe('between two texts', () => {
  it('finds nothing wrong with what browsers say to each other', () => {
    for (const { name, sdp, type } of browserFixtures) {
      if (type !== 'offer') continue;
      const answer = fixture(name.replace('-offer', '-answer'));
      const { findings } = pair(sdp, answer);
      const found = findings.filter(({ weight }) => weight !== 'note').map(({ id }) => id);
      // Their names hide addresses of one machine; and only servers take simulcast.
      const expected = name.includes('simulcast') ? ['simulcast-refused'] : [];
      expect(
        found.filter((id) => id !== 'mdns-path'),
        name,
      ).toEqual(expected);
    }
  });

  it('says which way media goes', () => {
    expect(pair(OFFER, ANSWER).summary.id).toBe('fine');
    const oneWay = pair(OFFER, ANSWER.replace(/(m=video[^]*?)a=sendrecv/, '$1a=recvonly'));
    expect(oneWay.summary).toMatchObject({
      id: 'one-way',
      params: { kind: 'video', sender: 'offerer', said: 'recvonly', by: 'answer' },
    });
    const rejected = ANSWER.replace('m=video 9', 'm=video 0').replace('BUNDLE 0 1 2', 'BUNDLE 0 2');
    expect(pair(OFFER, rejected).summary).toMatchObject({
      id: 'kind-lost',
      params: { kind: 'video', why: 'rejected' },
    });
  });

  it('knows two texts of one side, and an answer to another offer', () => {
    expect(pair(OFFER, OFFER).summary.id).toBe('other-offer');
    expect(pair(OFFER, ANSWER.replaceAll(/a=mid:(\d)/g, 'a=mid:x$1')).summary.id).toBe(
      'other-offer',
    );
  });

  it('knows what H.264 levels may differ', () => {
    const h264 = (level: string, more: string) => (sdp: string) =>
      sdp.replace(/m=video [^]*?(?=m=application)/, (section) =>
        section
          .replace(/SAVPF .*/, 'SAVPF 96')
          .replaceAll(/a=(?:rtpmap|fmtp|rtcp-fb|ssrc).*\r\n/g, '')
          .concat(
            `a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=42e0${level}${more}\r\n`,
          ),
      );
    const has = (more: string) =>
      pair(h264('1f', more)(OFFER), h264('28', more)(ANSWER)).findings.map(({ id }) => id);
    expect(has('')).toContain('h264-level');
    expect(has(';level-asymmetry-allowed=1')).not.toContain('h264-level');
  });

  it.each([
    ['two private networks', [host('10.0.0.1')], [host('192.168.1.5')], ['no-path', 'no-path']],
    ['one private network', [host('10.0.0.1')], [host('10.0.0.9')], ['fine', 'local-path']],
    ['a relay', [host('10.0.0.1'), relay('8.8.8.8')], [host('192.168.1.5')], ['fine']],
    ['a public host', [host('8.8.8.8')], [host('192.168.1.5')], ['fine']],
    [
      'one side without STUN',
      [host('10.0.0.1'), srflx('8.8.8.8')],
      [host('192.168.1.5')],
      ['no-path', 'no-path'],
    ],
    ['two NATs', [srflx('8.8.8.8'), ''], [srflx('9.9.9.9'), ''], ['fine', 'relayless-path']],
    ['hidden names', [host('a.local')], [host('b.local')], ['suspicious', 'mdns-path']],
    ['two families', [host('8.8.8.8')], [host('2600::1')], ['no-path', 'no-path']],
    ['one side that has shown none', [host('10.0.0.1')], [], ['fine']],
  ])('%s', (_name, offered, answered, expected) => {
    expect(path(offered, answered)).toEqual(expected);
  });

  it('finds a candidate for a section that is not there', () => {
    const { findings } = verdictOf({
      offer: {
        document: parseSdp(OFFER),
        candidates: [{ candidate: host('8.8.8.8'), mid: '7', index: null, ufrag: null }],
      },
    });
    const [fault] = findings;
    expect(fault).toMatchObject({ id: 'candidate-section', candidates: { offer: [0] } });
  });
});
