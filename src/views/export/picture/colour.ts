// A computed colour in the form that every program that reads SVG knows.

let pixel: CanvasRenderingContext2D | null = null;
const known = new Map<string, string>();

/** `#rrggbb` with two digits more where it is not opaque; `none` for what cannot be seen. */
export function colourOf(computed: string): string {
  if (computed === 'none' || computed === 'transparent') return 'none';
  const kept = known.get(computed);
  if (kept !== undefined) return kept;
  const canvas = (pixel ??= document
    .createElement('canvas')
    .getContext('2d', { willReadFrequently: true }));
  if (canvas === null) return computed;
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = computed;
  canvas.fillRect(0, 0, 1, 1);
  const bytes = [...canvas.getImageData(0, 0, 1, 1).data];
  const alpha = bytes[3] ?? 255;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const colour = alpha === 0 ? 'none' : `#${alpha === 255 ? hex.slice(0, 6) : hex}`;
  known.set(computed, colour);
  return colour;
}
