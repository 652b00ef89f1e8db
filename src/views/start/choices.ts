// What the learner can choose before step 1, as the screen edits it.

/** One STUN or TURN server as typed in: nothing is checked here, the browser's own error is the lesson. */
export interface ServerChoice {
  readonly url: string;
  readonly username: string;
  readonly credential: string;
}

/** All choices. */
export interface Choices {
  readonly media: 'synthetic' | 'camera' | 'file';
  readonly audio: boolean;
  readonly video: boolean;
  readonly data: boolean;
  readonly trickle: boolean;
  readonly servers: readonly ServerChoice[];
}

/** What a new learner starts with: everything in the call, nothing that needs a permission. */
export const DEFAULT_CHOICES: Choices = {
  media: 'synthetic',
  audio: true,
  video: true,
  data: true,
  trickle: true,
  servers: [],
};
