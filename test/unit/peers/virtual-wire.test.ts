// What a virtual peer reads from the wire: any bytes are taken, and none is believed that does not fit.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../../src/net/random.ts';
import type { DtlsVersion } from '../../../src/rtc/dtls.ts';
import { decodeChunk, decodeDcep, encodeChunk, encodeOpen } from '../../../src/rtc/data-chunk.ts';
import { Dtls, fingerprintText } from '../../../src/peers/virtual/dtls.ts';
import { decodeRecords, encodeRecords } from '../../../src/peers/virtual/record.ts';
import { decodeRtp } from '../../../src/peers/virtual/rtp.ts';

const bytes = fc.uint8Array({ maxLength: 120 });
const VERSIONS = ['1.2', '1.3'] as const;

/** Two ends that know each other's certificates. */
function ends(
  ofClient: DtlsVersion = '1.2',
  ofServer: DtlsVersion = ofClient,
): readonly [client: Dtls, server: Dtls] {
  const [one, other] = [seeded(1).bytes(32), seeded(2).bytes(32)];
  const client = new Dtls(seeded(3), one, ofClient);
  const server = new Dtls(seeded(4), other, ofServer);
  const accept = (own: Uint8Array) => [{ algorithm: 'sha-256', value: fingerprintText(own) }];
  client.configure(0, 'client', accept(other));
  server.configure(0, 'server', accept(one));
  client.open(0);
  server.open(0);
  return [client, server];
}

/** Carries datagrams to and fro until there are none. */
function carry(now: number, one: Dtls, other: Dtls): void {
  for (let turn = 0; turn < 20; turn += 1) {
    for (let next = one.poll(); next !== null; next = one.poll()) other.handle(now, next);
    for (let next = other.poll(); next !== null; next = other.poll()) one.handle(now, next);
  }
}

test.each(VERSIONS)('any bytes are taken, at any moment of the handshake of %s', (version) => {
  fc.assert(
    fc.property(
      fc.array(bytes, { maxLength: 5 }),
      fc.integer({ min: 0, max: 8 }),
      (noise, turns) => {
        const [client, server] = ends(version);
        for (let turn = 0; turn < turns; turn += 1) {
          const [from, to] = turn % 2 === 0 ? [client, server] : [server, client];
          for (let next = from.poll(); next !== null; next = from.poll()) to.handle(0, next);
        }
        for (const each of noise) {
          const framed = encodeRecords([{ type: 22, epoch: 0, sequence: 0, body: each }]);
          for (const end of [client, server]) {
            end.handle(0, each);
            end.handle(0, framed);
          }
          decodeChunk(each);
          decodeDcep(each);
          decodeRtp(each);
        }
        expect(client.state).not.toBe('closed');
      },
    ),
  );
});

test('records and chunks come out as they went in, and cut off they are none', () => {
  fc.assert(
    fc.property(
      bytes,
      fc.nat(0xffff),
      fc.nat(119),
      fc.constantFrom(1, 3),
      (payload, sequence, cut, epoch) => {
        const record = { type: 23, epoch, sequence, body: payload };
        const wire = encodeRecords([record, record]);
        expect(decodeRecords(wire)).toEqual([record, record]);
        expect(decodeRecords(wire.subarray(0, wire.length - 1))).toEqual([record]);
        const chunk = {
          is: 'data',
          ...{ tsn: sequence * 60_000, stream: 3, ppid: 51 },
          ...{ isFirst: true, isLast: false, payload },
        } as const;
        const encoded = encodeChunk(chunk);
        expect(decodeChunk(encoded)).toEqual(chunk);
        expect(decodeChunk(encoded.subarray(0, Math.min(cut, encoded.length - 1)))).toBe(null);
      },
    ),
  );
  for (const [maxRetransmits, maxPacketLifeTime] of [
    [null, null],
    [3, null],
    [null, 500],
  ] as const) {
    const limits = { ordered: maxRetransmits === null, maxRetransmits, maxPacketLifeTime };
    const open = { label: '표 chat', protocol: '말', ...limits };
    expect(decodeDcep(encodeOpen(open))).toEqual({ is: 'open', ...open });
  }
});

