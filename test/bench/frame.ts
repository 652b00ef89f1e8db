// What the frame benchmark measures, bundled for Node: a long record with packets, its frames, and the straight fold.
export { longTrace, VIRTUAL } from '../fixtures/long-trace.ts';
export { firstFrame, reduce } from '../../src/trace/frame.ts';
export { frameAt, Trace } from '../../src/trace/trace.ts';
