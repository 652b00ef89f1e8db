// A lesson's small drawing, as marks in a box: what lies between the two people, and how it ends.
import type { CatalogueLesson, LessonEnd } from '../../lessons/catalogue.ts';
import { SHORTEST_LIFETIME } from '../../lessons/net/behaviours.ts';
import { netLessonById } from '../../lessons/net/lessons.ts';
import { sharedNat, wayOut, type Way } from '../../lessons/net/way.ts';
import type { NetworkDescription } from '../../net/description.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';

/** What a line stands for: a person's lifeline, a message, media, or the network beneath. */
export type LineKind = Side | 'signaling' | 'media' | 'failed' | 'unknown' | 'network' | 'gone';

/** A place in the box. */
export type Point = readonly [x: number, y: number];

/** One mark of a drawing. */
export type Mark =
  | { readonly mark: 'line'; readonly kind: LineKind; readonly points: readonly Point[] }
  | { readonly mark: 'arrow'; readonly kind: LineKind; readonly from: Point; readonly to: Point }
  | { readonly mark: 'person'; readonly side: Side | 'gone'; readonly at: Point }
  | { readonly mark: 'nat'; readonly at: Point; readonly height: number; readonly double: boolean }
  | { readonly mark: 'firewall'; readonly at: Point }
  | { readonly mark: 'server'; readonly role: 'stun' | 'turn'; readonly at: Point }
  | { readonly mark: 'clock'; readonly at: Point }
  | { readonly mark: 'cell'; readonly at: Point; readonly size: number; readonly open: boolean }
  | { readonly mark: 'ends'; readonly how: 'question' | 'cross'; readonly at: Point };

/** How high every box is, and how wide: on a card, and in a row of a list. */
export const SKETCH = { height: 67, wide: 222, narrow: 124 } as const;

/** Where things are across a box. */
interface Axis {
  readonly middle: number;
  readonly people: Readonly<Record<Side, number>>;
  readonly nats: Readonly<Record<Side, number>>;
  /** A part of the width, as it is in a wide box. */
  readonly part: (wide: number) => number;
}

function axisOf(width: number): Axis {
  const part = (wide: number) => Math.round((wide * width) / SKETCH.wide);
  const both = (caller: number) => ({ caller, callee: width - caller });
  return { middle: width / 2, people: both(Math.max(14, part(30))), nats: both(part(66)), part };
}

/** The height that packets travel at. */
const GROUND = 44;
/** The height that servers are at. */
const SKY = 14;
const NAT_HEIGHT = 26;

/** The drawing of a lesson. @param end how it ends; null while that is the learner's to find out */
export function sketchOf(
  { id }: Pick<CatalogueLesson, 'id'>,
  end: LessonEnd | null,
  width: number,
): readonly Mark[] {
  const lesson = netLessonById(id);
  const axis = axisOf(width);
  return lesson === null ? actSketch(axis, id, end) : networkSketch(axis, lesson.network, end);
}

/** A network between two people. */
function networkSketch(
  axis: Axis,
  network: NetworkDescription,
  end: LessonEnd | null,
): readonly Mark[] {
  const [caller, callee] = [wayOut(network, 'caller'), wayOut(network, 'callee')];
  const onWay = new Set([...caller.nats, ...callee.nats].map(({ id }) => id));
  if (caller.from !== null && caller.from.segment === callee.from?.segment)
    return oneLan(axis, end);
  if (sharedNat(caller, callee) !== null) return nested(axis, end);
  if (network.routers.some(({ id }) => !onWay.has(id))) return moving(axis, end);
  return twoHomes(axis, network, { caller, callee }, end);
}

/** Both on one LAN, and their router beside the path. */
function oneLan({ middle, part }: Axis, end: LessonEnd | null): readonly Mark[] {
  const [left, right] = [middle - part(40), middle + part(40)];
  const up = 22;
  return [
    ...[left, right].map((x) => line('network', [x, GROUND], [x, up], [middle, up])),
    nat([middle, up], 22),
    ...path(end, [left, GROUND], [right, GROUND]),
    person('caller', [left, GROUND]),
    person('callee', [right, GROUND]),
  ];
}

/** Two homes side by side, with the NAT of their carrier before both. */
function nested({ people, nats, part }: Axis, end: LessonEnd | null): readonly Mark[] {
  const rows: Readonly<Record<Side, number>> = { caller: 20, callee: 48 };
  const carrier = part(140);
  const turn = carrier - part(12);
  return [
    ...(end === 'direct'
      ? [
          line(
            'media',
            [people.caller, rows.caller],
            [turn, rows.caller],
            [turn, rows.callee],
            [people.caller, rows.callee],
          ),
        ]
      : SIDES.map((side) =>
          line(
            end === 'failed' ? 'failed' : 'unknown',
            [people.caller, rows[side]],
            [carrier, rows[side]],
          ),
        )),
    ...Object.values(rows).map((y) => nat([nats.caller + part(8), y], 20)),
    nat([carrier, 34], 48),
    person('caller', [people.caller, rows.caller]),
    person('callee', [people.caller, rows.callee]),
    ...(end === 'failed'
      ? [ends('cross', [turn - part(10), 34])]
      : end === null
        ? [ends('question', [carrier + part(34), 34])]
        : []),
  ];
}

