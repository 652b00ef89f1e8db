// What the frame benchmark measures, bundled for Node: a long record, its frames, and the straight fold.
export { longTrace } from '../fixtures/long-trace.ts';
export { FIRST_FRAME, reduce } from '../../src/trace/frame.ts';
export { frameAt, Trace } from '../../src/trace/trace.ts';
