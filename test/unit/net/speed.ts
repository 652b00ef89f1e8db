// How many packets a second go through two NATs: `node --experimental-strip-types test/unit/net/speed.ts`.
import { Network } from '../../../src/net/network.ts';
import { seeded } from '../../../src/net/random.ts';
import { datagram, end, natOf, twoHomes } from './nets.ts';

const ROUNDS = 8;
const PACKETS = 200_000;

/** Packets a second from host to host through two NATs, of one run. */
export function packetsPerSecond(packets: number, observe: boolean): number {
  const nat = natOf({ portPreservation: true, filtering: 'endpoint-independent' });
  const network = new Network(twoHomes({ nat }, { nat }), seeded(1), { observe });
  const [a, b] = [end('10.0.0.5', 5000), end('10.0.0.5', 6000)];
  const [seenA, seenB] = [end('198.51.100.1', 5000), end('203.0.113.1', 6000)];
  let now = 0;
  let arrived = 0;
  const start = performance.now();
  for (let sent = 0; sent < packets; sent += 2) {
    network.send(now, 'a', datagram(a, seenB));
    network.send(now, 'b', datagram(b, seenA));
    now += 0.5;
    network.handleTimeout(now);
    while (network.pollInput() !== null) arrived += 1;
    while (network.pollEvent() !== null);
  }
  const seconds = (performance.now() - start) / 1000;
  if (arrived < packets * 0.9) throw new Error(`${arrived} of ${packets} arrived`);
  return packets / seconds;
}

for (const observe of [false, true]) {
  const rates = Array.from({ length: ROUNDS }, () => packetsPerSecond(PACKETS, observe));
  console.log(observe ? 'observed:' : 'not observed:', Math.round(Math.max(...rates)));
}
