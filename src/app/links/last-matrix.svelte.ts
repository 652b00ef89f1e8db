// The link to the matrix as it was seen last in this page.

let last = $state('#/matrix');

/** It. */
export function lastMatrix(): string {
  return last;
}

/** Keeps it. */
export function keepMatrix(link: string): void {
  last = link;
}
