// The lab's network: two homes with a NAT each that the learner chooses, and the servers that are named.
import type { NatBehaviour, NetworkDescription } from '../../net/description.ts';
import { natKind, type NatKind } from '../../rtc/nat.ts';
import type { LabSettings } from './lab-settings.ts';
import { STUN, TURN, type LessonIceServer } from './lessons.ts';
import { twoHomes } from './networks.ts';
import { NAMES } from './parts.ts';

/** What both NATs are besides mapping and filtering. */
export function labRest(settings: LabSettings): Omit<NatBehaviour, keyof NatKind> {
  const { portPreservation, hairpinning, lifetime } = settings;
  return { portPreservation, hairpinning, lifetime };
}

/** The network: two homes, a STUN server, and a TURN server where one is named. */
export function labNetwork(settings: LabSettings): NetworkDescription {
  const rest = labRest(settings);
  return labNetworkOf(
    settings,
    { ...natKind(settings.caller), ...rest },
    { ...natKind(settings.callee), ...rest },
  );
}

/** The same with NATs of any behaviour. */
export function labNetworkOf(
  { turn, loss, jitter }: Pick<LabSettings, 'turn' | 'loss' | 'jitter'>,
  caller: NatBehaviour,
  callee: NatBehaviour,
): NetworkDescription {
  const network = twoHomes({ nat: caller }, { nat: callee }, { turn });
  if (loss === 0 && jitter === 0) return network;
  const segments = network.segments.map((each) =>
    each.id === 'internet' ? { ...each, loss, jitter } : each,
  );
  return { ...network, segments };
}

/** The servers that the app names. */
export function labServers({ turn }: Pick<LabSettings, 'turn'>): readonly LessonIceServer[] {
  return turn ? [STUN, TURN] : [STUN];
}

/** The addresses of the servers' names. */
export const LAB_NAMES: Readonly<Record<string, string>> = NAMES;

/** What both agents are besides their servers. */
export function labAgents({ profile, dtls, permission }: LabSettings) {
  return { profile, permission, ...(dtls === null ? {} : { dtls }) };
}
