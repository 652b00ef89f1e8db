// What a router's firewall lets through, in either direction.
import { EndpointMap } from './endpoint-map.ts';
import type { Firewall } from './description.ts';
import type { DropRule } from './event.ts';
import type { Endpoint, Packet, Protocol } from './packet.ts';

/** RFC 6092, REC-14: how long an idle UDP flow is remembered by default, in ms. */
const UDP_IDLE = 300_000;
/** RFC 6092, REC-35: an established TCP connection, in ms. */
const TCP_IDLE = 7_440_000;
/** HTTPS. */
const ONLY_PORT = 443;

export type FirewallRefusal = Extract<DropRule, `firewall-${string}`>;

/** The rules alone, for a packet whose other end, outside, is `remote`; null lets it through. */
function refusal(rules: Firewall, protocol: Protocol, remote: Endpoint): FirewallRefusal | null {
  if (protocol === 'udp') return rules.udp === 'blocked' ? 'firewall-udp' : null;
  switch (rules.tcp) {
    case 'allowed':
      return null;
    case 'only-443':
      return remote.port === ONLY_PORT ? null : 'firewall-tcp';
    case 'blocked':
      return 'firewall-tcp';
  }
}

/** A firewall with its memory of what went out. */
export class FirewallState {
  rules: Firewall;
  /** Inside endpoint → outside endpoint → until when it may answer. */
  readonly #flows: Record<Protocol, EndpointMap<EndpointMap<number>>> = {
    udp: new EndpointMap(),
    tcp: new EndpointMap(),
  };

  constructor(rules: Firewall) {
    this.rules = rules;
  }

  /** Whether a packet from inside may go out; null lets it through. */
  handleOutbound(now: number, packet: Packet): FirewallRefusal | null {
    const { protocol, source, destination } = packet;
    const refused = refusal(this.rules, protocol, destination);
    if (refused === null && this.rules.inbound === 'closed') {
      this.#remember(now, protocol, source, destination);
    }
    return refused;
  }

  /**
   * Whether a packet from outside may come in; null lets it through.
   * @param isTranslated a NAT let it in: its filter has said who may answer, and `inbound` isn't asked
   */
  handleInbound(now: number, packet: Packet, isTranslated: boolean): FirewallRefusal | null {
    const { protocol, source, destination } = packet;
    const refused = refusal(this.rules, protocol, source);
    if (refused !== null || isTranslated || this.rules.inbound === 'open') return refused;
    const remotes = this.#flows[protocol].get(destination.address, destination.port);
    const until = remotes?.get(source.address, source.port);
    if (until === undefined || until <= now) return 'firewall-inbound';
    // A flow is idle when it is silent in both directions.
    this.#remember(now, protocol, destination, source);
    return null;
  }

  /** It starts anew. */
  reset(): void {
    this.#flows.udp = new EndpointMap();
    this.#flows.tcp = new EndpointMap();
  }

  #remember(now: number, protocol: Protocol, inside: Endpoint, remote: Endpoint): void {
    const flows = this.#flows[protocol];
    let remotes = flows.get(inside.address, inside.port);
    if (remotes === undefined) {
      remotes = new EndpointMap();
      flows.set(inside.address, inside.port, remotes);
    }
    remotes.set(remote.address, remote.port, now + (protocol === 'udp' ? UDP_IDLE : TCP_IDLE));
  }
}
