// Brings an element into view when it appears or becomes the one to look at.
import type { Attachment } from 'svelte/attachments';

/** Attached to an element, scrolls it into view, as little as that takes. Only the element itself can do that. */
export const follow: Attachment = (element) => {
  element.scrollIntoView({ block: 'nearest' });
};

/** The same anew whenever what it is given has changed: what grows may grow out of view. */
export function followAnew(_size: number): Attachment {
  return (element) => {
    follow(element);
  };
}
