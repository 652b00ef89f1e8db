// The lessons in a virtual network, as data: the network, the servers that the app names, and what happens later.
import type { IceProfile } from '../../ice/agent-port.ts';
import type { NetworkChange } from '../../net/change.ts';
import type { NetworkDescription } from '../../net/description.ts';
import type { Side } from '../../rtc/steps.ts';
import { PORT_RESTRICTED, RESTRICTED, SYMMETRIC } from './behaviours.ts';
import { CELL_INTERFACE, carrierGrade, OFFICE, ONE_HOME, PHONE, twoHomes } from './networks.ts';
import { NAMES } from './parts.ts';

/** The lessons in their order. The names stand in links and never change. */
export const NET_LESSON_IDS = [
  'same-router',
  'two-routers',
  'symmetric-one',
  'symmetric-both',
  'nat-behind-nat',
  'no-way',
  'udp-blocked',
  'no-hairpin',
  'network-change',
  'mapping-expires',
] as const;
export type NetLessonId = (typeof NET_LESSON_IDS)[number];

/** What happens once the call is connected. `at` is in virtual ms after that; steps are in order. */
export type ScriptStep =
  | { readonly at: number; readonly change: NetworkChange }
  /** An ICE restart (RFC 8445 §9): this side calls `restartIce()` and offers again. */
  | { readonly at: number; readonly restart: Side };

/** A server as an app names it (RTCIceServer). */
export interface LessonIceServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

export interface NetLesson {
  readonly id: NetLessonId;
  readonly network: NetworkDescription;
  readonly iceServers: readonly LessonIceServer[];
  /** Each host name in `urls`, and its address. */
  readonly names: Readonly<Record<string, string>>;
  readonly script: readonly ScriptStep[];
  /** How long the walk goes on after the call has connected or failed, in virtual ms. */
  readonly until: number;
  /** RTCIceTransportPolicy. */
  readonly policy: 'all' | 'relay';
  readonly profile: IceProfile;
  /** How the call's first connecting ends. */
  readonly expect: 'connected' | 'failed';
  /** How it stands when the walk ends. */
  readonly end: 'connected' | 'failed';
}

export const STUN: LessonIceServer = { urls: 'stun:stun.example:3478' };
const TURN_ACCOUNT = { username: 'peerglass', credential: 'a-secret-of-both' } as const;
export const TURN: LessonIceServer = { urls: 'turn:turn.example:3478', ...TURN_ACCOUNT };
const TURN_TCP: LessonIceServer = {
  urls: 'turn:turn.example:443?transport=tcp',
  ...TURN_ACCOUNT,
};

/** How long a walk goes on where nothing is to happen any more: a few checks of the pair in use. */
const REST = 2000;

const PLAIN = {
  iceServers: [STUN],
  names: { 'stun.example': NAMES['stun.example'] },
  script: [],
  until: REST,
  policy: 'all',
  profile: 'chromium',
  expect: 'connected',
  end: 'connected',
} as const satisfies Omit<NetLesson, 'id' | 'network'>;

/** `mapping-expires`: shorter than the pause between two consent checks (RFC 7675 §5.1), in ms. */
const SHORT_LIFETIME = 1500;

const LESSONS: Readonly<Record<NetLessonId, Omit<NetLesson, 'id'>>> = {
  'same-router': { ...PLAIN, network: ONE_HOME },

  'two-routers': {
    ...PLAIN,
    network: twoHomes({ nat: PORT_RESTRICTED }, { nat: PORT_RESTRICTED }),
  },

  // The callee's filter looks at addresses only: the caller's unforeseen port gets through, and is peer-reflexive.
  'symmetric-one': {
    ...PLAIN,
    network: twoHomes({ nat: SYMMETRIC }, { nat: RESTRICTED }),
  },

  'symmetric-both': {
    ...PLAIN,
    network: twoHomes({ nat: SYMMETRIC }, { nat: SYMMETRIC }, { turn: true }),
    iceServers: [STUN, TURN],
    names: NAMES,
  },

  'no-way': {
    ...PLAIN,
    network: twoHomes({ nat: SYMMETRIC }, { nat: SYMMETRIC }),
    expect: 'failed',
    end: 'failed',
  },

  'udp-blocked': {
    ...PLAIN,
    network: OFFICE,
    iceServers: [STUN, TURN_TCP],
    names: NAMES,
  },

  'nat-behind-nat': { ...PLAIN, network: carrierGrade(true) },

  'no-hairpin': { ...PLAIN, network: carrierGrade(false), expect: 'failed', end: 'failed' },

  'network-change': {
    ...PLAIN,
    network: PHONE,
    script: [
      { at: 3000, change: { type: 'interface-down', host: 'caller', name: 'wlan0' } },
      {
        at: 3500,
        change: { type: 'interface-up', host: 'caller', attachment: CELL_INTERFACE },
      },
      { at: 5000, restart: 'caller' },
    ],
    until: 8000,
  },

  // By the letter, which has consent end after 30 s. Chromium, which checks an idle pair every 3 s, would lose it too.
  'mapping-expires': {
    ...PLAIN,
    network: twoHomes(
      { nat: { ...PORT_RESTRICTED, lifetime: SHORT_LIFETIME } },
      { nat: PORT_RESTRICTED },
    ),
    profile: 'rfc8445',
    until: 45_000,
    end: 'failed',
  },
};

/** The lessons in their order. */
export const NET_LESSONS: readonly NetLesson[] = NET_LESSON_IDS.map((id) => ({
  id,
  ...LESSONS[id],
}));

const BY_ID: ReadonlyMap<string, NetLesson> = new Map(NET_LESSONS.map((each) => [each.id, each]));

/** The lesson of that name; null when there is none. Takes any text, as a link or a record gives it. */
export function netLessonById(id: string): NetLesson | null {
  return BY_ID.get(id) ?? null;
}
