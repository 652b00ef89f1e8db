// What the benchmark of virtual calls runs.
export { virtualCall } from '../../src/call/virtual-call.ts';
export { matrix } from '../../src/call/matrix.ts';
export { nat, STUN, TURN, twoHomes } from '../fixtures/two-homes.ts';
