// RTCConfiguration: what the constructor and setConfiguration take, and what they refuse (WebRTC 1.0 §4.4.1.1, §4.4.1.6).

/** A configuration with all that it does not say filled in. */
export type Configuration = Required<Omit<RTCConfiguration, 'certificates'>> &
  Pick<RTCConfiguration, 'certificates'>;

type Method = 'constructor' | 'setConfiguration';

const BUNDLE: readonly [RTCBundlePolicy, ...RTCBundlePolicy[]] = [
  'balanced',
  'max-compat',
  'max-bundle',
];
/** Older apps ask for `negotiate`, which is no other thing here. */
const MUX: readonly [RTCRtcpMuxPolicy, ...string[]] = ['require', 'negotiate'];
const POLICIES: readonly [RTCIceTransportPolicy, RTCIceTransportPolicy] = ['all', 'relay'];

/**
 * Checks a configuration and fills it in.
 * @param before the one that it changes; null in the constructor
 * @throws SyntaxError for a URL that is none of RFC 7064 or 7065, InvalidAccessError for a TURN server without
 * credentials, InvalidModificationError for what can't be changed, TypeError, RangeError for no such value
 */
export function checkConfiguration(
  wanted: Omit<RTCConfiguration, 'iceServers'> & { readonly iceServers?: readonly RTCIceServer[] },
  before: Configuration | null,
): Configuration {
  const method: Method = before === null ? 'constructor' : 'setConfiguration';
  const configuration: Configuration = {
    iceServers: (wanted.iceServers ?? []).map((server) => ({ ...server })),
    iceTransportPolicy: oneOf(POLICIES, wanted.iceTransportPolicy, method),
    bundlePolicy: oneOf(BUNDLE, wanted.bundlePolicy, method),
    rtcpMuxPolicy: oneOf(MUX, wanted.rtcpMuxPolicy, method),
    iceCandidatePoolSize: poolSize(wanted.iceCandidatePoolSize ?? 0, method),
    ...(wanted.certificates === undefined ? {} : { certificates: [...wanted.certificates] }),
  };
  checkIceServers(configuration.iceServers, method);
  if (before !== null) checkChange(before, configuration);
  return configuration;
}

/** WebRTC 1.0 §4.4.1.6: how media is bundled and who one is does not change. */
function checkChange(before: Configuration, after: Configuration): void {
  const names = ['bundlePolicy', 'rtcpMuxPolicy'] as const;
  const changed = names.find((name) => before[name] !== after[name]);
  if (changed === undefined) return;
  throw new DOMException(
    `${sentence('setConfiguration')}${changed} can't be changed.`,
    'InvalidModificationError',
  );
}

/** The first of the allowed values is the one that is meant where nothing is said. */
function oneOf<T extends string>(
  allowed: readonly [T, ...string[]],
  value: T | undefined,
  method: Method,
): T {
  if (value === undefined) return allowed[0];
  if (allowed.includes(value)) return value;
  throw new TypeError(`${sentence(method)}The value '${value}' is none of ${allowed.join(', ')}.`);
}

/** An octet, as WebIDL's [EnforceRange] takes it. */
function poolSize(value: number, method: Method): number {
  if (Number.isFinite(value) && Math.trunc(value) >= 0 && Math.trunc(value) <= 255)
    return Math.trunc(value);
  throw new TypeError(`${sentence(method)}iceCandidatePoolSize is not from 0 to 255.`);
}

function sentence(method: Method): string {
  return method === 'constructor'
    ? "Failed to construct 'RTCPeerConnection': "
    : "Failed to execute 'setConfiguration' on 'RTCPeerConnection': ";
}

function checkIceServers(servers: readonly RTCIceServer[], method: Method): void {
  const refuse = (message: string, name: string) =>
    new DOMException(`${sentence(method)}${message}`, name);
  for (const { urls, username, credential } of servers) {
    const list = typeof urls === 'string' ? [urls] : urls;
    if (list.length === 0) throw refuse('urls is empty.', 'SyntaxError');
    for (const url of list) {
      const scheme = URL_FORM.exec(url)?.[1]?.toLowerCase();
      if (scheme === undefined) {
        throw refuse(`'${url}' is not a valid stun or turn URL.`, 'SyntaxError');
      }
      if (!scheme.startsWith('turn') || (username !== undefined && credential !== undefined))
        continue;
      throw refuse(
        'Both username and credential are required when the URL scheme is "turn" or "turns".',
        'InvalidAccessError',
      );
    }
  }
}

/** RFC 7064 §3.1, RFC 7065 §3.1: scheme, host, port, and for TURN a transport. */
const URL_FORM =
  /^(stuns?(?=:[^?]*$)|turns?):(?:\[[\da-f:.]+\]|[^\s:?@/[\]]+)(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i;
