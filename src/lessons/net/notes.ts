// What a caption says besides in a virtual network: what gathering found there, how the checks went, what came later.
import { m } from '../../i18n/paraglide/messages.js';
import { hasIceFailed, type PeerFrame } from '../../trace/peer-frame.ts';
import { laterPieces } from './afterwards.ts';
import { formatEndpoint } from '../../rtc/address.ts';
import { foundBy, iceOf, isUp, pairInUse, waysOf } from './facts.ts';
import type { NoteFrame, NoteOptions } from './facts.ts';
import type { Side } from '../../rtc/steps.ts';
import { isDependent, punching, sharedNat } from './way.ts';
import type { Way } from './way.ts';

export type { NoteFrame, NoteOptions } from './facts.ts';

/** A note on a step, in the lessons' markup. */
export interface NetNote {
  /** The number of the step. */
  readonly step: number;
  /** At most sixty words. */
  readonly text: string;
}

type Network = NonNullable<NoteFrame['network']>;
type Pieces = readonly (string | null)[];

/**
 * The notes on the step that a frame is in; none where nothing is to be said, or the network is a real one.
 * @param frame the moment
 * @param options what the run was made with
 */
export function netNotes(frame: NoteFrame, options: NoteOptions): readonly NetNote[] {
  const { step, network } = frame;
  if (step === null || network === null || options.network === null) return [];
  const pieces =
    step.act.number > 1
      ? (laterPieces(frame, network, options.network) ?? [])
      : piecesOf(step.kind, frame, network, options.network);
  const text = pieces.filter((piece) => piece !== null).join(' ');
  return text === '' ? [] : [{ step: step.number, text }];
}

function piecesOf(
  kind: string,
  frame: NoteFrame,
  network: Network,
  options: NonNullable<NoteOptions['network']>,
): Pieces {
  switch (kind) {
    case 'gather-candidates':
      return gatherPieces(frame, network);
    case 'set-remote-answer':
    case 'connect':
      return laterPieces(frame, network, options) ?? checkPieces(frame, network, options.profile);
    default:
      return [];
  }
}

/** What the servers said to the caller. */
function gatherPieces({ caller }: NoteFrame, { description }: Network): Pieces {
  const found = foundBy(caller);
  const host = found.find(({ type }) => type === 'host');
  if (host === undefined) return [];
  const { nats, isUdpBlocked } = waysOf(description).caller;
  const mapped = found.filter(({ type, base }) => type === 'srflx' && base === host.endpoint);
  const relayed = found.find(({ type }) => type === 'relay');
  const [first, other] = mapped;
  const isOpen = caller.states.iceGatheringState !== 'complete';
  return [
    m.net_note_gather_host({ host: host.endpoint }),
    first === undefined
      ? null
      : m.net_note_gather_mapped({
          nats: nats.length === 0 ? 'none' : nats.length === 1 ? 'one' : 'more',
          mapped: first.endpoint,
        }),
    other === undefined ? null : m.net_note_gather_other({ other: other.endpoint }),
    isUdpBlocked ? m.net_note_gather_blocked() : null,
    relayed === undefined
      ? null
      : m.net_note_gather_relayed({
          over: isUdpBlocked ? 'tcp' : 'udp',
          relayed: relayed.endpoint,
        }),
    isOpen && first === undefined && relayed === undefined ? m.net_note_gather_waiting() : null,
  ];
}

/** How the checks go, or went. */
function checkPieces(frame: NoteFrame, { description }: Network, profile: string): Pieces {
  const { caller } = frame;
  const { caller: own, callee: far } = waysOf(description);
  const pair = pairInUse(caller);
  if (hasIceFailed(caller)) {
    // It had worked: what is said here is of a call that never did.
    if (frame.progress === 'done') return [];
    const shared = sharedNat(own, far);
    return [
      m.net_note_failed({ cause: causeOfFailure(own, far, frame), router: shared?.id ?? '' }),
      m.net_note_patience({ profile: profile === 'chromium' ? 'chromium' : 'rfc' }),
    ];
  }
  if (isUp(caller)) {
    if (pair === null) return [m.net_note_valid()];
    const { local, remote } = pair;
    const cause = causeOfSuccess(own, far, local.type, remote.type);
    return [
      m.net_note_won({
        local: formatEndpoint(local),
        localtype: local.type,
        remote: formatEndpoint(remote),
        remotetype: remote.type,
      }),
      cause && m.net_note_won_why({ cause, router: sharedNat(own, far)?.id ?? '' }),
    ];
  }
  const count = caller.pairs?.pairs.length ?? 0;
  return iceOf(caller) === 'checking' && count > 0 ? [m.net_note_checking({ count })] : [];
}

const OF_RELAY = { open: 'relay', filter: 'dependent', ports: 'ports' } as const;
const OF_FAILURE = { open: 'other', filter: 'dependent', ports: 'ports' } as const;

function causeOfSuccess(own: Way, far: Way, local: string, remote: string) {
  if (local === 'relay' || remote === 'relay') {
    if (own.isUdpBlocked || far.isUdpBlocked) return 'blocked';
    return OF_RELAY[punching(own, far)];
  }
  if (local === 'host' && remote === 'host') {
    return own.from !== null && own.from.segment === far.from?.segment ? 'lan' : null;
  }
  if (local === 'prflx' && isDependent(own)) return 'local';
  if (remote === 'prflx' && isDependent(far)) return 'remote';
  if (sharedNat(own, far)?.nat.hairpinning === true) return 'hairpin';
  return own.nats.length > 0 && far.nats.length > 0 ? 'punched' : null;
}

/** Why no pair worked. */
export function causeOfFailure(
  own: Way,
  far: Way,
  { caller, callee }: Pick<NoteFrame, Side>,
): 'blocked' | 'hairpin' | 'dependent' | 'ports' | 'other' {
  const isCutOff = (way: Way, peer: PeerFrame) =>
    way.isUdpBlocked && !foundBy(peer).some(({ type }) => type === 'relay');
  if (isCutOff(own, caller) || isCutOff(far, callee)) return 'blocked';
  if (sharedNat(own, far)?.nat.hairpinning === false) return 'hairpin';
  return OF_FAILURE[punching(own, far)];
}
