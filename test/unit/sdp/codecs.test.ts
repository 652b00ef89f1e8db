// Payload types and what they stand for; profiles and levels in fmtp; which sections share a transport.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bundleGroups, isRejected, transportOwner } from '../../../src/sdp/bundle.ts';
import { codecRole, codecsOf, formatParameters, partnersOf } from '../../../src/sdp/codecs.ts';
import { av1Level, h264Profile, h265Level } from '../../../src/sdp/format.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import type { SdpSection } from '../../../src/sdp/parse.ts';
import { splitValue } from '../../../src/sdp/split.ts';
import { directionOf } from '../../../src/sdp/direction.ts';
import { fixture } from './fixtures.ts';

function section(sdp: string, index = 1): SdpSection {
  const found = parseSdp(sdp).sections[index];
  if (found === undefined) throw new Error(`no section ${index}`);
  return found;
}

describe('formatParameters', () => {
  it('cuts at semicolons, and knows where each stands', () => {
    expect(formatParameters('minptime=10; useinbandfec=1 ;;')).toEqual([
      { name: 'minptime', value: '10', from: 0, to: 11 },
      { name: 'useinbandfec', value: '1', from: 13, to: 27 },
    ]);
    expect(formatParameters('111/111')).toEqual([{ name: '', value: '111/111', from: 0, to: 7 }]);
    expect(formatParameters('a=b=c')).toEqual([{ name: 'a', value: 'b=c', from: 0, to: 5 }]);
    expect(formatParameters('')).toEqual([]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '=', ';', ' ', '1') }), (text) => {
        for (const { from, to, name, value } of formatParameters(text)) {
          const piece = text.slice(from, to);
          expect(piece).not.toContain(';');
          expect(piece.startsWith(name)).toBe(true);
          expect(piece.endsWith(value)).toBe(true);
        }
      }),
    );
  });
});

describe('codecsOf', () => {
  it('takes the codecs of a browser, in the order of preference', () => {
    const codecs = codecsOf(section(fixture('chromium-audio-offer')));
    expect(
      [...codecs.values()].map(({ payloadType, name, role }) => [payloadType, name, role]),
    ).toEqual([
      ...[
        ['111', 'opus', 'media'],
        ['63', 'red', 'red'],
        ['9', 'G722', 'media'],
      ],
      ...[
        ['0', 'PCMU', 'media'],
        ['8', 'PCMA', 'media'],
        ['13', 'CN', 'noise'],
      ],
      ...[
        ['110', 'telephone-event', 'tones'],
        ['126', 'telephone-event', 'tones'],
      ],
    ]);
    expect(codecs.get('111')).toMatchObject({
      rate: 48000,
      channels: 2,
      isStatic: false,
      isListed: true,
    });
    expect(codecs.get('63')?.goesWith).toBe('111');
  });

  it('knows static payload types, and those of which only other lines speak', () => {
    const codecs = codecsOf(section('m=audio 9 RTP/AVP 0 5 96\na=fmtp:97 x=1\na=rtcp-fb:* nack\n'));
    expect(codecs.get('0')).toMatchObject({ name: 'PCMU', rate: 8000, isStatic: true });
    expect(codecs.get('96')).toMatchObject({ name: null, rate: null, isListed: true });
    expect(codecs.get('97')).toMatchObject({ name: null, isListed: false });
    expect(codecs.has('*')).toBe(false);
    expect(codecsOf(section('m=application 9 UDP/DTLS/SCTP 5000\n')).size).toBe(0);
    expect(codecsOf(section('m=audio 9 RTP/AVP toString\n')).get('toString')?.name).toBeNull();
  });

  it('finds what goes with a payload type', () => {
    const video = section(fixture('chromium-both-and-data-offer'), 2);
    expect(partnersOf(video, '96').map(({ payloadType }) => payloadType)).toEqual(['96', '97']);
    expect(partnersOf(video, '97').map(({ payloadType }) => payloadType)).toEqual(['97', '96']);
    expect(partnersOf(video, '1')).toEqual([]);
  });

  it('tells codecs from what only helps them', () => {
    expect(
      ['VP8', 'RTX', 'red', 'ulpfec', 'flexfec-03', 'CN', 'telephone-event'].map(codecRole),
    ).toEqual([...['media', 'rtx', 'red', 'fec', 'fec', 'noise', 'tones']]);
  });
});

