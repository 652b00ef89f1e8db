// A TURN client as a relay: what it sends goes out with the agent's own, what it tells is gathering's to hear.
import type { Output } from '../net/io.ts';
import type { Endpoint } from '../net/packet.ts';
import type { Random } from '../net/random.ts';
import { TurnClient } from '../stun/turn-client.ts';
import type { IceServerAddress } from './agent-port.ts';
import type { Relay, RelayEvent } from './relay.ts';

/**
 * A client for one server.
 * @param local its endpoint on the host; over UDP a host candidate's socket
 * @param send takes what is to be sent, connected or closed
 */
export function makeRelay(
  server: IceServerAddress,
  local: Endpoint,
  random: Random,
  send: (output: Output) => void,
): Relay {
  const { endpoint, transport, username, credential } = server;
  const client = new TurnClient({
    local,
    server: endpoint,
    transport,
    username,
    credential,
    random,
  });
  const flush = () => {
    for (let output = client.pollOutput(); output !== null; output = client.pollOutput()) {
      send(output);
    }
  };
  return {
    server,
    local,
    start(now) {
      client.start(now);
      flush();
    },
    permit(now, { address }) {
      client.permit(now, address);
      flush();
    },
    bind(now, peer) {
      client.bindChannel(now, peer);
      flush();
    },
    send(now, peer, payload) {
      client.send(now, peer, payload);
      flush();
    },
    accepts: (input) => client.accepts(input),
    handleInput(now, input) {
      client.handleInput(now, input);
      flush();
    },
    handleTimeout(now) {
      client.handleTimeout(now);
      flush();
    },
    pollTimeout: () => client.pollTimeout(),
    pollEvent(): RelayEvent | null {
      for (;;) {
        const event = client.pollEvent();
        if (event === null) return null;
        switch (event.type) {
          case 'allocated':
          case 'failed':
            return event;
          case 'received':
            return { type: 'data', peer: event.peer, payload: event.payload };
          case 'permitted':
          case 'refused':
          case 'bound':
            // A path without permission answers nothing, and its pair fails by itself.
            break;
        }
      }
    },
    close(now) {
      client.close(now);
      flush();
    },
  };
}
