// One end of perfect negotiation as an act sees it: a machine decides what comes next, and a step of the act does it.

/** What an end of perfect negotiation does. */
export type PerfectDeed = 'makeOffer' | 'takeOffer' | 'makeAnswer' | 'takeAnswer';

/** An end that is running. */
export interface PerfectEnd {
  /** What it wants to be done now; `null` where it waits for something to hear. */
  readonly wants: PerfectDeed | null;
  /** It has not taken the newest offer. */
  readonly ignoring: boolean;
  /** Tells it what has happened. */
  hear(what: 'NEEDED' | 'OFFER' | 'ANSWER'): void;
  /**
   * Does what it wants.
   * @throws (rejects) what `work` throws, and then still wants it; Error where it wants something else
   */
  does(deed: PerfectDeed, work: () => Promise<void>): Promise<void>;
  /** The call is over. */
  close(): void;
}
