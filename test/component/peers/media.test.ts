// Captured media in a real browser: that pictures move, that a file plays, and how it ends in the record.
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  explainCaptureError,
  fromFile,
  MediaFileError,
  recordCapture,
  synthetic,
} from '../../../src/peers/media.ts';
import type { Capture } from '../../../src/peers/media.ts';
import { MemoryTape } from './call.ts';

const captures: Capture[] = [];
const keep = <T extends Capture>(capture: T): T => {
  captures.push(capture);
  return capture;
};

afterEach(() => {
  for (const capture of captures.splice(0)) capture.stop();
});

/** The pixels a stream shows now, and later ones. */
async function watch(stream: MediaStream): Promise<{ pixels: () => Uint8ClampedArray }> {
  const player = document.createElement('video');
  player.muted = true;
  player.srcObject = stream;
  await player.play();
  const canvas = new OffscreenCanvas(160, 90);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    pixels: () => {
      context?.drawImage(player, 0, 0, 160, 90);
      return context?.getImageData(0, 0, 160, 90).data ?? new Uint8ClampedArray();
    },
  };
}

/** Waits until the picture of a stream has changed that many times. */
async function moving(stream: MediaStream, times = 3): Promise<void> {
  const { pixels } = await watch(stream);
  let last = '';
  let changes = -1;
  const count = () => {
    const now = pixels().join();
    if (now !== last) changes += 1;
    last = now;
    return changes;
  };
  await vi.waitUntil(() => count() >= times, { timeout: 10_000, interval: 20 });
}

/** A moment of a test card as a file, made by the browser itself. */
async function recordedFile(wanted: { audio: boolean; video: boolean }): Promise<File> {
  // Until the page has been used there is no sound, and of a silent track the recorder makes nothing.
  await userEvent.click(document.body);
  const card = synthetic('caller', { ...wanted, label: 'File' });
  const recorder = new MediaRecorder(card.stream);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => {
    recorder.addEventListener('stop', resolve, { once: true });
  });
  recorder.start(100);
  await vi.waitUntil(() => parts.reduce((sum, part) => sum + part.size, 0) > 20_000, {
    timeout: 10_000,
  });
  recorder.stop();
  await stopped;
  card.stop();
  return new File(parts, 'card.webm', { type: recorder.mimeType });
}

test('the test card moves, is 640 by 360, and has the colour of its side', async () => {
  const { stream } = keep(synthetic('callee', { audio: true, video: true, label: 'Callee' }));
  expect(stream.getTracks().map(({ kind }) => kind)).toEqual(['audio', 'video']);
  await moving(stream);
  expect(stream.getVideoTracks()[0]?.getSettings()).toMatchObject({ width: 640, height: 360 });
  const [red = 0, green = 0, blue = 0] = (await watch(stream)).pixels();
  expect(Math.hypot(red - 0xd5, green - 0x5e, blue - 0x00)).toBeLessThan(12);
});