test.each(VERSIONS)(
  '%s: a flight is sent again after 1, 2, 4 seconds and so on, and given up',
  (version) => {
    const [client] = ends(version);
    const times: number[] = [];
    client.poll();
    for (let due = client.pollTimeout(); due !== null; due = client.pollTimeout()) {
      client.handleTimeout(due - 1);
      expect(client.poll()).toBe(null);
      client.handleTimeout(due);
      if (client.poll() !== null) times.push(due / 1000);
    }
    expect(times).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
    expect(client.state).toBe('failed');
  },
);

test('a server whose client never comes gives up too', () => {
  const [, server] = ends();
  server.handleTimeout(server.pollTimeout() ?? NaN);
  expect(server.state).toBe('failed');
});

test.each(VERSIONS)('%s: a ClientHello that comes before the answer waits for it', (version) => {
  const [client] = ends(version);
  const own = seeded(2).bytes(32);
  const early = new Dtls(seeded(4), own, version);
  early.open(0);
  early.handle(0, client.poll() ?? new Uint8Array(0));
  expect(early.state).toBe('new');
  const value = fingerprintText(seeded(1).bytes(32));
  early.configure(5, 'server', [{ algorithm: 'sha-256', value }]);
  carry(5, early, client);
  expect([early.state, client.state]).toEqual(['connected', 'connected']);
});

test('the last flight, lost, is sent again when the client repeats its own', () => {
  const [client, server] = ends();
  for (const [from, to] of [
    [client, server],
    [server, client],
    [client, server],
    [server, client],
    [client, server],
  ] as const) {
    to.handle(0, from.poll() ?? new Uint8Array(0));
  }
  expect(server.poll()).not.toBe(null);
  expect([client.state, server.state]).toEqual(['connecting', 'connected']);
  client.handleTimeout(1000);
  carry(1000, client, server);
  expect(client.state).toBe('connected');
  expect(client.pollTimeout()).toBe(null);
  const data = Uint8Array.of(1, 2, 3);
  expect(server.handle(1001, client.protect(data))).toEqual(data);
});

test('DTLS 1.3 takes the client one round trip, and its last flight is repeated until it is acknowledged', () => {
  const [client, server] = ends('1.3');
  server.handle(0, client.poll() ?? new Uint8Array(0));
  client.handle(0, server.poll() ?? new Uint8Array(0));
  expect([client.state, server.state]).toEqual(['connected', 'connecting']);
  // Its last flight is lost, and what it protects means nothing to the server yet.
  client.poll();
  const data = Uint8Array.of(1, 2, 3);
  expect(server.handle(1, client.protect(data))).toBe(null);
  client.handleTimeout(1000);
  server.handle(1000, client.poll() ?? new Uint8Array(0));
  expect(server.state).toBe('connected');
  // So is the ACK.
  server.poll();
  client.handleTimeout(3000);
  carry(3000, client, server);
  expect([client.pollTimeout(), server.pollTimeout()]).toEqual([null, null]);
  expect(server.handle(3001, client.protect(data))).toEqual(data);
  expect(client.handle(3001, server.protect(data))).toEqual(data);
  expect([client.version, server.version]).toEqual(['1.3', '1.3']);
});

test.each([
  ['1.2', '1.3'],
  ['1.3', '1.2'],
] as const)('a client of %s and a server of %s settle on 1.2', (ofClient, ofServer) => {
  const [client, server] = ends(ofClient, ofServer);
  carry(0, client, server);
  expect([client.state, server.state]).toEqual(['connected', 'connected']);
  expect([client.version, server.version]).toEqual(['1.2', '1.2']);
});

test.each(VERSIONS)(
  '%s: a certificate that the description does not name ends it for both',
  (version) => {
    for (const side of ['client', 'server'] as const) {
      const [client, server] = ends(version);
      const wrong = [{ algorithm: 'sha-256', value: 'AB:CD' }];
      if (side === 'client') client.configure(0, 'client', wrong);
      else server.configure(0, 'server', wrong);
      carry(0, client, server);
      expect([client.state, server.state]).toEqual(['failed', 'failed']);
    }
  },
);
