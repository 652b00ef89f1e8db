// Waiting for what should be seen: conditions on peers, bounded by patience, ended by a signal.
import type { PeerConnection } from '../peers/connection.ts';
import { pageTimers, type Timers } from '../peers/timers.ts';
import { StepError } from './step-error.ts';
import type { End } from './end.ts';

/** How long two peers may take to connect before the walk says so, in ms. Browsers give up by themselves before. */
export const CONNECT_PATIENCE = 60_000;
/** How long a data channel may take to open once both are connected, in ms. */
export const OPEN_PATIENCE = 10_000;

/**
 * Resolves when the condition holds: to true, or to false when patience is over first.
 * @param holds looked at once now, and then whenever `watch` says
 * @param watch calls back whenever the condition may have changed; gives what stops it
 * @param patience in ms
 * @param timers the clock of that patience
 * @throws (rejects) Error when the signal aborts
 */
export function until(
  holds: () => boolean,
  watch: (check: () => void) => () => void,
  patience: number,
  signal: AbortSignal,
  timers: Timers = pageTimers,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (holds()) {
      resolve(true);
      return;
    }
    const end = (settle: () => void) => {
      timers.clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', aborted);
      settle();
    };
    const aborted = () => {
      end(() => {
        reject(new Error('The step was stopped.'));
      });
    };
    const timer = timers.setTimeout(() => {
      end(() => {
        resolve(false);
      });
    }, patience);
    const stop = watch(() => {
      if (holds()) {
        end(() => {
          resolve(true);
        });
      }
    });
    signal.addEventListener('abort', aborted);
  });
}

/**
 * Resolves when both peers' connectionState is `connected`.
 * @throws (rejects) StepError `ice-failed`, `dtls-failed` or `connect-timeout` when they will not be
 */
export async function untilConnected(
  one: PeerConnection,
  other: PeerConnection,
  signal: AbortSignal,
  timers: Timers = pageTimers,
): Promise<void> {
  const peers = [one, other];
  const connected = () => peers.every((peer) => peer.connectionState === 'connected');
  const over = () =>
    peers.some((peer) => peer.connectionState === 'failed' || peer.connectionState === 'closed');
  const seen = await until(
    () => connected() || over(),
    (check) => {
      for (const peer of peers) peer.addEventListener('connectionstatechange', check);
      return () => {
        for (const peer of peers) peer.removeEventListener('connectionstatechange', check);
      };
    },
    CONNECT_PATIENCE,
    signal,
    timers,
  );
  if (connected()) return;
  if (!seen) throw new StepError({ code: 'connect-timeout', error: null });
  // Failed with ICE still up: what failed runs over ICE, and that is DTLS (WebRTC 1.0 §4.3.3).
  const failed = peers.filter((peer) => peer.connectionState === 'failed');
  const iceUp = failed.every((peer) =>
    ['connected', 'completed'].includes(peer.iceConnectionState),
  );
  throw new StepError({ code: iceUp ? 'dtls-failed' : 'ice-failed', error: null });
}

/** Resolves when both ends' data channel is open, or patience is over: the call is up either way. */
export async function untilOpen(
  one: End,
  other: End,
  signal: AbortSignal,
  timers: Timers = pageTimers,
): Promise<void> {
  const ends = [one, other];
  await until(
    () => ends.every((end) => end.channel?.readyState === 'open'),
    (check) => {
      const stops = ends.map((end) => end.watchChannel(check));
      return () => {
        for (const stop of stops) stop();
      };
    },
    OPEN_PATIENCE,
    signal,
    timers,
  );
}
