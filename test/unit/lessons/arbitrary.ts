// Any facts a caption may be asked to speak of, also such as no run has yet brought together.
import fc from 'fast-check';
import type { CaptionFacts, Kinds, SentFacts, SideFacts } from '../../../src/lessons/call/facts.ts';
import { PROBLEMS, type RunOptions } from '../../../src/trace/event.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';

const count = fc.integer({ min: 0, max: 40 });
const kinds = fc.constantFrom<Kinds[]>('none', 'audio', 'video', 'both');
const state = (...values: readonly string[]) => fc.constantFrom(null, ...values);

const side: fc.Arbitrary<SideFacts> = fc.record({
  signaling: state('stable', 'have-local-offer', 'have-remote-offer', 'closed'),
  gathering: state('new', 'gathering', 'complete'),
  ice: state('new', 'checking', 'connected', 'completed', 'disconnected', 'failed', 'closed'),
  connection: state('new', 'connecting', 'connected', 'disconnected', 'failed', 'closed'),
  pending: fc.boolean(),
  current: fc.boolean(),
  captured: kinds,
  arriving: kinds,
  attached: count,
  channel: state('connecting', 'open', 'closing', 'closed'),
  queued: count,
  added: count,
  arrived: count,
});

const description = {
  characters: fc.integer({ min: 0, max: 99_999 }),
  lines: fc.integer({ min: 0, max: 999 }),
  sections: fc.integer({ min: 0, max: 4 }),
  media: fc.boolean(),
  refused: fc.integer({ min: 0, max: 4 }),
};

const sent: fc.Arbitrary<SentFacts> = fc.record({
  called: fc.boolean(),
  ...description,
  at: fc.constantFrom<SentFacts['at'][]>('posted', 'in-flight', 'delivered', 'lost'),
  inside: count,
  along: count,
});

const type = fc.constantFrom('host', 'srflx', 'prflx', 'relay');

/** The facts of any moment at all. */
export const anyFacts: fc.Arbitrary<CaptionFacts> = fc.record({
  step: fc.constantFrom(null, ...CALL_STEPS.map(({ kind }) => kind)),
  progress: fc.constantFrom('ready' as const, 'running', 'done', 'failed'),
  problem: fc.constantFrom(null, ...PROBLEMS),
  ended: fc.boolean(),
  media: fc.constantFrom('synthetic' as const, 'camera', 'file'),
  carriesMedia: fc.boolean(),
  carriesData: fc.boolean(),
  trickle: fc.boolean(),
  servers: fc.integer({ min: 0, max: 3 }),
  caller: side,
  callee: side,
  offer: fc.option(fc.record(description)),
  answer: fc.option(fc.record(description)),
  sentOffer: fc.option(sent),
  sentAnswer: fc.option(sent),
  found: count,
  hidden: fc.boolean(),
  farthest: fc.constantFrom(null, 'relay' as const, 'srflx', 'host'),
  errorCode: fc.constantFrom(null, 300, 401, 701),
  early: fc.constantFrom(null, 'sent' as const, 'applied'),
  connectMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
  pair: fc.option(fc.record({ local: type, remote: type })),
  dtls: fc.constantFrom(null, '1.2', '1.3'),
});

/** Every choice before step 1 that the code depends on. */
export const ALL_OPTIONS: readonly RunOptions[] = (
  ['synthetic', 'camera', 'file'] as const
).flatMap((media) =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) =>
    [true, false].map((trickle) => ({
      peers: 'browser' as const,
      media,
      carry: { audio: (bits & 1) > 0, video: (bits & 2) > 0, data: (bits & 4) > 0 },
      trickle,
      iceServers: [],
      network: null,
    })),
  ),
);
