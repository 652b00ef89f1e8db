// Which network a host could move to, and which NATs forget soon: what a change of the network would be about.
import { familyOf } from './address.ts';
import type { Attachment, HostRole, NetworkDescription, RouterDescription } from './description.ts';

/** How a Wi-Fi interface is called here, and one of a mobile network. */
const WIFI = 'wlan';
const MOBILE = 'rmnet0';

/** A host's Wi-Fi, and the network that it would be in without it. */
export interface WayOfMoving {
  readonly host: string;
  readonly wifi: Attachment;
  readonly next: Attachment;
}

/** What a host of that role would leave and join; null where it is in no Wi-Fi, or nowhere else to go. */
export function wayOfMoving(
  { hosts, routers }: NetworkDescription,
  role: HostRole,
): WayOfMoving | null {
  const host = hosts.find((each) => each.role === role);
  const wifi = host?.interfaces.find(({ name }) => name.startsWith(WIFI));
  if (host === undefined || wifi === undefined) return null;
  const used = new Set(hosts.flatMap(({ interfaces }) => interfaces.map(({ segment }) => segment)));
  const gateway = routers
    .flatMap(({ inside }) => inside)
    .find(({ segment, address }) => !used.has(segment) && familyOf(address) === 4);
  if (gateway === undefined) return null;
  const next = {
    name: MOBILE,
    segment: gateway.segment,
    address: gateway.address.replace(/\d+$/, '5'),
    gateway: gateway.address,
  };
  return { host: host.id, wifi, next };
}

/** The NATs that forget a mapping before an idle pair is checked again. @param pause between two checks, in ms */
export function forgetfulNats(
  { routers }: NetworkDescription,
  pause: number,
): readonly RouterDescription[] {
  return routers.filter(({ nat }) => nat !== null && nat.lifetime < pause);
}
