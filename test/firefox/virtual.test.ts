// Offers and answers between a virtual peer, which runs here, and Firefox's own, which runs in its page.
import { describe, expect, test } from 'vitest';
import { createIceAgent } from '../../src/ice/agent.ts';
import { seeded } from '../../src/net/random.ts';
import type { DescriptionInit } from '../../src/peers/connection.ts';
import { VirtualPeer, virtualStream } from '../../src/peers/virtual.ts';
import { path, useFirefox } from './firefox.ts';

const CARRIES = [
  { audio: true, video: true, data: true },
  { audio: true, video: false, data: false },
  { audio: false, video: true, data: false },
  { audio: false, video: false, data: true },
] as const;

function openVirtual(): VirtualPeer {
  const random = seeded(3);
  return new VirtualPeer({
    ...{ now: () => 0, random, wake: () => undefined },
    makeAgent: () =>
      createIceAgent({
        ...{ profile: 'chromium', policy: 'all', random: random.fork(), servers: [] },
        interfaces: [{ name: 'eth0', address: '192.0.2.1' }],
      }),
  });
}

/** What the page is asked for. Its peer is made by the first question and stays. */
type Question =
  { readonly ask: 'offer' } | { readonly ask: 'answer' | 'apply'; readonly sdp: string };

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  test('offers and answers of a virtual peer and of Firefox fit each other, both ways', async () => {
    const { page } = await open();
    for (const carry of CARRIES) {
      for (const who of ['virtual', 'firefox'] as const) {
        const ours = openVirtual();
        const stream = virtualStream(seeded(7), carry);
        const load = (makesData: boolean) => {
          for (const track of stream.getTracks()) ours.addTrack(track, stream);
          if (makesData && carry.data) ours.createDataChannel('chat');
        };
        await page.evaluate(
          async ({ audio, video, data }, makesData) => {
            const peer = new RTCPeerConnection();
            const wanted =
              audio || video ? await navigator.mediaDevices.getUserMedia({ audio, video }) : null;
            if (makesData && data) peer.createDataChannel('chat');
            const media = wanted?.getTracks() ?? [];
            const add = () => media.map((track) => peer.addTrack(track));
            if (makesData) add();
            Object.assign(window, { peer, add });
          },
          carry,
          who === 'firefox',
        );
        const ask = (question: Question) =>
          page.evaluate(async (asked) => {
            const { peer, add } = window as unknown as { peer: RTCPeerConnection; add: () => void };
            if (asked.ask === 'offer') await peer.setLocalDescription();
            if (asked.ask === 'apply')
              await peer.setRemoteDescription({ type: 'answer', sdp: asked.sdp });
            if (asked.ask === 'answer') {
              await peer.setRemoteDescription({ type: 'offer', sdp: asked.sdp });
              if (peer.getSenders().every(({ track }) => track === null)) add();
              await peer.setLocalDescription();
            }
            return {
              sdp: peer.localDescription?.sdp ?? '',
              state: peer.signalingState,
              directions: peer.getTransceivers().map((each) => each.currentDirection),
            };
          }, question);
        const offerOurs = async () => {
          await ours.setLocalDescription();
          const { sdp } = await ask({ ask: 'answer', sdp: ours.localDescription?.sdp ?? '' });
          await ours.setRemoteDescription({ type: 'answer', sdp });
        };
        const offerTheirs = async (before: () => void) => {
          const { sdp } = await ask({ ask: 'offer' });
          const offer: DescriptionInit = { type: 'offer', sdp };
          await ours.setRemoteDescription(offer);
          before();
          await ours.setLocalDescription();
          await ask({ ask: 'apply', sdp: ours.localDescription?.sdp ?? '' });
        };
        if (who === 'virtual') {
          load(true);
          await offerOurs();
          await offerTheirs(() => undefined);
        } else {
          await offerTheirs(() => {
            load(false);
          });
          await offerOurs();
        }
        const directions = stream.getTracks().map(() => 'sendrecv');
        expect(ours.getTransceivers().map((each) => each.currentDirection)).toEqual(directions);
        const theirs = await page.evaluate(() => {
          const { peer } = window as unknown as { peer: RTCPeerConnection };
          const seen = peer.getTransceivers().map((each) => each.currentDirection);
          const { signalingState } = peer;
          peer.close();
          return { seen, signalingState };
        });
        expect(theirs).toEqual({ seen: directions, signalingState: 'stable' });
        ours.close();
      }
    }
  });
});
