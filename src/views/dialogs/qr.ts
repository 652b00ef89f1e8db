// A QR code as the path of an SVG.
import encodeQR from 'qr';

/** The light border that a reader needs around the code, in modules (ISO/IEC 18004, 5.3.8). */
const QUIET = 4;

/** A QR code: the path of its dark modules, and how many units wide and high it is with its border. */
export interface QrPath {
  readonly d: string;
  readonly size: number;
}

/** The QR code of a text, at error correction level M. @throws Error where the text is too long for any */
export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  return { d: rows.map(rowPath).join(''), size: rows.length };
}

/** The dark runs of a row: one rectangle each, so that no seam shows between two modules. */
function rowPath(row: readonly boolean[], y: number): string {
  let d = '';
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true || row[x - 1] === true) continue;
    const end = row.indexOf(false, x);
    const width = (end === -1 ? row.length : end) - x;
    d += `M${String(x)} ${String(y)}h${String(width)}v1h-${String(width)}z`;
  }
  return d;
}
