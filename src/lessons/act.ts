// What is taught of an act: its names, captions, code and notes. An act's folder in this room gives one of these.
import type { Act, Side } from '../rtc/steps.ts';
import type { RunOptions, TraceEvent } from '../trace/event.ts';
import type { Frame } from '../trace/frame.ts';
import type { StepFrame } from '../trace/script.ts';
import type { Trace } from '../trace/trace.ts';
import type { CodeLine } from './code-line.ts';

/** Texts in the lessons' markup: bold for a term, code for an API name or value. */
export interface CaptionText {
  readonly title: string;
  readonly body: string;
}

/** A moment of an act, and what came before it: everything that a caption may speak of. */
export interface ActMoment {
  readonly trace: Trace;
  /** The step that the moment is in. */
  readonly step: StepFrame;
  /** Before the act began. */
  readonly start: Frame;
  /** At the end of the step before. */
  readonly before: Frame;
  /** Now. */
  readonly after: Frame;
  /** The events of the step, up to now. */
  readonly events: readonly TraceEvent[];
}

/** What stands on the lifeline in a step's row. */
export interface Pill {
  /** The call, as an app writes it; `null` where the row is only arrows. */
  readonly call: string | null;
  /** The call that something else stood in for, if anything. */
  readonly insteadOf: string | null;
  /** How often, where it happens more than once. */
  readonly times: number;
}

/** What a row's pill may be made of. */
export interface PillSource {
  readonly step: StepFrame;
  readonly options: RunOptions;
  /** The events of the step, up to now; none before it has begun. */
  readonly events: readonly TraceEvent[];
  /** Now. */
  readonly frame: Frame;
}

/** A choice of one of several, made before an act begins. */
export interface ActSetting {
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

/** What acts are listed under: what is agreed on, what is only switched, the path, what goes wrong, and the end. */
export const ACT_GROUPS = ['switch', 'agree', 'path', 'trouble', 'end'] as const;
export type ActGroup = (typeof ACT_GROUPS)[number];

/** The texts of an act. */
export interface ActLesson {
  /** The id of the act that it teaches. */
  readonly act: string;
  /** What it is listed under. */
  readonly group: ActGroup;
  /** The act's name where it is chosen, and over its steps: "Share a screen". */
  name(): string;
  /** One sentence on what it does, and whether it negotiates. */
  about(): string;
  /** What it does in a few words, for a card. */
  brief(): string;
  /**
   * What is chosen before it begins; none for most. The first option of each is its default.
   * @param isVirtual in a network of its own, with media that can't be seen
   */
  settings?(isVirtual: boolean): readonly ActSetting[];
  /** What a step is called, whatever the run. */
  stepTitle(step: StepFrame): string;
  /**
   * What the button that leads to a step says of it, in a few words without a capital, as the learner sees it: "the
   * callee sets the offer".
   */
  next(step: StepFrame, options: RunOptions): string;
  /** At most sixty words, from the facts of this run. */
  caption(moment: ActMoment): CaptionText;
  /** What a step that can take long is waiting for; `null` while there is nothing to say. */
  waiting(moment: ActMoment): string | null;
  /** A question for the class, and what is often thought; '' for none. */
  notes(step: StepFrame): string | Promise<string>;
  /** What an app would write, each line with the steps that it belongs to. */
  code(options: RunOptions, act: Act): Readonly<Record<Side, readonly CodeLine[]>>;
  pill(source: PillSource): Pill;
  /** What a step does, in a few plain words beside its call; null where a state change or an arrow says it. */
  plain(source: PillSource): string | null;
}

/** A pill with a call and nothing else. */
export function plainPill(call: string | null, times = 1): Pill {
  return { call, insteadOf: null, times };
}

/** The calls of the steps that every exchange of an offer and an answer has. */
const EXCHANGE_CALLS: Readonly<Record<string, string | null>> = {
  'create-offer': 'createOffer()',
  'set-local-offer': 'setLocalDescription(offer)',
  'send-offer': null,
  'set-remote-offer': 'setRemoteDescription(offer)',
  'create-answer': 'createAnswer()',
  'set-local-answer': 'setLocalDescription(answer)',
  'send-answer': null,
  'receive-answer': 'onmessage',
  'set-remote-answer': 'setRemoteDescription(answer)',
};

/** The pill of a step of an exchange, by its kind; one without a call for any other. */
export function exchangePill(kind: string): Pill {
  return plainPill(Object.hasOwn(EXCHANGE_CALLS, kind) ? (EXCHANGE_CALLS[kind] ?? null) : null);
}
