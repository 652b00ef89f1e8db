// What STUN and TURN servers answer, and what they ignore.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Output, ProtocolObject } from '../../../src/net/io.ts';
import { longTermKey } from '../../../src/stun/integrity.ts';
import { attribute, decode, encode, METHOD } from '../../../src/stun/message.ts';
import type { Attribute, DecodedMessage } from '../../../src/stun/message.ts';
import { StunServer } from '../../../src/stun/server.ts';
import { client, CLIENT, Loop, PEER, server, SERVER, USER } from './loop.ts';

const base = {
  class: 'request',
  method: METHOD.binding,
  transactionId: new Uint8Array(12),
} as const;
const request = (...attributes: readonly Attribute[]) => encode({ ...base, attributes });

function ask(
  to: ProtocolObject<never>,
  payload: Uint8Array,
  source = CLIENT,
): DecodedMessage | null {
  to.handleInput(0, { type: 'received', protocol: 'udp', source, local: SERVER, payload });
  let output: Output | null = to.pollOutput();
  while (output?.type === 'listen') output = to.pollOutput();
  if (output === null) return null;
  if (output.type !== 'send') throw new Error(output.type);
  expect(output).toMatchObject({ source: SERVER, destination: source });
  expect(to.pollOutput()).toBeNull();
  const decoded = decode(output.payload);
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.message;
}

describe.each([
  ['a STUN server', () => new StunServer({ local: SERVER, software: 'test' })],
  ['a TURN server', () => server({ software: 'test' })],
])('%s and Binding', (_name, make) => {
  test('tells who asks by which endpoint it sees them', () => {
    for (const source of [CLIENT, { address: '2001:db8::7', port: 9 }]) {
      const response = ask(make(), request(), source);
      expect(response).toMatchObject({ class: 'success', fingerprint: 'right' });
      if (response === null) continue;
      expect(attribute(response, 'XOR-MAPPED-ADDRESS')).toEqual(source);
      expect(attribute(response, 'SOFTWARE')).toBe('test');
    }
  });

  test('420 for unknown comprehension-required attributes, and only for those', () => {
    const unknown = (type: number) =>
      ({ name: 'unknown', type, value: new Uint8Array(3) }) satisfies Attribute;
    const response = ask(make(), request(unknown(0x7777), unknown(0xc057), unknown(0x0030)));
    expect(response?.class).toBe('error');
    if (response === null) return;
    expect(attribute(response, 'ERROR-CODE')).toEqual({ code: 420, reason: 'Unknown Attribute' });
    expect(attribute(response, 'UNKNOWN-ATTRIBUTES')).toEqual([0x7777, 0x0030]);
    expect(ask(make(), request(unknown(0xc057)))?.class).toBe('success');
  });

  test('400 for an attribute with a value that is none', () => {
    const wrong = { name: 'malformed', type: 0x0024, value: new Uint8Array(1) } as const;
    const response = ask(make(), request(wrong));
    expect(response && attribute(response, 'ERROR-CODE')?.code).toBe(400);
  });

  test('nothing for responses, indications, other methods, a wrong FINGERPRINT', () => {
    const attributes: Attribute[] = [];
    expect(ask(make(), encode({ ...base, class: 'success', attributes }))).toBeNull();
    expect(ask(make(), encode({ ...base, class: 'indication', attributes }))).toBeNull();
    expect(ask(make(), encode({ ...base, method: 0x123, attributes }))).toBeNull();
    const wrong = request();
    expect(ask(make(), wrong.with(wrong.length - 1, (wrong.at(-1) ?? 0) ^ 1))).toBeNull();
  });

  test('takes any bytes', () => {
    const one = make();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
        ask(one, payload);
      }),
    );
  });
});

