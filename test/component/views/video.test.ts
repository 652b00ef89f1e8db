// One stream's picture: what it shows when the stream changes, and what it lets go of.
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { synthetic } from '../../../src/peers/media.ts';
import { afterNextFrame } from '../../../src/views/next-frame.ts';
import Video from '../../../src/views/peer/Video.svelte';

const nextPicture = () =>
  new Promise<void>((resolve) => {
    afterNextFrame(resolve);
  });

test('a picture keeps the stream that it was given last, and lets go of it once it is gone', async () => {
  const cards = [
    synthetic('caller', { audio: false, video: true, label: 'One' }),
    synthetic('callee', { audio: false, video: true, label: 'Other' }),
  ] as const;
  const [one, other] = cards;
  const props = { label: 'Picture', picture: true, muted: true };
  const screen = await render(Video, { ...props, stream: one.stream });
  const video = screen.container.querySelector('video');
  if (video === null) throw new Error('There is no picture.');
  await expect.poll(() => video.videoWidth).toBe(640);
  await screen.rerender({ stream: other.stream });
  await nextPicture();
  await nextPicture();
  expect(video.srcObject).toBe(other.stream);
  await screen.unmount();
  await vi.waitFor(() => {
    expect(video.srcObject).toBeNull();
  });
  for (const card of cards) card.stop();
});
