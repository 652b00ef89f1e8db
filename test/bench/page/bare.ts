// The rival: the same call with nothing around it. Descriptions and candidates are handed over by direct calls.
import { synthetic } from '../../../src/peers/media.ts';
import { handOver } from '../../support/hand-over.ts';

/** Makes a call with a test card, a tone and a data channel, and gives how long it took. */
export async function bareCall(): Promise<number> {
  const began = performance.now();
  const callerMedia = synthetic('caller', { audio: true, video: true, label: 'caller' });
  const caller = new RTCPeerConnection();
  for (const track of callerMedia.stream.getTracks()) caller.addTrack(track, callerMedia.stream);
  const channel = caller.createDataChannel('peerglass');

  const callee = new RTCPeerConnection();
  handOver(caller, callee);
  handOver(callee, caller);
  const up = isUp(caller, callee, channel);

  const offer = await caller.createOffer();
  await caller.setLocalDescription(offer);
  await callee.setRemoteDescription(offer);
  const calleeMedia = synthetic('callee', { audio: true, video: true, label: 'callee' });
  for (const track of calleeMedia.stream.getTracks()) callee.addTrack(track, calleeMedia.stream);
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  await caller.setRemoteDescription(answer);
  await up;

  const took = performance.now() - began;
  channel.close();
  caller.close();
  callee.close();
  callerMedia.stop();
  calleeMedia.stop();
  return took;
}

/** Resolves when both are connected and both ends of the data channel are open. */
function isUp(
  caller: RTCPeerConnection,
  callee: RTCPeerConnection,
  channel: RTCDataChannel,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let answered: RTCDataChannel | null = null;
    const check = () => {
      const states = [caller.connectionState, callee.connectionState];
      if (states.includes('failed')) reject(new Error('the bare call failed'));
      const open = channel.readyState === 'open' && answered?.readyState === 'open';
      if (open && states.every((state) => state === 'connected')) resolve();
    };
    caller.addEventListener('connectionstatechange', check);
    callee.addEventListener('connectionstatechange', check);
    channel.addEventListener('open', check);
    callee.addEventListener('datachannel', (event) => {
      answered = event.channel;
      answered.addEventListener('open', check);
      check();
    });
  });
}
