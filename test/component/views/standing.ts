// A walk that stands at a moment and can't be moved: for views that get theirs by context.
import type { PeerChanges } from '../../../src/trace/changes.ts';
import type { Frame } from '../../../src/trace/frame.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import type { WalkView } from '../../../src/views/walk.ts';

const NOTHING: PeerChanges = {
  ...{ states: {}, slots: [], created: false, tracks: [], transceivers: false, local: [] },
  ...{ remote: [], channel: false, data: [], pair: false, pairs: [], transport: false },
};

/** A walk through a recording that stands at a frame of it, with nothing said and nothing changed. */
export function standing(trace: Trace, frame: Frame): WalkView {
  return {
    ...{ trace, frame, before: frame, length: trace.length, steps: trace.steps },
    moments: [],
    moment: null,
    ...{ head: trace.steps.length, inside: 0, step: null, waitingFor: null },
    ...{ canNext: false, canBack: false, atEnd: false, playing: false, recorded: false },
    changes: {
      ...{ messages: [], troubles: [], network: null, ended: false },
      caller: NOTHING,
      callee: NOTHING,
    },
    caption: { title: '', body: '', waiting: null },
    pace: { mode: 'steps', speed: 1, rate: 1 },
    move: () => undefined,
  };
}
