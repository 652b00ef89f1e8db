// What a packet is called, and the tree of what it carries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, fieldText } from '../../../src/lessons/packet/field.ts';
import { ATTRIBUTES } from '../../../src/stun/attributes.ts';
import { seeded } from '../../../src/net/random.ts';
import { Dtls, fingerprintText } from '../../../src/peers/virtual/dtls.ts';
import type { DtlsVersion } from '../../../src/rtc/dtls.ts';
import { encodeChannelData } from '../../../src/stun/channel-data.ts';
import { encode, METHOD } from '../../../src/stun/message.ts';
import type { TreeNode } from '../../../src/stun/tree.ts';
import { fieldAt, fieldNames, fieldOfByte, leadsTo } from '../../../src/views/net/bytes.ts';
import { bytesOf } from '../../../src/rtc/datagram.ts';
import { fullName, payloadOf, type Carrier } from '../../../src/views/net/payload.ts';
import { netCall, PORT_RESTRICTED, twoNats } from './net-call.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const udp = (bytes: Uint8Array): Carrier => ({ protocol: 'udp', flag: null, bytes: hexOf(bytes) });
const named = (carrier: Carrier) => fullName(payloadOf(carrier));

const REQUEST = encode({
  ...{ class: 'request', method: METHOD.binding, transactionId: new Uint8Array(12) },
  attributes: [{ name: 'USERNAME', value: 'a:b' }],
});
const HELLO = bytesOf('16fefd0000000000000000003001000024000000000000002400fefd');

/** Every node, its bytes being in those of the node above. */
function walk(node: TreeNode, visit: (node: TreeNode, parent: TreeNode | null) => void): void {
  const go = (each: TreeNode, parent: TreeNode | null) => {
    visit(each, parent);
    for (const child of each.children) go(child, each);
  };
  go(node, null);
}

/** The datagrams of a handshake and a first record of data, by the version. */
function handshake(version: DtlsVersion): readonly Uint8Array[] {
  const [one, other] = [seeded(1).bytes(32), seeded(2).bytes(32)];
  const client = new Dtls(seeded(3), one, version);
  const server = new Dtls(seeded(4), other, version);
  const accept = (own: Uint8Array) => [{ algorithm: 'sha-256', value: fingerprintText(own) }];
  client.configure(0, 'client', accept(other));
  server.configure(0, 'server', accept(one));
  client.open(0);
  server.open(0);
  const sent: Uint8Array[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const [from, to] = turn % 2 === 0 ? [client, server] : [server, client];
    for (let next = from.poll(); next !== null; next = from.poll()) {
      sent.push(next);
      to.handle(0, next);
    }
  }
  if (client.state === 'connected') sent.push(client.protect(Uint8Array.of(1)));
  return sent;
}

