// The test card: a moving picture and a quiet tone for who has no camera, or wants none; and a screen to share.
import type { Side } from '../rtc/steps.ts';

const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_A_SECOND = 15;

/** Each side's own colour, of the palette that colour-blind eyes tell apart (Okabe and Ito), and its tone in Hz. */
const LOOK = {
  caller: { colour: '#0072B2', other: '#009E73', pitch: 220 },
  callee: { colour: '#D55E00', other: '#CC79A7', pitch: 330 },
} as const satisfies Record<Side, object>;

/** What the side's camera sees, or its other camera. */
export type CardLook = 'usual' | 'other';

/** What makes a track: the track, and how to end what feeds it. */
export interface TrackSource {
  readonly track: MediaStreamTrack;
  readonly stop: () => void;
}

/**
 * A video track of a canvas with the side's colour, a name, a clock and something that moves.
 * @param label the name that is drawn
 * @throws NotSupportedError where a canvas gives no stream
 */
export function cardVideo(side: Side, label: string, look: CardLook = 'usual'): TrackSource {
  const colour = look === 'other' ? LOOK[side].other : LOOK[side].colour;
  return drawnVideo((context, elapsed) => {
    drawCard(context, colour, label, elapsed);
  });
}

/**
 * A video track of a made-up screen: a window in which a text is being typed.
 * @param lines the text
 * @throws NotSupportedError where a canvas gives no stream
 */
export function screenVideo(side: Side, lines: readonly string[]): TrackSource {
  return drawnVideo((context, elapsed) => {
    drawScreen(context, LOOK[side].colour, lines, elapsed);
  });
}

type Draw = (context: CanvasRenderingContext2D, elapsed: number) => void;

function drawnVideo(paint: Draw): TrackSource {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  // Before captureStream: Firefox takes no stream of a canvas that has no context yet.
  const context = canvas.getContext('2d', { alpha: false });
  const began = performance.now();
  const draw = () => {
    if (context !== null) paint(context, performance.now() - began);
  };
  draw();
  const [track] = canvas.captureStream(FRAMES_A_SECOND).getVideoTracks();
  if (track === undefined || context === null) {
    throw new DOMException('This browser gives no stream of a canvas.', 'NotSupportedError');
  }
  // A timer, because requestAnimationFrame stops while the page is hidden, and the call should not.
  const timer = setInterval(draw, 1000 / FRAMES_A_SECOND);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** How fast the text on the made-up screen is typed, in ms a character, and how long it then stands. */
const TYPING = 70;
const STANDING = 4000;

function drawScreen(
  context: CanvasRenderingContext2D,
  colour: string,
  lines: readonly string[],
  elapsed: number,
): void {
  const all = lines.join('').length;
  let typed = Math.floor((elapsed % (all * TYPING + STANDING)) / TYPING);
  context.fillStyle = '#d7dae0';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = '#fff';
  context.fillRect(40, 32, WIDTH - 80, HEIGHT - 64);
  context.fillStyle = colour;
  context.fillRect(40, 32, WIDTH - 80, 34);
  context.fillStyle = '#fff';
  for (const at of [60, 82, 104]) {
    context.beginPath();
    context.arc(at, 49, 6, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = '#1d2129';
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.font = '28px ui-monospace, monospace';
  for (const [at, line] of lines.entries()) {
    const shown = line.slice(0, typed);
    typed = Math.max(0, typed - line.length);
    context.fillText(shown, 64, 88 + at * 42, WIDTH - 128);
  }
  context.textAlign = 'right';
  context.font = '20px ui-monospace, monospace';
  context.fillText(clockText(elapsed), WIDTH - 60, HEIGHT - 62);
}

function drawCard(
  context: CanvasRenderingContext2D,
  colour: string,
  label: string,
  elapsed: number,
): void {
  context.fillStyle = colour;
  context.fillRect(0, 0, WIDTH, HEIGHT);

  // Once around in twelve seconds.
  const angle = (elapsed / 12_000) * 2 * Math.PI;
  context.fillStyle = 'rgb(255 255 255 / 0.22)';
  context.beginPath();
  context.arc(
    WIDTH / 2 + Math.cos(angle) * WIDTH * 0.36,
    HEIGHT / 2 + Math.sin(angle) * HEIGHT * 0.28,
    46,
    0,
    2 * Math.PI,
  );
  context.fill();

  context.fillStyle = '#fff';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = '600 76px system-ui, sans-serif';
  context.fillText(label, WIDTH / 2, HEIGHT * 0.44, WIDTH * 0.9);
  context.font = '36px ui-monospace, monospace';
  context.fillText(clockText(elapsed), WIDTH / 2, HEIGHT * 0.7);
}

/** `mm:ss.d` of milliseconds. */
export function clockText(milliseconds: number): string {
  const tenths = Math.floor(milliseconds / 100);
  const seconds = Math.floor(tenths / 10);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.${String(tenths % 10)}`;
}

/**
 * An audio track of a quiet tone. Until the page has been used once the browser keeps it silent; it is
 * a track all the same.
 * @throws NotSupportedError where there is no more room for an AudioContext
 */
export function cardAudio(side: Side): TrackSource {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: LOOK[side].pitch });
  const volume = new GainNode(context, { gain: 0.03 });
  tone.connect(volume).connect(destination);
  tone.start();
  // Settles only when the page has been used, which may be never.
  context.resume().catch(() => undefined);
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined) {
    throw new DOMException('This browser gives no stream of a tone.', 'NotSupportedError');
  }
  return {
    track,
    stop() {
      track.stop();
      tone.stop();
      context.close().catch(() => undefined);
    },
  };
}
