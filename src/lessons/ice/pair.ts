// Candidate pairs in words: their states, their priority, and why one of them was selected.
import { m } from '../../i18n/paraglide/messages.js';
import { isPairState, priorityOf } from '../../ice/pair.ts';
import type { CandidatePair, IceRole, PairChoice, PairNote, PairReason } from '../../ice/pair.ts';
import { plain } from './plain.ts';

/** What a pair's state means. Any text is taken for a state. */
export function pairStateText(state: string): string {
  const known = isPairState(state) ? (state === 'in-progress' ? 'progress' : state) : 'other';
  return m.ice_pair_state({ state: known, value: plain(state) });
}

/** A pair's priority by the formula, with its numbers; null where they are not known. */
export function pairPriorityText(pair: CandidatePair, role: IceRole): string | null {
  const priority = priorityOf(pair, role);
  if (priority === null) return null;
  const [own, other] = [String(pair.local.priority ?? ''), String(pair.remote.priority ?? '')];
  const [controlling, controlled] = role === 'controlling' ? [own, other] : [other, own];
  return m.ice_pair_priority({ priority: String(priority), controlling, controlled });
}

/** Why a pair was selected, and what else is worth knowing of it: a sentence each, the reason first. */
export function whyTexts({ reason, notes }: PairChoice): readonly string[] {
  return [...reasonTexts(reason), ...notes.map(noteText)];
}

function reasonTexts(reason: PairReason): readonly string[] {
  switch (reason.id) {
    case 'none':
      return [m.ice_why_none()];
    case 'only-pair':
      return [m.ice_why_only()];
    case 'only-one-that-worked': {
      const { failed, unfinished } = reason;
      return [m.ice_why_worked({ failed, unfinished })];
    }
    case 'highest-that-worked': {
      const { worked, above } = reason;
      const first = m.ice_why_highest({ worked });
      return above === 0 ? [first] : [first, m.ice_why_above({ above })];
    }
    case 'nominated-over-higher':
      return [m.ice_why_nominated({ higher: reason.higher })];
    case 'used-over-higher':
      return [m.ice_why_used({ higher: reason.higher })];
    case 'unranked':
      return [m.ice_why_unranked({ worked: reason.worked })];
  }
}

function noteText(note: PairNote): string {
  switch (note) {
    case 'remote-peer-reflexive':
      return m.ice_note_remote();
    case 'local-peer-reflexive':
      return m.ice_note_local();
    case 'relayed':
      return m.ice_note_relayed();
    case 'direct':
      return m.ice_note_direct();
    case 'tcp':
      return m.ice_note_tcp();
  }
}

/** What an ICE role means. Any text is taken for a role. */
export function iceRoleText(role: string): string {
  return m.ice_role({ value: plain(role) });
}
