// The ways on beside the acts: what else can be looked at after this call.
import { m } from '../../i18n/paraglide/messages.js';
import { LESSONS } from '../../lessons/catalogue.ts';
import { NET_LESSON_IDS } from '../../lessons/net/lessons.ts';
import { turnLink } from '../../lessons/net/turn.ts';

/** A way on: a link, and what stands on its card. */
export interface WayOn {
  readonly icon: 'network' | 'inspect' | 'matrix' | 'relay' | 'lesson' | 'call';
  readonly name: string;
  readonly line: string;
  readonly address: string;
}

/**
 * Three of them. After a lesson: the same call with TURN or without, where there is one, and the lesson that follows.
 * @param lesson the id of the lesson that is walked; `call` in this browser
 * @param settings what the lab is told; '' elsewhere
 */
export function waysOf(lesson: string, settings: string): readonly WayOn[] {
  const matrix: WayOn = {
    ...{ icon: 'matrix', name: m.next_matrix(), line: m.next_matrix_line() },
    address: '#/matrix',
  };
  const inspect: WayOn = {
    ...{ icon: 'inspect', name: m.next_inspect(), line: m.next_inspect_line() },
    address: '#/sdp',
  };
  if (lesson === 'call') {
    const line = m.next_another_line({ count: NET_LESSON_IDS.length });
    const first = `#/${NET_LESSON_IDS[0]}`;
    return [{ icon: 'network', name: m.next_another(), line, address: first }, matrix, inspect];
  }
  const place = LESSONS.findIndex(({ id }) => id === lesson);
  const after = place < 0 ? undefined : LESSONS[place + 1];
  const own: WayOn = {
    ...{ icon: 'call', name: m.next_own(), line: m.next_own_line(), address: '#/call' },
  };
  const next: WayOn | null = after
    ? {
        ...{ icon: 'lesson', name: m.next_lesson() },
        ...{ line: after.title(), address: after.address },
      }
    : null;
  // After the last lesson, and in the lab, there is none that follows.
  return [otherRelay(lesson, settings) ?? (next === null ? inspect : own), next ?? own, matrix];
}

function otherRelay(lesson: string, settings: string): WayOn | null {
  const withTurn = turnLink(lesson, settings, true);
  if (withTurn !== null) {
    const [name, line] = [m.next_with_turn(), m.next_with_turn_line()];
    return { icon: 'relay', name, line, address: withTurn };
  }
  const without = turnLink(lesson, settings, false);
  if (without === null) return null;
  const [name, line] = [m.next_without_turn(), m.next_without_turn_line()];
  return { icon: 'relay', name, line, address: without };
}
