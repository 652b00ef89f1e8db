// The same call with nothing around it: two plain connections in one page, to which each is handed the other's descriptions.
import { madeUpScreen, synthetic, type Capture } from '../../src/peers/media.ts';
import { otherSide, SIDES, type Side } from '../../src/rtc/steps.ts';
import { handOver } from './hand-over.ts';

/** A call of a test card and a tone. */
export class BareCall {
  readonly peers: Readonly<Record<Side, RTCPeerConnection>> = {
    caller: new RTCPeerConnection(),
    callee: new RTCPeerConnection(),
  };
  readonly #captures: Capture[] = [];

  constructor() {
    handOver(this.peers.caller, this.peers.callee);
    handOver(this.peers.callee, this.peers.caller);
  }

  /** Makes the call. Resolves when both are connected. */
  async connect(): Promise<void> {
    const { caller, callee } = this.peers;
    this.#send('caller');
    const offer = await caller.createOffer();
    await caller.setLocalDescription(offer);
    await callee.setRemoteDescription(offer);
    this.#send('callee');
    await this.answer('callee');
    await Promise.all(SIDES.map((side) => isConnected(this.peers[side])));
  }

  /** One side offers what it has now, and the other answers. */
  async exchange(by: Side): Promise<void> {
    const offer = await this.peers[by].createOffer();
    await this.peers[by].setLocalDescription(offer);
    await this.peers[otherSide(by)].setRemoteDescription(offer);
    await this.answer(otherSide(by));
  }

  /** A side answers the offer that it has taken. */
  async answer(by: Side): Promise<void> {
    const answer = await this.peers[by].createAnswer();
    await this.peers[by].setLocalDescription(answer);
    await this.peers[otherSide(by)].setRemoteDescription(answer);
  }

  /** Attaches a made-up screen, or one more tone. */
  add(side: Side, what: 'screen' | 'sound'): RTCRtpSender {
    const capture =
      what === 'screen'
        ? madeUpScreen(side, [])
        : synthetic(side, { audio: true, video: false, label: '' });
    const [sender] = this.#attach(side, capture);
    if (sender === undefined) throw new Error('There is no track to attach.');
    return sender;
  }

  /** The transceivers of a side that are not stopped. */
  open(side: Side): readonly RTCRtpTransceiver[] {
    return this.peers[side].getTransceivers().filter(({ direction }) => direction !== 'stopped');
  }

  /** The first open transceiver of a kind. */
  first(side: Side, kind: 'audio' | 'video'): RTCRtpTransceiver {
    const found = this.open(side).find(({ receiver }) => receiver.track.kind === kind);
    if (found === undefined) throw new Error(`The ${side} has no ${kind}.`);
    return found;
  }

  close(): void {
    for (const side of SIDES) this.peers[side].close();
    for (const capture of this.#captures) capture.stop();
  }

  #send(side: Side): void {
    this.#attach(side, synthetic(side, { audio: true, video: true, label: side }));
  }

  #attach(side: Side, capture: Capture): readonly RTCRtpSender[] {
    this.#captures.push(capture);
    const { stream } = capture;
    return stream.getTracks().map((track) => this.peers[side].addTrack(track, stream));
  }
}

function isConnected(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (peer.connectionState === 'connected') resolve();
      if (peer.connectionState === 'failed') reject(new Error('The bare call failed.'));
    };
    peer.addEventListener('connectionstatechange', check);
    check();
  });
}
