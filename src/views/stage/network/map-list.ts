// The drawn network in words, for who can't see it; and what firewalls stop.
import { m } from '../../../i18n/paraglide/messages.js';
import type { NetworkDescription, RouterDescription } from '../../../net/description.ts';
import { hostName, natName, natRules } from '../../net/names.ts';

/** The network as a list: the hosts, the routers, and who is on which segment. */
export function mapList({ segments, hosts, routers }: NetworkDescription): readonly string[] {
  const join = (texts: readonly string[]) => texts.join(', ');
  return [
    ...hosts.map(({ role, id, interfaces }) => {
      const name = hostName(role, id);
      if (interfaces.length === 0) return m.net_list_adrift({ name });
      return m.net_list_host({ name, addresses: join(interfaces.map(({ address }) => address)) });
    }),
    ...routers.map((router) => {
      const { id, nat, outside, inside } = router;
      const kind = nat === null ? m.net_router() : `${natName(nat)} (${natRules(nat)})`;
      const addresses = join(inside.map(({ address }) => address));
      const text = m.net_list_router({
        ...{ name: id, kind, outside: outside.address, inside: addresses },
      });
      return join([text, ...stopsOf(router).map(stopText)]);
    }),
    ...segments.map(({ id, prefixes }) => {
      const on = [
        ...hosts
          .filter((host) => host.interfaces.some(({ segment }) => segment === id))
          .map((host) => hostName(host.role, host.id)),
        ...routers
          .filter((router) =>
            [router.outside, ...router.inside].some((each) => each.segment === id),
          )
          .map((router) => router.id),
      ];
      return m.net_list_segment({ name: id, prefixes: join(prefixes), parts: join(on) });
    }),
  ];
}

/** What a firewall stops, in a few words. */
export function stopText(stop: Stop): string {
  switch (stop) {
    case 'udp':
      return m.net_firewall_udp();
    case 'tcp-but-443':
      return m.net_firewall_tcp_443();
    case 'tcp':
      return m.net_firewall_tcp();
    case 'inbound':
      return m.net_firewall_inbound();
  }
}

/** What a router's firewall stops that its NAT does not stop already. */
export type Stop = 'udp' | 'tcp' | 'tcp-but-443' | 'inbound';

/** What a router stops, most first. */
export function stopsOf({ firewall, nat }: RouterDescription): readonly Stop[] {
  const { udp, tcp, inbound } = firewall;
  const stops: Stop[] = udp === 'blocked' ? ['udp'] : [];
  if (tcp !== 'allowed') stops.push(tcp === 'blocked' ? 'tcp' : 'tcp-but-443');
  if (inbound === 'closed' && nat === null) stops.push('inbound');
  return stops;
}
