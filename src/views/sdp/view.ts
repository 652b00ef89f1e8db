// The ways of looking at SDP.

/**
 * `text` line by line, `agreed` what offer and answer came to, `changes` what differs from another text, `slots` where
 * a call's descriptions were over its steps.
 */
export const SDP_VIEWS = ['text', 'agreed', 'changes', 'slots'] as const;
export type SdpView = (typeof SDP_VIEWS)[number];

/** Those of texts that belong to no call. */
export const TEXT_VIEWS: readonly SdpView[] = ['text', 'agreed', 'changes'];
