// What the benchmark of virtual calls runs.
export { virtualCall } from '../../src/peers/virtual-call.ts';
export { matrix } from '../../src/peers/matrix.ts';
export { nat, STUN, TURN, twoHomes } from '../fixtures/two-homes.ts';
