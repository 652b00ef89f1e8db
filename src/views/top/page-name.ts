// The pages that the bar at the top leads to.

/** A page, as the bar knows it. A walk through a lesson belongs to the lessons. */
export type PageName = 'call' | 'lessons' | 'matrix' | 'sdp';

/** The links to the pages that have one place where everybody starts. */
export const PAGE_LINKS: Readonly<Record<PageName, string>> = {
  call: '#/call',
  lessons: '#/lessons',
  matrix: '#/matrix',
  sdp: '#/sdp',
};
