// The four state machines of a connection as data, with where each state stands in a drawing (WebRTC 1.0 §4.3).
import {
  DESCRIPTION_TYPES,
  nextState,
  rollsBackOthers,
  SOURCES,
  type SignalingState,
} from '../../rtc/signaling-state.ts';
import type { MachineName } from '../../trace/event.ts';
import { anyPath, arrowPath, boxOf, type Box, type Point } from './diagram.ts';

/** What makes a state change: a call, or something that happens. Texts for each are in text.ts. */
export const CAUSES = [
  ...SOURCES.flatMap((source) => DESCRIPTION_TYPES.map((type) => `set-${source}-${type}` as const)),
  'close',
  'gathering-begins',
  'gathering-ends',
  'gathers-again',
  'transports-discarded',
  'checks-begin',
  'pair-works',
  'checks-end',
  'connectivity-lost',
  'connectivity-back',
  'none-works-yet',
  'new-candidates',
  'gave-up',
  'ice-restart',
  'transport-begins',
  'all-connected',
  'transport-failed',
  'transport-added',
] as const;
export type Cause = (typeof CAUSES)[number];

/** A state and its box. */
export interface MachineState {
  readonly id: string;
  readonly box: Box;
}

/** Where an arrow's label stands: at the baseline of its first line. */
export interface LabelPlace extends Point {
  readonly anchor: 'start' | 'middle' | 'end';
}

/** An arrow. */
export interface MachineEdge {
  /** `null`: from any state. */
  readonly from: string | null;
  readonly to: string;
  /** Any one of them; each is a line or more of the label. */
  readonly causes: readonly Cause[];
  /** For an SVG `d`. */
  readonly path: string;
  readonly label: LabelPlace;
}

/** A machine to be drawn: one of the four, or the pattern of an app. */
export interface Machine {
  readonly name: MachineName | 'perfect';
  /** The section of WebRTC 1.0 that defines it. */
  readonly spec: string;
  readonly initial: string;
  /** The drawing's size; every box and label lies inside. */
  readonly width: number;
  readonly height: number;
  readonly states: readonly MachineState[];
  readonly edges: readonly MachineEdge[];
}

type Way = readonly [
  from: string | null,
  to: string,
  causes: readonly Cause[],
  bend: number,
  label: readonly [x: number, y: number, anchor: 'start' | 'middle' | 'end'],
];

function machine(
  head: Omit<Machine, 'states' | 'edges'>,
  places: Readonly<Record<string, readonly [x: number, y: number]>>,
  ways: readonly Way[],
): Machine {
  const boxes = new Map(
    Object.entries(places).map(([id, [x, y]]) => [id, boxOf(id, { x, y })] as const),
  );
  const edges = ways.flatMap(([from, to, causes, bend, [x, y, anchor]]) => {
    const target = boxes.get(to);
    const source = from === null ? null : boxes.get(from);
    if (target === undefined || source === undefined) return [];
    const path = source === null ? anyPath(target) : arrowPath(source, target, bend);
    return [{ from, to, causes, path, label: { x, y, anchor } }];
  });
  return { ...head, states: [...boxes].map(([id, box]) => ({ id, box })), edges };
}

/** A way of signalingState. Whatever the table says leads from one to the other is its cause. */
function setting(from: SignalingState, to: SignalingState, bend: number, label: Way[4]): Way {
  // By types, so that an answer stands before a rollback: it is how a call goes on.
  const causes = DESCRIPTION_TYPES.flatMap((type) =>
    SOURCES.filter(
      (source) => nextState(from, source, type) === to && !rollsBackOthers(from, source, type),
    ).map((source) => `set-${source}-${type}` as const),
  );
  return [from, to, causes, bend, label];
}

const SIGNALING = machine(
  {
    ...{ name: 'signalingState', spec: 'WebRTC 1.0 §4.3.1', initial: 'stable' },
    ...{ width: 360, height: 220 },
  },
  {
    'have-local-offer': [66, 24],
    'have-remote-offer': [293, 24],
    stable: [180, 110],
    'have-remote-pranswer': [76, 196],
    'have-local-pranswer': [285, 196],
    closed: [180, 196],
  },
  [
    setting('stable', 'have-local-offer', 18, [114, 114, 'start']),
    setting('have-local-offer', 'stable', 0, [130, 49, 'start']),
    setting('have-local-offer', 'have-remote-offer', 0, [182, 10, 'start']),
    setting('have-local-offer', 'have-remote-pranswer', -34, [38, 84, 'start']),
    setting('have-remote-pranswer', 'stable', 0, [124, 143, 'end']),
    setting('stable', 'have-remote-offer', -18, [257, 89, 'start']),
    setting('have-remote-offer', 'stable', 0, [235, 45, 'end']),
    setting('have-remote-offer', 'have-local-pranswer', 34, [322, 125, 'end']),
    setting('have-local-pranswer', 'stable', 0, [233, 125, 'middle']),
    [null, 'closed', ['close'], 0, [180, 162, 'middle']],
  ],
);

const GATHERING = machine(
  {
    ...{ name: 'iceGatheringState', spec: 'WebRTC 1.0 §4.3.2', initial: 'new' },
    ...{ width: 360, height: 130 },
  },
  { new: [38, 64], gathering: [180, 64], complete: [316, 64] },
  [
    ['new', 'gathering', ['gathering-begins'], 10, [89, 61, 'start']],
    ['gathering', 'complete', ['gathering-ends'], 10, [244, 61, 'middle']],
    ['complete', 'gathering', ['gathers-again'], 10, [249, 89, 'middle']],
    ['gathering', 'new', ['transports-discarded'], 10, [94, 86, 'end']],
    ['complete', 'new', ['transports-discarded'], -26, [162, 30, 'start']],
  ],
);

