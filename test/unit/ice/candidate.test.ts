// Candidate lines, as browsers write them and as nobody should.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCandidate } from '../../../src/ice/candidate.ts';

describe('parseCandidate', () => {
  it('takes a host candidate of Chromium apart', () => {
    const line =
      'candidate:3089393031 1 udp 2113937151 5b0f-aa.local 54321 typ host generation 0 ufrag 02tA network-cost 999';
    expect(parseCandidate(line)).toEqual({
      foundation: '3089393031',
      component: 1,
      transport: 'udp',
      priority: 2113937151,
      address: '5b0f-aa.local',
      port: 54321,
      type: 'host',
      relatedAddress: null,
      relatedPort: null,
      tcpType: null,
      extensions: [
        ['generation', '0'],
        ['ufrag', '02tA'],
        ['network-cost', '999'],
      ],
    });
  });

  it('takes a reflexive one of Firefox apart, as an SDP line', () => {
    const line =
      'a=candidate:1 1 UDP 1685987327 198.51.100.7 41231 typ srflx raddr 10.0.1.5 rport 50000';
    expect(parseCandidate(line)).toMatchObject({
      transport: 'udp',
      type: 'srflx',
      relatedAddress: '10.0.1.5',
      relatedPort: 50000,
      extensions: [],
    });
  });

  it('knows TCP candidates', () => {
    const line = 'candidate:2 1 tcp 1518214911 192.0.2.2 9 typ host tcptype active';
    expect(parseCandidate(line)).toMatchObject({ transport: 'tcp', tcpType: 'active' });
  });

  it.each([
    '',
    'candidate:',
    'candidate:1 1 udp x 1.2.3.4 5 typ host',
    'candidate:1 1 udp 5 1.2.3.4 5 type host',
    'candidate:1 -1 udp 5 1.2.3.4 5 typ host',
    'candidate:1 1 udp 5 1.2.3.4 5 typ',
    'v=0',
  ])('gives null for %j', (text) => {
    expect(parseCandidate(text)).toBeNull();
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseCandidate(text);
        parseCandidate(`candidate:${text}`);
        const found = parseCandidate(`candidate:1 1 udp 5 1.2.3.4 5 typ host ${text}`);
        expect(found?.type ?? 'host').toBe('host');
      }),
    );
  });
});
