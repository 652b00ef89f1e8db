// The line between the page and its speaker window: what the speaker sees, and the keys that come back.
import { BroadcastChannel } from 'broadcast-channel';
import type { KeyCommand } from '../keys.ts';

/** What the speaker window shows. */
export interface SpeakerSheet {
  /** The step's place in its act; 0 before the first. */
  readonly number: number;
  /** How many steps the act has. */
  readonly total: number;
  readonly title: string;
  readonly body: string;
  readonly notes: string;
  /** The title of the step after; null at the end. */
  readonly next: string | null;
  readonly locale: string;
  readonly theme: string;
}

/** The keys that a speaker window may press in the page. */
const COMMANDS = [
  'next',
  'back',
  'over',
  'back-over',
  'next-event',
  'back-event',
  'toggle',
  'first',
  'last',
  'next-phase',
  'back-phase',
  'next-act',
  'back-act',
  'blank',
] as const satisfies readonly KeyCommand[];
export type SpeakerCommand = (typeof COMMANDS)[number];

type Message =
  | { readonly kind: 'hello' }
  | { readonly kind: 'bye' }
  | { readonly kind: 'command'; readonly command: SpeakerCommand }
  | { readonly kind: 'sheet'; readonly sheet: SpeakerSheet };

/** Whether a key's command is one that a speaker window passes on. */
export function speakerCommand(command: KeyCommand | null): SpeakerCommand | null {
  return COMMANDS.find((each) => each === command) ?? null;
}

/** One end of the line. Its name is a secret of the two windows, so that no other page drives the walk. */
export class SpeakerLink {
  readonly #channel: BroadcastChannel<unknown>;

  /** @param heard what is told of each message that is one */
  constructor(secret: string, heard: (message: Message) => void) {
    this.#channel = new BroadcastChannel(`peerglass-speaker:${secret}`, { type: 'native' });
    this.#channel.addEventListener('message', (data: unknown) => {
      const message = parse(data);
      if (message !== null) heard(message);
    });
  }

  /** Sends a message; a line that is closed by then has nobody to miss it. */
  send(message: Message): void {
    if (this.#channel.isClosed) return;
    this.#channel.postMessage(message).catch(() => undefined);
  }

  close(): void {
    this.#channel.close().catch(() => undefined);
  }
}

/** What arrived, checked; null for what is no message. */
function parse(data: unknown): Message | null {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return null;
  switch (data.kind) {
    case 'hello':
      return { kind: 'hello' };
    case 'bye':
      return { kind: 'bye' };
    case 'command': {
      const command = COMMANDS.find((each) => 'command' in data && each === data.command);
      return command === undefined ? null : { kind: 'command', command };
    }
    case 'sheet': {
      const sheet = 'sheet' in data ? parseSheet(data.sheet) : null;
      return sheet === null ? null : { kind: 'sheet', sheet };
    }
    default:
      return null;
  }
}

function parseSheet(data: unknown): SpeakerSheet | null {
  if (typeof data !== 'object' || data === null) return null;
  const from = new Map<string, unknown>(Object.entries(data));
  const text = (key: string) => {
    const value = from.get(key);
    return typeof value === 'string' ? value : '';
  };
  const count = (key: string) => {
    const value = from.get(key);
    return typeof value === 'number' ? value : 0;
  };
  return {
    number: count('number'),
    total: count('total'),
    title: text('title'),
    body: text('body'),
    notes: text('notes'),
    next: text('next') === '' ? null : text('next'),
    locale: text('locale'),
    theme: text('theme'),
  };
}
