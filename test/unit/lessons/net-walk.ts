// Walks a lesson's network with real parts: two agents, the servers, and candidates that go over at once.
import { createIceAgent } from '../../../src/ice/agent.ts';
import type {
  AgentCandidate,
  IceAgent,
  IceEvent,
  IceServerAddress,
} from '../../../src/ice/agent-port.ts';
import type { NetLesson, NetLessonId } from '../../../src/lessons/net/lessons.ts';
import { PHONE } from '../../../src/lessons/net/networks.ts';
import { wayOfMoving } from '../../../src/net/access.ts';
import type { NetworkChange } from '../../../src/net/change.ts';
import type { NetEvent } from '../../../src/net/event.ts';
import type { Output } from '../../../src/net/io.ts';
import { Network } from '../../../src/net/network.ts';
import { seeded } from '../../../src/net/random.ts';
import { TurnServer } from '../../../src/stun/relay.ts';
import { StunServer } from '../../../src/stun/server.ts';
import type { Side } from '../../../src/rtc/steps.ts';

type Part = IceAgent | StunServer | TurnServer;

/** How a walk went. Times are virtual ms since both began to gather. */
export interface Walk {
  readonly states: Readonly<Record<Side, readonly (readonly [t: number, state: string])[]>>;
  /** The types of the pairs selected, as the caller has them: `host-srflx`. */
  readonly selected: readonly (readonly [t: number, pair: string])[];
  readonly candidates: Readonly<Record<Side, readonly AgentCandidate[]>>;
  readonly agents: Readonly<Record<Side, IceAgent>>;
  readonly events: readonly NetEvent[];
  /** As it stands at the end, and when that is. */
  readonly network: Network;
  readonly now: number;
  /** When both were connected, or one had failed; null where neither came to be. */
  readonly settled: number | null;
}

/** By when a call has settled, in ms. */
const LIMIT = 120_000;

const SIDES: readonly Side[] = ['caller', 'callee'];

/** A candidate as it is signaled. */
export function lineOf(candidate: AgentCandidate): string {
  const { foundation, protocol, priority, address, port, type, related, tcpType } = candidate;
  const far = related === null ? '' : ` raddr ${related.address} rport ${String(related.port)}`;
  const tcp = tcpType === null ? '' : ` tcptype ${tcpType}`;
  return (
    `candidate:${foundation} 1 ${protocol} ${String(priority)} ${address} ${String(port)} ` +
    `typ ${type}${far}${tcp} ufrag ${candidate.ufrag}`
  );
}

/** The servers of a lesson, their names resolved. */
function serversOf({ iceServers, names }: NetLesson): readonly IceServerAddress[] {
  return iceServers.map(({ urls, username = '', credential = '' }) => {
    const [, kind, name = '', port] = /^(\w+):([^:]+):(\d+)/.exec(urls) ?? [];
    return {
      url: urls,
      kind: kind === 'turn' ? 'turn' : 'stun',
      transport: urls.endsWith('transport=tcp') ? 'tcp' : 'udp',
      endpoint: { address: names[name] ?? '', port: Number(port) },
      username,
      credential,
    };
  });
}

/** What happens once both are connected, in ms after that: what the lesson's acts would do. */
export type ScriptStep =
  | { readonly at: number; readonly change: NetworkChange }
  | { readonly at: number; readonly restart: Side };

const moving = wayOfMoving(PHONE, 'caller');
if (moving === null) throw new Error('There is no way out of the Wi-Fi.');
const { host, wifi, next } = moving;

const LATER: Partial<
  Record<NetLessonId, { readonly script: readonly ScriptStep[]; readonly until: number }>
> = {
  'network-change': {
    script: [
      { at: 3000, change: { type: 'interface-down', host, name: wifi.name } },
      { at: 3500, change: { type: 'interface-up', host, attachment: next } },
      { at: 5000, restart: 'caller' },
    ],
    until: 8000,
  },
  'mapping-expires': { script: [{ at: 40_000, restart: 'caller' }], until: 43_000 },
};

/** What happens in a lesson once the call is up. */
export function scriptOf({ id }: NetLesson): readonly ScriptStep[] {
  return LATER[id]?.script ?? [];
}

/** How long it is walked then, in ms. */
export function untilOf({ id, until }: NetLesson): number {
  return LATER[id]?.until ?? until;
}

