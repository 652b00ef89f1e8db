// Virtual calls a second on one core, the whole matrix, and how a call's cost grows with its candidates.
import { importBundled, median, progress } from './tools.js';

const CALLS_A_SECOND = 500;
const MATRIX_LIMIT_MS = 1000;
/** Calls before any is counted: the engine compiles what is hot. */
const WARM_UP = 300;
const SECONDS = 4;
const ROUNDS = 5;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  /** @type {typeof import('./virtual.ts')} */
  const { virtualCall, matrix, nat, STUN, TURN, twoHomes } =
    await importBundled('test/bench/virtual.ts');
  const iceServers = [STUN, TURN];
  const common = /** @type {const} */ ({ profile: 'chromium', iceServers, names: {} });
  const home = nat(0, 2);

  /** A call that must connect, as far as connected. */
  const one = async (/** @type {number} */ seed) => {
    const { state } = await virtualCall(
      { ...common, seed, network: twoHomes(home, home) },
      { settles: false },
    );
    if (state !== 'connected') throw new Error('A call that must connect has failed.');
  };
  for (let n = 0; n < WARM_UP; n += 1) await one(n);
  const began = performance.now();
  let calls = 0;
  for (; performance.now() - began < SECONDS * 1000; calls += 1) await one(calls);
  const rate = calls / ((performance.now() - began) / 1000);
  progress('calls', 1, 1);

  /** @type {number[]} */
  const whole = [];
  const rest = { portPreservation: true, hairpinning: false, lifetime: home.lifetime };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const from = performance.now();
    for (const servers of [[STUN], iceServers]) {
      const setup = { ...common, iceServers: servers, seed: 1, rest, network: twoHomes };
      for await (const { outcome } of matrix(setup)) {
        if (outcome.state === 'failed' && servers.length > 1) throw new Error('TURN did not help.');
      }
    }
    whole.push(performance.now() - from);
    progress('matrix', round, ROUNDS);
  }

  /** A call whose sides have many interfaces, each with a host candidate. */
  const cost = async (/** @type {number} */ count) => {
    const network = twoHomes(home, home);
    const hosts = network.hosts.map((host) => {
      const [first] = host.interfaces;
      if (first === undefined || (host.role !== 'caller' && host.role !== 'callee')) return host;
      const base = first.address.replace(/\d+$/, '');
      const interfaces = Array.from({ length: count }, (_, n) => ({
        ...first,
        name: `eth${n}`,
        address: `${base}${n + 20}`,
      }));
      return { ...host, interfaces };
    });
    /** @type {number[]} */
    const took = [];
    for (let round = 0; round < 40; round += 1) {
      const from = performance.now();
      await virtualCall(
        { ...common, seed: round, network: { ...network, hosts } },
        { settles: false },
      );
      took.push(performance.now() - from);
    }
    return median(took);
  };
  const [few, many] = [await cost(2), await cost(8)];
  return [
    {
      // As a time, so that less is better as in the other rows.
      measure: `virtual call, two NATs, STUN and TURN: each (${Math.round(rate)} a second)`,
      value: 1000 / rate,
      unit: 'ms',
      limit: 1000 / CALLS_A_SECOND,
    },
    {
      measure: 'matrix of 9 × 9, with and without TURN',
      value: median(whole),
      unit: 'ms',
      limit: MATRIX_LIMIT_MS,
    },
    {
      measure: 'virtual call of 16 × as many candidate pairs, to one of 2 × 2 hosts',
      value: many / few,
      unit: '×',
      limit: 16,
    },
  ];
}
