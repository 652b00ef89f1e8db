// The dialogs of the page.

/** What can lie over the page. */
export type DialogName = 'help' | 'share' | 'export' | 'made';
