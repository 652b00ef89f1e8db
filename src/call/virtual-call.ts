// A whole virtual call without a screen: the ends and the exchange of every call, in a world, until it is up or has failed.
import type { AgentCandidate, AgentPair, CandidateType } from '../ice/agent-port.ts';
import type { NetworkDescription } from '../net/description.ts';
import type { Protocol } from '../net/packet.ts';
import type { Tape } from '../peers/tape.ts';
import { World, type WorldSetup } from '../peers/world.ts';
import { SIGNALING_DELAY } from '../rtc/signaling-delay.ts';
import { otherSide, SIDES, type Side } from '../rtc/steps.ts';
import { End, type Post } from './end.ts';
import { Negotiation } from './negotiation.ts';

/** How long a call may take before it counts as hung, in virtual ms: longer than DTLS of one side after the other waits. */
export const PATIENCE = 600_000;
/** Step 5 waits so long at the most for the end of gathering, in virtual ms. */
export const GATHER_TIME = 2000;
/** A call may be up before the best pair has answered: so long agents go on, in virtual ms. */
const SETTLING_TIME = 3000;
/** A call by the letter of RFC 8445 is up before a pair is nominated; that is waited for so long, in virtual ms. */
const NOMINATION_TIME = 10_000;

/** What became of a call. */
export interface CallOutcome {
  readonly state: 'connected' | 'failed';
  /** From the answer's being set to then, in virtual ms. */
  readonly took: number;
  /** The pair that carries it once agents have settled, as the caller sees it; null where there is none. */
  readonly pair: {
    readonly local: CandidateType;
    readonly remote: CandidateType;
    readonly protocol: Protocol;
    /** It leads over a TURN server: a candidate of it may be known as peer-reflexive only. */
    readonly relayed: boolean;
    /** A relayed pair answered first, and carried the call until this one was found. */
    readonly replacedRelay: boolean;
  } | null;
  /** Packets that were sent in all. */
  readonly packets: number;
}

/** Nobody looks at this call, so nothing of it is written. */
const NO_TAPE: Tape = { write: () => 0 };

/** A world with two ends in it: what they say to each other takes its time, and nothing is lost. */
class Party implements Post {
  readonly world: World;
  readonly ends: Readonly<Record<Side, End>>;
  /** An API call was made, whose promises are still to settle. */
  #owesBreath = true;

  constructor(world: World) {
    this.world = world;
    const end = (side: Side) => {
      const made = new End(side, NO_TAPE, true);
      made.join(this);
      return made;
    };
    this.ends = { caller: end('caller'), callee: end('callee') };
  }

  post(...[from, message]: Parameters<Post['post']>): Promise<void> {
    const to = otherSide(from);
    return new Promise((resolve) => {
      this.world.after(SIGNALING_DELAY, () => {
        this.ends[to].receive({ ...message, id: '', from, to }, 0);
        this.#owesBreath = true;
        resolve();
      });
    });
  }

  /** Makes a side's peer, with its media on it. */
  makePeer(side: Side) {
    const peer = this.world.makePeer(side);
    this.ends[side].use(peer);
    return peer;
  }

  /** Attaches audio and video. */
  attach(side: Side): void {
    const stream = this.world.capture({ audio: true, video: true });
    for (const track of stream.getTracks()) this.ends[side].peer.addTrack(track, stream);
  }

  /** Lets time go on until something is true, or so long. API calls that were made before settle first. */
  async until(holds: () => boolean, limit: number): Promise<void> {
    this.#owesBreath = true;
    await this.world.run(holds, limit, this.#breathe);
  }

  /** Lets so much time go by. */
  passes(ms: number): Promise<void> {
    return this.until(() => false, ms);
  }

  /** Lets promises settle after API calls, and only then: nothing else in a world makes any. */
  readonly #breathe = (): Promise<void> | null => {
    if (!this.#owesBreath) return null;
    this.#owesBreath = false;
    return microtasks();
  };
}

/** Enough for the promises of an API call, and of those that its events make. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/**
 * Makes a call with audio, video and a data channel.
 * @param options `settles` false: it ends as soon as it is connected, with the pair that carries it then
 * @returns what became of it; it is closed then
 */
export async function virtualCall(
  setup: WorldSetup,
  { settles = true }: { readonly settles?: boolean } = {},
): Promise<CallOutcome> {
  const world = new World(setup);
  const party = new Party(world);
  const { ends } = party;
  const exchange = new Negotiation(ends.caller, ends.callee, true);
  for (const side of SIDES) ends[side].follow(exchange);

  const caller = party.makePeer('caller');
  party.attach('caller');
  caller.createDataChannel('peerglass');
  await exchange.createOffer();
  await exchange.setLocalOffer();
  await party.until(() => caller.iceGatheringState === 'complete', GATHER_TIME);
  await Promise.all([exchange.sendOffer(), party.passes(SIGNALING_DELAY)]);
  const callee = party.makePeer('callee');
  await exchange.setRemoteOffer();
  party.attach('callee');
  await exchange.createAnswer();
  await exchange.setLocalAnswer();
  exchange.sendAnswer();
  await party.passes(SIGNALING_DELAY);
  await exchange.setRemoteAnswer();

  const since = world.now;
  const peers = [caller, callee];
  const isOver = () =>
    peers.every(({ connectionState }) => connectionState === 'connected') ||
    peers.some(({ connectionState }) => connectionState === 'failed');
  await party.until(isOver, PATIENCE);
  const isUp = peers.every(({ connectionState }) => connectionState === 'connected');
  const took = world.now - since;
  const packets = world.counts.sent;
  let pair: CallOutcome['pair'] = null;
  if (isUp) {
    const first = pairOf(caller.agent.selected, setup.network);
    if (settles) {
      await party.passes(SETTLING_TIME);
      await party.until(() => caller.agent.selected !== null, NOMINATION_TIME);
    }
    const last = pairOf(caller.agent.selected, setup.network);
    const replacedRelay = first?.relayed === true && last?.relayed === false;
    pair = last === null ? null : { ...last, replacedRelay };
  }
  for (const side of SIDES) ends[side].close();
  return { state: isUp ? 'connected' : 'failed', took, pair, packets };
}

function pairOf(pair: AgentPair | null, { hosts }: NetworkDescription) {
  if (pair === null) return null;
  const { local, remote } = pair;
  const isRelay = ({ type, address }: AgentCandidate) =>
    type === 'relay' ||
    hosts.some(
      ({ role, interfaces }) =>
        role === 'turn' && interfaces.some((each) => each.address === address),
    );
  return {
    ...{ local: local.type, remote: remote.type, protocol: local.protocol },
    relayed: isRelay(local) || isRelay(remote),
  };
}
