// Reads a QR code as a camera would: drawn in pixels, by a decoder of other people.
import jsQRModule from 'jsqr';

// It is a CommonJS module with a default of its own.
const jsQR = 'default' in jsQRModule ? (jsQRModule.default as typeof jsQRModule) : jsQRModule;

const PIXELS = 4;

/** The dark runs of a code's path: where each begins, and how many modules it has. */
export function darkRuns(d: string) {
  return [...d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].map(([, x = '', y = '', run = '']) => ({
    x: Number(x),
    y: Number(y),
    run: Number(run),
  }));
}

/** What a code says; undefined where it can't be read. */
export function readQr(d: string, size: number): string | undefined {
  const width = size * PIXELS;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const { x, y, run } of darkRuns(d)) {
    for (let row = 0; row < PIXELS; row += 1) {
      const start = (y * PIXELS + row) * width + x * PIXELS;
      for (let at = start; at < start + run * PIXELS; at += 1) data.fill(0, at * 4, at * 4 + 3);
    }
  }
  return jsQR(data, width, width)?.data;
}