describe('a payload', () => {
  it('is named in DTLS 1.3 as well, and says which version it truly is', () => {
    const sent = handshake('1.3');
    expect(sent.map((bytes) => named(udp(bytes)))).toEqual([
      'DTLS ClientHello',
      'DTLS ServerHello … Finished',
      'DTLS Certificate … Finished',
      'DTLS ACK',
      'DTLS data',
    ]);
    const values = sent.map((bytes) => {
      const found = new Map<string, string>();
      const { tree } = payloadOf(udp(bytes));
      if (tree !== null) walk(tree, ({ name, value }) => found.set(name, value));
      return found;
    });
    expect(values[0]?.get('Supported Versions')).toBe('DTLS 1.3, DTLS 1.2');
    expect(values[0]?.get('Legacy Record Version')).toBe('DTLS 1.2');
    expect(values[1]?.get('Supported Versions')).toBe('DTLS 1.3');
    expect(values[4]?.get('Inner Content Type')).toBe('23 application_data');
    expect(values.some((each) => each.has('Version'))).toBe(false);
    for (const bytes of sent) {
      const { tree } = payloadOf(udp(bytes));
      if (tree === null) throw new Error('There is no tree.');
      walk(tree, ({ name }) => {
        expect(FIELD_NAMES).toContain(name);
      });
    }
  });

  it('is named', () => {
    expect(named(udp(REQUEST))).toBe('Binding request');
    expect(named(udp(HELLO))).toBe('DTLS ClientHello');
    expect(named({ protocol: 'tcp', flag: 'syn', bytes: '' })).toBe('TCP SYN');
    expect(named(udp(Uint8Array.of(0x80, 111, ...new Array<number>(20).fill(0))))).toBe('RTP');
    expect(named(udp(Uint8Array.of(1)))).toBe('UDP');
    expect(named({ protocol: 'tcp', flag: 'data', bytes: 'ff' })).toBe('TCP');
  });

  it('is looked into through a relay’s wrapping, and its fields stand where their bytes are', () => {
    const wrapped = encodeChannelData({ number: 0x4001, payload: REQUEST }, false);
    const payload = payloadOf(udp(wrapped));
    expect(fullName(payload)).toBe('ChannelData: Binding request');
    const { tree } = payload;
    if (tree === null) throw new Error('no tree');
    const path = fieldOfByte(tree, 4 + 4);
    expect(fieldNames(tree, path)).toEqual([
      ...['Application Data', 'STUN Message', 'STUN Message Header', 'Magic Cookie'],
    ]);
    expect(fieldAt(tree, path)).toMatchObject({ start: 8, end: 12, hex: '2112a442' });
  });

  it('that wraps itself over and over is read quickly, down to a depth', () => {
    // Each four bytes are the head of ChannelData that holds all the rest: 16,383 wrappings.
    const nested = new Uint8Array(65_532);
    for (let at = 0; at < nested.length; at += 4) {
      const length = nested.length - at - 4;
      nested.set([0x40, 0, length >> 8, length & 0xff], at);
    }
    for (const protocol of ['udp', 'tcp'] as const) {
      const begun = performance.now();
      const payload = payloadOf({ protocol, flag: null, bytes: hexOf(nested) });
      expect(performance.now() - begun).toBeLessThan(1000);
      expect(payload.inner).toMatch(/^ChannelData(: ChannelData){0,5}$/);
    }
  });

  it('of any bytes, as long as packets can be, has no more fields than bytes, and few levels', () => {
    const head = fc.constantFrom(
      [0x40, 0],
      [0x00, 0x17],
      [0x00, 0x16],
      [0x01, 0x01],
      [22, 0xfe, 0xfd, 0, 0],
      [0x80, 111],
    );
    const unit = fc.uint8Array({ minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(head, unit, fc.nat(65_000), fc.boolean(), (first, part, length, isStun) => {
        const bytes = new Uint8Array(Math.max(20, length - (length % 4)));
        for (let at = 0; at < bytes.length; at += 1) bytes[at] = part[at % part.length] ?? 0;
        bytes.set(first);
        if (isStun) {
          const rest = bytes.length - 20;
          bytes.set([rest >> 8, rest & 0xff, 0x21, 0x12, 0xa4, 0x42], 2);
        }
        const begun = performance.now();
        const { tree } = payloadOf(udp(bytes));
        expect(performance.now() - begun).toBeLessThan(2000);
        let fields = 0;
        let deepest = 0;
        const go = (node: TreeNode, depth: number) => {
          fields += 1;
          deepest = Math.max(deepest, depth);
          for (const child of node.children) go(child, depth + 1);
        };
        if (tree !== null) go(tree, 0);
        expect(fields).toBeLessThanOrEqual(bytes.length + 100);
        expect(deepest).toBeLessThan(40);
      }),
      { numRuns: 60 },
    );
  });

  it('between ICE-TCP candidates follows its length', () => {
    const framed = Uint8Array.of(0, REQUEST.length, ...REQUEST);
    const payload = payloadOf({ protocol: 'tcp', flag: 'data', bytes: hexOf(framed) });
    expect(payload.name).toBe('Binding request');
    expect(payload.tree?.children[0]).toMatchObject({ name: 'Frame Length', start: 0, end: 2 });
    expect(payload.tree?.children[1]).toMatchObject({ start: 2, end: framed.length });
  });

  it('is total, and fields lie in their fields', () => {
    const first = fc.constantFrom(0, 1, 20, 22, 23, 0x40, 0x80);
    fc.assert(
      fc.property(first, fc.uint8Array({ maxLength: 80 }), (type, rest) => {
        for (const protocol of ['udp', 'tcp'] as const) {
          const bytes = Uint8Array.of(type, ...rest);
          const { tree } = payloadOf({ protocol, flag: null, bytes: hexOf(bytes) });
          if (tree === null) return;
          walk(tree, (node, parent) => {
            expect(node.start).toBeLessThanOrEqual(node.end);
            expect(node.start).toBeGreaterThanOrEqual(parent?.start ?? 0);
            expect(node.end).toBeLessThanOrEqual(parent?.end ?? bytes.length);
          });
        }
      }),
    );
  });

  it('has words for every field of a whole call, and for every attribute', () => {
    const names = new Set<string>(ATTRIBUTES.map(({ name }) => name));
    const trace = netCall(twoNats(PORT_RESTRICTED, PORT_RESTRICTED), { until: 2500 });
    for (const packet of trace.frameAt(trace.length).network?.packets ?? []) {
      const { tree } = payloadOf(packet);
      if (tree !== null) walk(tree, ({ name }) => names.add(name));
    }
    expect([...names].filter((name) => !FIELD_NAMES.includes(name))).toEqual([]);
    expect(names.has('DTLS Record') && names.has('SSRC')).toBe(true);
    expect(fieldText('0x7abc')).toBe(fieldText('__proto__'));
  });
});

describe('a field’s way', () => {
  it('begins with the ways of those that it is in', () => {
    expect(leadsTo('0', '0.1')).toBe(true);
    expect(leadsTo('0', '01')).toBe(false);
    expect(leadsTo('', '3')).toBe(true);
    expect(leadsTo('0.1', '0')).toBe(false);
  });
});
