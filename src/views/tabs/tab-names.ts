// What the tabs are called: names of the API are the same in every language, the others are translated.
import { m } from '../../i18n/paraglide/messages.js';
import type { TabName } from './tab-name.ts';

/** A tab's name. */
export function tabTitle(tab: TabName): string {
  switch (tab) {
    case 'network':
      return m.tab_network();
    case 'sdp':
      return 'SDP';
    case 'ice':
      return 'ICE';
    case 'states':
      return m.tab_states();
    case 'code':
      return m.tab_code();
    case 'log':
      return m.tab_log();
    case 'transport':
      return m.tab_transport();
  }
}
