// The colours and fonts of an exported ladder.

/** Colours as SVG takes them. */
export interface LadderTheme {
  /** `null` leaves the ground transparent. */
  readonly background: string | null;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  /** The inside of pills and chips. */
  readonly fill: string;
  readonly caller: string;
  readonly callee: string;
  readonly signaling: string;
  readonly network: string;
  readonly bad: string;
}

/** For paper and slides. */
export const LIGHT_THEME: LadderTheme = {
  ...{ background: '#ffffff', ink: '#191c22', muted: '#54575f', rule: '#e5e1d8', fill: '#ffffff' },
  ...{ caller: '#0072B2', callee: '#D55E00', signaling: '#8A4FBF', network: '#007A5E' },
  bad: '#b3261e',
};

/** For dark slides. */
export const DARK_THEME: LadderTheme = {
  ...{ background: '#14171c', ink: '#f0f1f3', muted: '#aeb2ba', rule: '#2a2f38', fill: '#1b1f26' },
  ...{ caller: '#5fb4ef', callee: '#ff9d61', signaling: '#c59df0', network: '#4fd0a2' },
  bad: '#ff8a80',
};

/** Fonts that every system has one of; nothing is loaded. */
export const SANS =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans KR', 'Noto Sans CJK KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif";
export const MONO =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono', 'Noto Sans Mono CJK KR', monospace";
