// The lessons in a virtual network, as data: the network, the servers that the app names, and what follows the call.
import type { IceProfile } from '../../ice/agent-port.ts';
import type { NetworkDescription } from '../../net/description.ts';
import type { Side } from '../../rtc/steps.ts';
import { PORT_RESTRICTED, RESTRICTED, SYMMETRIC } from './behaviours.ts';
import { carrierGrade, OFFICE, ONE_HOME, PHONE, twoHomes } from './networks.ts';
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

/** An act that a lesson goes on with after the call, and whose it is. */
export interface LessonAct {
  readonly id: string;
  readonly by: Side;
}

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
  /** What comes after the call, in order. */
  readonly acts: readonly LessonAct[];
  /** How long the walk goes on after the call has connected or failed, in virtual ms. */
  readonly until: number;
  /** RTCIceTransportPolicy. */
  readonly policy: 'all' | 'relay';
  readonly profile: IceProfile;
  /** How the call's first connecting ends. */
  readonly expect: 'connected' | 'failed';
  /** How it stands at the end of its last act. */
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
  acts: [],
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
    acts: [
      { id: 'leave-wifi', by: 'caller' },
      { id: 'restart-ice', by: 'caller' },
    ],
  },

  // By the letter, which has consent end after 30 s. Chromium, which checks an idle pair every 3 s, would lose it too.
  'mapping-expires': {
    ...PLAIN,
    network: twoHomes(
      { nat: { ...PORT_RESTRICTED, lifetime: SHORT_LIFETIME } },
      { nat: PORT_RESTRICTED },
    ),
    profile: 'rfc8445',
    // Its mapping is still there when the call's last step ends.
    until: 1000,
    acts: [
      { id: 'expire-mapping', by: 'caller' },
      { id: 'restart-ice', by: 'caller' },
    ],
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
