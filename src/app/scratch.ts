// A scratch pair: two peers made to try one call where it is forbidden, and closed again. They meet in no record.
import type { TriedCall } from '../lessons/states/calls.ts';
import type { SignalingState } from '../rtc/signaling-state.ts';
import { openBrowserPeer } from '../peers/browser.ts';
import type { CandidateInit, DescriptionInit, PeerConnection } from '../peers/connection.ts';
import { errorInfo } from '../peers/error.ts';
import type { Tried } from '../views/tabs/states/tried.ts';

/** How long all of it may take, in ms. */
const PATIENCE = 5_000;

/** A candidate that leads nowhere: its address is kept for documentation (RFC 5737 §3). */
const CANDIDATE: CandidateInit = {
  candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

/** The one who makes the call, and who it talks to. */
interface Pair {
  readonly one: PeerConnection;
  readonly other: PeerConnection;
}

/**
 * Makes two peers with a data channel each, brings one into a state by real calls, makes the call there, and closes
 * both whatever happens. Takes 5 s at most, and never rejects.
 * @param open makes a peer; a test's own, to see that both are closed
 */
export async function tryCall(
  state: SignalingState,
  call: TriedCall,
  open: () => PeerConnection = () => openBrowserPeer([]),
): Promise<Tried> {
  const opened: PeerConnection[] = [];
  const openNext = () => {
    const peer = open();
    opened.push(peer);
    peer.createDataChannel('scratch');
    return peer;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let prepared = false;
  const patience = new Promise<Tried>((resolve) => {
    timer = setTimeout(() => {
      resolve(prepared ? { id: 'silent' } : { id: 'not-reached', error: null });
    }, PATIENCE);
  });
  const trial = async (): Promise<Tried> => {
    let pair: Pair;
    let make: () => unknown;
    try {
      pair = { one: openNext(), other: openNext() };
      // In this order: what was created last is what the browser takes for a call's own offer or answer.
      make = await callOf(pair, call);
      await bringTo(pair, state);
    } catch (thrown) {
      return { id: 'not-reached', error: errorInfo(thrown) };
    }
    prepared = true;
    return attempt(pair.one, make);
  };
  try {
    return await Promise.race([trial(), patience]);
  } finally {
    clearTimeout(timer);
    for (const peer of opened) peer.close();
  }
}

/** Makes the call, and tells an exception from a promise that is rejected. */
async function attempt(peer: PeerConnection, make: () => unknown): Promise<Tried> {
  const from = peer.signalingState;
  let made: unknown;
  try {
    made = make();
  } catch (thrown) {
    return { id: 'failed', how: 'thrown', error: errorInfo(thrown) };
  }
  try {
    await made;
  } catch (thrown) {
    return { id: 'failed', how: 'rejected', error: errorInfo(thrown) };
  }
  return { id: 'worked', from, to: peer.signalingState };
}

/** Brings the one from stable into a state. */
async function bringTo({ one, other }: Pair, state: SignalingState): Promise<void> {
  switch (state) {
    case 'stable':
      return;
    case 'have-local-offer':
      await one.setLocalDescription(await one.createOffer());
      return;
    case 'have-remote-offer':
      await one.setRemoteDescription(await other.createOffer());
      return;
    case 'have-local-pranswer':
      await one.setRemoteDescription(await other.createOffer());
      await one.setLocalDescription(provisional(await one.createAnswer()));
      return;
    case 'have-remote-pranswer': {
      const offer = await one.createOffer();
      await one.setLocalDescription(offer);
      await one.setRemoteDescription(provisional(await answerTo(offer, other)));
      return;
    }
    case 'closed':
      one.close();
  }
}

/** Makes ready, while the one is stable, what the call is given; gives the call, to be made later. */
async function callOf(pair: Pair, call: TriedCall): Promise<() => unknown> {
  const { one, other } = pair;
  switch (call) {
    case 'createOffer()':
      return () => one.createOffer();
    case 'createAnswer()':
      return () => one.createAnswer();
    case 'setLocalDescription(offer)': {
      const offer = await one.createOffer();
      return () => one.setLocalDescription(offer);
    }
    case 'setLocalDescription(answer)': {
      const answer = await answerTo(await other.createOffer(), one);
      return () => one.setLocalDescription(answer);
    }
    case 'setLocalDescription(pranswer)': {
      const answer = await answerTo(await other.createOffer(), one);
      return () => one.setLocalDescription(provisional(answer));
    }
    case 'setRemoteDescription(offer)': {
      const offer = await other.createOffer();
      return () => one.setRemoteDescription(offer);
    }
    case 'setRemoteDescription(answer)': {
      const answer = await answerTo(await one.createOffer(), other);
      return () => one.setRemoteDescription(answer);
    }
    case 'setRemoteDescription(pranswer)': {
      const answer = await answerTo(await one.createOffer(), other);
      return () => one.setRemoteDescription(provisional(answer));
    }
    case 'setLocalDescription(rollback)':
      return () => one.setLocalDescription({ type: 'rollback' });
    case 'setRemoteDescription(rollback)':
      return () => one.setRemoteDescription({ type: 'rollback' });
    case 'addIceCandidate()':
      return () => one.addIceCandidate(CANDIDATE);
    case 'addTrack()': {
      const track = blankTrack();
      return () => {
        try {
          return one.addTrack(track);
        } finally {
          track.stop();
        }
      };
    }
    case 'createDataChannel()':
      return () => one.createDataChannel('late');
    case 'close()':
      return () => {
        one.close();
      };
  }
}

/** A peer's answer to an offer. The peer is stable before and after. */
async function answerTo(offer: DescriptionInit, peer: PeerConnection): Promise<DescriptionInit> {
  await peer.setRemoteDescription(offer);
  const answer = await peer.createAnswer();
  await peer.setRemoteDescription({ type: 'rollback' });
  return answer;
}

/** An answer as a provisional one: the text is the same, only the type is another (RFC 9429 §4.1.10). */
function provisional({ sdp = '' }: DescriptionInit): DescriptionInit {
  return { type: 'pranswer', sdp };
}

/** A track of a canvas that nothing is drawn on. */
function blankTrack(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  // Firefox takes no stream of a canvas that has no context yet.
  canvas.getContext('2d');
  const [track] = canvas.captureStream().getVideoTracks();
  if (track === undefined) {
    throw new DOMException('This browser gives no stream of a canvas.', 'NotSupportedError');
  }
  return track;
}
