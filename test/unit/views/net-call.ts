// A record of two ICE agents that find each other in a virtual network, for the views that show one.
import { createIceAgent } from '../../../src/ice/agent.ts';
import type { AgentCandidate, IceProfile, IceServerAddress } from '../../../src/ice/agent-port.ts';
import type { NatBehaviour, NetworkDescription } from '../../../src/net/description.ts';
import type { NetEvent } from '../../../src/net/event.ts';
import type { NetworkChange } from '../../../src/net/change.ts';
import { Network } from '../../../src/net/network.ts';
import { seeded } from '../../../src/net/random.ts';
import { TurnServer } from '../../../src/stun/relay.ts';
import { StunServer } from '../../../src/stun/server.ts';
import type { EventBody, PacketEvent } from '../../../src/trace/event.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import type { Side } from '../../../src/rtc/steps.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { Trace } from '../../../src/trace/trace.ts';
import { HEADER } from '../../fixtures/long-trace.ts';
import { at, natOf, routerOf, segmentOf } from '../net/nets.ts';

const INTERNET = segmentOf('internet', ['0.0.0.0/0', '::/0'], { delay: 20 });
const STUN_ADDRESS = '192.0.2.10';
const TURN_ADDRESS = '192.0.2.20';

export const PORT_RESTRICTED = natOf();
export const SYMMETRIC = natOf({ mapping: 'address-and-port-dependent' });

const hostOf = (
  id: string,
  role: 'caller' | 'callee' | 'stun' | 'turn' | 'other',
  segment: string,
  address: string,
  gateway: string | null = null,
) => ({ id, role, interfaces: [at(segment, address, gateway)] });

const STUN = hostOf('stun', 'stun', 'internet', STUN_ADDRESS);
const TURN = hostOf('turn', 'turn', 'internet', TURN_ADDRESS);

/** Two homes behind NATs, with STUN and TURN. */
export function twoNats(caller: NatBehaviour, callee: NatBehaviour): NetworkDescription {
  const router = (id: string, lan: string, gateway: string, address: string, nat: NatBehaviour) =>
    routerOf(id, at(lan, gateway, null, 'lan0'), at('internet', address, null, 'wan0'), { nat });
  return {
    segments: [
      segmentOf('caller-lan', ['10.0.1.0/24']),
      segmentOf('callee-lan', ['192.168.1.0/24']),
      INTERNET,
    ],
    hosts: [
      hostOf('caller', 'caller', 'caller-lan', '10.0.1.5', '10.0.1.1'),
      hostOf('callee', 'callee', 'callee-lan', '192.168.1.20', '192.168.1.1'),
      STUN,
      TURN,
    ],
    routers: [
      router('caller-router', 'caller-lan', '10.0.1.1', '198.51.100.7', caller),
      router('callee-router', 'callee-lan', '192.168.1.1', '203.0.113.9', callee),
    ],
  };
}

/** The same with the caller in an office that lets out HTTPS only. */
export function office(): NetworkDescription {
  const plain = twoNats(PORT_RESTRICTED, PORT_RESTRICTED);
  const firewall = { udp: 'blocked', tcp: 'only-443', inbound: 'closed' } as const;
  return {
    ...plain,
    routers: plain.routers.map((each, k) => (k === 0 ? { ...each, firewall } : each)),
  };
}

/** Both behind one router. */
export function oneHome(): NetworkDescription {
  return {
    segments: [segmentOf('home', ['192.168.1.0/24']), INTERNET],
    hosts: [
      hostOf('caller', 'caller', 'home', '192.168.1.10', '192.168.1.1'),
      hostOf('callee', 'callee', 'home', '192.168.1.11', '192.168.1.1'),
      STUN,
    ],
    routers: [
      routerOf('router', at('home', '192.168.1.1'), at('internet', '198.51.100.7'), {
        nat: PORT_RESTRICTED,
      }),
    ],
  };
}

