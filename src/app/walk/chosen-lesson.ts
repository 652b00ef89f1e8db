// A lesson in a virtual network, ready to be walked.
import type { ActWish } from '../../rtc/steps.ts';
import type { NetworkOptions } from '../../trace/event.ts';
import type { StageLesson } from './stage-lesson.ts';

export interface ChosenLesson {
  readonly lesson: StageLesson & { readonly iceServers: readonly { readonly urls: string }[] };
  /** The acts that it goes on with after the call, in order. */
  readonly acts: readonly ActWish[];
  /** What it is told besides, as a link's query; '' for most. */
  readonly settings: string;
  readonly network: NetworkOptions;
}
