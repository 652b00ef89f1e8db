// Timers as a parameter: the page's own, or those of a virtual clock.

/** What waits. Times are ms. */
export interface Timers {
  setTimeout(task: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** The page's. */
export const pageTimers: Timers = {
  setTimeout: (task, milliseconds) => setTimeout(task, milliseconds),
  clearTimeout: (timer) => {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
