// Tells when an element comes near to what is seen, and when it goes.
import type { Attachment } from 'svelte/attachments';

/** How near, as a margin around what is seen. */
const MARGIN = '800px 0px';

/** Calls back with the element's height as it comes near or goes. */
export function watchNear(tell: (near: boolean, height: number) => void): Attachment {
  return (element) => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, boundingClientRect } of entries) {
          tell(isIntersecting, boundingClientRect.height);
        }
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  };
}
