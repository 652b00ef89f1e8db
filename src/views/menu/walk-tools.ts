// What can be done with the walk that is looked at, as its menu lists it.
import CirclePlus from '@lucide/svelte/icons/plus';
import Download from '@lucide/svelte/icons/download';
import File from '@lucide/svelte/icons/file';
import Info from '@lucide/svelte/icons/info';
import PhoneOff from '@lucide/svelte/icons/phone-off';
import Upload from '@lucide/svelte/icons/upload';
import { m } from '../../i18n/paraglide/messages.js';
import type { MenuGroup } from './item.ts';

/** Each does one thing; null where it can't be done now. */
export interface WalkTools {
  /** The step within its act where the call would be hung up. */
  readonly step: number;
  readonly hangUp: (() => void) | null;
  readonly renew: (() => void) | null;
  readonly save: (() => void) | null;
  readonly open: () => void;
  readonly export: (() => void) | null;
  readonly made: () => void;
}

/** The lines of the menu, in their groups. */
export function walkGroups(tools: WalkTools): readonly MenuGroup[] {
  const { hangUp, renew, save } = tools;
  return [
    [
      ...(hangUp === null
        ? []
        : [
            {
              id: 'hang-up',
              icon: PhoneOff,
              label: m.hang_up(),
              hint: m.hang_up_hint({ number: tools.step }),
              does: hangUp,
            },
          ]),
      ...(renew === null
        ? []
        : [
            {
              id: 'new',
              icon: CirclePlus,
              label: m.menu_new_call(),
              hint: m.new_call_hint(),
              does: renew,
            },
          ]),
    ],
    [
      ...(save === null
        ? []
        : [
            {
              id: 'save',
              icon: Download,
              label: m.save_recording(),
              hint: m.save_hint(),
              does: save,
            },
          ]),
      {
        id: 'open',
        icon: Upload,
        label: m.open_recording(),
        hint: m.open_hint(),
        does: tools.open,
      },
      ...(tools.export === null
        ? []
        : [
            {
              id: 'export',
              icon: File,
              label: m.menu_export(),
              hint: m.export_hint(),
              does: tools.export,
            },
          ]),
    ],
    [{ id: 'made', icon: Info, label: m.made_of(), hint: null, does: tools.made }],
  ];
}