const ICE = machine(
  {
    ...{ name: 'iceConnectionState', spec: 'WebRTC 1.0 §4.3.4', initial: 'new' },
    ...{ width: 360, height: 220 },
  },
  {
    new: [26, 24],
    checking: [142, 24],
    connected: [280, 24],
    failed: [36, 124],
    disconnected: [170, 124],
    completed: [300, 124],
    closed: [180, 200],
  },
  [
    ['new', 'checking', ['checks-begin'], 0, [77, 10, 'middle']],
    ['checking', 'connected', ['pair-works'], 0, [210, 18, 'middle']],
    ['connected', 'completed', ['checks-end'], -6, [284, 97, 'end']],
    ['completed', 'connected', ['ice-restart'], -6, [301, 83, 'start']],
    ['checking', 'failed', ['gave-up'], 7, [106, 80, 'start']],
    ['failed', 'checking', ['ice-restart'], 7, [73, 73, 'end']],
    ['checking', 'disconnected', ['none-works-yet'], 5, [162, 54, 'start']],
    ['disconnected', 'checking', ['new-candidates', 'ice-restart'], 5, [150, 90, 'end']],
    ['connected', 'disconnected', ['connectivity-lost'], 7, [236, 86, 'start']],
    ['disconnected', 'connected', ['connectivity-back'], 7, [220, 44, 'middle']],
    ['completed', 'disconnected', ['connectivity-lost'], 0, [240, 120, 'middle']],
    ['disconnected', 'failed', ['gave-up'], 0, [94, 120, 'middle']],
    [null, 'closed', ['close'], 0, [180, 166, 'middle']],
  ],
);

const CONNECTION = machine(
  {
    ...{ name: 'connectionState', spec: 'WebRTC 1.0 §4.3.3', initial: 'new' },
    ...{ width: 360, height: 220 },
  },
  {
    new: [26, 44],
    connecting: [136, 44],
    connected: [316, 44],
    failed: [56, 164],
    disconnected: [290, 164],
    closed: [180, 200],
  },
  [
    ['new', 'connecting', ['transport-begins'], 0, [71, 40, 'middle']],
    ['connecting', 'connected', ['all-connected'], 6, [234, 22, 'middle']],
    ['connected', 'connecting', ['transport-added'], 6, [234, 62, 'middle']],
    ['connecting', 'failed', ['transport-failed'], 7, [104, 134, 'middle']],
    ['failed', 'connecting', ['ice-restart'], 7, [82, 105, 'end']],
    ['connected', 'disconnected', ['connectivity-lost'], -6, [291, 120, 'end']],
    ['disconnected', 'connected', ['connectivity-back'], -6, [315, 94, 'start']],
    ['disconnected', 'connecting', ['ice-restart'], 18, [184, 119, 'end']],
    ['connecting', 'disconnected', ['none-works-yet'], 0, [217, 94, 'start']],
    ['disconnected', 'failed', ['transport-failed'], 0, [168, 160, 'start']],
    [null, 'closed', ['close'], 0, [184, 180, 'start']],
  ],
);

/** One end of perfect negotiation, as `machines/perfect.ts` has it: what an app does, not the browser. */
export const PERFECT_MACHINE = machine(
  {
    ...{ name: 'perfect', spec: 'WebRTC 1.0 §10.7', initial: 'stable' },
    ...{ width: 240, height: 222 },
  },
  {
    stable: [122, 18],
    makingOffer: [56, 74],
    haveLocalOffer: [56, 134],
    takingAnswer: [56, 194],
    makingAnswer: [190, 74],
    takingOffer: [190, 134],
    closed: [190, 208],
  },
  [
    unnamed('stable', 'makingOffer'),
    unnamed('makingOffer', 'haveLocalOffer', -6),
    unnamed('makingOffer', 'stable', -10),
    unnamed('haveLocalOffer', 'takingAnswer'),
    unnamed('takingAnswer', 'stable', -34),
    unnamed('stable', 'takingOffer', -20),
    unnamed('makingOffer', 'takingOffer'),
    unnamed('haveLocalOffer', 'takingOffer'),
    unnamed('takingAnswer', 'takingOffer'),
    unnamed('takingOffer', 'makingAnswer', -6),
    unnamed('takingOffer', 'stable', -30),
    unnamed('makingAnswer', 'stable'),
    unnamed(null, 'closed'),
  ],
);

/** A way whose reason the states' names tell. */
function unnamed(from: string | null, to: string, bend = 0): Way {
  return [from, to, [], bend, [0, 0, 'start']];
}

/** The four machines by their names. */
export const MACHINE_DATA: Readonly<Record<MachineName, Machine>> = {
  signalingState: SIGNALING,
  iceGatheringState: GATHERING,
  iceConnectionState: ICE,
  connectionState: CONNECTION,
};

/** The arrows that lead on from a state. A state that the machine does not know has none. */
export function waysOn(machine: Machine, state: string): readonly MachineEdge[] {
  if (!machine.states.some(({ id }) => id === state) || state === 'closed') return [];
  return machine.edges.filter(({ from }) => from === state || from === null);
}
