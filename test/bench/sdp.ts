// What the SDP benchmark measures, bundled for Node: reading a description, and explaining all its lines.
export { explainLine } from '../../src/sdp/explain.ts';
export { parseSdp } from '../../src/sdp/parse.ts';
