// A TURN client against a TURN server, over UDP and TCP, with virtual time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../src/net/random.ts';
import { decode, isChannelData } from '../../../src/stun/message.ts';
import { messageName } from '../../../src/stun/tree.ts';
import { client, CLIENT, Loop, PEER, server, SERVER } from './loop.ts';

const hello = Uint8Array.of(104, 101, 108, 108, 111);

/** What has gone over the wire. */
function names(loop: Loop): readonly string[] {
  return loop.wire.map((bytes) => {
    if (isChannelData(bytes)) return 'ChannelData';
    const decoded = decode(bytes);
    return decoded.ok ? messageName(decoded.message) : decoded.why;
  });
}

function allocated(loop = new Loop(client(), server())): Loop {
  loop.client.start(loop.now);
  loop.settle();
  expect(loop.client.state).toBe('allocated');
  return loop;
}

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  const make = () => allocated(new Loop(client({ transport }), server()));

  test('an allocation takes four messages', () => {
    const loop = make();
    expect(names(loop)).toEqual([
      'Allocate request',
      'Allocate error response',
      'Allocate request',
      'Allocate success response',
    ]);
    const { relayed } = loop.client;
    expect(relayed?.port).toBeGreaterThanOrEqual(49_152);
    expect(loop.events).toEqual([{ type: 'allocated', relayed, mapped: CLIENT, lifetime: 600 }]);
    expect(loop.server.allocations).toMatchObject([
      { protocol: transport, client: CLIENT, server: SERVER, relayed, until: 600_000 },
    ]);
  });

  test('nothing passes without a permission', () => {
    const loop = make();
    expect(loop.client.send(0, PEER, hello)).toBe(false);
    loop.fromPeer(hello);
    expect(loop.events).toHaveLength(1);
    expect(loop.server.allocations[0]?.denied).toBe(1);
  });

  test('data goes both ways in indications, whatever port a permitted peer has', () => {
    const loop = make();
    loop.client.permit(0, PEER.address);
    // It waits for the permission.
    expect(loop.client.send(0, PEER, hello)).toBe(true);
    loop.settle();
    expect(loop.peer).toMatchObject([
      { source: loop.client.relayed, destination: PEER, payload: hello },
    ]);
    const other = { ...PEER, port: 9 };
    loop.fromPeer(hello, other);
    loop.fromPeer(hello, { address: '198.51.100.8', port: 9 });
    expect(loop.events.slice(1)).toEqual([
      { type: 'permitted', address: PEER.address },
      { type: 'received', peer: other, payload: hello },
    ]);
    expect(names(loop).slice(4)).toEqual([
      'CreatePermission request',
      'CreatePermission success response',
      'Send indication',
      'Data indication',
    ]);
  });

  test('and as ChannelData once a channel is bound', () => {
    const loop = make();
    expect(loop.client.bindChannel(0, PEER)).toBe(true);
    loop.settle();
    loop.client.send(0, PEER, hello);
    loop.settle();
    loop.fromPeer(hello);
    expect(loop.peer).toMatchObject([{ destination: PEER, payload: hello }]);
    expect(loop.events.at(-1)).toEqual({ type: 'received', peer: PEER, payload: hello });
    expect(names(loop).slice(-2)).toEqual(['ChannelData', 'ChannelData']);
    expect(loop.wire.at(-1)).toHaveLength(transport === 'tcp' ? 12 : 9);
    expect(loop.server.allocations[0]?.channels).toEqual([
      { number: 0x4000, peer: PEER, until: 600_000 },
    ]);
  });

  test('everything is kept alive for an hour and more, over stale nonces', () => {
    const loop = allocated(new Loop(client({ transport }), server({ nonceLifetime: 100_000 })));
    loop.client.permit(0, PEER.address);
    loop.client.bindChannel(0, { ...PEER, address: '198.51.100.9' });
    loop.pass(5_000_000);
    expect(names(loop)).toContain('Refresh error response');
    loop.client.send(loop.now, PEER, hello);
    loop.settle();
    loop.fromPeer(hello);
    expect(loop.peer).toHaveLength(1);
    expect(loop.events.at(-1)?.type).toBe('received');
    const [allocation] = loop.server.allocations;
    expect(allocation?.permissions).toHaveLength(2);
    expect(allocation?.channels).toHaveLength(1);
    expect(loop.events.map(({ type }) => type)).not.toContain('failed');
  });

  test('closing gives the allocation back', () => {
    const loop = make();
    loop.client.close(0);
    loop.settle();
    expect(loop.server.allocations).toEqual([]);
    expect(loop.client.state).toBe('closed');
    expect(loop.client.pollTimeout()).toBeNull();
  });
});

