// Statistics out of reports that Chromium 156 and Firefox 153 gave, and out of what no browser gives.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StatsReport } from '../../../src/peers/connection.ts';
import { StatsRecorder } from '../../../src/peers/stats.ts';
import { extractStats } from '../../../src/trace/report.ts';
import type { EventBody, Json } from '../../../src/trace/event.ts';
import chromium from '../../fixtures/stats/chromium.json' with { type: 'json' };
import firefox from '../../fixtures/stats/firefox.json' with { type: 'json' };

type Dictionary = Readonly<Record<string, Json | undefined>>;

function report(list: readonly Dictionary[]): StatsReport {
  return new Map(list.map((stats, at) => [(stats['id'] as string | undefined) ?? `s${at}`, stats]));
}

test('Chromium: pairs, transport with both fingerprints, counters of the transport', () => {
  const { pair, pairs, transport, counters } = extractStats(report(chromium));
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
  expect(pairs.map(({ id, state, selected }) => [id, state, selected])).toEqual([
    ['CPJHy6WQeP_LEzpZtW+', 'waiting', false],
    ['CPOH803HkS_DVhy6l3y', 'succeeded', true],
  ]);
  expect(pairs[1]).toMatchObject({
    ...{ local: pair?.local, remote: pair?.remote, nominated: true, rtt: 4 },
    ...{ requestsSent: 5, responsesReceived: 5, bytesSent: 3213805, bytesReceived: 143554 },
  });
  // The double that stands for it, to its last digit: the rule gives 9079312923804853758.
  expect(pairs[1]?.priority).toBe('9079312923804853248');
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
  const { pair, pairs, transport, counters } = extractStats(report(firefox));
  expect(pair).toMatchObject({ state: 'succeeded', nominated: true, rtt: 1 });
  expect(pair?.local.address).toMatch(/\.local$/);
  expect(transport).toMatchObject({ dtlsState: 'connected', localFingerprint: null });
  expect(pairs).toMatchObject([
    { id: '393ca6ec', selected: true, requestsSent: null, responsesReceived: 1, rtt: 1 },
  ]);
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
  expect(extractStats(report(unmarked)).pairs.map(({ selected }) => selected)).toEqual([true]);
});

test('an empty report has nothing, and any report is taken without an exception', () => {
  const nothing = { packetsSent: 0, packetsReceived: 0, packetsLost: 0, framesDecoded: 0 };
  expect(extractStats(report([]))).toEqual({
    pair: null,
    generation: null,
    pairs: [],
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
      const { counters, pairs } = extractStats(report(stats));
      expect(Number.isFinite(counters.bytesSent)).toBe(true);
      for (const { priority } of pairs) {
        if (priority !== null) expect(BigInt(priority) < 2n ** 64n).toBe(true);
      }
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
  expect(written.map(({ kind }) => kind)).toEqual(['pair', 'pairs', 'transport', 'stats']);
  await recorder.read();
  expect(written).toHaveLength(4);
  now = chromium.map((stats) =>
    'currentRoundTripTime' in stats ? { ...stats, currentRoundTripTime: 0.007 } : stats,
  );
  await recorder.read();
  expect(written.slice(4)).toMatchObject([{ kind: 'stats', rtt: 7 }]);
});

test('pairs are news when their state, ends, nomination or selection is, or their first check', async () => {
  const written: EventBody[] = [];
  const tape = { write: (body: EventBody) => written.push(body) };
  const ends = ['local-candidate', 'remote-candidate'].map((type, at) => ({
    ...{ id: `c${at}`, type, candidateType: 'host', protocol: 'udp', port: 9 + at },
  }));
  let pairs: readonly Dictionary[] = [];
  const peer = {
    connectionState: 'connecting',
    getStats: () => Promise.resolve(report([...ends, ...pairs])),
  };
  const recorder = new StatsRecorder(peer, 'callee', tape);
  /** The states of the pairs written by the next reading; null when none were. */
  const read = async (...list: readonly Dictionary[]) => {
    pairs = list;
    const from = written.length;
    await recorder.read();
    const event = written.slice(from).find(({ kind }) => kind === 'pairs');
    return event?.kind === 'pairs' ? event.pairs.map(({ state }) => state) : null;
  };
  const pair = (id: string, state: string, more: Dictionary = {}): Dictionary => ({
    ...{ type: 'candidate-pair', id, state, localCandidateId: 'c0', remoteCandidateId: 'c1' },
    ...more,
  });
  expect(await read()).toBeNull();
  expect(await read(pair('a', 'waiting'))).toEqual(['waiting']);
  expect(await read(pair('a', 'waiting'))).toBeNull();
  expect(await read(pair('a', 'in-progress'))).toEqual(['in-progress']);
  // Another counter is no news, but the first check and the first answer are.
  expect(await read(pair('a', 'in-progress', { requestsSent: 1 }))).toHaveLength(1);
  expect(await read(pair('a', 'in-progress', { requestsSent: 2 }))).toBeNull();
  const answered = { requestsSent: 2, responsesReceived: 1 };
  expect(await read(pair('a', 'in-progress', answered))).toHaveLength(1);
  expect(await read(pair('a', 'succeeded', answered))).toEqual(['succeeded']);
  expect(await read(pair('a', 'succeeded', { ...answered, nominated: true }))).toHaveLength(1);
  const done = pair('a', 'succeeded', { ...answered, nominated: true });
  expect(await read(done, pair('b', 'waiting'))).toEqual(['succeeded', 'waiting']);
  // The order of a report says nothing.
  expect(await read(pair('b', 'waiting'), done)).toBeNull();
  expect(await read(done)).toEqual(['succeeded']);
  expect(
    await read(pair('a', 'succeeded', { ...answered, nominated: true, selected: true })),
  ).toBeNull();
  expect(await read()).toEqual([]);
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
