// Once a frame: what grows faster than a screen can show it is looked at when the next picture is due.

/** How long to wait, in ms, where no picture is due: a hidden page has none. */
const HIDDEN_FRAME = 100;

/** Runs a task before the next picture is drawn, or a moment later where the page is not seen. */
export function onNextFrame(task: () => void): void {
  const run = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    task();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, HIDDEN_FRAME);
}

/** Runs a task once the next picture has been drawn: a key is answered on the screen before the work it asked for. */
export function afterNextFrame(task: () => void): void {
  onNextFrame(() => {
    setTimeout(task, 0);
  });
}
