// Sentences that have things in them which are more than text: a translation says where they stand.

/** Stands in a message's argument for the thing of that number. No text of a network has such a character. */
export const SLOTS = ['\uE000', '\uE001'] as const;

/** Cuts a sentence at its slots: texts, and numbers of slots. */
export function sentencePieces(text: string): readonly (string | number)[] {
  return text
    .split(/([\uE000\uE001])/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const slot = SLOTS.findIndex((each) => each === piece);
      return slot === -1 ? piece : slot;
    });
}
