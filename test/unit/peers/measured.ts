// A call between two virtual peers over a virtual network, bare: no app's end, no tape. What is signaled is chosen.
import type { CandidateInit, IceServer } from '../../../src/peers/connection.ts';
import type { NetworkDescription } from '../../../src/net/description.ts';
import type { VirtualPeer } from '../../../src/peers/virtual.ts';
import { World } from '../../../src/peers/world.ts';
import type { WorldSetup } from '../../../src/peers/world.ts';
import { SIDES } from '../../../src/rtc/steps.ts';
import type { Side } from '../../../src/rtc/steps.ts';

/** A call and all that its peers told, each with its time. */
export interface BareCall {
  readonly world: World;
  readonly peers: Readonly<Record<Side, VirtualPeer>>;
  readonly candidates: Readonly<Record<Side, readonly CandidateInit[]>>;
  /** `null` was told; how often. */
  readonly nulls: Readonly<Record<Side, number>>;
  readonly log: readonly (readonly [t: number, side: Side, what: string])[];
  /** Lets time go on, with what is signaled. */
  readonly run: (ms: number, until?: () => boolean) => Promise<void>;
}

/** How it is made. */
export interface BareSetup extends Omit<
  WorldSetup,
  'network' | 'iceServers' | 'names' | 'seed' | 'profile'
> {
  readonly network: NetworkDescription;
  readonly iceServers?: readonly IceServer[];
  readonly names?: Readonly<Record<string, string>>;
  readonly seed?: number;
  readonly profile?: WorldSetup['profile'];
  /** Whose candidates are signaled as they are found; both unless given. */
  readonly signals?: readonly Side[];
}

/** Some turns for promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Makes the call: offer and answer go over at once, without any candidate in them. */
export async function bareCall({ signals = SIDES, ...setup }: BareSetup): Promise<BareCall> {
  const world = new World({
    ...{ iceServers: [], names: {}, seed: 1, profile: 'chromium' },
    ...setup,
  });
  const candidates: Record<Side, CandidateInit[]> = { caller: [], callee: [] };
  const nulls: Record<Side, number> = { caller: 0, callee: 0 };
  const log: [number, Side, string][] = [];
  const make = (side: Side) => {
    const peer = world.makePeer(side);
    const stream = world.capture({ audio: true, video: true });
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
    for (const type of ['iceconnectionstatechange', 'connectionstatechange'] as const) {
      peer.addEventListener(type, () => {
        const state =
          type === 'connectionstatechange'
            ? peer.connectionState
            : `ice ${peer.iceConnectionState}`;
        log.push([world.now, side, state]);
      });
    }
    peer.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) nulls[side] += 1;
      else {
        candidates[side].push(candidate);
        const other = side === 'caller' ? peers.callee : peers.caller;
        if (signals.includes(side)) void other.addIceCandidate(candidate).catch(() => undefined);
      }
    });
    return peer;
  };
  const peers = { caller: make('caller'), callee: make('callee') };
  peers.caller.createDataChannel('chat');
  const offer = await peers.caller.createOffer();
  await peers.callee.setRemoteDescription(offer);
  await peers.caller.setLocalDescription(offer);
  const answer = await peers.callee.createAnswer();
  await peers.callee.setLocalDescription(answer);
  await peers.caller.setRemoteDescription(answer);
  return {
    ...{ world, peers, candidates, nulls, log },
    run: async (ms, until = () => false) => {
      await world.run(until, ms, settle);
    },
  };
}