describe('profiles and levels', () => {
  test.each([
    ['42e01f', 'Constrained Baseline', '3.1'],
    ['42C01E', 'Constrained Baseline', '3.0'],
    ['4d801f', 'Constrained Baseline', '3.1'],
    ['42001f', 'Baseline', '3.1'],
    ['4d001f', 'Main', '3.1'],
    ['640c1f', 'Constrained High', '3.1'],
    ['640034', 'High', '5.2'],
    ['f4001f', 'High 4:4:4 Predictive', '3.1'],
    ['42f00b', 'Constrained Baseline', '1b'],
    ['42e00b', 'Constrained Baseline', '1.1'],
    ['640009', 'High', '1b'],
    ['ff001f', null, '3.1'],
  ])('H.264 %s', (value, profile, level) => {
    expect(h264Profile(value)).toEqual({ profile, level });
  });

  it('gives null for what is no H.264 profile-level-id', () => {
    for (const value of ['', '42e01', '42e01f0', '42e01g']) expect(h264Profile(value)).toBeNull();
  });

  it('reads levels of AV1 and H.265', () => {
    expect(['0', '5', '8', '23', '31', 'x', '99'].map(av1Level)).toEqual([
      ...['2.0', '3.1', '4.0', '7.3', null, null, null],
    ]);
    expect(['93', '120', '186', '94', 'x'].map(h265Level)).toEqual([
      '3.1',
      '4.0',
      '6.2',
      null,
      null,
    ]);
  });
});

describe('splitValue', () => {
  const fields = [
    { part: 'media' },
    { part: 'port' },
    { part: 'port-count', lead: '/', optional: true },
    { part: 'protocol', each: '/' },
    { part: 'format', each: ' ' },
  ] as const;
  const cut = (text: string) =>
    splitValue(text, 2, fields).parts.map((part) => [part.part, part.text, part.from]);

  it('ends a field where one that may follow begins', () => {
    expect(cut('m=audio 9 A/B 1 2')).toEqual([
      ...[
        ['media', 'audio', 2],
        ['port', '9', 8],
        ['protocol', 'A', 10],
        ['protocol', 'B', 12],
      ],
      ...[
        ['format', '1', 14],
        ['format', '2', 16],
      ],
    ]);
    expect(cut('m=audio 9/2 A 1')[2]).toEqual(['port-count', '2', 10]);
    expect(splitValue('m=audio', 2, fields).missing).toEqual(['port', 'protocol', 'format']);
    expect(splitValue('m=', 2, fields).missing).toEqual(['media', 'port', 'protocol', 'format']);
  });
});

describe('sections', () => {
  it('finds the section that owns a transport', () => {
    const document = parseSdp(
      'a=group:BUNDLE 0 1 2\nm=a 0 x\na=mid:0\nm=b 9 x\na=mid:1\nm=c 0 x\na=mid:2\na=bundle-only\nm=d 9 x\na=mid:3\nm=e 9 x\n',
    );
    expect(bundleGroups(document).map(({ mids }) => mids)).toEqual([['0', '1', '2']]);
    expect(document.sections.slice(1).map((each) => isRejected(each))).toEqual([
      ...[true, false, false, false, false],
    ]);
    expect(document.sections.slice(1).map((each) => transportOwner(document, each).index)).toEqual([
      ...[1, 2, 2, 4, 5],
    ]);
  });

  it('takes the direction of the section, else of the session, else both ways', () => {
    const direction = (sdp: string) => {
      const document = parseSdp(sdp);
      const [, media] = document.sections;
      return media === undefined ? null : directionOf(document, media);
    };
    expect(direction('a=sendonly\nm=a 9 x\na=recvonly')).toBe('recvonly');
    expect(direction('a=sendonly\nm=a 9 x')).toBe('sendonly');
    expect(direction('m=a 9 x')).toBe('sendrecv');
  });
});
