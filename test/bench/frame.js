// How long a record of 100,000 events takes to build, and a frame of it to be had at any cursor.
import { importBundled, progress, quantile } from './tools.js';

const EVENTS = 100_000;
const SEEKS = 20_000;
const FOLDS = 20;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  /** @type {typeof import('./frame.ts')} */
  const { firstFrame, frameAt, longTrace, reduce, Trace, VIRTUAL } =
    await importBundled('test/bench/frame.ts');
  const time = (/** @type {() => unknown} */ work) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const { header, events } = longTrace(1, EVENTS, VIRTUAL);
  /** A record that was looked at once, at its end, and how long both took. */
  const built = () => {
    const trace = new Trace(header);
    const took = time(() => {
      for (const event of events) trace.append(event);
      // Events are folded when somebody looks.
      frameAt(trace, trace.length);
    });
    return { trace, took };
  };
  const builds = [built(), built(), built()];
  const trace = builds[2]?.trace ?? new Trace(header);

  const cursor = () => Math.floor(Math.random() * (trace.length + 1));
  const seeks = Array.from({ length: SEEKS }, () => {
    const at = cursor();
    return time(() => frameAt(trace, at));
  });
  const folds = Array.from({ length: FOLDS }, (_, done) => {
    progress('folds', done + 1, FOLDS);
    const upTo = cursor();
    return time(() => {
      let frame = firstFrame(header.options);
      for (let n = 0; n < upTo; n += 1) {
        const event = events[n];
        if (event !== undefined) frame = reduce(frame, event);
      }
    });
  });
  const rival = quantile(folds, 0.5);
  const p99 = quantile(seeks, 0.99);
  return [
    { measure: 'frameAt: p99 at random cursors of 100,000', value: p99, unit: 'ms', limit: 4 },
    { measure: 'frameAt: the slowest', value: Math.max(...seeks), unit: 'ms' },
    { measure: 'frameAt: rival, fold from the start, median', value: rival, unit: 'ms' },
    {
      measure: 'frameAt: building the record of 100,000',
      value: Math.max(...builds.map(({ took }) => took)),
      unit: 'ms',
      limit: 1000,
    },
  ];
}
