// Which tab tells most about a moment: the one that is shown until the reader chooses another.
import type { Moment } from '../../lessons/moments/moment.ts';
import type { Phase } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import type { SdpView } from '../sdp/view.ts';
import type { TabName } from './tab-name.ts';

/** Where the story of a step is told, by its kind; of every other step it is where its phase's is. */
const TOLD_IN: Readonly<Record<string, TabName>> = {
  'capture-caller': 'code',
  'add-tracks': 'code',
  'gather-candidates': 'ice',
  'receive-answer': 'log',
  connect: 'ice',
  'say-hang-up': 'log',
  close: 'states',
};

/** Where the story of a phase is told: what an app gets and adds in its code, what then flows in the counters. */
const PHASE_TOLD_IN: Readonly<Record<Phase, TabName>> = {
  fetching: 'code',
  signaling: 'sdp',
  connection: 'sdp',
  communication: 'transport',
};

/** The steps of a simulated network that are about packets. */
const SENDS_PACKETS: ReadonlySet<string> = new Set([
  'gather-candidates',
  'set-local-answer',
  'connect',
]);

/** A moment's place: its step, and the network, where there is one. */
interface Place {
  readonly step: Frame['step'];
  readonly network: object | null;
}

/**
 * The tab that tells most about where the cursor is.
 * @param moment the moment of the step; null where it has none
 */
export function tabOf({ step, network }: Place, moment: Moment | null): TabName {
  if (step === null) return network === null ? 'sdp' : 'network';
  const isAboutPackets = moment === null ? SENDS_PACKETS.has(step.kind) : moment.packets.length > 0;
  if (network !== null && (isAboutPackets || step.kind === 'connect')) return 'network';
  return TOLD_IN[step.kind] ?? PHASE_TOLD_IN[step.phase];
}

/** How the SDP is looked at there: in a later act a description is told by what changed in it. */
export function sdpViewOf({ step }: Pick<Place, 'step'>): SdpView {
  const isLater = step !== null && step.act.number > 1;
  return isLater && (TOLD_IN[step.kind] ?? PHASE_TOLD_IN[step.phase]) === 'sdp'
    ? 'changes'
    : 'text';
}
