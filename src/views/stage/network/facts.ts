// What the stage shows of a network at a moment: the packet at hand, or how it ended.
import { areBoth, type Frame } from '../../../trace/frame.ts';
import { hasIceFailed } from '../../../trace/peer-frame.ts';
import { packetOf, type PacketFrame } from '../../../trace/net-frame.ts';
import { foundBy } from '../../../lessons/net/facts.ts';
import { formatEndpoint } from '../../../rtc/address.ts';
import { SIDES, type Side } from '../../../rtc/steps.ts';
import { packetAtHand } from '../../net/current.ts';
import type { WalkView } from '../../walk.ts';

/** The packet that is shown: the moment's own, or while a step is gone through event by event the newest. */
export function shownPacket({
  frame,
  before,
  moment,
  pace,
  playing,
}: Pick<WalkView, 'frame' | 'before' | 'moment' | 'pace' | 'playing'>): PacketFrame | null {
  const net = frame.network;
  if (net === null) return null;
  if (moment !== null && frame.cursor === moment.cursor) {
    // The last one is how it ended.
    if (moment.ordinal === moment.total && (areBoth(frame, 'connected') || isFailed(frame)))
      return null;
    const id = moment.packets[0];
    return id === undefined ? null : (packetOf(net, id) ?? null);
  }
  // What comes at the end of a step is its outcome, not a packet that happens to be the last.
  const isEnd = frame.progress === 'done' && (areBoth(frame, 'connected') || isFailed(frame));
  if (isEnd && !(playing && pace.mode === 'original')) return null;
  return packetAtHand(frame, before);
}

/** The path is what is new: it came up in this step; of a step with moments the last is about it. */
export function isNewPath({
  frame,
  before,
  moment,
}: Pick<WalkView, 'frame' | 'before' | 'moment'>): boolean {
  if (!areBoth(frame, 'connected')) return false;
  const isOutcome = moment?.ordinal === moment?.total && moment?.outcome === 'good';
  return isOutcome || !areBoth(before, 'connected');
}

/** A side's ICE has given up. */
export function isFailed({ caller, callee }: Frame): boolean {
  return hasIceFailed(caller) || hasIceFailed(callee);
}

/** What became of the checks of a call that has no path. */
export interface Lost {
  /** Each side's last check that was dropped, where it came the farthest. */
  readonly packets: readonly PacketFrame[];
  readonly count: number;
}

/** The checks that were dropped on their way between the two people; null while there may be a path. */
export function lostChecks(frame: Frame): Lost | null {
  const net = frame.network;
  if (net === null || !isFailed(frame)) return null;
  const far = new Map<Side, PacketFrame>();
  let count = 0;
  for (const packet of net.packets) {
    if (packet.at !== 'dropped' || packet.side === null) continue;
    count += 1;
    const known = far.get(packet.side);
    if (known === undefined || packet.path.length >= known.path.length)
      far.set(packet.side, packet);
  }
  return count === 0 ? null : { packets: [...far.values()], count };
}

/** Where a side was announced to be, and where its checks came from. */
export interface Origin {
  readonly side: Side;
  readonly announced: string;
  readonly from: string;
}

/** Both sides' origins, where the checks came from somewhere else than was announced. */
export function originsOf(frame: Frame, lost: Lost): readonly Origin[] {
  return SIDES.flatMap((side) => {
    const announced = foundBy(frame[side]).find(({ type }) => type === 'srflx')?.endpoint;
    const last = lost.packets.find((packet) => packet.side === side)?.path.at(-1)?.source;
    if (announced === undefined || last === undefined) return [];
    return [{ side, announced, from: formatEndpoint(last) }];
  });
}

/** The ports that a relay has lent, the caller's at the left: `:57056 ⟷ :55413`; '' while it has lent none. */
export function lentPorts(frame: Frame): string {
  const ports = SIDES.map((side) => {
    const relayed = foundBy(frame[side]).findLast(({ type }) => type === 'relay')?.endpoint;
    return relayed?.slice(relayed.lastIndexOf(':')) ?? '';
  });
  return ports.every((port) => port !== '') ? ports.join(' ⟷ ') : ports.join('');
}
