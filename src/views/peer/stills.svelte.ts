// The last picture of each stream, for when the stream has ended. It belongs to the page, and gets into no recording.

/** A picture in a card is small; a projector doubles it. */
const WIDEST = 640;

const stills = new WeakMap<MediaStream, HTMLCanvasElement>();
/** Grows with each stream that a picture is kept of, and with each that has ended: what shows one is drawn anew. */
let version = $state(0);

/**
 * Keeps what an element shows of a stream now, in place of what was kept before. Nothing is kept where it shows nothing,
 * and of a stream that has ended: browsers show black then.
 */
export function keepStill(stream: MediaStream, video: HTMLVideoElement): void {
  const { videoWidth, videoHeight } = video;
  const isShown = videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  if (!stream.active || !isShown) return;
  const known = stills.get(stream);
  const canvas = known ?? document.createElement('canvas');
  const width = Math.min(WIDEST, videoWidth);
  const height = Math.round((width * videoHeight) / videoWidth);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
  if (known !== undefined) return;
  stills.set(stream, canvas);
  version += 1;
}

/** Tells that a stream has ended. */
export function streamEnded(): void {
  version += 1;
}

/** The last picture of a stream; null where none was kept. */
export function stillOf(stream: MediaStream): HTMLCanvasElement | null {
  return version === 0 ? null : (stills.get(stream) ?? null);
}
