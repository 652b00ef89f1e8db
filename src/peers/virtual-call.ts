// A whole virtual call without a screen: the 14 steps as an app would write them, in a world, until it is up or has failed.
import type { AgentCandidate, AgentPair, CandidateType } from '../ice/agent-port.ts';
import type { NetworkDescription } from '../net/description.ts';
import type { Protocol } from '../net/packet.ts';
import type { VirtualPeer } from './virtual.ts';
import { World, type WorldSetup } from './world.ts';

/** How long a message of signaling takes, in virtual ms. */
export const SIGNALING_DELAY = 40;
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

type Breathe = () => Promise<void> | null;

/** Lets promises settle after API calls, and only then: nothing else in a world makes any. */
class Breath {
  #isOwed = true;

  /** An API call was made. */
  owe(): void {
    this.#isOwed = true;
  }

  /** Enough for the promises of an API call, and of those that its events make; null where no call was made since. */
  take(): Promise<void> | null {
    if (!this.#isOwed) return null;
    this.#isOwed = false;
    return microtasks();
  }
}

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
  const breath = new Breath();
  const breathe = () => breath.take();
  const caller = world.makePeer('caller');
  attach(world, caller);
  caller.createDataChannel('peerglass');
  const callee = world.makePeer('callee');
  trickle(world, caller, callee, breath);
  trickle(world, callee, caller, breath);

  const offer = await caller.createOffer();
  await caller.setLocalDescription(offer);
  await world.run(() => caller.iceGatheringState === 'complete', GATHER_TIME, breathe);
  await passes(world, SIGNALING_DELAY, breathe);
  await callee.setRemoteDescription(offer);
  attach(world, callee);
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  await passes(world, SIGNALING_DELAY, breathe);
  await caller.setRemoteDescription(answer);

  const since = world.now;
  const peers = [caller, callee];
  const isOver = () =>
    peers.every(({ connectionState }) => connectionState === 'connected') ||
    peers.some(({ connectionState }) => connectionState === 'failed');
  await world.run(isOver, PATIENCE, breathe);
  const isUp = peers.every(({ connectionState }) => connectionState === 'connected');
  const took = world.now - since;
  const packets = world.counts.sent;
  let pair: CallOutcome['pair'] = null;
  if (isUp) {
    const first = pairOf(caller.agent.selected, setup.network);
    if (settles) {
      await passes(world, SETTLING_TIME, breathe);
      await world.run(() => caller.agent.selected !== null, NOMINATION_TIME, breathe);
    }
    const last = pairOf(caller.agent.selected, setup.network);
    const replacedRelay = first?.relayed === true && last?.relayed === false;
    pair = last === null ? null : { ...last, replacedRelay };
  }
  for (const peer of peers) peer.close();
  return { state: isUp ? 'connected' : 'failed', took, pair, packets };
}

function attach(world: World, peer: VirtualPeer): void {
  const stream = world.capture({ audio: true, video: true });
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
}

/** Signals a peer's candidates as they come; those that are early wait for the description. */
function trickle(world: World, from: VirtualPeer, to: VirtualPeer, breath: Breath): void {
  const waiting: (() => void)[] = [];
  to.addEventListener('signalingstatechange', () => {
    if (to.remoteDescription !== null) for (const add of waiting.splice(0)) add();
  });
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate === null) return;
    const add = () => {
      // A candidate that the other side can't use is no end of the call.
      to.addIceCandidate(candidate).catch(() => undefined);
      breath.owe();
    };
    world.after(SIGNALING_DELAY, () => {
      if (to.remoteDescription === null) waiting.push(add);
      else add();
    });
  });
}

async function passes(world: World, ms: number, breathe: Breathe): Promise<void> {
  await world.run(() => false, ms, breathe);
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