/** Two homes behind one carrier's NAT. */
export function carrierGrade(hairpinning: boolean): NetworkDescription {
  const home = (id: string, lan: string, gateway: string, address: string) =>
    routerOf(id, at(lan, gateway), at('carrier-net', address, '100.64.0.1'), {
      nat: PORT_RESTRICTED,
    });
  const two = twoNats(PORT_RESTRICTED, PORT_RESTRICTED);
  return {
    segments: [...two.segments, segmentOf('carrier-net', ['100.64.0.0/10'], { delay: 10 })],
    hosts: two.hosts.filter(({ role }) => role !== 'turn'),
    routers: [
      home('caller-router', 'caller-lan', '10.0.1.1', '100.64.0.11'),
      home('callee-router', 'callee-lan', '192.168.1.1', '100.64.0.12'),
      routerOf('carrier', at('carrier-net', '100.64.0.1'), at('internet', '198.51.100.7'), {
        nat: natOf({ filtering: 'endpoint-independent', hairpinning }),
      }),
    ],
  };
}

/** A phone in a Wi-Fi, with a mobile network around. */
export function phone(): NetworkDescription {
  const two = twoNats(PORT_RESTRICTED, PORT_RESTRICTED);
  const cell = routerOf('cell-gateway', at('cell', '100.64.0.1'), at('internet', '198.51.100.99'), {
    nat: PORT_RESTRICTED,
  });
  return {
    segments: [...two.segments, segmentOf('cell', ['100.64.0.0/10'])],
    hosts: two.hosts,
    routers: [...two.routers, cell],
  };
}

export interface NetCallOptions {
  readonly profile?: IceProfile;
  readonly seed?: number;
  /** Virtual ms. */
  readonly until?: number;
  /** Only TURN over TCP on port 443. */
  readonly tcp?: boolean;
  readonly policy?: 'all' | 'relay';
  readonly changes?: readonly { readonly at: number; readonly change: NetworkChange }[];
}

/** What a DTLS 1.2 client says first, as virtual peers write it: one record with one message. */
const CLIENT_HELLO = new Uint8Array([
  ...[22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 48],
  ...[1, 0, 0, 36, 0, 0, 0, 0, 0, 0, 0, 36],
  ...[0xfe, 0xfd, ...Array.from({ length: 32 }, (_, k) => k), 0, 0],
]);

