// What the tests of real peers share: a tape that remembers, and a whole call of two recorded peers.
import { vi } from 'vitest';
import { openBrowserPeer } from '../../../src/peers/browser.ts';
import type { Capture } from '../../../src/peers/media.ts';
import { recordNew } from '../../../src/peers/recording.ts';
import type { RecordedPeer } from '../../../src/peers/recording.ts';
import type { Tape } from '../../../src/peers/tape.ts';
import { openBroadcast } from '../../../src/signaling/broadcast.ts';
import type { SignalingChannel } from '../../../src/signaling/channel.ts';
import type { Candidate, Description, EventBody } from '../../../src/trace/event.ts';
import type { Side } from '../../../src/rtc/steps.ts';

/** An event as this tape keeps it. */
export type Written = EventBody & { readonly n: number; readonly cause: number | null };
export type Kind = EventBody['kind'];
export type Of<K extends Kind> = Extract<EventBody, { kind: K }> & Omit<Written, keyof EventBody>;

/** A tape in memory. */
export class MemoryTape implements Tape {
  readonly events: Written[] = [];

  write(body: EventBody, cause: number | null = null): number {
    const n = this.events.length + 1;
    this.events.push({ ...body, n, cause });
    return n;
  }

  /** The events of a kind on a side, in order. */
  of<K extends Kind>(side: Side, kind: K): Of<K>[] {
    const isIt = (event: Written): event is Written & Of<K> =>
      event.side === side && event.kind === kind;
    return this.events.filter(isIt);
  }

  /** The one call of that method on a side. */
  call(side: Side, method: string): Of<'call'> {
    const found = this.of(side, 'call').filter((event) => event.method === method);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${String(found.length)} calls of ${method} by the ${side}`);
    }
    return only;
  }

  /** What that event set off directly. */
  causedBy(n: number): Written[] {
    return this.events.filter((event) => event.cause === n);
  }

  /** The values that a machine went through. */
  states(side: Side, machine: Of<'state'>['machine']): string[] {
    return this.of(side, 'state')
      .filter((event) => event.machine === machine)
      .map((event) => event.to);
  }
}

/** One side of a call. */
export interface End {
  readonly side: Side;
  readonly peer: RecordedPeer;
  readonly signaling: SignalingChannel;
  /** Resolves with what the message of that type carries, once it has arrived. */
  next(type: 'offer' | 'answer'): Promise<Description>;
  send(type: 'offer' | 'answer', body: Description): Promise<void>;
  close(): Promise<void>;
}

/** An id that no other test has. */
export function newSession(): string {
  return crypto.randomUUID();
}

const other = (side: Side): Side => (side === 'caller' ? 'callee' : 'caller');

/** Opens one side: a recorded peer and its end of the channel; candidates go across by themselves. */
export function openEnd(session: string, side: Side, tape: Tape): End {
  const peer = recordNew(side, tape, [], () => openBrowserPeer([]));
  const signaling = openBroadcast(session, side);
  const arrived = new Map<'offer' | 'answer', Description>();
  const waiting: Candidate[] = [];
  let sent = 0;
  const envelope = () => ({ id: `${side}-${String(++sent)}`, from: side, to: other(side) });

  const take = (candidate: Candidate) => {
    // A candidate that comes after close() is of no use, and its rejection of no interest.
    peer.addIceCandidate(candidate).catch(() => undefined);
  };
  signaling.listen({
    message(message) {
      switch (message.type) {
        case 'offer':
        case 'answer':
          arrived.set(message.type, message.body);
          return;
        case 'candidate':
        case 'end-of-candidates':
          if (peer.remoteDescription === null) waiting.push(message.body);
          else take(message.body);
          return;
        case 'call':
        case 'hang-up':
        case 'error':
      }
    },
    ignored: () => undefined,
  });
  peer.addEventListener('signalingstatechange', () => {
    if (peer.remoteDescription !== null) waiting.splice(0).forEach(take);
  });
  peer.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate === null) return;
    const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const body = { candidate: line, sdpMid, sdpMLineIndex, usernameFragment };
    void signaling.post({ ...envelope(), type: 'candidate', body });
  });

  return {
    side,
    peer,
    signaling,
    next: (type) => vi.waitUntil(() => arrived.get(type), { timeout: 5000, interval: 1 }),
    send: (type, body) => signaling.post({ ...envelope(), type, body }),
    async close() {
      peer.close();
      await signaling.close();
    },
  };
}

/** A description with its text, as the calls give it. */
export function withText(description: { type: Description['type']; sdp?: string }): Description {
  return { type: description.type, sdp: description.sdp ?? '' };
}

/** Runs the handshake between two ends, from adding tracks until both are connected. */
export async function connect(
  caller: End,
  callee: End,
  media: { readonly caller?: Capture; readonly callee?: Capture } = {},
): Promise<void> {
  const addTracks = (end: End, capture: Capture | undefined) => {
    for (const track of capture?.stream.getTracks() ?? []) {
      end.peer.addTrack(track, ...(capture === undefined ? [] : [capture.stream]));
    }
  };
  addTracks(caller, media.caller);
  const offer = withText(await caller.peer.createOffer());
  await caller.peer.setLocalDescription(offer);
  await caller.send('offer', offer);

  await callee.peer.setRemoteDescription(await callee.next('offer'));
  addTracks(callee, media.callee);
  const answer = withText(await callee.peer.createAnswer());
  await callee.peer.setLocalDescription(answer);
  await callee.send('answer', answer);

  await caller.peer.setRemoteDescription(await caller.next('answer'));
  await connected(caller.peer);
  await connected(callee.peer);
}

/** Waits until a peer is connected. */
export async function connected(peer: RecordedPeer): Promise<void> {
  await vi.waitUntil(() => peer.connectionState === 'connected', { timeout: 10_000, interval: 1 });
}
