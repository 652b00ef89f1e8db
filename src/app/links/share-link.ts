// The link that is given away: the place on the screen, less what whoever shares it leaves out.
import type { ShareChoice } from '../../views/dialogs/share.ts';
import { START, type Place } from './link.ts';

/** The place that a shared link leads to. */
export function sharedPlace(place: Place, { atStep, sameTab, lang }: ShareChoice): Place {
  const { lesson, settings, tab, sdp, view, against, pick, line } = place;
  // What is picked is found in the step that it is picked in, and in the tab that shows it.
  const picked = atStep ? { sdp, view, against, pick, line } : {};
  return {
    ...START,
    ...(atStep ? place : { lesson, settings }),
    ...(sameTab ? { tab, ...picked } : { tab: START.tab, ...NOTHING_PICKED }),
    lang,
  };
}

const NOTHING_PICKED = {
  ...{ sdp: START.sdp, view: START.view, against: START.against },
  ...{ pick: START.pick, line: START.line },
};
