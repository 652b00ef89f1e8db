// What peers write to: the recorder, as far as they need to know it.
import type { EventBody } from '../trace/event.ts';

/** Takes what happened, in order. */
export interface Tape {
  /**
   * Writes one event.
   * @param body the event, before it is numbered, timed and placed
   * @param cause the number of the event that set it off
   * @returns its number
   */
  write(body: EventBody, cause?: number | null): number;
}
