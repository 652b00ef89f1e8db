// The state machines in words: each state, each reason for a change, each call.
import { m } from '../../i18n/paraglide/messages.js';
import type { MachineName } from '../../trace/event.ts';
import type { SignalingState } from '../../rtc/signaling-state.ts';
import { outcomeOfCall, type TriedCall } from './calls.ts';
import type { Cause } from './machines.ts';

type Say = () => string;

const STATES: Readonly<Record<MachineName, Readonly<Record<string, Say>>>> = {
  signalingState: {
    stable: m.states_signaling_stable,
    'have-local-offer': m.states_signaling_local_offer,
    'have-remote-offer': m.states_signaling_remote_offer,
    'have-local-pranswer': m.states_signaling_local_pranswer,
    'have-remote-pranswer': m.states_signaling_remote_pranswer,
    closed: m.states_signaling_closed,
  },
  iceGatheringState: {
    new: m.states_gathering_new,
    gathering: m.states_gathering_gathering,
    complete: m.states_gathering_complete,
  },
  iceConnectionState: {
    new: m.states_ice_new,
    checking: m.states_ice_checking,
    connected: m.states_ice_connected,
    completed: m.states_ice_completed,
    disconnected: m.states_ice_disconnected,
    failed: m.states_ice_failed,
    closed: m.states_ice_closed,
  },
  connectionState: {
    new: m.states_connection_new,
    connecting: m.states_connection_connecting,
    connected: m.states_connection_connected,
    disconnected: m.states_connection_disconnected,
    failed: m.states_connection_failed,
    closed: m.states_connection_closed,
  },
};

/** What a state means, in a sentence with the lessons' markup. Any text is taken for a state. */
export function stateText(machine: MachineName, state: string): string {
  const known = STATES[machine];
  const say = Object.hasOwn(known, state) ? known[state] : undefined;
  return say === undefined ? m.states_unknown({ state: state.replaceAll(/[`*]/g, '') }) : say();
}

// A call's label is code, the same in every language; what merely happens has a word.
const CAUSES: Readonly<Record<Cause, readonly [label: string | Say, text: Say]>> = {
  'set-local-offer': ['setLocal (offer)', m.states_cause_set_local_offer],
  'set-local-answer': ['setLocal (answer)', m.states_cause_set_local_answer],
  'set-local-pranswer': ['setLocal (pranswer)', m.states_cause_set_local_pranswer],
  'set-local-rollback': ['rollback', m.states_cause_set_local_rollback],
  'set-remote-offer': ['setRemote (offer)', m.states_cause_set_remote_offer],
  'set-remote-answer': ['setRemote (answer)', m.states_cause_set_remote_answer],
  'set-remote-pranswer': ['setRemote (pranswer)', m.states_cause_set_remote_pranswer],
  'set-remote-rollback': ['rollback', m.states_cause_set_remote_rollback],
  close: ['close()', m.states_cause_close],
  'gathering-begins': [m.states_label_gathering_begins, m.states_cause_gathering_begins],
  'gathering-ends': [m.states_label_gathering_ends, m.states_cause_gathering_ends],
  'gathers-again': [m.states_label_gathers_again, m.states_cause_gathers_again],
  'transports-discarded': [
    m.states_label_transports_discarded,
    m.states_cause_transports_discarded,
  ],
  'checks-begin': [m.states_label_checks_begin, m.states_cause_checks_begin],
  'pair-works': [m.states_label_pair_works, m.states_cause_pair_works],
  'checks-end': [m.states_label_checks_end, m.states_cause_checks_end],
  'connectivity-lost': [m.states_label_connectivity_lost, m.states_cause_connectivity_lost],
  'connectivity-back': [m.states_label_connectivity_back, m.states_cause_connectivity_back],
  'none-works-yet': [m.states_label_none_works_yet, m.states_cause_none_works_yet],
  'new-candidates': [m.states_label_new_candidates, m.states_cause_new_candidates],
  'gave-up': [m.states_label_gave_up, m.states_cause_gave_up],
  'ice-restart': [m.states_label_ice_restart, m.states_cause_ice_restart],
  'transport-begins': [m.states_label_transport_begins, m.states_cause_transport_begins],
  'all-connected': [m.states_label_all_connected, m.states_cause_all_connected],
  'transport-failed': [m.states_label_transport_failed, m.states_cause_transport_failed],
  'transport-added': [m.states_label_transport_added, m.states_cause_transport_added],
};

/** The lines of an arrow's label, short enough for the drawing: for a font of 8 units, lines 10 apart. */
export function causeLabel(cause: Cause): readonly string[] {
  const [label] = CAUSES[cause];
  return linesOf(typeof label === 'string' ? label : label());
}

/** What makes a state change, with the lessons' markup. */
export function causeText(cause: Cause): string {
  return CAUSES[cause][1]();
}

const LINE = 11;

function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    // A closing part stands on its own, so that one call's label looks like another's.
    const fits = joined.length <= LINE && !word.startsWith('(');
    if (last !== undefined && fits) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** What a call does in a state, in a sentence. */
export function callText(state: SignalingState, call: TriedCall): string {
  const outcome = outcomeOfCall(state, call);
  switch (outcome.id) {
    case 'moves':
      return m.states_call_moves({ to: outcome.to });
    case 'stays':
      return m.states_call_stays();
    case 'rolls-back':
      return m.states_call_rolls_back({ to: outcome.to });
    case 'needs-remote-description':
      return m.states_call_needs_remote();
    case 'rejects':
      return m.states_call_rejects({ state });
    case 'throws':
      return m.states_call_throws({ state });
    case 'nothing':
      return m.states_call_nothing();
    case 'varies':
      return m.states_call_varies();
  }
}
