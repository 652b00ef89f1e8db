// The notes of each lesson, on frames made from walks of real parts; whole in both languages.
import { afterAll, describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { wordCount } from '../../../src/lessons/call/words.ts';
import { NET_LESSONS, netLessonById } from '../../../src/lessons/net/lessons.ts';
import type { NetLesson, NetLessonId } from '../../../src/lessons/net/lessons.ts';
import { SYMMETRIC } from '../../../src/lessons/net/behaviours.ts';
import { twoHomes } from '../../../src/lessons/net/networks.ts';
import { netNotes } from '../../../src/lessons/net/notes.ts';
import type { NoteFrame } from '../../../src/lessons/net/notes.ts';
import { FIRST_FRAME } from '../../../src/trace/frame.ts';
import { List } from '../../../src/trace/list.ts';
import { FIRST_PEER } from '../../../src/trace/peer-frame.ts';
import type { PeerFrame } from '../../../src/trace/peer-frame.ts';
import { CALL_STEP } from '../../../src/rtc/steps.ts';
import type { Side, CallStepKind } from '../../../src/rtc/steps.ts';
import { callStepFrame } from '../../fixtures/steps.ts';
import { lineOf, scriptOf, untilOf, walk } from './net-walk.ts';
import type { Walk } from './net-walk.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

function lessonOf(id: NetLessonId): NetLesson {
  const lesson = netLessonById(id);
  if (lesson === null) throw new Error(`no lesson ${id}`);
  return lesson;
}

function peerOf({ agents, candidates }: Walk, side: Side): PeerFrame {
  const agent = agents[side];
  return {
    ...FIRST_PEER,
    states: {
      ...FIRST_PEER.states,
      iceGatheringState: agent.gathering,
      iceConnectionState: agent.connection,
    },
    local: List.of(
      ...candidates[side].map((each) => ({
        ...{ n: 1, step: 0, at: 'found' as const },
        candidate: {
          candidate: lineOf(each),
          ...{ sdpMid: '0', sdpMLineIndex: 0, usernameFragment: each.ufrag },
        },
      })),
    ),
    pairs: {
      ...{ kind: 'pairs', n: 1, t: 0, step: CALL_STEP.connect.number, side, cause: null },
      pairs: agent.pairs.map(({ id, local, remote, state, nominated, selected, ...counts }) => ({
        ...{ id, local, remote, state, nominated, selected, rtt: counts.rtt },
        priority: String(counts.priority),
        requestsSent: counts.requestsSent,
        responsesReceived: counts.responsesReceived,
        bytesSent: null,
        bytesReceived: null,
      })),
    },
  };
}

/** The frame at the end of a walk, as one of a step. */
function frameOf(walked: Walk, step: CallStepKind): NoteFrame {
  const { network, now, events } = walked;
  const { description } = network;
  const wasUp = walked.states.caller.some(([, state]) => state === 'connected');
  const ended = (router: string) =>
    events.flatMap((each) =>
      each.type === 'expired' && each.at === router ? [{ binding: each.binding, ended: true }] : [],
    );
  const tables = Object.fromEntries(
    description.routers.map(({ id }) => [
      id,
      [...ended(id), ...network.bindings(id, now).map((binding) => ({ binding, ended: false }))],
    ]),
  );
  return {
    ...FIRST_FRAME,
    ...{ step: callStepFrame(step), t: now, progress: wasUp ? 'done' : 'failed' },
    caller: peerOf(walked, 'caller'),
    callee: peerOf(walked, 'callee'),
    network: { description, tables },
  };
}

/** The note on a step, with the walk stopped so long after the call had settled. */
function noteOf(lesson: NetLesson, step: CallStepKind, stop = 0): string {
  const { network: description, profile } = lesson;
  const frame = frameOf(walk(lesson, stop), step);
  const notes = netNotes(frame, { network: { profile, description } });
  expect(notes.map((note) => note.step)).toEqual(
    notes.length === 0 ? [] : [CALL_STEP[step].number],
  );
  return notes[0]?.text ?? '';
}

describe.each(LOCALES)('in %s', (locale) => {
  test.each(NET_LESSONS)('$id: step 5, the checks and the end have notes', (lesson) => {
    inLocale(locale, () => {
      const texts = [
        noteOf(lesson, 'gather-candidates'),
        noteOf(lesson, 'connect'),
        ...scriptOf(lesson).map(({ at }) => noteOf(lesson, 'connect', at + 1)),
        noteOf(lesson, 'connect', untilOf(lesson)),
      ];
      for (const text of texts) {
        expectWhole(text, locale);
        expect(text).not.toContain('net_');
        expect(wordCount(text), text).toBeLessThanOrEqual(60);
      }
    });
  });
});

describe('what is said is what happened', () => {
  /** The text has these words, in this order. */
  const says = (text: string, ...words: readonly string[]) => {
    let from = 0;
    for (const each of words) {
      const at = text.indexOf(each, from);
      expect(at, `${text} | ${each}`).not.toBe(-1);
      from = at + each.length;
    }
  };

  test('step 5: the host address, the mapped and the relayed one', () => {
    inLocale('en', () => {
      says(noteOf(lessonOf('two-routers'), 'gather-candidates'), '`10.0.1.5:', '`198.51.100.7:');
      says(noteOf(lessonOf('nat-behind-nat'), 'gather-candidates'), 'more than one NAT');
      says(
        noteOf(lessonOf('symmetric-both'), 'gather-candidates', 2000),
        ...['`10.0.1.5:', '`198.51.100.7:', 'STUN server', 'TURN server saw', '`198.51.100.7:'],
        '`192.0.2.20:',
      );
      const office = noteOf(lessonOf('udp-blocked'), 'gather-candidates', 2000);
      says(office, 'firewall drops', 'Over TCP', '`192.0.2.20:');
      expect(office).not.toContain('198.51.100.7');
    });
  });

  test.each<[NetLessonId, string]>([
    ['same-router', 'one LAN'],
    ['two-routers', 'hole punching'],
    ['symmetric-one', 'peer-reflexive'],
    ['symmetric-both', 'no direct pair works'],
    ['no-way', 'Only a relay would help'],
    ['udp-blocked', 'over TCP'],
    ['nat-behind-nat', '`carrier`, which turned the packets around'],
    ['no-hairpin', '`carrier`, which drops'],
  ])('%s: why the checks went as they did', (id, words) => {
    inLocale('en', () => {
      // By then both sides have given up, where they do.
      says(noteOf(lessonOf(id), 'connect', 200), words);
    });
  });

  test('the phone: gone, moved, restarted', () => {
    inLocale('en', () => {
      const lesson = lessonOf('network-change');
      says(noteOf(lesson, 'connect'), 'hole punching');
      says(noteOf(lesson, 'connect', 3100), 'lost its network', '`10.0.1.5:');
      says(noteOf(lesson, 'connect', 4000), '`100.64.0.5` on `rmnet0`', '`restartIce()`');
      says(noteOf(lesson, 'connect', 5050), 'ICE is checking');
      says(noteOf(lesson, 'connect', 7000), 'restart', '`198.51.100.99:');
    });
  });

  test('the mapping: in use, ended, replaced, consent over', () => {
    inLocale('en', () => {
      const lesson = lessonOf('mapping-expires');
      says(noteOf(lesson, 'connect'), 'yet to nominate');
      says(noteOf(lesson, 'connect', 1000), 'hole punching');
      says(noteOf(lesson, 'connect', 20_000), 'for 1.5 s', 'no-mapping', 'leave as `198.51.100.7:');
      says(noteOf(lesson, 'connect', 39_900), 'for 1.5 s', 'consent has ended');
    });
  });
});

test('a browser’s call and the steps that have nothing of their own get no note', () => {
  const lesson = lessonOf('two-routers');
  const { network: description, profile } = lesson;
  const options = { network: { profile, description } };
  const frame = frameOf(walk(lesson, 0), 'connect');
  expect(netNotes(frame, { network: null })).toEqual([]);
  expect(netNotes({ ...frame, network: null }, options)).toEqual([]);
  expect(netNotes({ ...frame, step: null }, options)).toEqual([]);
  expect(netNotes({ ...frame, step: callStepFrame('create-offer') }, options)).toEqual([]);
  const empty = { ...frame, caller: FIRST_PEER, step: callStepFrame('connect') };
  expect(netNotes(empty, options)).toEqual([]);
  expect(netNotes({ ...empty, step: callStepFrame('gather-candidates') }, options)).toEqual([]);
});

test('a frame made by hand: what it holds stands in the note', () => {
  const lesson = lessonOf('two-routers');
  const { network: description, profile } = lesson;
  const line = (text: string) => ({
    ...{ n: 1, step: 0, at: 'found' as const },
    candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' },
  });
  const caller: PeerFrame = {
    ...FIRST_PEER,
    local: List.of(
      line('candidate:1 1 udp 2113937151 10.0.1.5 50000 typ host'),
      line('candidate:1 1 tcp 1518214911 10.0.1.5 9 typ host tcptype active'),
      line('candidate:2 1 udp 1677729535 198.51.100.7 41231 typ srflx raddr 10.0.1.5 rport 50000'),
      line('not a candidate'),
    ),
  };
  const frame: NoteFrame = {
    ...FIRST_FRAME,
    ...{ caller, step: callStepFrame('gather-candidates') },
    network: { description, tables: {} },
  };
  inLocale('en', () => {
    expect(netNotes(frame, { network: { profile, description } })).toEqual([
      {
        step: 5,
        text:
          'The caller knows itself as `10.0.1.5:50000`. Its request left the NAT as ' +
          '`198.51.100.7:41231`, and the STUN server wrote that into its answer.',
      },
    ]);
  });
});

test('a call that had worked and is lost gets no reason why it never did', () => {
  const lesson = lessonOf('no-way');
  const { network: description, profile } = lesson;
  const frame = frameOf(walk(lesson, 0), 'connect');
  expect(netNotes(frame, { network: { profile, description } })).toHaveLength(1);
  expect(netNotes({ ...frame, progress: 'done' }, { network: { profile, description } })).toEqual(
    [],
  );
});

test('two NATs that map by port and filter nothing: the answers come from elsewhere', () => {
  const nat = { ...SYMMETRIC, filtering: 'endpoint-independent' } as const;
  const lesson = { ...lessonOf('no-way'), network: twoHomes({ nat }, { nat }) };
  inLocale('en', () => {
    expect(noteOf(lesson, 'connect', 200)).toContain('from another port than was asked');
  });
});
