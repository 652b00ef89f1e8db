// Why a call found the way it found, or none: from what both NATs do, and from what became of the call.
import { m } from '../../i18n/paraglide/messages.js';
import type { LabSettings } from '../../lessons/net/lab-settings.ts';
import { natKind, type NatKind } from '../../rtc/nat.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import { timeText, wayOf, type Outcome } from './cell.ts';

/**
 * What keeps the checks of one side from making a pair of the other's address that STUN saw.
 * `own-port`: that port is open to the STUN server only. `unknown-port`: the filter wants a port that nobody could
 * foresee. `answer-port`: the check gets in, the answer comes from another port and does not. `chase`: answers get in,
 * but each comes from another port than was asked (RFC 8445 §7.2.5.2.1).
 */
export type Obstacle = 'own-port' | 'unknown-port' | 'answer-port' | 'chase';

const isFixed = ({ mapping }: NatKind) => mapping === 'endpoint-independent';
const wantsPort = ({ filtering }: NatKind) => filtering === 'address-and-port-dependent';

/** What is in the way of the checks from behind one NAT to behind another; null where nothing is. */
export function obstacle(from: NatKind, to: NatKind): Obstacle | null {
  if (to.filtering !== 'endpoint-independent') {
    if (!isFixed(to)) return 'own-port';
    if (wantsPort(to) && !isFixed(from)) return 'unknown-port';
  }
  if (wantsPort(from) && !isFixed(to)) return 'answer-port';
  const isStrict = ({ mapping }: NatKind) => mapping === 'address-and-port-dependent';
  return isStrict(from) && isStrict(to) ? 'chase' : null;
}

/** Whether the rules of two NATs leave a direct way. It is enough that the checks of one side find it. */
export function hasDirectWay(one: NatKind, other: NatKind): boolean {
  return obstacle(one, other) === null || obstacle(other, one) === null;
}

/** Why, in sentences with the lessons' markup. */
export function reasonText(settings: LabSettings, outcome: Outcome): readonly string[] {
  const kinds = { caller: natKind(settings.caller), callee: natKind(settings.callee) };
  const isOpen = hasDirectWay(kinds.caller, kinds.callee);
  switch (wayOf(outcome)) {
    case 'direct':
      return [
        isOpen ? directText(kinds) : m.matrix_why_direct_luck(),
        ...(outcome.pair?.replacedRelay === true ? [m.matrix_why_replaced()] : []),
      ];
    case 'relay':
      return isOpen
        ? [m.matrix_why_relay_first()]
        : [...obstacleTexts(kinds), m.matrix_why_relay()];
    case 'none': {
      if (!isOpen && !settings.turn) return [...obstacleTexts(kinds), m.matrix_why_no_relay()];
      const open = isOpen ? m.matrix_why_open() : m.matrix_why_relay_fails();
      return [open, pathText(settings)];
    }
  }
}

function directText(kinds: Readonly<Record<Side, NatKind>>): string {
  const moves = { caller: !isFixed(kinds.caller), callee: !isFixed(kinds.callee) };
  if (moves.caller && moves.callee) return m.matrix_why_direct_both();
  if (!moves.caller && !moves.callee) return m.matrix_why_direct();
  return m.matrix_why_direct_one(named(moves.caller ? 'caller' : 'callee'));
}

/** One sentence for each direction, and one alone where the two chase each other or are alike. */
function obstacleTexts(kinds: Readonly<Record<Side, NatKind>>): readonly string[] {
  const found = SIDES.map((from) => {
    const to = from === 'caller' ? 'callee' : 'caller';
    return { from, what: obstacle(kinds[from], kinds[to]) };
  });
  if (found.some(({ what }) => what === 'chase')) return [m.matrix_why_chase()];
  if (found.every(({ what }) => what === 'own-port')) return [m.matrix_why_own_ports()];
  return found.flatMap(({ from, what }) => {
    switch (what) {
      case 'own-port':
        return [m.matrix_why_own_port(named(from))];
      case 'unknown-port':
        return [m.matrix_why_unknown_port(named(from))];
      case 'answer-port':
        return [m.matrix_why_answer_port(named(from))];
      case 'chase':
      case null:
        return [];
    }
  });
}

/** What else stood in the way: the path or the NATs' memory. */
function pathText({ loss, lifetime }: LabSettings): string {
  // A call's first checks come some 1.5 s after STUN was asked.
  if (loss > 0 && lifetime >= 2000) return m.matrix_why_loss();
  return m.matrix_why_lifetime({ time: timeText(lifetime) });
}

/** The sides' names as they stand inside a sentence: whose checks they are, and whose NAT they come to. */
function named(from: Side): { from: string; to: string } {
  const other = from === 'caller' ? 'callee' : 'caller';
  return { from: m.matrix_side({ side: from }), to: m.matrix_side({ side: other }) };
}