/** Runs a lesson from gathering to its end. @param stop where to stop before it, in ms after the call has settled */
export function walk(lesson: NetLesson, stop: number = untilOf(lesson), seed = 1): Walk {
  const random = seeded(seed);
  const network = new Network(lesson.network, random.fork());
  const servers = serversOf(lesson);
  const parts = new Map<string, Part>();
  const agents = {} as Record<Side, IceAgent>;
  const states: Record<Side, [number, string][]> = { caller: [], callee: [] };
  const candidates: Record<Side, AgentCandidate[]> = { caller: [], callee: [] };
  const selected: [number, string][] = [];

  for (const { id, role, interfaces } of lesson.network.hosts) {
    const address = interfaces[0]?.address ?? '';
    const user = servers.find(({ kind }) => kind === 'turn');
    if (role === 'stun') {
      const local = { address, port: 3478 };
      network.bind(id, local);
      parts.set(id, new StunServer({ local }));
    } else if (role === 'turn' && user !== undefined) {
      const { transport, endpoint, username, credential } = user;
      if (transport === 'udp') network.bind(id, endpoint);
      parts.set(
        id,
        new TurnServer({
          listen: [{ protocol: transport, local: endpoint }],
          relayAddresses: [address],
          realm: 'turn.example',
          users: [{ username, credential }],
          random: random.fork(),
        }),
      );
    } else if (role === 'caller' || role === 'callee') {
      agents[role] = createIceAgent({
        profile: lesson.profile,
        random: random.fork(),
        interfaces: interfaces.map(({ name, address: own }) => ({ name, address: own })),
        servers,
        policy: lesson.policy,
      });
      parts.set(id, agents[role]);
    }
  }

  const other = (side: Side) => agents[side === 'caller' ? 'callee' : 'caller'];
  const tell = (now: number, side: Side, event: IceEvent) => {
    if (event.type === 'connection') states[side].push([now, event.state]);
    if (event.type === 'candidate') {
      candidates[side].push(event.candidate);
      other(side).addRemoteCandidate(now, lineOf(event.candidate));
    }
    if (event.type === 'gathering' && event.state === 'complete') {
      other(side).addRemoteCandidate(now, '');
    }
    if (event.type === 'selected' && side === 'caller') {
      selected.push([now, `${event.pair.local.type}-${event.pair.remote.type}`]);
    }
  };
  const flush = (now: number) => {
    for (let isMore = true; isMore;) {
      isMore = false;
      for (const [id, part] of parts) {
        let output: Output | null;
        while ((output = part.pollOutput()) !== null) network.send(now, id, output);
      }
      for (const side of SIDES) {
        let event: IceEvent | null;
        while ((event = agents[side].pollEvent()) !== null) {
          isMore = true;
          tell(now, side, event);
        }
      }
    }
  };
  const apply = (now: number, step: ScriptStep) => {
    if ('restart' in step) {
      agents[step.restart].restart(now);
      agents[step.restart].gather(now);
      const far = other(step.restart);
      far.setRemote(now, agents[step.restart].local);
      agents[step.restart].setRemote(now, far.local);
      far.gather(now);
      return;
    }
    network.change(now, step.change);
    for (const side of SIDES) agents[side].setInterfaces(now, network.interfaces(side));
  };

  agents.caller.setRole('controlling');
  agents.callee.setRole('controlled');
  agents.caller.setRemote(0, agents.callee.local);
  agents.callee.setRemote(0, agents.caller.local);
  for (const side of SIDES) agents[side].gather(0);
  flush(0);

  let settled: number | null = null;
  let script: readonly ScriptStep[] = [];
  let last = 0;
  for (let rounds = 0; rounds < 200_000; rounds += 1) {
    const [first] = script;
    const at = first === undefined || settled === null ? Infinity : settled + first.at;
    let now = Math.min(network.pollTimeout() ?? Infinity, at);
    for (const part of parts.values()) now = Math.min(now, part.pollTimeout() ?? Infinity);
    if (now === Infinity || now > (settled === null ? LIMIT : settled + stop)) break;
    last = now;
    if (now >= at && first !== undefined) {
      apply(now, first);
      script = script.slice(1);
    }
    network.handleTimeout(now);
    for (let each = network.pollInput(); each !== null; each = network.pollInput()) {
      parts.get(each.host)?.handleInput(now, each.input);
      flush(now);
    }
    for (const part of parts.values())
      if ((part.pollTimeout() ?? Infinity) <= now) part.handleTimeout(now);
    flush(now);
    const is = SIDES.map((side) => agents[side].connection);
    const isOver =
      is.includes('failed') || is.every((state) => state === 'connected' || state === 'completed');
    if (settled === null && isOver) {
      settled = now;
      script = scriptOf(lesson);
    }
  }
  const events: NetEvent[] = [];
  for (let each = network.pollEvent(); each !== null; each = network.pollEvent()) events.push(each);
  return { states, selected, candidates, agents, events, network, now: last, settled };
}
