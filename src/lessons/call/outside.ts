// What is said of the call outside of its steps: before the first, and once it has ended.
import { m } from '../../i18n/paraglide/messages.js';
import { CALL_STEPS } from '../../rtc/steps.ts';
import type { RunOptions } from '../../trace/event.ts';
import type { CaptionText } from '../act.ts';

/** Before the first step. @param carries whether the call carries anything: sound, pictures or data */
export function startCaption(media: RunOptions['media'], carries: boolean): CaptionText {
  const count = CALL_STEPS.length;
  const say = media === 'virtual' ? m.call_start_virtual : m.call_start_body;
  return { title: m.call_start_title(), body: carries ? say({ count }) : m.call_start_nothing() };
}

/** Once it has ended. */
export function endedCaption(): CaptionText {
  return { title: m.call_ended_title(), body: m.call_ended_body() };
}
