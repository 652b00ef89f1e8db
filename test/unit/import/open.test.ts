// Opening dumps: what each format says is found, and nothing that is opened can break the reader.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MaterialError } from '../../../src/import/material-error.ts';
import { openMaterial } from '../../../src/import/open.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const open = (text: string) => openMaterial(bytes(text));

async function dumpOf(text: string) {
  const material = await open(text);
  if (material.kind !== 'dump') throw new Error(`read as ${material.kind}`);
  return material.dump;
}

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 X 0\r\na=mid:0\r\n';
const internals = JSON.stringify({
  getUserMedia: [
    { rid: 1, pid: 2, request_id: 3, request_type: 'getUserMedia', timestamp: 900, audio: '' },
    { rid: 1, pid: 2, request_id: 3, timestamp: 950, error: 'NotAllowedError' },
  ],
  PeerConnections: {
    '2-1': {
      url: 'https://example.org/',
      rtcConfiguration: '{}',
      updateLog: [
        { type: 'createOfferOnSuccess', value: `type: offer, sdp: ${SDP}`, timestamp: 1000 },
        { type: 'signalingstatechange', value: '"have-local-offer"', timestamp: 1001 },
        {
          type: 'icecandidate',
          value: 'sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:1 1 udp 1 192.0.2.1 1 typ host',
          timestamp: 1002,
        },
        { type: 'brandNew', value: 'x', timestamp: 1003 },
      ],
      stats: {
        'T-1-timestamp': { statsType: 'transport', values: '[1000,2000,3000]' },
        'T-1-bytesSent': { statsType: 'transport', values: '[5,6]' },
        'T-1-[bytesSent_in_bits/s]': { statsType: 'transport', values: '[0,1,2]' },
      },
    },
  },
  UserAgent: 'A',
});

test('a dump of webrtc-internals has its log in one spelling, its series aligned at the end', async () => {
  const { format, agent, startedAt, requests, connections } = await dumpOf(internals);
  expect([format, agent, startedAt]).toEqual(['webrtc-internals', 'A', 900]);
  expect(requests[0]).toMatchObject({
    audio: true,
    video: false,
    answer: { error: 'NotAllowedError' },
  });
  expect(connections[0]?.entries).toEqual([
    { time: 1000, method: 'createOfferOnSuccess', value: { type: 'offer', sdp: SDP } },
    { time: 1001, method: 'onsignalingstatechange', value: 'have-local-offer' },
    {
      time: 1002,
      method: 'onicecandidate',
      value: {
        candidate: 'candidate:1 1 udp 1 192.0.2.1 1 typ host',
        sdpMid: '0',
        sdpMLineIndex: 0,
      },
    },
    { time: 1003, method: 'brandNew', value: 'x' },
  ]);
  const [transport] = connections[0]?.stats ?? [];
  expect(transport?.columns.get('bytesSent')).toEqual({
    times: [2000, 3000],
    values: [5, 6],
    exact: false,
  });
  expect(transport?.columns.get('[bytesSent_in_bits/s]')?.exact).toBe(true);
});

const lines = [
  'RTCStatsDump',
  '{"fileFormat":3,"userAgent":"B"}',
  '[39,null,{},1700000000000]',
  '[60,null,{"audio":true},"60-0",5]',
  '[65,null,"NotFoundError","60-0",5]',
  '[39,"P",{},10]',
  JSON.stringify([3, 'P', { type: 'offer', sdp: SDP }, 10]),
  JSON.stringify([6, 'P', { type: 'offer', sdp: 'v=\r\nm=\r\n' }, 10]),
  '["g","P",{"0":{"type":5,"80":7,"a":{"x":1,"y":2}},"t":1700000000100},10]',
  '["g","P",{"0":{"a":{"y":3}},"t":1700000000200},10]',
  '["g","P",{"0":null,"t":1700000000300},10]',
];

test('a dump of rtcstats has its numbers, shrunk descriptions and differences undone', async () => {
  const { agent, requests, connections } = await dumpOf(lines.join('\n'));
  expect(agent).toBe('B');
  expect(requests[0]?.answer?.error).toBe('NotFoundError');
  const [connection] = connections;
  expect(connection?.entries.at(-1)).toEqual({
    time: 1700000000040,
    method: 'setLocalDescription',
    value: { type: 'offer', sdp: SDP },
  });
  const [transport] = connection?.stats ?? [];
  expect(transport?.type).toBe('transport');
  expect(transport?.columns.get('bytesSent')).toEqual({
    times: [1700000000100, 1700000000200],
    values: [7, 7],
    exact: true,
  });
  expect(transport?.columns.get('a')?.values).toEqual([
    { x: 1, y: 2 },
    { x: 1, y: 3 },
  ]);
});

test("Jitsi's older form is told by its first line, and has absolute times", async () => {
  const dump = await dumpOf(
    '["connectionInfo",null,{"userAgent":"C"},1647265211909]\n["create","PC_0",{},1647265211919]\n',
  );
  expect([dump.format, dump.agent, dump.connections[0]?.entries[0]?.time]).toEqual([
    'jitsi',
    'C',
    1647265211919,
  ]);
});

test('what was cut off is read as far as it goes, and says so', async () => {
  const cut = await open(internals.slice(0, -40));
  expect([cut.kind, cut.notes.map(({ code }) => code)]).toEqual([
    'dump',
    expect.arrayContaining(['json-truncated']),
  ]);
  const random = Array.from(
    { length: 4000 },
    (_, at) => `["x${String((at * 7919) % 104729)}","P",null,1]`,
  );
  const packed = gzipSync([...lines, ...random].join('\n'));
  const { kind, notes } = await openMaterial(
    new Uint8Array(packed.subarray(0, packed.length - 2000)),
  );
  expect([kind, notes.map(({ code }) => code)]).toEqual([
    'dump',
    expect.arrayContaining(['gzip-truncated']),
  ]);
});

test('JSON of any depth is a clear error', async () => {
  const deep = `{"PeerConnections":${'['.repeat(1e6)}`;
  await expect(open(deep)).rejects.toMatchObject({ code: 'too-deep' });
});

test('any other text is a text, and a recording a recording', async () => {
  expect((await open('v=0\r\n')).kind).toBe('text');
  expect((await open('{ "peerglass": "trace" }')).kind).toBe('recording');
});

test('whatever is opened, it is read or refused by name', async () => {
  const hostile = fc.tuple(
    fc.constantFrom(
      '',
      'RTCStatsDump\n{}\n',
      '{"PeerConnections":{"__proto__":',
      '["a",null,',
      internals,
      lines.join('\n'),
    ),
    fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('[6,"P",null]\n["g","__proto__",{"__proto__":{"t":1}},1]'),
    ),
    fc.nat(2000),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async ([head, tail, cut]) => {
      const text =
        head.slice(0, Math.max(1, head.length - (cut % Math.max(1, head.length)))) + tail;
      await open(text).catch((error: unknown) => {
        expect(error).toBeInstanceOf(MaterialError);
      });
    }),
    { numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (raw) => {
      for (const some of [raw, new Uint8Array([0x1f, 0x8b, ...raw])]) {
        await openMaterial(some).catch((error: unknown) => {
          expect(error).toBeInstanceOf(MaterialError);
        });
      }
    }),
    { numRuns: 100 },
  );
});
