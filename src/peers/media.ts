// Where local media comes from: a test card, a camera, or a file; recorded, and explained when it fails.
import type { Json, Problem, ProblemCode, Shown, TrackEvent } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import { recordCall } from './call.ts';
import type { RecordedCall } from './call.ts';
import { cardAudio, cardVideo, screenVideo } from './card.ts';
import type { CardLook, TrackSource } from './card.ts';
import { errorInfo } from './error.ts';
import { mediaOf, plainStream } from './plain.ts';
import type { Tape } from './tape.ts';
import { pageTimers, type Timers } from './timers.ts';

/** Which kinds of media are wanted. With neither, a capture is an empty stream and touches nothing. */
export interface Wanted {
  readonly audio: boolean;
  readonly video: boolean;
}

/** Media that has been captured. */
export interface Capture {
  readonly stream: MediaStream;
  /** Ends its tracks and lets go of what feeds them. Once is enough; twice does no harm. */
  stop(): void;
}

/** Where to capture from. */
export type CaptureSource = Wanted & {
  /** What its tracks show, where that is not what the call begins with. */
  readonly shows?: Shown;
} & (
    | { readonly media: 'synthetic'; readonly label: string; readonly look?: CardLook }
    | { readonly media: 'camera' }
    /** The learner's own screen, or a made-up one on which a text is being typed. */
    | { readonly media: 'display' }
    | { readonly media: 'screen'; readonly lines: readonly string[] }
    | { readonly media: 'file'; readonly file: File }
    /** Of a virtual world: there is nothing to see or hear in it. */
    | { readonly media: 'virtual'; readonly stream: MediaStream }
  );

/** The page has no `navigator.mediaDevices`: it is not secure, or the browser has no capture. */
export class NoMediaDevicesError extends Error {
  override readonly name = 'NoMediaDevicesError';
}

/** A file that the browser cannot play. `cause` is the browser's own error, where it gave one. */
export class MediaFileError extends Error {
  override readonly name = 'MediaFileError';
}

/** How long a file may take until its first frame, in milliseconds; it is on this machine. */
const FILE_PATIENCE = 10_000;

/**
 * The test card of a side and its tone.
 * @param options what is wanted, and the name that the card shows
 */
export function synthetic(
  side: Side,
  options: Wanted & { readonly label: string; readonly look?: CardLook },
): Capture {
  const sources: TrackSource[] = [];
  const stop = () => {
    for (const source of sources) source.stop();
  };
  try {
    if (options.audio) sources.push(cardAudio(side));
    if (options.video) sources.push(cardVideo(side, options.label, options.look));
  } catch (error) {
    stop();
    throw error;
  }
  return { stream: new MediaStream(sources.map(({ track }) => track)), stop: once(stop) };
}

/**
 * The camera and the microphone (Media Capture and Streams §10.2).
 * @throws NoMediaDevicesError, and what getUserMedia throws
 */
export async function camera({ audio, video }: Wanted): Promise<Capture> {
  if (!audio && !video) return captured(new MediaStream());
  // The DOM's types have it always; a page that is not secure has it not.
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (mediaDevices === undefined) {
    throw new NoMediaDevicesError('navigator.mediaDevices is undefined.');
  }
  return captured(await mediaDevices.getUserMedia({ audio, video }));
}

/**
 * The learner's own screen, a window of it or a tab (Screen Capture §5.1). The browser asks which, each time.
 * @throws NoMediaDevicesError, and what getDisplayMedia throws
 */
export async function display({ audio, video }: Wanted): Promise<Capture> {
  // A phone's browser has devices and none of these.
  const { mediaDevices } = navigator as { readonly mediaDevices?: Partial<MediaDevices> };
  if (mediaDevices?.getDisplayMedia === undefined) {
    throw new NoMediaDevicesError('navigator.mediaDevices.getDisplayMedia is undefined.');
  }
  return captured(await mediaDevices.getDisplayMedia({ audio, video }));
}

