// What differs between two frames: what the views light.
import { MACHINES, SLOTS } from './event.ts';
import type { MachineName, Pair, PairsEvent, SlotName } from './event.ts';
import type { Frame, MessageFrame, Trouble } from './frame.ts';
import { EMPTY } from './list.ts';
import type { NetFrame, PacketFrame, RowFrame } from './net-frame.ts';
import type { CandidateFrame, DataFrame, PeerFrame, SlotFrame, TrackFrame } from './peer-frame.ts';

/** What one of the four states was and is. */
export interface StateChange {
  readonly from: string | null;
  readonly to: string | null;
}

/** What is new on one side. Of a list: the entries that are new, or that something has become of. */
export interface PeerChanges {
  /** Only those that changed. */
  readonly states: { readonly [machine in MachineName]?: StateChange };
  /** Those whose text or type is another, or that were filled or emptied. */
  readonly slots: readonly SlotName[];
  readonly created: boolean;
  readonly tracks: readonly TrackFrame[];
  readonly transceivers: boolean;
  readonly local: readonly CandidateFrame[];
  readonly remote: readonly CandidateFrame[];
  readonly channel: boolean;
  readonly data: readonly DataFrame[];
  readonly pair: boolean;
  /** Those that are new, or are another in what is written of them. */
  readonly pairs: readonly Pair[];
  readonly transport: boolean;
}

/** What is new in a virtual network. */
export interface NetChanges {
  /** Those that were sent or moved on, as they are now. */
  readonly packets: readonly PacketFrame[];
  /** Rows that were made, used or ended, each with the id of its router. */
  readonly rows: readonly { readonly router: string; readonly row: RowFrame }[];
  /** The lesson changed the network. */
  readonly description: boolean;
}

/** What is new between two frames. */
export interface Changes {
  readonly caller: PeerChanges;
  readonly callee: PeerChanges;
  /** Those that were posted or moved on, as they are now. */
  readonly messages: readonly MessageFrame[];
  readonly troubles: readonly Trouble[];
  /** `null` for a browser's call. */
  readonly network: NetChanges | null;
  /** The call was ended. */
  readonly ended: boolean;
}

const NOTHING: PeerChanges = {
  ...{ states: {}, slots: [], created: false, tracks: [], transceivers: false, local: [] },
  ...{ remote: [], channel: false, data: [], pair: false, pairs: [], transport: false },
};

/**
 * What `after` has that `before` has not, of two frames of one record. It looks only into parts that
 * are not the same object. When `after` is the earlier one, the entries it lacks are not listed.
 */
export function changesBetween(before: Frame, after: Frame): Changes {
  return {
    caller: peerChanges(before.caller, after.caller),
    callee: peerChanges(before.callee, after.callee),
    messages: after.messages.changedFrom(before.messages, isSame),
    troubles: after.troubles.changedFrom(before.troubles, isSame),
    network: after.network && netChanges(before.network, after.network),
    ended: after.ended && !before.ended,
  };
}

function peerChanges(before: PeerFrame, after: PeerFrame): PeerChanges {
  if (before === after) return NOTHING;
  return {
    states: stateChanges(before, after),
    slots: SLOTS.filter((slot) => !holdsSame(before.slots[slot], after.slots[slot])),
    created: !holdsSame(before.created, after.created),
    tracks: after.tracks.changedFrom(before.tracks, isSame),
    transceivers: before.transceivers !== after.transceivers,
    local: after.local.changedFrom(before.local, isSame),
    remote: after.remote.changedFrom(before.remote, isSame),
    channel: before.channel !== after.channel,
    data: after.data.changedFrom(before.data, isSame),
    pair: before.pair !== after.pair,
    pairs: pairChanges(before.pairs, after.pairs),
    transport: before.transport !== after.transport,
  };
}

function netChanges(before: NetFrame | null, after: NetFrame): NetChanges {
  if (before === after) return { packets: [], rows: [], description: false };
  const rows = Object.entries(after.tables).flatMap(([router, table]) => {
    const were = before?.tables[router] ?? [];
    if (were === table) return [];
    const known = new Map(were.map((row) => [row.binding.id, row]));
    return table
      .filter((row) => !isSameRow(known.get(row.binding.id), row))
      .map((row) => ({ router, row }));
  });
  return {
    packets: after.packets.changedFrom(before?.packets ?? EMPTY, isSamePacket),
    rows,
    description: before?.description !== after.description,
  };
}

/** A packet's way only grows, but for one that is sent again. */
function isSamePacket(a: PacketFrame, b: PacketFrame): boolean {
  return a.n === b.n && a.path.length === b.path.length;
}

function isSameRow(a: RowFrame | undefined, b: RowFrame): boolean {
  return a?.n === b.n && a.ended === b.ended;
}

function stateChanges(before: PeerFrame, after: PeerFrame): PeerChanges['states'] {
  const changes: { [machine in MachineName]?: StateChange } = {};
  for (const machine of MACHINES) {
    const [from, to] = [before.states[machine], after.states[machine]];
    if (from !== to) changes[machine] = { from, to };
  }
  return changes;
}

function pairChanges(before: PairsEvent | null, after: PairsEvent | null): readonly Pair[] {
  if (before === after || after === null) return [];
  const known = new Map(before?.pairs.map((pair) => [pair.id, JSON.stringify(pair)]));
  return after.pairs.filter((pair) => known.get(pair.id) !== JSON.stringify(pair));
}

function holdsSame(a: SlotFrame | null, b: SlotFrame | null): boolean {
  return a === b || (a !== null && b !== null && a.type === b.type && a.sdp === b.sdp);
}

/** An entry that was folded twice is two objects, but what they hold comes out of the same events. */
function isSame<T extends object>(a: T, b: T): boolean {
  if (a === b) return true;
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => other.get(key) === value);
}