/** Two seconds of a call, or as long as it is given: gathering as step 5, checks as 14, then DTLS and RTP. */
export function netCall(description: NetworkDescription, options: NetCallOptions = {}): Trace {
  const { profile = 'rfc8445', seed = 7, until = 3000, tcp = false, policy = 'all' } = options;
  const trace = new Trace({
    ...HEADER,
    options: {
      ...HEADER.options,
      peers: 'virtual',
      network: { lesson: 'test', seed, profile, description },
    },
  });
  let now = 0;
  const recorder = new Recorder(trace, () => now);
  const random = seeded(seed);
  const network = new Network(description, random.fork());
  const has = (role: string) => description.hosts.some((host) => host.role === role);
  const user = { username: 'u', credential: 'p' };
  const servers: IceServerAddress[] = [];
  const turnPort = tcp ? 443 : 3478;
  if (has('turn')) {
    const endpoint = { address: TURN_ADDRESS, port: turnPort };
    const transport = tcp ? 'tcp' : 'udp';
    servers.push({ url: 'turn:turn.example', kind: 'turn', transport, endpoint, ...user });
  }
  const stunAt = { address: STUN_ADDRESS, port: 3478 };
  servers.push({
    ...{ url: 'stun:stun.example', kind: 'stun', transport: 'udp', endpoint: stunAt },
    ...{ username: '', credential: '' },
  });
  const agentOf = (side: Side) => {
    const interfaces = description.hosts.find(({ id }) => id === side)?.interfaces ?? [];
    return createIceAgent({ profile, random: random.fork(), interfaces, servers, policy });
  };
  const agents = { caller: agentOf('caller'), callee: agentOf('callee') };
  const stun = new StunServer({ local: stunAt, software: 'Peerglass' });
  const turn = new TurnServer({
    listen: [
      { protocol: 'udp', local: { address: TURN_ADDRESS, port: 3478 } },
      { protocol: 'tcp', local: { address: TURN_ADDRESS, port: 443 } },
    ],
    ...{ relayAddresses: [TURN_ADDRESS], realm: 'example.org', users: [user] },
    random: random.fork(),
  });
  const objects = { ...agents, stun, turn };
  const isObject = (id: string): id is keyof typeof objects => id in objects;
  for (const [id, local] of [
    ['stun', stunAt],
    ['turn', { address: TURN_ADDRESS, port: 3478 }],
  ] as const) {
    if (has(id)) network.bind(id, local);
  }
  let saysMore = 3;
  const flush = () => {
    for (const [id, object] of Object.entries(objects)) {
      if (id === 'turn' && !has('turn')) continue;
      for (let out = object.pollOutput(); out !== null; out = object.pollOutput()) {
        network.send(now, id, out);
      }
      write();
      for (let event = object.pollEvent(); event !== null; event = object.pollEvent()) {
        const other = id === 'caller' ? agents.callee : agents.caller;
        const told = event as { type: string; candidate?: AgentCandidate };
        if (told.type === 'candidate' && told.candidate !== undefined) {
          other.addRemoteCandidate(now, lineOf(told.candidate));
        }
      }
    }
    if (agents.caller.selected !== null && saysMore > 0) {
      saysMore -= 1;
      agents.caller.send(now, saysMore === 0 ? rtp() : CLIENT_HELLO);
    }
  };
  const sides = new Map<number, Side | null>();
  const write = () => {
    for (let event = network.pollEvent(); event !== null; event = network.pollEvent()) {
      recorder.write(bodyOf(event, sides));
    }
  };
  const run = (end: number) => {
    for (let steps = 0; steps < 20_000; steps += 1) {
      flush();
      const due = Object.values(objects).map((each) => each.pollTimeout() ?? Infinity);
      const next = Math.min(network.pollTimeout() ?? Infinity, ...due);
      if (next > end) break;
      now = Math.max(now, next);
      network.handleTimeout(now);
      write();
      for (let input = network.pollInput(); input !== null; input = network.pollInput()) {
        if (isObject(input.host)) objects[input.host].handleInput(now, input.input);
      }
      for (const object of Object.values(objects)) object.handleTimeout(now);
    }
    now = Math.max(now, end);
  };
  for (const { kind } of CALL_STEPS) {
    recorder.begin(kind);
    if (kind === 'gather-candidates') {
      agents.caller.setRole('controlling');
      agents.caller.gather(now);
      run(now + 200);
    } else if (kind === 'set-local-answer') {
      agents.callee.setRole('controlled');
      agents.callee.gather(now);
      run(now + 200);
    } else if (kind === 'connect') {
      agents.caller.setRemote(now, agents.callee.local);
      agents.callee.setRemote(now, agents.caller.local);
      for (const { at: when, change } of options.changes ?? []) {
        run(when);
        network.change(now, change);
        const place =
          'host' in change ? change.host : 'router' in change ? change.router : change.segment;
        recorder.write({
          ...{ kind: 'network', side: null, change: change.type, at: place },
          description: network.description,
        });
      }
      run(until);
    }
    recorder.done(kind);
  }
  return trace;
}

function rtp(): Uint8Array {
  const bytes = new Uint8Array(92);
  bytes.set([0x80, 111, 0, 7, 0, 0, 3, 0xc0, 0xde, 0xad, 0xbe, 0xef]);
  return bytes;
}

function lineOf({
  foundation,
  protocol,
  priority,
  address,
  port,
  type,
  related,
  ufrag,
}: AgentCandidate) {
  const far = related === null ? '' : ` raddr ${related.address} rport ${String(related.port)}`;
  const end = `typ ${type}${far} ufrag ${ufrag}`;
  return `candidate:${foundation} 1 ${protocol} ${String(priority)} ${address} ${String(port)} ${end}`;
}

function bodyOf(event: NetEvent, sides: Map<number, Side | null>): EventBody {
  if (event.type === 'expired') {
    const { at: router, binding } = event;
    return { kind: 'binding', side: null, at: 'expired', router, binding };
  }
  const { type, at: where, packet } = event;
  const { id, protocol, source, destination, flag, payload } = packet;
  if (type === 'sent') sides.set(id, where === 'caller' || where === 'callee' ? where : null);
  const common: Omit<PacketEvent, 'n' | 't' | 'step' | 'cause'> = {
    kind: 'packet',
    ...{ side: sides.get(id) ?? null, at: type, id, where, protocol },
    ...{ source, destination, flag, size: payload.length },
  };
  switch (type) {
    case 'sent':
      return { ...common, bytes: hexOf(payload) };
    case 'forwarded': {
      const { translation } = event;
      return translation === null ? common : { ...common, translation };
    }
    case 'dropped':
      return { ...common, rule: event.rule };
    case 'delivered':
      return common;
  }
}

/** In a browser there is no Buffer. */
function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
