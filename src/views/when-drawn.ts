// Draws what is long bit by bit: each bit after the picture with the one before it.
import type { Attachment } from 'svelte/attachments';
import { afterNextFrame } from './next-frame.ts';

/** Attached to an element, calls back once a picture with it has been drawn, if it is still there. */
export function whenDrawn(then: () => void): Attachment {
  return () => {
    let isThere = true;
    afterNextFrame(() => {
      if (isThere) then();
    });
    return () => {
      isThere = false;
    };
  };
}
