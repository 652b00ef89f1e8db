// What the network did to a call that was up: its host moved to another network, or a NAT forgot its mapping.
import { m } from '../../i18n/paraglide/messages.js';
import type { NetworkDescription } from '../../net/description.ts';
import { foundBy, iceOf, isUp, pairInUse, waysOf, written, writtenEnd } from './facts.ts';
import type { Found, NoteFrame } from './facts.ts';
import { hostOf } from './way.ts';

type Network = NonNullable<NoteFrame['network']>;
type Pieces = readonly (string | null)[];

/** What has happened since the call was up; null where nothing has. @param before the network at the start */
export function laterPieces(
  frame: NoteFrame,
  network: Network,
  before: NetworkDescription,
): Pieces | null {
  return movedPieces(frame, network, before) ?? expiredPieces(frame, network);
}

/** The caller's host has left the network that it began in. */
function movedPieces(
  { caller }: NoteFrame,
  { description }: Network,
  before: NetworkDescription,
): Pieces | null {
  const first = hostOf(before, 'caller')?.interfaces ?? [];
  const now = hostOf(description, 'caller')?.interfaces ?? [];
  const isGone = first.some(({ address }) => !now.some((each) => each.address === address));
  if (!isGone) return null;
  const found = foundBy(caller);
  const newest = now.at(-1);
  if (newest === undefined) {
    const host = found.find(({ type }) => type === 'host');
    return host === undefined ? null : [m.net_note_left({ local: host.endpoint })];
  }
  const { name, address } = newest;
  const pair = pairInUse(caller);
  const isNew = ({ base }: Found) => base.startsWith(written(address, 0).slice(0, -1));
  const isRestarted = found.some(isNew);
  if (isRestarted && isUp(caller) && pair !== null) {
    return [
      m.net_note_restarted({ local: writtenEnd(pair.local), remote: writtenEnd(pair.remote) }),
    ];
  }
  return isRestarted ? null : [m.net_note_moved({ address, name })];
}

/** A mapping that the caller's candidates rest on has ended in its NAT's table. */
function expiredPieces({ caller, progress }: NoteFrame, network: Network): Pieces | null {
  const { caller: own, callee: far } = waysOf(network.description);
  const router = own.nats.at(-1);
  const mapped = foundBy(caller).findLast(({ type }) => type === 'srflx');
  if (router === undefined || mapped === undefined || progress !== 'done') return null;
  const rows = (network.tables[router.id] ?? []).filter(
    ({ binding, ended }) => binding.protocol === 'udp' && !ended,
  );
  const outsides = rows.map(({ binding }) =>
    written(binding.outside.address, binding.outside.port),
  );
  if (outsides.includes(mapped.endpoint)) return null;
  // Where each destination has a mapping of its own, that of the STUN server ends unneeded.
  if (router.nat.mapping !== 'endpoint-independent') return null;
  const fresh = outsides.at(-1);
  const isShut = far.nats.some(({ nat }) => nat.filtering === 'address-and-port-dependent');
  const state = iceOf(caller);
  return [
    m.net_note_expired({ mapped: mapped.endpoint, seconds: secondsOf(router.nat.lifetime) }),
    fresh !== undefined && isShut && state !== 'failed' ? m.net_note_fresh({ fresh }) : null,
    state === 'failed' ? m.net_note_consent() : null,
  ];
}

function secondsOf(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
