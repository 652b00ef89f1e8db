// What the network did to a call that was up: its host moved to another network, or a NAT forgot its mapping.
import { m } from '../../i18n/paraglide/messages.js';
import type { NetworkDescription } from '../../net/description.ts';
import { formatEndpoint, isSameEndpoint } from '../../rtc/address.ts';
import { hasIceFailed } from '../../trace/peer-frame.ts';
import { foundBy, isUp, pairInUse, waysOf } from './facts.ts';
import type { Found, NoteFrame, NoteOptions, NoteRow } from './facts.ts';
import { hostOf } from './way.ts';

type Network = NonNullable<NoteFrame['network']>;
type Options = NonNullable<NoteOptions['network']>;
type Pieces = readonly (string | null)[];

/** What has happened since the call was up; null where nothing has. */
export function laterPieces(frame: NoteFrame, network: Network, options: Options): Pieces | null {
  return (
    movedPieces(frame, network, options.description) ??
    expiredPieces(frame, network, options.profile)
  );
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
  const isNew = ({ base }: Found) =>
    base.startsWith(formatEndpoint({ address, port: 0 }).slice(0, -1));
  const isRestarted = found.some(isNew);
  if (isRestarted && isUp(caller) && pair !== null) {
    return [
      m.net_note_restarted({
        local: formatEndpoint(pair.local),
        remote: formatEndpoint(pair.remote),
      }),
    ];
  }
  return isRestarted ? null : [m.net_note_moved({ address, name })];
}

/** The mapping that the caller's candidate stands for has ended in its NAT's table, of age. */
function expiredPieces(
  { caller, t }: NoteFrame,
  { description, tables }: Network,
  profile: Options['profile'],
): Pieces | null {
  const { caller: own, callee: far } = waysOf(description);
  const router = own.nats.at(-1);
  const mapped = foundBy(caller).findLast(({ type }) => type === 'srflx')?.endpoint;
  // Where each destination has a mapping of its own, that of the STUN server ends unneeded.
  if (router?.nat.mapping !== 'endpoint-independent' || mapped === undefined) return null;
  const rows = tables[router.id] ?? [];
  const row = rows.findLast(({ binding }) => outsideOf(binding) === mapped);
  if (row?.ended !== true || row.binding.until > t) return null;
  const fresh = rows.findLast(({ binding }) => isSameEndpoint(binding.inside, row.binding.inside));
  const isShut = far.nats.some(({ nat }) => nat.filtering === 'address-and-port-dependent');
  const isFailed = hasIceFailed(caller);
  return [
    m.net_note_expired({ mapped, seconds: secondsOf(router.nat.lifetime) }),
    fresh !== undefined && fresh !== row && isShut && !isFailed
      ? m.net_note_fresh({ fresh: outsideOf(fresh.binding) })
      : null,
    isFailed && profile === 'rfc8445' ? m.net_note_consent() : null,
  ];
}

function outsideOf({ outside }: NoteRow['binding']): string {
  return formatEndpoint(outside);
}

function secondsOf(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
