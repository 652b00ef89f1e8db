// Whose an endpoint is, who has a lane, and what a table's rows say.
import { describe, expect, it } from 'vitest';
import type { NetFrame, PacketFrame } from '../../../src/trace/net-frame.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import { packetAtHand } from '../../../src/views/net/current.ts';
import { identityOf } from '../../../src/views/net/identity.ts';
import { laneRows, lanesOf } from '../../../src/views/net/lanes.ts';
import { natName } from '../../../src/views/net/names.ts';
import { leftText } from '../../../src/views/net/rows.ts';
import { sentencePieces, SLOTS } from '../../../src/views/net/sentence.ts';
import { natOf } from '../net/nets.ts';
import { carrierGrade, netCall, oneHome, PORT_RESTRICTED, SYMMETRIC, twoNats } from './net-call.ts';

function netOf(trace: Trace, cursor = trace.length): NetFrame {
  const net = trace.frameAt(cursor).network;
  if (net === null) throw new Error('no network');
  return net;
}

const packetsOf = (net: NetFrame): readonly PacketFrame[] => [...net.packets];

describe('an endpoint', () => {
  it('is one thing through two NATs in a row', () => {
    const net = netOf(netCall(carrierGrade(true), { until: 1500 }));
    const [outer] = net.tables['carrier'] ?? [];
    if (outer === undefined) throw new Error('no row');
    const { outside, inside, protocol } = outer.binding;
    const far = identityOf(net, protocol, outside, 'stun');
    expect(far.who).toBe('caller');
    expect(far.inside.address).toBe('10.0.1.5');
    expect(identityOf(net, protocol, inside, 'carrier').key).toBe(far.key);
    expect(identityOf(net, protocol, far.inside, 'caller').key).toBe(far.key);
  });

  it('is a server’s, or nobody’s', () => {
    const net = netOf(netCall(twoNats(SYMMETRIC, PORT_RESTRICTED), { until: 600 }));
    const end = (address: string) => identityOf(net, 'udp', { address, port: 3478 }, 'caller');
    expect(end('192.0.2.10').who).toBe('server');
    expect(end('192.0.2.99').who).toBe('other');
    expect(end('198.51.100.7').who).toBe('other');
  });

  it('with a private address is that of the network where it is seen', () => {
    const two = twoNats(PORT_RESTRICTED, PORT_RESTRICTED);
    const hosts = two.hosts.map((host) => ({
      ...host,
      interfaces: host.interfaces.map((each) =>
        host.role === 'caller' || host.role === 'callee' ? { ...each, address: '10.0.0.5' } : each,
      ),
    }));
    const net = { ...netOf(netCall(two, { until: 600 })), description: { ...two, hosts } };
    const who = (where: string) =>
      identityOf(net, 'udp', { address: '10.0.0.5', port: 1 }, where).who;
    expect([who('caller-router'), who('callee'), who('stun')]).toEqual([
      ...['caller', 'callee', 'other'],
    ]);
  });
});

describe('lanes', () => {
  const net = netOf(netCall(twoNats(PORT_RESTRICTED, PORT_RESTRICTED)));

  it('are for those who take part, from the caller to the callee', () => {
    const packets = packetsOf(net);
    expect(lanesOf(net.description, packets)).toEqual([
      ...['caller', 'caller-router', 'stun', 'turn', 'callee-router', 'callee'],
    ]);
    expect(lanesOf(net.description, packets.slice(0, 1))).toEqual([
      ...['caller', 'caller-router', 'stun'],
    ]);
    expect(lanesOf(net.description, [])).toEqual([]);
  });

  it('have an arrow a packet, which knows what was sent before', () => {
    const packets = packetsOf(net);
    const rows = laneRows(lanesOf(net.description, packets), packets);
    expect(rows).toHaveLength(packets.length);
    expect(rows[0]).toMatchObject({ from: 0, to: 2, through: [1], runs: [{ from: 0, to: 2 }] });
    const repeated = rows.find(({ again }) => again === 1)?.packet;
    const first = rows.find(({ packet }) => packet.bytes === repeated?.bytes)?.packet;
    expect(first?.id).toBeLessThan(repeated?.id ?? 0);
    const dropped = rows.find(({ packet }) => packet.at === 'dropped' && packet.from === 'caller');
    // On the internet, past its NAT.
    expect(dropped?.to).toBe(1.5);
  });

  it('turn back where the way does', () => {
    const one = netOf(netCall(oneHome(), { until: 500 }));
    const packets = packetsOf(one);
    const lanes = lanesOf(one.description, packets);
    expect(lanes).toEqual(['caller', 'router', 'stun', 'callee']);
    const row = laneRows(lanes, packets).find(
      ({ packet }) => packet.from === 'callee' && packet.to === 'stun',
    );
    expect(row?.runs).toEqual([
      { from: 3, to: 1 },
      { from: 1, to: 2 },
    ]);
  });
});

describe('a row of a table', () => {
  it('says how long it lives', () => {
    expect(leftText({ until: 9250 }, 0)).toBe('9.3 s');
    expect(leftText({ until: 120_000 }, 400)).toBe('120 s');
    expect(leftText({ until: 9250 }, 10_000)).toBe('0 s');
  });

  it('belongs to a NAT with a name, or with none', () => {
    expect(natName(PORT_RESTRICTED, true)).toBe('port-restricted');
    expect(natName(SYMMETRIC)).toBe('symmetric NAT');
    expect(natName(natOf({ mapping: 'address-dependent' }))).toBe('NAT');
  });
});

describe('the packet at hand', () => {
  it('is of the cursor’s step', () => {
    const trace = netCall(twoNats(PORT_RESTRICTED, PORT_RESTRICTED), { until: 600 });
    const end = (step: number) => trace.frameAt(trace.stepEnd(step));
    expect(packetAtHand(end(4), end(3))).toBeNull();
    expect(packetAtHand(end(5), end(4))?.from).toBeDefined();
    expect(packetAtHand(end(6), end(5))).toBeNull();
  });
});

describe('a sentence with slots', () => {
  it('is cut at them', () => {
    const [one, two] = SLOTS;
    expect(sentencePieces(`from ${one} to ${two}.`)).toEqual(['from ', 0, ' to ', 1, '.']);
    expect(sentencePieces('')).toEqual([]);
  });
});
