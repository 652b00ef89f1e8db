// Statistics out of reports that Chromium 156 and Firefox 153 gave, and out of what no browser gives.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StatsReport } from '../../../src/peers/connection.ts';
import { extractStats, StatsRecorder } from '../../../src/peers/stats.ts';
import type { EventBody, Json } from '../../../src/trace/event.ts';
import chromium from '../../fixtures/stats/chromium.json' with { type: 'json' };
import firefox from '../../fixtures/stats/firefox.json' with { type: 'json' };

type Dictionary = Readonly<Record<string, Json | undefined>>;

function report(list: readonly Dictionary[]): StatsReport {
  return new Map(list.map((stats, at) => [(stats['id'] as string | undefined) ?? `s${at}`, stats]));
}

test('Chromium: pair, transport with both fingerprints, counters of the transport', () => {
  const { pair, transport, counters } = extractStats(report(chromium));
  const end = { type: 'host', protocol: 'udp', address: '', priority: 2113942271 };
  expect(pair).toEqual({
    local: { ...end, port: 45309 },
    remote: { ...end, port: 57392 },
    state: 'succeeded',
    nominated: true,
    rtt: 4,
  });
  expect(transport).toMatchObject({
    dtlsState: 'connected',
    dtlsRole: 'server',
    iceRole: 'controlling',
    tlsVersion: 'FEFC',
    dtlsCipher: 'TLS_AES_128_GCM_SHA256',
  });
  expect(transport?.localFingerprint).toMatch(/^sha-256 (?:[\dA-F]{2}:){31}[\dA-F]{2}$/);
  expect(transport?.remoteFingerprint).toMatch(/^sha-256 /);
  expect(transport?.remoteFingerprint).not.toBe(transport?.localFingerprint);
  expect(counters).toEqual({
    bytesSent: 3213805,
    bytesReceived: 143554,
    packetsSent: 2923,
    packetsReceived: 1580,
    packetsLost: 0,
    framesDecoded: 31,
    rtt: 4,
  });
});

test('Firefox: no certificates, bytes of the pair, packets of RTP', () => {
  const { pair, transport, counters } = extractStats(report(firefox));
  expect(pair).toMatchObject({ state: 'succeeded', nominated: true, rtt: 1 });
  expect(pair?.local.address).toMatch(/\.local$/);
  expect(transport).toMatchObject({ dtlsState: 'connected', localFingerprint: null });
  expect(counters).toMatchObject({
    bytesSent: 3281602,
    bytesReceived: 118501,
    packetsSent: 138,
    packetsReceived: 123,
  });
});

test('without transport statistics the pair is the one that is marked, or nominated', () => {
  const rest = firefox.filter(({ type }) => type !== 'transport');
  const marked = extractStats(report(rest));
  expect(marked.transport).toBeNull();
  expect(marked.pair).toEqual(extractStats(report(firefox)).pair);
  const unmarked = rest.map((stats) => ({ ...stats, selected: undefined }));
  expect(extractStats(report(unmarked)).pair).toEqual(marked.pair);
});

test('an empty report has nothing, and any report is taken without an exception', () => {
  const nothing = { packetsSent: 0, packetsReceived: 0, packetsLost: 0, framesDecoded: 0 };
  expect(extractStats(report([]))).toEqual({
    pair: null,
    transport: null,
    counters: { ...nothing, bytesSent: 0, bytesReceived: 0, rtt: null },
  });
  const type = fc.constantFrom('transport', 'candidate-pair', 'inbound-rtp', 'certificate');
  const names = [...new Set(chromium.flatMap((stats) => Object.keys(stats)))];
  const member = fc.constantFrom(...names);
  const json = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.array(fc.tuple(type, fc.dictionary(member, json))), (list) => {
      const stats = list.map(([type, rest]): Dictionary => ({ ...rest, type }));
      const { counters } = extractStats(report(stats));
      expect(Number.isFinite(counters.bytesSent)).toBe(true);
    }),
  );
});

test('the recorder writes what changed and nothing twice', async () => {
  const written: EventBody[] = [];
  const tape = { write: (body: EventBody) => written.push(body) };
  let now: readonly Dictionary[] = chromium;
  const peer = { connectionState: 'connected', getStats: () => Promise.resolve(report(now)) };
  const recorder = new StatsRecorder(peer, 'caller', tape);
  await Promise.all([recorder.read(), recorder.read()]);
  expect(written.map(({ kind }) => kind)).toEqual(['pair', 'transport', 'stats']);
  await recorder.read();
  expect(written).toHaveLength(3);
  now = chromium.map((stats) => ({ ...stats, currentRoundTripTime: 0.007 }));
  await recorder.read();
  expect(written.slice(3)).toMatchObject([{ kind: 'stats', rtt: 7 }]);
});

test('a closed peer, or one whose report fails, is no news', async () => {
  const written: EventBody[] = [];
  const tape = { write: (body: EventBody) => written.push(body) };
  const closed = { connectionState: 'closed', getStats: () => Promise.resolve(report([])) };
  expect(await new StatsRecorder(closed, 'caller', tape).read()).toBeNull();
  const failing = {
    connectionState: 'new',
    getStats: () => Promise.reject(new DOMException('no', 'InvalidStateError')),
  };
  expect(await new StatsRecorder(failing, 'caller', tape).read()).toBeNull();
  expect(written).toEqual([]);
});