describe('a TURN server', () => {
  const key = longTermKey(USER.username, 'example.org', USER.credential);
  const send = (to: ProtocolObject<never>, method: number, ...attributes: readonly Attribute[]) => {
    const challenge = ask(to, encode({ ...base, method: METHOD.allocate, attributes: [] }));
    if (challenge === null) throw new Error('no challenge');
    expect(attribute(challenge, 'ERROR-CODE')?.code).toBe(401);
    const credentials: Attribute[] = [
      { name: 'USERNAME', value: USER.username },
      { name: 'REALM', value: attribute(challenge, 'REALM') ?? '' },
      { name: 'NONCE', value: attribute(challenge, 'NONCE') ?? '' },
    ];
    const response = ask(
      to,
      encode({ ...base, method, attributes: [...attributes, ...credentials] }, key),
    );
    return response === null ? null : attribute(response, 'ERROR-CODE')?.code;
  };
  const udp = { name: 'REQUESTED-TRANSPORT', value: 17 } as const;

  test.each<[number | undefined, string, readonly Attribute[]]>([
    [400, 'no transport', []],
    [442, 'TCP to the peers', [{ name: 'REQUESTED-TRANSPORT', value: 6 }]],
    [420, 'DONT-FRAGMENT', [udp, { name: 'DONT-FRAGMENT', value: true }]],
    [440, 'a family that it does not have', [udp, { name: 'REQUESTED-ADDRESS-FAMILY', value: 2 }]],
    [
      508,
      'a token of no reservation',
      [udp, { name: 'RESERVATION-TOKEN', value: new Uint8Array(8) }],
    ],
    [508, 'a reservation', [udp, { name: 'EVEN-PORT', value: true }]],
    [400, 'IPv4 as the second family', [udp, { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 1 }]],
    [undefined, 'an even port', [udp, { name: 'EVEN-PORT', value: false }]],
    [
      undefined,
      'both families, of which it gives one',
      [udp, { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 2 }],
    ],
  ])('answers Allocate with %s: %s', (code, _what, attributes) => {
    const one = server();
    expect(send(one, METHOD.allocate, ...attributes)).toBe(code);
    expect(one.allocations).toHaveLength(code === undefined ? 1 : 0);
  });

  test('a retransmitted Allocate gets its response again; another one 437', () => {
    const one = server();
    expect(send(one, METHOD.allocate, udp)).toBeUndefined();
    expect(send(one, METHOD.allocate, udp)).toBeUndefined();
    expect(one.allocations).toHaveLength(1);
    const other = new Loop(client(), one);
    other.client.start(0);
    other.settle();
    expect(other.events).toMatchObject([{ type: 'failed', code: 437 }]);
  });

  test('437 without an allocation; ChannelBind only for free numbers and peers', () => {
    expect(send(server(), METHOD.refresh)).toBe(437);
    const one = server();
    send(one, METHOD.allocate, udp);
    const bind = (number: number, port: number) =>
      send(
        one,
        METHOD.channelBind,
        { name: 'CHANNEL-NUMBER', value: number },
        { name: 'XOR-PEER-ADDRESS', value: { ...PEER, port } },
      );
    expect(bind(0x4000, 1)).toBeUndefined();
    expect(bind(0x4000, 1)).toBeUndefined();
    expect(bind(0x4000, 2)).toBe(400);
    expect(bind(0x4001, 1)).toBe(400);
    expect(bind(0x5000, 3)).toBe(400);
    expect(send(one, METHOD.createPermission)).toBe(400);
  });

  test('takes any bytes from clients and peers', () => {
    const loop = new Loop(client(), server());
    loop.client.start(0);
    loop.settle();
    loop.client.bindChannel(0, PEER);
    loop.settle();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
        for (const first of [payload, Uint8Array.of(0x40, 0, 0, payload.length, ...payload)]) {
          const input = { type: 'received', protocol: 'udp', payload: first } as const;
          loop.server.handleInput(0, { ...input, source: CLIENT, local: SERVER });
          loop.client.handleInput(0, { ...input, source: SERVER, local: CLIENT });
        }
        loop.fromPeer(payload);
      }),
    );
    expect(loop.server.allocations).toHaveLength(1);
  });
});
