// Several encodings of one track: offered, taken up, or given up (RFC 8853, WebRTC 1.0 §5.2).
import { describe, expect, test } from 'vitest';
import { negotiate, World } from './virtual-world.ts';

const sendEncodings = [{ rid: 'h' }, { rid: 'm' }, { rid: 'l' }];

function ridsOf(sender: { getParameters(): RTCRtpSendParameters }): readonly unknown[] {
  return sender.getParameters().encodings.map(({ rid }) => rid);
}

describe('simulcast', () => {
  test('an offer names the encodings, and the extensions that tell them apart', async () => {
    const { caller } = new World().peers;
    caller.addTransceiver('video', { sendEncodings });
    const { sdp = '' } = await caller.createOffer();
    const simulcast = sdp.split('\r\n').filter((line) => /^a=(?:rid|simulcast)/.test(line));
    expect(simulcast).toEqual([
      ...['a=rid:h send', 'a=rid:m send', 'a=rid:l send', 'a=simulcast:send h;m;l'],
    ]);
    expect(sdp).toContain('sdes:rtp-stream-id');
  });

  test('an offer of one encoding, and one that only receives, names none', async () => {
    const { caller } = new World().peers;
    caller.addTransceiver('video');
    caller.addTransceiver('video', { sendEncodings, direction: 'recvonly' });
    const { sdp } = await caller.createOffer();
    expect(sdp).not.toMatch(/a=rid|a=simulcast|rtp-stream-id/);
  });

  test('an answer without it leaves the first encoding', async () => {
    const { caller, callee } = new World().peers;
    const { sender } = caller.addTransceiver('video', { sendEncodings });
    expect(ridsOf(sender)).toEqual(['h', 'm', 'l']);
    await negotiate(caller, callee);
    expect(ridsOf(sender)).toEqual(['h']);
    // And the next offer does not offer it again.
    expect((await caller.createOffer()).sdp).not.toContain('a=simulcast');
  });

  test('an answer that asks for some of them keeps these', async () => {
    const { caller, callee } = new World().peers;
    const { sender } = caller.addTransceiver('video', { sendEncodings });
    await caller.setLocalDescription();
    await callee.setRemoteDescription(await caller.createOffer());
    const { sdp = '' } = await callee.createAnswer();
    const lines = 'a=rid:h recv\r\na=rid:l recv\r\na=simulcast:recv h;~l\r\n';
    await caller.setRemoteDescription({ type: 'answer', sdp: `${sdp}${lines}` });
    expect(ridsOf(sender)).toEqual(['h', 'l']);
  });

  test('an offer that asks for it is answered with what it asks for', async () => {
    const { caller, callee } = new World().peers;
    caller.addTransceiver('video', { direction: 'recvonly' });
    const { sdp = '' } = await caller.createOffer();
    const lines = 'a=rid:a recv\r\na=rid:b recv\r\na=simulcast:recv a,c;b\r\n';
    await callee.setRemoteDescription({ type: 'offer', sdp: `${sdp}${lines}` });
    for (const transceiver of callee.getTransceivers()) transceiver.direction = 'sendonly';
    const answer = await callee.createAnswer();
    expect(answer.sdp).toContain('a=rid:a send\r\na=rid:b send\r\na=simulcast:send a;b\r\n');
  });
});
