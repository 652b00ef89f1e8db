// What is chosen in the lab, as a link names it: two homes with a NAT each, and what is between them.
import type { IceProfile } from '../../ice/agent-port.ts';
import { DTLS_VERSIONS, type DtlsVersion } from '../../rtc/dtls.ts';
import { NAT_KINDS, natId, natKind } from '../../rtc/nat.ts';
import type { Side } from '../../rtc/steps.ts';

/** The two ways that an agent may behave. */
export const PROFILES = ['chromium', 'rfc8445'] as const satisfies readonly IceProfile[];

/** What is chosen in the lab. */
export interface LabSettings {
  /** The places of both NATs in `NAT_KINDS`. */
  readonly caller: number;
  readonly callee: number;
  /** The app names a TURN server too. */
  readonly turn: boolean;
  readonly profile: IceProfile;
  /** The newest version of DTLS that both speak; null for the one that goes with the profile. */
  readonly dtls: DtlsVersion | null;
  /** The pages may know their hosts' addresses: the camera is allowed. */
  readonly permission: boolean;
  readonly seed: number;
  /** Of packets on the internet, 0 to 1, in whole hundredths. */
  readonly loss: number;
  /** On the internet, in ms. */
  readonly jitter: number;
  /** The rest holds for both NATs. */
  readonly portPreservation: boolean;
  readonly hairpinning: boolean;
  /** Of a mapping, in ms. */
  readonly lifetime: number;
}

/** Two port-restricted NATs, as most homes have, and a good path. */
export const DEFAULT_LAB: LabSettings = {
  ...{ caller: 2, callee: 2, turn: false, profile: 'chromium', seed: 1 },
  ...{ dtls: null, permission: true },
  ...{ loss: 0, jitter: 0, portPreservation: true, hairpinning: false, lifetime: 120_000 },
};

/** The most that may be chosen; `lifetime` also has a least, in ms. */
export const MOST = { loss: 0.5, jitter: 500, seed: 999_999, lifetime: 600_000 } as const;
export const LEAST_LIFETIME = 50;

/** Reads the query of a link. Total: what it does not know, or what is too much, stands at its default. */
export function parseLab(query: string): LabSettings {
  const given = new URLSearchParams(query);
  const kind = (key: Side) => {
    const place = NAT_KINDS.findIndex((each) => natId(each) === given.get(key));
    return place < 0 ? DEFAULT_LAB[key] : place;
  };
  const whole = (key: string, least: number, most: number, fallback: number) => {
    const text = given.get(key) ?? '';
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : fallback;
  };
  const isOn = (key: 'turn' | 'permission' | 'portPreservation' | 'hairpinning', name: string) => {
    const text = given.get(name);
    return text === 'on' || text === 'off' ? text === 'on' : DEFAULT_LAB[key];
  };
  const { seed, loss, jitter, lifetime } = DEFAULT_LAB;
  return {
    ...{ caller: kind('caller'), callee: kind('callee') },
    turn: isOn('turn', 'turn'),
    profile: PROFILES.find((each) => each === given.get('ice')) ?? DEFAULT_LAB.profile,
    dtls: DTLS_VERSIONS.find((each) => each === given.get('dtls')) ?? null,
    permission: isOn('permission', 'camera'),
    seed: whole('seed', 0, MOST.seed, seed),
    loss: whole('loss', 0, MOST.loss * 100, loss * 100) / 100,
    jitter: whole('jitter', 0, MOST.jitter, jitter),
    portPreservation: isOn('portPreservation', 'ports'),
    hairpinning: isOn('hairpinning', 'hairpin'),
    lifetime: whole('lifetime', LEAST_LIFETIME, MOST.lifetime, lifetime),
  };
}

/** Writes the query of a link, without `?`: `caller=apd-apd&turn=on`. What stands at its default is left out. */
export function formatLab(settings: LabSettings): string {
  const query = new URLSearchParams();
  const write = (name: string, key: keyof LabSettings, value: string | number) => {
    if (settings[key] !== DEFAULT_LAB[key]) query.set(name, String(value));
  };
  const onOff = (value: boolean) => (value ? 'on' : 'off');
  write('caller', 'caller', natId(natKind(settings.caller)));
  write('callee', 'callee', natId(natKind(settings.callee)));
  write('turn', 'turn', onOff(settings.turn));
  write('ice', 'profile', settings.profile);
  write('dtls', 'dtls', String(settings.dtls));
  write('camera', 'permission', onOff(settings.permission));
  write('seed', 'seed', settings.seed);
  write('loss', 'loss', Math.round(settings.loss * 100));
  write('jitter', 'jitter', settings.jitter);
  write('ports', 'portPreservation', onOff(settings.portPreservation));
  write('hairpin', 'hairpinning', onOff(settings.hairpinning));
  write('lifetime', 'lifetime', settings.lifetime);
  return query.toString();
}