/** A made-up screen on which a text is being typed. */
export function madeUpScreen(side: Side, lines: readonly string[]): Capture {
  const { track, stop } = screenVideo(side, lines);
  return { stream: new MediaStream([track]), stop: once(stop) };
}

function captured(stream: MediaStream): Capture {
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return { stream, stop: once(stop) };
}

/**
 * What a file plays, over and over, without being heard here. A file that lacks one of the wanted kinds
 * gives the other.
 * @param timers time; the page's unless told
 * @param signal gives up a file that is still loading
 * @throws MediaFileError when it does not play, has neither of the wanted kinds, or takes too long; the signal's reason
 */
export async function fromFile(
  file: File,
  wanted: Wanted,
  timers: Timers = pageTimers,
  signal?: AbortSignal,
): Promise<Capture> {
  if (!wanted.audio && !wanted.video) return captured(new MediaStream());
  const player: CapturingVideo = document.createElement('video');
  // Muted is what it sounds like here; the captured track has its sound (Media Capture from DOM Elements).
  player.muted = true;
  player.loop = true;
  player.playsInline = true;
  const url = URL.createObjectURL(file);
  let all: MediaStream | null = null;
  const stop = () => {
    for (const track of all?.getTracks() ?? []) track.stop();
    player.pause();
    player.removeAttribute('src');
    player.load();
    URL.revokeObjectURL(url);
  };
  try {
    await loaded(player, url, timers, signal);
    await player.play();
    signal?.throwIfAborted();
    all = captureOf(player);
    const tracks = all.getTracks().filter((track) => wanted[mediaOf(track)]);
    if (tracks.length === 0) throw new MediaFileError(`${file.name} has no such track.`);
    return { stream: new MediaStream(tracks), stop: once(stop) };
  } catch (cause) {
    stop();
    if (cause instanceof MediaFileError || signal?.aborted === true) throw cause;
    throw new MediaFileError(`${file.name}: ${errorInfo(cause).message}`, { cause });
  }
}

/** Firefox has `captureStream` under its old name only. */
interface CapturingVideo extends HTMLVideoElement {
  captureStream?(): MediaStream;
  mozCaptureStream?(): MediaStream;
}

function captureOf(player: CapturingVideo): MediaStream {
  const stream = player.captureStream?.() ?? player.mozCaptureStream?.();
  if (stream === undefined) throw new MediaFileError('This browser gives no stream of a video.');
  return stream;
}

/** Loads a URL up to its first frame. */
async function loaded(
  player: HTMLVideoElement,
  url: string,
  timers: Timers,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = timers.setTimeout(() => {
      reject(new MediaFileError('The file did not load in time.'));
    }, FILE_PATIENCE);
    const settle = (how: () => void) => () => {
      timers.clearTimeout(timer);
      how();
    };
    signal?.addEventListener(
      'abort',
      settle(() => {
        reject(new DOMException('The call ended first.', 'AbortError'));
      }),
      { once: true },
    );
    player.addEventListener('loadeddata', settle(resolve), { once: true });
    player.addEventListener(
      'error',
      settle(() => {
        // A MediaError, which is no Error and has no name.
        reject(new MediaFileError(player.error?.message || 'The browser cannot play this file.'));
      }),
      { once: true },
    );
    player.src = url;
  });
}

/**
 * Captures and records: the call and how it came back, each track, and its end.
 * @param signal gives up what is still loading; a capture that the browser is asked for can't be given up, and comes
 * @returns the capture; its `stop` writes the end of the tracks, which fires no event
 * @throws what the source throws, after it was recorded
 */
