// An ICE restart's table: it names what the new offer changes and what it leaves, while the offer is pending.
import { expect, it } from 'vitest';
import { FIRST_FRAME, type Frame, type SlotFrame } from '../../../../src/trace/frame.ts';
import { restartIn } from '../../../../src/views/stage/network/renamed.ts';

const offer = (ufrag: string, password: string): SlotFrame => ({
  n: 1,
  type: 'offer',
  sdp: [
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${password}`,
    'a=fingerprint:sha-256 AA',
    'a=mid:0',
    '',
  ].join('\r\n'),
});

function callerHas(currentLocal: SlotFrame, pendingLocal: SlotFrame | null): Frame {
  const { caller } = FIRST_FRAME;
  return {
    ...FIRST_FRAME,
    caller: { ...caller, slots: { ...caller.slots, currentLocal, pendingLocal } },
  };
}

it('names the caller anew, with the same certificate and sections', () => {
  expect(restartIn(callerHas(offer('Qvn+', 'W0pk'), offer('7Zc/', 'hT3x')))).toEqual({
    side: 'caller',
    ufrag: { was: 'Qvn+', is: '7Zc/' },
    password: { was: 'W0pk', is: 'hT3x' },
    keepsCertificate: true,
    keepsSections: true,
  });
});

it('is none where the name stays, and where nothing is pending', () => {
  const old = offer('Qvn+', 'W0pk');
  expect(restartIn(callerHas(old, old))).toBeNull();
  expect(restartIn(callerHas(old, null))).toBeNull();
});
