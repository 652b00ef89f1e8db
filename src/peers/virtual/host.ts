// What a virtual peer needs of the world that it lives in: time, chance, an ICE agent, and to be called.
import type { IceAgent } from '../../ice/agent-port.ts';
import type { Random } from '../../net/random.ts';
import type { IceServer } from '../connection.ts';
import type { Manner } from './manner.ts';

/**
 * A peer's world. The world calls `handleInput` with what arrives at the peer's host, `handleTimeout` once
 * `pollTimeout` is due (a time that is not after now is due at once), and `pollOutput` after each of these and
 * after each `wake`, until it gives null.
 */
export interface VirtualHost {
  /** The virtual time, in ms. It does not go on while JavaScript runs. */
  now(): number;
  /** Where this peer's chance comes from. The peer draws from a fork of its own. */
  readonly random: Random;
  /** Whose way the peer goes; by the letter unless given. */
  readonly manner?: Manner;
  /** Makes the peer's agent, with the host's interfaces and the servers' addresses. Called once, by the constructor. */
  makeAgent(): IceAgent;
  /**
   * The peer has output, or another timeout. It is called inside of API calls and their promises' jobs, so it should
   * note that and come back later.
   */
  wake(): void;
}

/** How much modelled media a track sends. */
export interface MediaRate {
  /** From one packet of a track to its next, in ms. */
  readonly interval: number;
  /** How many packets a track sends once it may. */
  readonly count: number;
}

/** What a virtual peer is made with. */
export interface VirtualConfiguration extends Omit<RTCConfiguration, 'iceServers'> {
  /** Checked as RTCPeerConnection checks them. The world has already looked up their addresses for the agent. */
  readonly iceServers?: readonly IceServer[];
  /** One packet every 200 ms for a second unless told. */
  readonly media?: MediaRate;
}

/** Of media there is as much as shows that it flows. */
export const MEDIA_RATE: MediaRate = { interval: 200, count: 6 };
