// The names of the tabs: names of things of the API, the same in every language.

/** The name of each tab, by its id. */
export const TAB_NAMES = {
  ...{ sdp: 'SDP', ice: 'ICE', states: 'States', code: 'Code', log: 'Log' },
  ...{ transport: 'Transport', network: 'Network' },
} as const;