test('only what is wanted is captured, and stopping ends it', () => {
  const audio = keep(synthetic('caller', { audio: true, video: false, label: 'Caller' }));
  expect(audio.stream.getTracks().map(({ kind }) => kind)).toEqual(['audio']);
  audio.stop();
  expect(audio.stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
  const none = keep(synthetic('caller', { audio: false, video: false, label: 'Caller' }));
  expect(none.stream.getTracks()).toEqual([]);
});

test('a recorded capture writes its call, its tracks and their end', async () => {
  const tape = new MemoryTape();
  const source = { media: 'synthetic', audio: true, video: true, label: 'Caller' } as const;
  const capture = await recordCapture(tape, 'caller', source);
  const call = tape.call('caller', 'testCard');
  expect(call).toMatchObject({
    on: 'Peerglass',
    args: [{ audio: true, video: true, label: 'Caller' }],
  });
  expect(tape.causedBy(call.n)).toMatchObject([
    { kind: 'track', at: 'added', origin: 'local', media: 'audio', streams: [capture.stream.id] },
    { kind: 'track', at: 'added', origin: 'local', media: 'video', streams: [capture.stream.id] },
    { kind: 'return', result: { id: capture.stream.id, tracks: [{}, {}] } },
  ]);
  capture.stop();
  capture.stop();
  expect(tape.of('caller', 'track').map(({ at }) => at)).toEqual([
    'added',
    'added',
    'ended',
    'ended',
  ]);
  expect(tape.of('caller', 'problem')).toEqual([]);
});

for (const side of ['caller', 'callee'] as const) {
  for (const media of ['audio', 'video'] as const) {
    test(`a device that the ${side} loses ends its ${media} track, and is a problem of the call`, async () => {
      const tape = new MemoryTape();
      const source = { media: 'camera', audio: true, video: true } as const;
      const capture = keep(await recordCapture(tape, side, source));
      const lost = capture.stream.getTracks().find(({ kind }) => kind === media);
      // As the browser does it when a device is unplugged. It says so once; twice is nothing more.
      lost?.dispatchEvent(new Event('ended'));
      lost?.dispatchEvent(new Event('ended'));
      const ended = () => tape.of(side, 'track').filter(({ at }) => at === 'ended');
      expect(ended()).toMatchObject([{ origin: 'local', media, id: lost?.id }]);
      const problem = { code: media === 'video' ? 'video-lost' : 'audio-lost', error: null };
      expect(tape.of(side, 'problem')).toMatchObject([{ problem, cause: ended()[0]?.n }]);
      // What is stopped afterwards is this program's own doing.
      capture.stop();
      for (const track of capture.stream.getTracks()) track.dispatchEvent(new Event('ended'));
      expect(ended().map((event) => event.media)).toEqual([
        media,
        media === 'video' ? 'audio' : 'video',
      ]);
      expect(tape.of(side, 'problem')).toHaveLength(1);
    });
  }
}

test("the camera is the browser's own call", async () => {
  const tape = new MemoryTape();
  const source = { media: 'camera', audio: true, video: true } as const;
  const capture = keep(await recordCapture(tape, 'callee', source));
  expect(tape.call('callee', 'getUserMedia')).toMatchObject({
    on: 'MediaDevices',
    args: [{ audio: true, video: true }],
  });
  await moving(capture.stream, 2);
});

test('a file plays over and over, and moves', async () => {
  const file = await recordedFile({ audio: true, video: true });
  const capture = keep(await fromFile(file, { audio: true, video: true }));
  expect(
    capture.stream
      .getTracks()
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['audio', 'video']);
  // More pictures than the file has.
  await moving(capture.stream, 40);
  const picture = keep(await fromFile(file, { audio: false, video: true }));
  expect(picture.stream.getTracks().map(({ kind }) => kind)).toEqual(['video']);
});

test('a file that is none is an error with a name and an explanation', async () => {
  const tape = new MemoryTape();
  const file = new File(['not a film'], 'notes.webm', { type: 'video/webm' });
  const source = { media: 'file', audio: true, video: true, file } as const;
  const error: unknown = await recordCapture(tape, 'caller', source).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(MediaFileError);
  expect(explainCaptureError(error)).toMatchObject({
    code: 'media-file-unplayable',
    error: { name: 'MediaFileError' },
  });
  expect(tape.of('caller', 'exception')).toMatchObject([
    { method: 'fileStream', error: { name: 'MediaFileError' } },
  ]);
});

test('a file that never loads is given up when its time is over', async () => {
  const file = await recordedFile({ audio: false, video: true });
  const timers = {
    setTimeout: (task: () => void) => {
      task();
      return 0;
    },
    clearTimeout: () => undefined,
  };
  await expect(fromFile(file, { audio: true, video: true }, timers)).rejects.toThrow(
    'did not load in time',
  );
});

test.each(['before it loads', 'while it loads', 'while it is told to play'])(
  'a file that is given up %s captures nothing and keeps no timer',
  async (when) => {
    const file = await recordedFile({ audio: false, video: true });
    const waiting = new Set<unknown>();
    const timers = {
      setTimeout: () => {
        const timer = {};
        waiting.add(timer);
        return timer;
      },
      clearTimeout: (timer: unknown) => {
        waiting.delete(timer);
      },
    };
    const captured = vi.spyOn(HTMLMediaElement.prototype, 'captureStream' as 'play');
    const giveUp = new AbortController();
    if (when === 'before it loads') giveUp.abort();
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(() => {
      giveUp.abort();
      return Promise.resolve();
    });
    const capture = fromFile(file, { audio: true, video: true }, timers, giveUp.signal);
    if (when === 'while it loads') giveUp.abort();
    await expect(capture).rejects.toMatchObject({ name: 'AbortError' });
    expect(captured).not.toHaveBeenCalled();
    expect(waiting.size).toBe(0);
    play.mockRestore();
    captured.mockRestore();
  },
);
