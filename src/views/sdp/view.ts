// The ways of looking at SDP.

/** `text` line by line, `agreed` what offer and answer came to, `changes` what differs from another text. */
export const SDP_VIEWS = ['text', 'agreed', 'changes'] as const;
export type SdpView = (typeof SDP_VIEWS)[number];
