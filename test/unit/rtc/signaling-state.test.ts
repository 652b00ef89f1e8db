// signalingState's table against the prose of WebRTC 1.0 (§4.4.1.5 "set a session description", §4.4.2), read anew here.
import { expect, test } from 'vitest';
import {
  DESCRIPTION_TYPES,
  impliedType,
  mayAnswer,
  mayOffer,
  nextState,
  rollsBackFirst,
  rollsBackOthers,
  SIGNALING_STATES,
  SOURCES,
  TRANSITIONS,
} from '../../../src/rtc/signaling-state.ts';

/** What changes the state, as the specification's drawing has it (§4.3.1). */
const CHANGES = [
  'stable: setLocal(offer) → have-local-offer',
  'stable: setRemote(offer) → have-remote-offer',
  'have-local-offer: setRemote(answer) → stable',
  'have-local-offer: setRemote(pranswer) → have-remote-pranswer',
  'have-local-offer: setLocal(rollback) → stable',
  'have-local-offer: setRemote(offer) → have-remote-offer',
  'have-remote-offer: setLocal(answer) → stable',
  'have-remote-offer: setLocal(pranswer) → have-local-pranswer',
  'have-remote-offer: setRemote(rollback) → stable',
  'have-local-pranswer: setLocal(answer) → stable',
  'have-remote-pranswer: setRemote(answer) → stable',
];

const all = SIGNALING_STATES.flatMap((from) =>
  SOURCES.flatMap((source) => DESCRIPTION_TYPES.map((type) => ({ from, source, type }))),
);

const written = ({ from, source, type, to }: (typeof TRANSITIONS)[number]) =>
  `${from}: set${source === 'local' ? 'Local' : 'Remote'}(${type}) → ${to}`;

test('a description changes the state where the drawing has an arrow, and nowhere else', () => {
  const changing = TRANSITIONS.filter(
    ({ from, source, type, to }) => from !== to && !rollsBackOthers(from, source, type),
  );
  expect(changing.map(written).sort()).toEqual([...CHANGES].sort());
});

test('the same type again from the same source keeps the state, as long as it waits for something', () => {
  const keeping = TRANSITIONS.filter(({ from, to }) => from === to);
  expect(keeping.map(written)).toEqual([
    'have-local-offer: setLocal(offer) → have-local-offer',
    'have-remote-offer: setRemote(offer) → have-remote-offer',
    'have-local-pranswer: setLocal(pranswer) → have-local-pranswer',
    'have-remote-pranswer: setRemote(pranswer) → have-remote-pranswer',
  ]);
});

test('the table and the list of transitions say the same', () => {
  for (const { from, source, type } of all) {
    const listed = TRANSITIONS.filter(
      (each) => each.from === from && each.source === source && each.type === type,
    );
    const to = nextState(from, source, type);
    expect(listed).toEqual(to === null ? [] : [{ from, source, type, to }]);
  }
});

test('nothing can be set on a closed connection, and no description closes one', () => {
  expect(TRANSITIONS.filter(({ from, to }) => from === 'closed' || to === 'closed')).toEqual([]);
});

test('a rollback needs an offer, and is disputed where the offer is the other source’s', () => {
  const allowed = all.filter(
    ({ from, source, type }) => type === 'rollback' && nextState(from, source, type) !== null,
  );
  expect(new Set(allowed.map(({ from }) => from))).toEqual(
    new Set(['have-local-offer', 'have-remote-offer']),
  );
  const disputed = all.filter(({ from, source, type }) => rollsBackOthers(from, source, type));
  expect(disputed).toEqual([
    { from: 'have-local-offer', source: 'remote', type: 'rollback' },
    { from: 'have-remote-offer', source: 'local', type: 'rollback' },
  ]);
});

test('only a remote offer over a local one rolls back by itself', () => {
  const first = all.filter(({ from, source, type }) => rollsBackFirst(from, source, type));
  expect(first).toEqual([{ from: 'have-local-offer', source: 'remote', type: 'offer' }]);
});

test('which states createOffer and createAnswer are for, and what an empty setLocalDescription sets', () => {
  expect(SIGNALING_STATES.filter(mayOffer)).toEqual(['stable', 'have-local-offer']);
  expect(SIGNALING_STATES.filter(mayAnswer)).toEqual(['have-remote-offer', 'have-local-pranswer']);
  // §4.4.2: "stable", "have-local-offer" or "have-remote-pranswer" mean an offer.
  expect(SIGNALING_STATES.filter((state) => impliedType(state) === 'offer')).toEqual([
    'stable',
    'have-local-offer',
    'have-remote-pranswer',
  ]);
});
