// Text for drawings made without a page: escaped for XML, measured and wrapped by estimate.

/** Text as XML character data or an attribute's value. What XML 1.0 cannot carry becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** How wide a text is, about, in the unit of its size: a little more than most fonts take. */
export function textWidth(text: string, size: number, isMono = false): number {
  let units = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    units += WIDE.test(segment) ? 1 : isMono ? 0.61 : NARROW.test(segment) ? 0.32 : 0.58;
  }
  return units * size;
}

const WIDE =
  /\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Extended_Pictographic}/u;
const NARROW = /^[ iljtf.,:;'’!|()[\]]$/;

/** A text in lines of at most such a width; a word that is longer alone is cut. At least one line, which may be empty. */
export function wrapText(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (textWidth(joined, size) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const { segment } of new Intl.Segmenter().segment(word)) {
      if (line !== '' && textWidth(line + segment, size) > width) {
        lines.push(line);
        line = '';
      }
      line += segment;
    }
  }
  return [...lines, line];
}