/** A caller that leaves one network for another. */
function moving({ middle, people, nats, part }: Axis, end: LessonEnd | null): readonly Mark[] {
  const [old, fresh] = [18, 50];
  const meet: Point = [middle + part(16), 34];
  return [
    line('gone', [people.caller, old], [nats.caller + part(18), old], meet),
    ends('cross', [nats.caller + part(18), old]),
    {
      mark: 'arrow',
      kind: 'network',
      from: [people.caller, old + 7],
      to: [people.caller, fresh - 8],
    },
    ...(end === null
      ? [
          line('unknown', [people.caller, fresh], [nats.caller + part(24), fresh], meet),
          line('unknown', meet, [people.callee, 34]),
          ends('question', meet),
        ]
      : [
          line('media', [people.caller, fresh], [nats.caller + part(24), fresh], meet, [
            people.callee,
            34,
          ]),
        ]),
    nat([nats.caller + part(4), fresh], 22),
    nat([nats.callee, 34], NAT_HEIGHT),
    person('gone', [people.caller, old]),
    person('caller', [people.caller, fresh]),
    person('callee', [people.callee, 34]),
  ];
}

/** Each behind a router of their own, with the servers above. */
function twoHomes(
  { middle, people, nats }: Axis,
  network: NetworkDescription,
  ways: Readonly<Record<Side, Way>>,
  end: LessonEnd | null,
): readonly Mark[] {
  const roles = new Set(network.hosts.map(({ role }) => role));
  const server = roles.has('turn') ? 'turn' : roles.has('stun') ? 'stun' : null;
  const isShort = (side: Side) =>
    ways[side].nats.some(({ nat: { lifetime } }) => lifetime < SHORTEST_LIFETIME);
  const isSymmetric = (side: Side) =>
    ways[side].nats.some(({ nat: { mapping } }) => mapping !== 'endpoint-independent');
  return [
    ...(server === null || end === 'relay'
      ? []
      : SIDES.map((side) => line('network', [nats[side], GROUND - 14], [middle, SKY + 6]))),
    ...path(
      end,
      [people.caller, GROUND],
      [people.callee, GROUND],
      [
        [nats.caller, GROUND],
        [middle, SKY + 6],
        [nats.callee, GROUND],
      ],
    ),
    ...SIDES.map((side): Mark => {
      const at: Point = [nats[side], GROUND];
      return ways[side].isUdpBlocked
        ? { mark: 'firewall', at }
        : nat(at, NAT_HEIGHT, isSymmetric(side));
    }),
    ...SIDES.filter(isShort).map((side): Mark => ({ mark: 'clock', at: [nats[side], SKY] })),
    ...(server === null ? [] : [{ mark: 'server', role: server, at: [middle, SKY] } as const]),
    ...SIDES.map((side) => person(side, [people[side], GROUND])),
  ];
}

/** The path between two people: how it ends, or that it is to be found out. @param detour the way by a relay */
function path(
  end: LessonEnd | null,
  from: Point,
  to: Point,
  detour: readonly Point[] = [],
): readonly Mark[] {
  const middle: Point = [(from[0] + to[0]) / 2, GROUND];
  switch (end) {
    case 'direct':
    case 'closed':
      return [line('media', from, to)];
    case 'relay':
      return [line('unknown', from, to), line('media', from, ...detour, to)];
    case 'failed':
      return [line('failed', from, to), ends('cross', middle)];
    case null:
      return [line('unknown', from, to), ends('question', middle)];
  }
}

/** Two lifelines, and what goes between them in an act. */
function actSketch({ middle, part }: Axis, id: string, end: LessonEnd | null): readonly Mark[] {
  const left = part(40);
  const right = 2 * middle - left;
  const inner = [left + 6, right - 6] as const;
  const there = (y: number): Mark => ({
    ...{ mark: 'arrow', kind: 'signaling' },
    ...{ from: [inner[0], y], to: [inner[1], y] },
  });
  const back = (y: number): Mark => ({
    ...{ mark: 'arrow', kind: 'signaling' },
    ...{ from: [inner[1], y], to: [inner[0], y] },
  });
  const media = (y: number) => line('media', [inner[0], y], [inner[1], y]);
  const lifelines = [
    line('caller', [left, 8], [left, 59]),
    line('callee', [right, 8], [right, 59]),
  ];
  switch (id) {
    case 'share-screen':
      return [
        ...lifelines,
        media(14),
        ...[there(26), back(37)],
        ...(end === null ? [ends('question', [middle, 51])] : [media(48), media(55)]),
      ];
    case 'hang-up':
      return [
        line('caller', [left, 8], [left, 48]),
        line('caller', [left - 6, 48], [left + 6, 48]),
        line('callee', [right, 8], [right, 48]),
        line('callee', [right - 6, 48], [right + 6, 48]),
        ...[media(16), there(31)],
      ];
    default:
      return [
        ...lifelines,
        ...[there(20), back(33)],
        ...(end === null ? [ends('question', [middle, 49])] : [media(49)]),
      ];
  }
}

function line(kind: LineKind, ...points: readonly Point[]): Mark {
  return { mark: 'line', kind, points };
}

function person(side: Side | 'gone', at: Point): Mark {
  return { mark: 'person', side, at };
}

function nat(at: Point, height: number, double = false): Mark {
  return { mark: 'nat', at, height, double };
}

function ends(how: 'question' | 'cross', at: Point): Mark {
  return { mark: 'ends', how, at };
}

/** Every NAT with every NAT: a table of what is open and what is not. */
export function matrixSketch(width: number): readonly Mark[] {
  const { middle } = axisOf(width);
  const [size, gap] = [11, 3];
  const places = [0, 1, 2, 3];
  const at = (place: number) => (place - 2) * (size + gap) + gap / 2;
  return places.flatMap((row) =>
    places.map((column): Mark => ({
      mark: 'cell',
      at: [middle + at(column), SKETCH.height / 2 + at(row)],
      size,
      open: row + column < 5,
    })),
  );
}