describe('expiry', () => {
  test('a client that is gone loses permissions, channels and the allocation, each in its time', () => {
    const loop = allocated();
    loop.client.permit(0, PEER.address);
    loop.settle();
    loop.connected = false;
    loop.server.handleTimeout(299_999);
    expect(loop.server.allocations[0]?.permissions).toHaveLength(1);
    loop.server.handleTimeout(300_000);
    expect(loop.server.allocations[0]?.permissions).toHaveLength(0);
    loop.server.handleTimeout(599_999);
    expect(loop.server.allocations).toHaveLength(1);
    expect(loop.server.pollTimeout()).toBe(600_000);
    loop.server.handleTimeout(600_000);
    expect(loop.server.allocations).toHaveLength(0);
    expect(loop.server.pollTimeout()).toBeNull();
  });

  test('a channel outlives its permission, which stops the data', () => {
    const loop = allocated();
    loop.client.bindChannel(0, PEER);
    loop.settle();
    loop.now = 300_000;
    loop.client.send(loop.now, PEER, hello);
    loop.settle();
    expect(loop.peer).toEqual([]);
    expect(loop.server.allocations[0]).toMatchObject({ denied: 1, channels: [{ number: 0x4000 }] });
  });

  test('a client whose allocation is gone says so', () => {
    const loop = allocated();
    loop.server.handleTimeout(700_000);
    loop.now = 700_000;
    loop.client.handleTimeout(loop.now);
    loop.settle();
    expect(loop.events.at(-1)).toEqual({ type: 'failed', code: 437, text: 'Allocation Mismatch' });
  });
});

describe('failures', () => {
  test('a server that nobody reaches: seven requests, then 701', () => {
    const loop = new Loop(client(), server());
    loop.connected = false;
    loop.client.start(0);
    let sent = 0;
    const times: number[] = [];
    for (;;) {
      for (let out = loop.client.pollOutput(); out !== null; out = loop.client.pollOutput()) {
        sent += 1;
        times.push(loop.now);
      }
      const due = loop.client.pollTimeout();
      if (due === null) break;
      loop.now = due;
      loop.client.handleTimeout(due);
    }
    expect(times).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500]);
    expect(sent).toBe(7);
    expect(loop.now).toBe(39_500);
    expect(loop.client.pollEvent()).toMatchObject({ type: 'failed', code: 701 });
  });

  test.each(['refused', 'timed-out', 'closed'] as const)(
    'a TCP connection that is %s: 701',
    (state) => {
      const loop = new Loop(client({ transport: 'tcp' }), server());
      loop.client.start(0);
      expect(loop.client.pollOutput()).toEqual({
        type: 'connect',
        source: CLIENT,
        destination: SERVER,
      });
      loop.client.handleInput(0, { type: 'tcp', state, local: CLIENT, remote: SERVER });
      expect(loop.client.pollEvent()).toMatchObject({ type: 'failed', code: 701 });
    },
  );

  test('wrong credentials: 401, once', () => {
    const loop = new Loop(client({ credential: 'wrong' }), server());
    loop.client.start(0);
    loop.settle();
    expect(loop.events).toEqual([{ type: 'failed', code: 401, text: 'Unauthenticated' }]);
    expect(loop.wire).toHaveLength(4);
  });

  test('a full quota: 486; an address that is refused: 403; the other family: 443', () => {
    const full = new Loop(client(), server({ quota: 0 }));
    full.client.start(0);
    full.settle();
    expect(full.events).toMatchObject([{ type: 'failed', code: 486 }]);
    const loop = allocated(new Loop(client(), server({ refuses: (at) => at === '127.0.0.1' })));
    loop.client.permit(0, '127.0.0.1');
    loop.client.permit(0, '2001:db8::1');
    loop.settle();
    expect(loop.events.slice(1)).toMatchObject([
      { type: 'refused', address: '127.0.0.1', code: 403 },
      { type: 'refused', address: '2001:db8::1', code: 443 },
    ]);
  });

  test('a forged success is not believed', () => {
    const loop = allocated();
    loop.client.permit(0, PEER.address);
    const out = loop.client.pollOutput();
    if (out?.type !== 'send') throw new Error('nothing sent');
    const forged = out.payload.slice();
    // CreatePermission success response, with the request's own MESSAGE-INTEGRITY.
    forged[0] = 0x01;
    forged[1] = 0x08;
    loop.client.handleInput(0, {
      type: 'received',
      protocol: 'udp',
      source: SERVER,
      local: CLIENT,
      payload: forged,
    });
    expect(loop.client.pollEvent()).toBeNull();
  });

  test('what comes from elsewhere than the server is not accepted', () => {
    const loop = allocated();
    const data = { type: 'received', protocol: 'udp', local: CLIENT } as const;
    const payload = Uint8Array.of(0x40, 0, 0, 0);
    expect(loop.client.accepts({ ...data, source: SERVER, payload })).toBe(true);
    expect(loop.client.accepts({ ...data, source: PEER, payload })).toBe(false);
    expect(loop.client.accepts({ ...data, source: SERVER, payload: hello })).toBe(false);
  });
});

test('over TCP it makes no difference where the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      let turn = 0;
      const loop = allocated(
        new Loop(client({ transport: 'tcp' }), server(), (bytes) => {
          const pieces: Uint8Array[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes[turn % sizes.length] ?? 1;
            turn += 1;
            pieces.push(bytes.slice(at, at + size));
            at += size;
          }
          return pieces;
        }),
      );
      loop.client.bindChannel(0, PEER);
      loop.settle();
      loop.client.send(0, PEER, hello);
      loop.settle();
      loop.fromPeer(hello);
      expect(loop.peer).toMatchObject([{ payload: hello }]);
      expect(loop.events.at(-1)).toEqual({ type: 'received', peer: PEER, payload: hello });
    }),
    { numRuns: 50 },
  );
});

test('the same seed gives the same bytes', () => {
  const wires = [0, 1].map(() => {
    const loop = allocated(new Loop(client({ random: seeded(7) }), server({ random: seeded(8) })));
    loop.client.permit(0, PEER.address);
    loop.pass(1_000_000);
    return loop.wire;
  });
  expect(wires[0]).toEqual(wires[1]);
});
