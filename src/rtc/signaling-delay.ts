// What both the simulated world and its drawing know of signaling.

/** How long a message of signaling takes between simulated peers, in virtual ms. */
export const SIGNALING_DELAY = 40;
