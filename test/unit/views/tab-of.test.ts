// The tab goes along with the story: which one a step shows until the reader chooses another.
import { expect, test } from 'vitest';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import type { Moment } from '../../../src/lessons/moments/moment.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { FIRST_ACT, nextAct, stepIn, type ActFrame } from '../../../src/trace/script.ts';
import { sdpViewOf, tabOf } from '../../../src/views/tabs/tab-of.ts';

const share = nextAct(FIRST_ACT, shareScreen.plan('caller'), CALL_STEPS.length + 1);
const network = {};

/** What an act's steps show, in order. */
function shownIn(act: ActFrame, net: object | null): readonly string[] {
  return act.steps.map((_, at) => tabOf({ step: stepIn(act, act.first + at), network: net }, null));
}

const call = { ...FIRST_ACT, steps: CALL_STEPS };

function moment(...packets: readonly number[]): Moment {
  return {
    ...{ name: 'first-drop', ordinal: 1, total: 2, from: 0, cursor: 1, side: null, packets },
    ...{ outcome: 'plain', title: '', body: '', short: '' },
    ...{ row: 'packets', line: null, stands: null },
  };
}

test('a call goes from its code to its SDP, and ends at the pair that carries it', () => {
  const sdp = (count: number) => Array<string>(count).fill('sdp');
  expect(shownIn(call, null)).toEqual([
    ...['code', 'code', ...sdp(2), 'ice', ...sdp(6), 'log', 'sdp', 'ice'],
  ]);
  expect(tabOf({ step: null, network: null }, null)).toBe('sdp');
});

test('in a simulated network packets are shown where they are the story', () => {
  const packets = CALL_STEPS.filter((_, at) => shownIn(call, network)[at] === 'network');
  expect(packets.map(({ kind }) => kind)).toEqual([
    'gather-candidates',
    'set-local-answer',
    'connect',
  ]);
  const step = stepIn(call, 6);
  expect(tabOf({ step, network }, moment(7))).toBe('network');
  expect(tabOf({ step, network }, moment())).toBe('sdp');
});

test('a later act shows what changed in a description', () => {
  const views = share.steps.map((_, at) => sdpViewOf({ step: stepIn(share, share.first + at) }));
  const tabs = shownIn(share, null);
  expect(views.filter((_, at) => tabs[at] === 'sdp')).not.toContain('text');
  expect(sdpViewOf({ step: stepIn(call, 4) })).toBe('text');
});
