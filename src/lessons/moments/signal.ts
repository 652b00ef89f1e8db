// Requests and responses of STUN on their whole way: one that a relay passes on is several packets and one signal.
import type { Endpoint } from '../../net/packet.ts';
import type { Side } from '../../rtc/steps.ts';
import { attribute, METHOD, transactionKey, type DecodedMessage } from '../../stun/message.ts';
import type { Hop, NetFrame, PacketFrame } from '../../trace/net-frame.ts';
import { carriedBy, type Wrapping } from '../packet/carried.ts';

/** What a signal is for. A `check` is ICE's; `ask` goes to a STUN server; `turn` is between a relay and its client. */
export type SignalUse = 'check' | 'ask' | 'turn';

/** One sending of a request or of a response, on its whole way. */
export interface Signal {
  readonly use: SignalUse;
  readonly message: DecodedMessage;
  /** Both of one transaction have the same. */
  readonly transaction: string;
  /** Whose host sent it; null for a server's. */
  readonly by: Side | null;
  /** The packets that it was, in their order: more than one where a relay passed it on. */
  readonly legs: readonly PacketFrame[];
  /** How its sender handed it to the relay; null where it went by itself. */
  readonly wrapping: Wrapping;
  /** Whom it was meant for, as its sender knows them. */
  readonly to: Endpoint;
  /** The event that sent it. */
  readonly sent: number;
  /** How it ended: with a peer or server, dropped, or in a relay that did not pass it on. */
  readonly fate: 'arrived' | 'dropped' | 'refused' | 'underway';
  /** Where it was seen last, and as which packet. */
  readonly last: Hop;
  readonly leg: PacketFrame;
}

type Open = { -readonly [Key in keyof Signal]: Signal[Key] } & { legs: PacketFrame[] };

const READ = new WeakMap<NetFrame['packets'], readonly Signal[]>();

/** All of them, in the order of their sending. */
export function readSignals(net: NetFrame): readonly Signal[] {
  const known = READ.get(net.packets);
  if (known !== undefined) return known;
  const signals: Open[] = [];
  /** The newest signal of a transaction's request or response that a server may pass on. */
  const newest = new Map<string, Open>();
  for (const leg of net.packets) {
    const carried = carriedBy(leg);
    const first = leg.path[0];
    const last = leg.path.at(-1);
    if (carried.kind !== 'stun' || first === undefined || last === undefined) continue;
    const { message, wrapping, peer } = carried;
    const transaction = transactionKey(message.transactionId);
    const key = `${message.class} ${transaction}`;
    const known = newest.get(key);
    if (leg.side === null && known !== undefined && known.use === 'check') {
      known.legs.push(leg);
      Object.assign(known, { leg, last });
      continue;
    }
    const signal: Open = {
      ...{ use: useOf(message, newest.get(`request ${transaction}`)), message, transaction },
      ...{ by: leg.side, legs: [leg], wrapping, to: peer ?? first.destination, sent: first.n },
      ...{ fate: 'underway', last, leg },
    };
    signals.push(signal);
    newest.set(key, signal);
  }
  for (const signal of signals) {
    signal.fate = fateOf(net, signal);
    // Which channel stands for whom is not in the message: the relay's own packet has the address.
    const passed = signal.legs[1]?.path[0];
    if (signal.wrapping === 'channel' && passed !== undefined) signal.to = passed.destination;
  }
  READ.set(net.packets, signals);
  return signals;
}

function useOf(message: DecodedMessage, request: Open | undefined): SignalUse {
  if (message.method !== METHOD.binding) return 'turn';
  if (message.class !== 'request') return request?.use ?? 'ask';
  // RFC 8445 §7.2.2: a check names both sides' fragments.
  return attribute(message, 'USERNAME') === undefined ? 'ask' : 'check';
}

function fateOf({ description }: NetFrame, { use, leg, by }: Open): Signal['fate'] {
  if (leg.at === 'dropped') return 'dropped';
  if (leg.at !== 'delivered') return 'underway';
  const role = description.hosts.find(({ id }) => id === leg.to)?.role;
  if (use !== 'check') return 'arrived';
  if (role === 'turn' || role === 'stun') return 'refused';
  return role === by ? 'underway' : 'arrived';
}

/** Whether a signal went through a relay. */
export function isRelayed({ legs, wrapping }: Signal): boolean {
  return legs.length > 1 || wrapping !== null;
}

/** Every place that a signal was at. */
export function wayOf({ legs }: Signal): readonly Hop[] {
  return legs.flatMap(({ path }) => path);
}

/** The response to a request. */
export function responseTo(signals: readonly Signal[], request: Signal): Signal | undefined {
  return signals.find(
    ({ transaction, message, fate }) =>
      transaction === request.transaction &&
      message.class !== 'request' &&
      (fate === 'arrived' || fate === 'underway'),
  );
}

/** The numbers of its packets. */
export function idsOf(...signals: readonly (Signal | undefined)[]): readonly number[] {
  return signals.flatMap((signal) => signal?.legs.map(({ id }) => id) ?? []);
}
