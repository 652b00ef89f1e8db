// Where a finding can be seen to happen: the link to the lesson or act, and its name.
import { m } from '../../i18n/paraglide/messages.js';
import type { Sight } from '../../sdp/verdict.ts';
import { catalogueLesson } from '../catalogue.ts';

/** Acts of a call that the catalogue of lessons does not list, by their names. */
const ACTS = {
  hold: m.hold_name,
  'prefer-codec': m.codec_name,
  pranswer: m.pranswer_name,
  'restart-ice': m.restart_name,
  'add-channel': m.channel_name,
  quality: m.quality_name,
} as const;

const isAct = (sight: Sight): sight is keyof typeof ACTS => Object.hasOwn(ACTS, sight);

/** The name of what is shown, and the link to it; `null` where it is not there. */
export function sightText(
  sight: Sight,
): { readonly label: string; readonly address: string } | null {
  if (isAct(sight)) {
    return { label: m.verdict_see({ name: ACTS[sight]() }), address: `#/call/${sight}` };
  }
  const lesson = catalogueLesson(sight);
  if (lesson === null) return null;
  return { label: m.verdict_see({ name: lesson.title() }), address: lesson.address };
}
