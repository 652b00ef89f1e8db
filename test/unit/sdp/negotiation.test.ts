// What an offer and its answer agree on: real pairs of both browsers, and pairs that nobody should write.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { h264Profile } from '../../../src/sdp/negotiation-codec.ts';
import { DIRECTIONS } from '../../../src/rtc/direction.ts';
import { agreeDirection } from '../../../src/sdp/negotiation-media.ts';
import { agreeSetup } from '../../../src/sdp/negotiation-transport.ts';
import { negotiate, type SectionNegotiation } from '../../../src/sdp/negotiation.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';

const folder = new URL('../../fixtures/sdp/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const names = readdirSync(folder)
  .filter((name) => /^(chromium|firefox)-.*-offer\.sdp$/.test(name))
  .map((name) => name.replace('-offer.sdp', ''));

const both = (offer: string, answer: string) => negotiate(parseSdp(offer), parseSdp(answer));
const real = (name: string) => both(read(`${name}-offer.sdp`), read(`${name}-answer.sdp`));

const sdp = (...lines: readonly string[]) => ['v=0', ...lines, ''].join('\r\n');
const first = (offer: string, answer: string): SectionNegotiation => {
  const [section] = both(offer, answer).sections;
  if (section === undefined) throw new Error('no section');
  return section;
};

describe.each(names)('%s', (name) => {
  const { sections, transports, bundle, control } = real(name);

  it('has each section accepted or refused for a reason, and no problem', () => {
    expect(sections.length).toBeGreaterThan(0);
    for (const { outcome, problems } of sections) {
      expect(['accepted', 'rejected', 'withdrawn']).toContain(outcome);
      expect(problems).toEqual([]);
    }
  });

  it('goes over one transport with a DTLS client', () => {
    expect(bundle.id).toBe('agreed');
    expect(transports).toHaveLength(1);
    expect(transports[0]).toMatchObject({
      components: 1,
      setup: { offered: 'actpass', reason: 'answer-chose', client: 'answerer' },
    });
    expect(transports[0]?.offerer.ufrag).not.toBeNull();
    expect(transports[0]?.answerer.fingerprints[0]).toMatch(/^sha-256 /);
    expect(control).toEqual({ controlling: 'offerer', reason: 'both-full' });
  });

  it('has a first codec both ways, or is data', () => {
    for (const section of sections) {
      if (section.outcome !== 'accepted') continue;
      if (section.kind === 'application') {
        expect(section.data?.offered.port).toBe(5000);
        expect(section.codecs.outcomes).toEqual([]);
      } else {
        expect(section.codecs.offererSends?.role).toBe('media');
        expect(section.codecs.answererSends?.role).toBe('media');
        expect(section.mux).toBe('agreed');
      }
    }
  });
});

const VIDEO = 'm=video 9 UDP/TLS/RTP/SAVPF';
const H264 = (pt: number, mode: number, profile: string) => [
  `a=rtpmap:${String(pt)} H264/90000`,
  `a=fmtp:${String(pt)} level-asymmetry-allowed=1;packetization-mode=${String(mode)};profile-level-id=${profile}`,
];
const reasons = (section: SectionNegotiation) =>
  section.codecs.outcomes.map(({ offered, reason, answered }) => [
    offered.payloadType,
    reason,
    answered?.payloadType ?? null,
  ]);

describe('codecs', () => {
  it('survive under another number, with their rtx', () => {
    const offer = sdp(
      `${VIDEO} 96 97`,
      'a=rtpmap:96 VP8/90000',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
    );
    const answer = sdp(
      `${VIDEO} 120 121`,
      'a=rtpmap:120 vp8/90000',
      'a=rtpmap:121 rtx/90000',
      'a=fmtp:121 apt=120',
    );
    expect(reasons(first(offer, answer))).toEqual([
      ['96', 'renumbered', '120'],
      ['97', 'renumbered', '121'],
    ]);
  });

  it('are told apart by what decides: H.264 by mode and profile, not by level', () => {
    const offer = sdp(
      `${VIDEO} 102 103 104`,
      ...H264(102, 1, '42001f'),
      ...H264(103, 0, '42001f'),
      ...H264(104, 1, '64001f'),
    );
    const answer = sdp(`${VIDEO} 102`, ...H264(102, 1, '42000d'));
    const section = first(offer, answer);
    expect(reasons(section)).toEqual([
      ['102', 'kept', '102'],
      ['103', 'other-parameters', null],
      ['104', 'other-parameters', null],
    ]);
    expect(section.codecs.outcomes[1]?.decisions).toEqual([
      { parameter: 'packetization-mode', offered: '0', answered: ['1'] },
      { parameter: 'profile-level-id', offered: '42001f', answered: ['42000d'] },
    ]);
  });

  it('have defaults for what is not written', () => {
    const offer = sdp(
      `${VIDEO} 98 99`,
      'a=rtpmap:98 VP9/90000',
      'a=rtpmap:99 VP9/90000',
      'a=fmtp:99 profile-id=2',
    );
    const answer = sdp(`${VIDEO} 98`, 'a=rtpmap:98 VP9/90000', 'a=fmtp:98 profile-id=0');
    expect(reasons(first(offer, answer))).toEqual([
      ['98', 'kept', '98'],
      ['99', 'other-parameters', null],
    ]);
  });

  it('take rtx with them when they go', () => {
    const offer = sdp(
      `${VIDEO} 96 97 98`,
      'a=rtpmap:96 VP8/90000',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      'a=rtpmap:98 AV1/90000',
    );
    const answer = sdp(`${VIDEO} 98`, 'a=rtpmap:98 AV1/90000');
    expect(reasons(first(offer, answer))).toEqual([
      ['96', 'not-in-answer', null],
      ['97', 'served-codec-dropped', null],
      ['98', 'kept', '98'],
    ]);
  });

  it('are sent in the other side’s order, with the other side’s numbers', () => {
    const offer = sdp(`${VIDEO} 96 98`, 'a=rtpmap:96 VP8/90000', 'a=rtpmap:98 AV1/90000');
    const answer = sdp(`${VIDEO} 45 96`, 'a=rtpmap:45 AV1/90000', 'a=rtpmap:96 VP8/90000');
    const { offererSends, answererSends } = first(offer, answer).codecs;
    expect(offererSends).toMatchObject({ payloadType: '45', name: 'AV1' });
    expect(answererSends).toMatchObject({ payloadType: '96', name: 'VP8' });
  });

  it('are none where a rejected section had some, and where none is common', () => {
    const offer = sdp(`${VIDEO} 96`, 'a=rtpmap:96 VP8/90000');
    const refused = first(offer, sdp('m=video 0 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000'));
    expect(refused.outcome).toBe('rejected');
    expect(reasons(refused)).toEqual([['96', 'section-not-used', null]]);
    const other = first(offer, sdp(`${VIDEO} 98`, 'a=rtpmap:98 AV1/90000'));
    expect(other.problems).toEqual([
      { id: 'no-common-codec' },
      { id: 'codec-added', payloadTypes: ['98'] },
    ]);
  });

  it('without an rtpmap are known by RFC 3551', () => {
    const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF';
    const section = first(sdp(`${audio} 0 8`), sdp(`${audio} 100`, 'a=rtpmap:100 PCMU/8000/1'));
    expect(reasons(section)).toEqual([
      ['0', 'renumbered', '100'],
      ['8', 'not-in-answer', null],
    ]);
  });
});

it.each([
  ['42e01f', 'constrained-baseline'],
  ['42001f', 'baseline'],
  ['4d001f', 'main'],
  ['4D401F', 'main'],
  ['4d801f', 'constrained-baseline'],
  ['64001f', 'high'],
  ['640c1f', 'constrained-high'],
  ['f4001f', 'f400'],
  ['zz', 'zz'],
])('profile-level-id %s is %s', (text, profile) => {
  expect(h264Profile(text)).toBe(profile);
});

describe('directions', () => {
  it('of an allowed answer never claim more than was offered', () => {
    for (const offered of DIRECTIONS) {
      for (const answered of DIRECTIONS) {
        const { isAllowed, offererSends, answererSends } = agreeDirection(offered, answered);
        if (offererSends) expect(['sendrecv', 'sendonly']).toContain(offered);
        if (answererSends) expect(['sendrecv', 'sendonly']).toContain(answered);
        // RFC 3264 §6.1, in its own words.
        const allowed = {
          sendrecv: DIRECTIONS,
          sendonly: ['recvonly', 'inactive'],
          recvonly: ['sendonly', 'inactive'],
          inactive: ['inactive'],
        };
        expect(isAllowed).toBe(allowed[offered].includes(answered));
      }
    }
  });

  it('come from the session where the section has none', () => {
    const section = first(sdp('a=sendonly', `${VIDEO} 96`), sdp(`${VIDEO} 96`));
    expect(section.direction).toEqual({
      ...{ offered: 'sendonly', answered: 'sendrecv' },
      ...{ offererSends: true, answererSends: false, isAllowed: false },
    });
    expect(section.problems).toContainEqual({ id: 'direction-not-allowed' });
  });
});

it.each([
  ['actpass', 'active', 'answerer', 'answer-chose'],
  ['actpass', 'passive', 'offerer', 'answer-chose'],
  ['active', 'passive', 'offerer', 'offer-chose'],
  ['passive', 'active', 'answerer', 'offer-chose'],
  ['active', 'active', null, 'same-role'],
  ['actpass', 'actpass', null, 'answer-actpass'],
  ['actpass', 'holdconn', null, 'unknown'],
  ['actpass', null, null, 'missing'],
])('setup %s and %s', (offered, answered, client, reason) => {
  expect(agreeSetup(offered, answered)).toEqual({ offered, answered, client, reason });
});

const AUDIO = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=mid:a', 'a=rtcp-mux', 'a=ice-ufrag:aaaa'];
const DATA = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:d', 'a=ice-ufrag:dddd'];

describe('transports', () => {
  it('are one with BUNDLE, tagged by the answer’s first mid', () => {
    const { bundle, transports } = both(
      sdp('a=group:BUNDLE a d', ...AUDIO, ...DATA),
      sdp('a=group:BUNDLE d a', ...AUDIO, ...DATA),
    );
    expect(bundle.id).toBe('agreed');
    expect(transports).toMatchObject([{ tagged: 2, sections: [1, 2], isBundled: true }]);
  });

  it('are many without it', () => {
    const { bundle, transports, sections } = both(
      sdp('a=group:BUNDLE a d', ...AUDIO, ...DATA),
      sdp(...AUDIO, ...DATA),
    );
    expect(bundle.id).toBe('refused');
    expect(transports.map((each) => each.sections)).toEqual([[1], [2]]);
    expect(sections.map((each) => each.transport)).toEqual([0, 1]);
    expect(transports[1]?.offerer.ufrag).toBe('dddd');
  });

  it('are left by a section that the answer leaves out of the group', () => {
    const { bundle, transports } = both(
      sdp('a=group:BUNDLE a d', ...AUDIO, ...DATA),
      sdp('a=group:BUNDLE a', ...AUDIO, ...DATA),
    );
    expect(bundle.id).toBe('partly');
    expect(transports.map((each) => each.tagged)).toEqual([1, 2]);
  });

  it('are shared only by what one offered group held', () => {
    const { transports } = both(
      sdp('a=group:BUNDLE a', 'a=group:BUNDLE d', ...AUDIO, ...DATA),
      sdp('a=group:BUNDLE a d x', ...AUDIO, ...DATA),
    );
    expect(transports.map((each) => each.sections)).toEqual([[1], [2]]);
  });

  it('take what a bundle-only section lacks from the tagged one', () => {
    const only = ['m=audio 0 UDP/TLS/RTP/SAVPF 0', 'a=mid:b', 'a=bundle-only', 'a=rtcp-mux'];
    const { sections, transports } = both(
      sdp('a=group:BUNDLE a b', ...AUDIO, ...only),
      sdp('a=group:BUNDLE b', 'm=audio 0 UDP/TLS/RTP/SAVPF 0', ...AUDIO, 'a=mid:b').replace(
        'a=mid:a',
        'a=mid:b',
      ),
    );
    expect(sections.map((each) => each.outcome)).toEqual(['rejected', 'accepted']);
    expect(transports).toMatchObject([{ tagged: 2, offerer: { ufrag: 'aaaa' } }]);
  });

  it('have two components where RTCP keeps its own port', () => {
    const plain = AUDIO.filter((line) => line !== 'a=rtcp-mux');
    const refused = both(sdp(...AUDIO), sdp(...plain));
    expect(refused.sections[0]?.mux).toBe('refused');
    expect(refused.transports[0]?.components).toBe(2);
    expect(both(sdp(...plain), sdp(...AUDIO)).sections[0]?.mux).toBe('not-offered');
    const required = both(sdp(...AUDIO, 'a=rtcp-mux-only'), sdp(...AUDIO));
    expect(required.sections[0]?.mux).toBe('agreed-as-required');
  });

  it('have the full side control where the other one is lite', () => {
    const lite = sdp('a=ice-lite', ...AUDIO);
    expect(both(lite, sdp(...AUDIO)).control.controlling).toBe('answerer');
    expect(both(sdp(...AUDIO), lite).control.reason).toBe('answerer-lite');
    expect(both(lite, lite).control.controlling).toBe('offerer');
  });
});

describe('sections', () => {
  it('that do not match are said to', () => {
    const { sections } = both(sdp(...AUDIO, ...DATA), sdp(...DATA));
    expect(sections.map((each) => each.outcome)).toEqual(['mismatched', 'unanswered']);
    expect(sections[0]?.problems.map(({ id }) => id)).toEqual([
      'kind-differs',
      'proto-differs',
      'mid-differs',
    ]);
    expect(both(sdp(), sdp(...DATA)).sections[0]?.outcome).toBe('unoffered');
    const over = AUDIO.join('\n').replace(' 9 ', ' 0 ');
    expect(first(over, over).outcome).toBe('withdrawn');
  });

  it('of data give sizes, with a default', () => {
    const { data } = first(
      sdp(...DATA, 'a=sctp-port:5000', 'a=max-message-size:262144'),
      sdp(...DATA, 'a=sctp-port:5001'),
    );
    expect(data).toEqual({
      offered: { port: 5000, maxMessageSize: 262144 },
      answered: { port: 5001, maxMessageSize: 65536 },
    });
  });

  it('keep header extensions by URI', () => {
    const map = (...words: string[]) => words.map((word) => `a=extmap:${word}`);
    const { extensions, problems } = first(
      sdp(...AUDIO, ...map('1 urn:x', '2/recvonly urn:y', '3 urn:z')),
      sdp(...AUDIO, ...map('1 urn:x', '5/sendonly urn:y', '9 urn:new')),
    );
    expect(
      extensions.outcomes.map(({ offered, answered }) => [offered.uri, answered?.id ?? null]),
    ).toEqual([
      ['urn:x', '1'],
      ['urn:y', '5'],
      ['urn:z', null],
    ]);
    expect(problems).toEqual([{ id: 'extension-added', uris: ['urn:new'] }]);
  });
});

test('long texts are negotiated', () => {
  const many = Array.from({ length: 4000 }, (_, at) => String(at));
  const media = (offset: number) =>
    sdp(
      `${VIDEO} ${many.join(' ')}`,
      ...many.flatMap((pt, at) => H264(Number(pt), 1, (at + offset).toString(16).padStart(6, '0'))),
      ...many.map((id) => `a=extmap:${id} urn:same`),
    );
  const [section] = both(media(0), media(5_000_000)).sections;
  expect(section?.codecs.outcomes).toHaveLength(4000);
  expect(section?.extensions.outcomes).toHaveLength(4000);
  const sections = (mids: readonly string[]) =>
    sdp(
      ...mids.map((mid) => `a=group:BUNDLE ${mid}`),
      ...mids.flatMap((mid) => ['m=audio 9 RTP/AVP 0', `a=mid:${mid}`]),
    );
  expect(both(sections(many), sections(many)).transports).toHaveLength(4000);
});

test('any two texts agree on something, and every offered codec and section is accounted for', () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...read(`${names[0] ?? ''}-offer.sdp`).split('\r\n'),
      ...AUDIO,
      ...DATA,
      ...H264(102, 1, '42001f'),
      'a=group:BUNDLE a d a',
      'a=fmtp:97 apt=97',
      'a=rtpmap:97 rtx/90000',
      'm=video 9 RTP/AVP 97 97 102 __proto__ constructor',
      'a=rtpmap:102 constructor/1',
    ),
    fc.string({ unit: 'binary' }),
  );
  const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\r\n'));
  fc.assert(
    fc.property(text, text, (offer, answer) => {
      const { sections, transports } = both(offer, answer);
      const [from, to] = [parseSdp(offer), parseSdp(answer)];
      expect(sections).toHaveLength(Math.max(from.sections.length, to.sections.length) - 1);
      const accepted = sections.filter((each) => each.outcome === 'accepted');
      expect(transports.flatMap((each) => each.sections).sort((a, b) => a - b)).toEqual(
        accepted.map((each) => each.index),
      );
      for (const { codecs } of sections) {
        const answered = codecs.outcomes.flatMap((each) => each.answered ?? []);
        expect(new Set(answered).size).toBe(answered.length);
      }
    }),
  );
});
