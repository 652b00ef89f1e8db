// The STUN and TURN servers of a virtual world: those that its network holds, and the addresses of those it is told of.
import type { IceServerAddress } from '../../ice/agent-port.ts';
import type { NetworkDescription } from '../../net/description.ts';
import type { ProtocolObject } from '../../net/io.ts';
import type { Endpoint } from '../../net/packet.ts';
import type { Random } from '../../net/random.ts';
import { TurnServer } from '../../stun/relay.ts';
import { StunServer } from '../../stun/server.ts';
import type { IceServer } from '../connection.ts';

/** RFC 8489 §14 and RFC 8656 §5: the port of STUN, and of TURN where it is not over TLS. */
export const STUN_PORT = 3478;
/** Where firewalls let TCP out, TURN servers listen too. */
export const HTTPS_PORT = 443;
const REALM = 'peerglass.example';
const SOFTWARE = 'Peerglass';

/** A server and its host. */
export interface WorldServer {
  readonly host: string;
  readonly server: ProtocolObject<never>;
  /** It takes datagrams at every port: its relayed endpoints come and go. */
  readonly takesAll: boolean;
  readonly binds: readonly Endpoint[];
}

/** Makes the servers that stand in a network, by the roles of its hosts. */
export function serversAt(
  network: NetworkDescription,
  iceServers: readonly IceServer[],
  random: Random,
): readonly WorldServer[] {
  const users = iceServers.flatMap(({ username, credential }) =>
    username === undefined || credential === undefined ? [] : [{ username, credential }],
  );
  return network.hosts.flatMap(({ id, role, interfaces }): readonly WorldServer[] => {
    const addresses = interfaces.map(({ address }) => address);
    if (role === 'stun') {
      return addresses.map((address) => {
        const local = { address, port: STUN_PORT };
        const server = new StunServer({ local, software: SOFTWARE });
        return { host: id, server, takesAll: false, binds: [local] };
      });
    }
    if (role !== 'turn') return [];
    const listen = addresses.flatMap((address) =>
      [STUN_PORT, HTTPS_PORT].flatMap((port) =>
        (['udp', 'tcp'] as const).map((protocol) => ({ protocol, local: { address, port } })),
      ),
    );
    const server = new TurnServer({
      ...{ listen, relayAddresses: addresses, realm: REALM, users, random: random.fork() },
      software: SOFTWARE,
    });
    return [{ host: id, server, takesAll: true, binds: [] }];
  });
}

const URL = /^(stuns?|turns?):(\[[^\]]+\]|[^:?[\]]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;

/**
 * The servers as an ICE agent is told of them (RFC 7064 §3.1, RFC 7065 §3.1). Over TLS there are none in this world:
 * `stuns:` and `turns:` are left out, as is what is no such URL.
 * @param names the addresses of host names; a name that is not there is taken for an address
 */
export function serverAddresses(
  iceServers: readonly IceServer[],
  names: Readonly<Record<string, string>>,
): readonly IceServerAddress[] {
  return iceServers.flatMap(({ urls, username = '', credential = '' }) =>
    [urls].flat().flatMap((url): readonly IceServerAddress[] => {
      const [, scheme = '', host = '', port, transport] = URL.exec(url) ?? [];
      const kind = scheme.toLowerCase();
      if (kind !== 'stun' && kind !== 'turn') return [];
      const name = host.replace(/^\[|\]$/g, '');
      const address = Object.hasOwn(names, name) ? (names[name] ?? name) : name;
      return [
        {
          ...{ url, kind, username, credential },
          transport: kind === 'turn' && transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
          endpoint: { address, port: port === undefined ? STUN_PORT : Number(port) },
        },
      ];
    }),
  );
}
