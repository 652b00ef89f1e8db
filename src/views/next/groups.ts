// What acts are listed under, in words.
import { m } from '../../i18n/paraglide/messages.js';
import { ACT_GROUPS, type ActGroup } from '../../lessons/act.ts';
import type { ActChoice } from './choice.ts';

/** The acts under their groups, in order; groups that have none are left out. */
export function groupsOf(
  acts: readonly ActChoice[],
): readonly { readonly group: ActGroup; readonly acts: readonly ActChoice[] }[] {
  return ACT_GROUPS.map((group) => ({
    group,
    acts: acts.filter((act) => act.group === group),
  })).filter(({ acts: found }) => found.length > 0);
}

/** What a group is called. */
export function groupName(group: ActGroup): string {
  switch (group) {
    case 'switch':
      return m.next_group_switch();
    case 'agree':
      return m.next_group_agree();
    case 'path':
      return m.next_group_path();
    case 'trouble':
      return m.next_group_trouble();
    case 'end':
      return m.next_group_end();
  }
}
