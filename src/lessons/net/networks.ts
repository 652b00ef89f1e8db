// The lessons' networks. On the internet only addresses for documentation (RFC 5737); inside private ones (RFC 1918),
// and a carrier's shared ones (RFC 6598).
import type { Firewall, NatBehaviour, NetworkDescription } from '../../net/description.ts';
import { FULL_CONE, PORT_RESTRICTED } from './behaviours.ts';
import {
  attached,
  host,
  INTERNET,
  natRouter,
  OFFICE_FIREWALL,
  segment,
  STUN_HOST,
  TURN_HOST,
} from './parts.ts';

/** Milliseconds, one way. */
const LAN = 1;
const CARRIER = 10;
const CELL = 15;

/** Both peers on one LAN. */
export const ONE_HOME: NetworkDescription = {
  segments: [segment('home', LAN, '192.168.1.0/24'), INTERNET],
  hosts: [
    host('caller', 'caller', 'home', '192.168.1.10', '192.168.1.1'),
    host('callee', 'callee', 'home', '192.168.1.11', '192.168.1.1'),
    STUN_HOST,
  ],
  routers: [
    natRouter('router', ['home', '192.168.1.1'], ['internet', '198.51.100.7'], PORT_RESTRICTED),
  ],
};

/** What is behind one peer's router. */
interface End {
  readonly nat: NatBehaviour;
  readonly firewall?: Firewall;
}

/** Each peer on a LAN of its own, behind a NAT of its own. */
export function twoHomes(
  caller: End,
  callee: End,
  { turn = false }: { readonly turn?: boolean } = {},
): NetworkDescription {
  return {
    segments: [
      segment('caller-lan', LAN, '10.0.1.0/24'),
      segment('callee-lan', LAN, '192.168.1.0/24'),
      INTERNET,
    ],
    hosts: [
      host('caller', 'caller', 'caller-lan', '10.0.1.5', '10.0.1.1'),
      host('callee', 'callee', 'callee-lan', '192.168.1.20', '192.168.1.1'),
      STUN_HOST,
      ...(turn ? [TURN_HOST] : []),
    ],
    routers: [
      natRouter(
        'caller-router',
        ['caller-lan', '10.0.1.1'],
        ['internet', '198.51.100.7'],
        caller.nat,
        caller.firewall,
      ),
      natRouter(
        'callee-router',
        ['callee-lan', '192.168.1.1'],
        ['internet', '203.0.113.9'],
        callee.nat,
        callee.firewall,
      ),
    ],
  };
}

/** The caller in an office that lets out HTTPS only. */
export const OFFICE: NetworkDescription = twoHomes(
  { nat: PORT_RESTRICTED, firewall: OFFICE_FIREWALL },
  { nat: PORT_RESTRICTED },
  { turn: true },
);

/** Two homes of one carrier, whose own NAT both are behind. RFC 6888 §3: such a NAT is a full cone and hairpins. */
export function carrierGrade(hairpinning: boolean): NetworkDescription {
  return {
    segments: [
      segment('caller-lan', LAN, '10.0.1.0/24'),
      segment('callee-lan', LAN, '192.168.1.0/24'),
      segment('carrier-net', CARRIER, '100.64.0.0/10'),
      INTERNET,
    ],
    hosts: [
      host('caller', 'caller', 'caller-lan', '10.0.1.5', '10.0.1.1'),
      host('callee', 'callee', 'callee-lan', '192.168.1.20', '192.168.1.1'),
      STUN_HOST,
    ],
    routers: [
      natRouter(
        'caller-router',
        ['caller-lan', '10.0.1.1'],
        ['carrier-net', '100.64.0.11', '100.64.0.1'],
        PORT_RESTRICTED,
      ),
      natRouter(
        'callee-router',
        ['callee-lan', '192.168.1.1'],
        ['carrier-net', '100.64.0.12', '100.64.0.1'],
        PORT_RESTRICTED,
      ),
      natRouter('carrier', ['carrier-net', '100.64.0.1'], ['internet', '198.51.100.7'], {
        ...FULL_CONE,
        hairpinning,
      }),
    ],
  };
}

/** The caller is a phone in a Wi-Fi, with a mobile network around it that it does not use yet. */
export const PHONE: NetworkDescription = {
  segments: [
    segment('wifi', LAN, '10.0.1.0/24'),
    segment('cell', CELL, '100.64.0.0/10'),
    segment('callee-lan', LAN, '192.168.1.0/24'),
    INTERNET,
  ],
  hosts: [
    {
      id: 'caller',
      role: 'caller',
      interfaces: [attached('wlan0', 'wifi', '10.0.1.5', '10.0.1.1')],
    },
    host('callee', 'callee', 'callee-lan', '192.168.1.20', '192.168.1.1'),
    STUN_HOST,
  ],
  routers: [
    natRouter('wifi-router', ['wifi', '10.0.1.1'], ['internet', '198.51.100.7'], PORT_RESTRICTED),
    natRouter(
      'cell-gateway',
      ['cell', '100.64.0.1'],
      ['internet', '198.51.100.99'],
      PORT_RESTRICTED,
    ),
    natRouter(
      'callee-router',
      ['callee-lan', '192.168.1.1'],
      ['internet', '203.0.113.9'],
      PORT_RESTRICTED,
    ),
  ],
};
