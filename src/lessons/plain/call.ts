// The call's steps in plain words: what stands beside each call of the ladder.
import { m } from '../../i18n/paraglide/messages.js';
import type { RunOptions } from '../../trace/event.ts';
import type { PillSource } from '../act.ts';
import { exchangePlain } from './exchange.ts';

/** What a step of the call does, in a few words; null where its state change or its arrows say it. */
export function callPlain({ step, options }: PillSource): string | null {
  const kinds = kindsOf(options);
  switch (step.kind) {
    case 'capture-caller':
      return captured(options, kinds);
    case 'add-tracks':
      return m.plain_attach({ kinds, channel: options.carry.data ? 'yes' : 'no' });
    case 'gather-candidates':
      return m.plain_gather();
    case 'capture-callee':
      return m.plain_attach_own({ kinds });
    case 'receive-answer':
      return m.plain_receive_answer();
    case 'connect':
      return m.plain_connect();
    default:
      return exchangePlain(step.kind);
  }
}

type Kinds = 'both' | 'audio' | 'video' | 'none';

function kindsOf({ carry: { audio, video } }: RunOptions): Kinds {
  if (audio) return video ? 'both' : 'audio';
  return video ? 'video' : 'none';
}

function captured({ media }: RunOptions, kinds: Kinds): string {
  if (kinds === 'none') return m.plain_capture_none();
  switch (media) {
    case 'synthetic':
      return m.plain_capture_synthetic({ kinds: m.plain_kinds({ kinds }) });
    case 'camera':
    case 'virtual':
      return m.plain_capture_camera({ devices: m.plain_devices({ kinds }) });
    case 'file':
      return m.plain_capture_file({ kinds: m.plain_kinds({ kinds }) });
  }
}