export async function recordCapture(
  tape: Tape,
  side: Side,
  source: CaptureSource,
  timers: Timers = pageTimers,
  signal?: AbortSignal,
): Promise<Capture> {
  if (!source.audio && !source.video) {
    return captured(source.media === 'virtual' ? source.stream : new MediaStream());
  }
  const call = callOf(tape, side, source);
  let capture: Capture;
  try {
    capture = await captureFrom(side, source, timers, signal);
  } catch (error) {
    call.threw(error);
    throw error;
  }
  const ends = capture.stream
    .getTracks()
    .map((track) => recordTrack(tape, side, track, capture.stream, call.n, source.shows));
  call.returned(plainStream(capture.stream));
  const stop = () => {
    capture.stop();
    for (const end of ends) end();
  };
  return { stream: capture.stream, stop: once(stop) };
}

function callOf(tape: Tape, side: Side, source: CaptureSource): RecordedCall {
  const { audio, video } = source;
  const own = (method: string, args: readonly Json[]) =>
    recordCall(tape, side, 'Peerglass', method, args);
  switch (source.media) {
    case 'synthetic':
      return own('testCard', [{ audio, video, label: source.label }]);
    case 'virtual':
      return own('virtualStream', [{ audio, video }]);
    case 'screen':
      return own('madeUpScreen', [{ audio, video }]);
    case 'display':
      return recordCall(tape, side, 'MediaDevices', 'getDisplayMedia', [{ audio, video }]);
    case 'camera':
      return recordCall(tape, side, 'MediaDevices', 'getUserMedia', [{ audio, video }]);
    case 'file': {
      const { name, size, type } = source.file;
      return own('fileStream', [
        { name, size, type },
        { audio, video },
      ]);
    }
  }
}

async function captureFrom(
  side: Side,
  source: CaptureSource,
  timers: Timers,
  signal?: AbortSignal,
): Promise<Capture> {
  switch (source.media) {
    case 'synthetic':
      return synthetic(side, source);
    case 'screen':
      return madeUpScreen(side, source.lines);
    case 'display':
      return display(source);
    case 'camera':
      return camera(source);
    case 'file':
      return fromFile(source.file, source, timers, signal);
    case 'virtual':
      return captured(source.stream);
  }
}

/**
 * Writes a local track and its end. When the browser ends it (the camera is unplugged, its permission is taken back),
 * that is also a trouble of the call: nothing else tells of it.
 * @returns writes its end, unless that was written
 */
function recordTrack(
  tape: Tape,
  side: Side,
  track: MediaStreamTrack,
  stream: MediaStream,
  cause: number,
  shows?: Shown,
): () => void {
  const media = mediaOf(track);
  const write = (at: TrackEvent['at'], by: number | null) => {
    const { id } = track;
    const streams = [stream.id];
    const told = at === 'added' && shows !== undefined ? { shows } : {};
    return tape.write(
      { kind: 'track', side, at, origin: 'local', id, media, streams, ...told },
      by,
    );
  };
  write('added', cause);
  let ended = false;
  // `stop()` fires no event (Media Capture and Streams §4.3.1): this one is never the app's own doing.
  track.addEventListener('ended', () => {
    if (ended) return;
    ended = true;
    const code = media === 'video' ? 'video-lost' : 'audio-lost';
    tape.write({ kind: 'problem', side, problem: { code, error: null } }, write('ended', null));
  });
  return () => {
    if (ended) return;
    ended = true;
    write('ended', null);
  };
}

/**
 * Which trouble it is when a capture failed, with the browser's own words.
 * @param isSecure whether the page is a secure context, outside of which there is no capture
 */
export function explainCaptureError(
  error: unknown,
  isSecure: boolean = globalThis.isSecureContext,
): Problem {
  const info = errorInfo(error);
  return { code: problemOf(info.name, isSecure), error: info };
}

/** The names are those of Media Capture and Streams §10.2, and this file's own. */
function problemOf(name: string, isSecure: boolean): ProblemCode {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'camera-denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'camera-missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'camera-busy';
    case 'NoMediaDevicesError':
      return isSecure ? 'no-webrtc' : 'insecure-context';
    case 'MediaFileError':
      return 'media-file-unplayable';
    default:
      return 'unexpected';
  }
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
