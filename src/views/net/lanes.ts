// The packets as a sequence drawing: lanes for those who take part, and an arrow for each packet.
import type { NetworkDescription } from '../../net/description.ts';
import type { PacketFrame } from '../../trace/net-frame.ts';

/** A part of an arrow that goes one way. */
export interface LaneRun {
  readonly from: number;
  readonly to: number;
}

/** An arrow between lanes. Places are lanes' numbers, and halves between two. */
export interface LaneRow {
  readonly packet: PacketFrame;
  readonly from: number;
  /** Where it has come to. */
  readonly to: number;
  /** The lanes of the routers that passed it on. */
  readonly through: readonly number[];
  /** Its way in straight parts: where it turns back, the next begins. */
  readonly runs: readonly LaneRun[];
  /** How many like it had been sent before: 0 for the first. */
  readonly again: number;
}

/** Who takes part in some packets, from left to right: the caller and its NATs, the servers, the callee's NATs, the callee. */
export function lanesOf(
  network: NetworkDescription,
  packets: readonly PacketFrame[],
): readonly string[] {
  const seen = new Set(packets.flatMap(({ path }) => path.map(({ where }) => where)));
  const hosts = (role: string) =>
    network.hosts.filter((host) => host.role === role).map(({ id }) => id);
  const callers = hosts('caller');
  const callees = hosts('callee');
  const left = callers.flatMap((id) => routersOver(network, id));
  const right = callees.flatMap((id) => routersOver(network, id)).toReversed();
  const rest = network.routers.map(({ id }) => id).filter((id) => !right.includes(id));
  const order = [
    ...[...callers, ...left, ...rest, ...hosts('stun'), ...hosts('turn'), ...hosts('other')],
    ...[...right, ...callees],
  ];
  return [...new Set(order)].filter((id) => seen.has(id));
}

/** The routers between a host and the internet, its own first. */
function routersOver({ hosts, routers }: NetworkDescription, id: string): readonly string[] {
  const found: string[] = [];
  let segment = hosts.find((host) => host.id === id)?.interfaces[0]?.segment;
  for (;;) {
    const over = routers.find(({ inside }) => inside.some((each) => each.segment === segment));
    if (over === undefined || found.includes(over.id)) return found;
    found.push(over.id);
    segment = over.outside.segment;
  }
}

/** The arrows of some packets, in their order. */
export function laneRows(
  lanes: readonly string[],
  packets: readonly PacketFrame[],
): readonly LaneRow[] {
  const sent = new Map<string, number>();
  return packets.map((packet) => {
    const { path, bytes, from } = packet;
    const key = `${from} ${bytes}`;
    const again = bytes === '' ? 0 : (sent.get(key) ?? 0);
    sent.set(key, again + 1);
    const start = Math.max(0, lanes.indexOf(from));
    const through: number[] = [];
    const ways = [start];
    let to = start;
    for (const { where, at } of path) {
      const lane = lanes.indexOf(where);
      if (lane === -1) to = onTheWay(to, lanes.length);
      else to = lane;
      ways.push(to);
      if (at === 'forwarded' && lane !== -1) through.push(lane);
    }
    return { packet, from: start, to, through, runs: runsOf(ways), again };
  });
}

function runsOf(ways: readonly number[]): readonly LaneRun[] {
  const runs: LaneRun[] = [];
  for (const [at, to] of ways.entries()) {
    const from = ways[at - 1] ?? to;
    const last = runs.at(-1);
    if (from === to) continue;
    if (last !== undefined && Math.sign(last.to - last.from) === Math.sign(to - from)) {
      runs[runs.length - 1] = { from: last.from, to };
    } else runs.push({ from, to });
  }
  return runs;
}

/** Lost between two: in the middle of the way to the next lane inwards. */
function onTheWay(lane: number, count: number): number {
  return lane < (count - 1) / 2 ? lane + 0.5 : lane - 0.5;
}
