// Sharing a screen in the lessons whose call is up, by either side: what the second exchange changes, and what it keeps.
import { describe, expect, test } from 'vitest';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { shareScreenLesson } from '../../../src/lessons/share-screen/lesson.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { otherSide, SIDES, type Side } from '../../../src/rtc/steps.ts';
import { originOf } from '../../../src/sdp/origin.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { problemsOf } from '../../../src/sdp/problems.ts';
import type { TraceEvent } from '../../../src/trace/event.ts';
import type { PeerFrame } from '../../../src/trace/peer-frame.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { LessonRun } from './lesson-run.ts';

/** The lessons in which no call comes up, or none stays up. */
const DOWN = ['no-way', 'no-hairpin'];

/** The sections of a description, as far as a later exchange has to keep them. */
function sectionsOf(sdp: string) {
  return sdp
    .split(/^(?=m=)/m)
    .slice(1)
    .map((section) => {
      const all = (pattern: RegExp) => Array.from(section.matchAll(pattern), ([text]) => text);
      return {
        mid: /^a=mid:(.*)$/m.exec(section)?.[1],
        media: /^m=(\w+)/.exec(section)?.[1],
        formats: /^m=\S+ \S+ \S+ (.*)$/m.exec(section)?.[1],
        codecs: all(/^a=(rtpmap|fmtp):.*$/gm),
        identity: all(/^a=(ice-ufrag|ice-pwd|fingerprint|tls-id|extmap|ssrc|msid):?.*$/gm),
        direction: /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(section)?.[1],
      };
    });
}

const versionOf = (sdp: string) => Number(originOf(sdp).split(' ')[2]);
const sessionOf = (sdp: string) => originOf(sdp).split(' ')[1];
const localOf = ({ slots }: PeerFrame) => slots.currentLocal?.sdp ?? '';

/** What a side's signalingState went through. */
const roundTrip = (events: readonly TraceEvent[], side: Side) =>
  events.flatMap((event) =>
    event.kind === 'state' && event.machine === 'signalingState' && event.side === side
      ? [event.to]
      : [],
  );

describe.each(NET_LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
  test.each([
    ['caller', true],
    ['callee', false],
  ] as const)('a screen shared by the %s, trickled: %s', async (by, trickle) => {
    const lessonRun = new LessonRun(lesson, { trickle });
    const { run } = lessonRun;
    await lessonRun.call();
    expect(shareScreen.obstacle(run.state, by) === null).toBe(!DOWN.includes(id));
    if (!run.state.up) return;

    const { trace } = run;
    const before = frameAt(trace, trace.length);
    const { first, last } = await lessonRun.perform(shareScreen, by);
    expect(run.progress).toMatchObject({ failed: false, final: true });
    expect(last - first + 1).toBe(shareScreen.plan(by).steps.length);
    const events = trace.events.slice(before.cursor);
    const after = frameAt(trace, trace.length);
    const other = otherSide(by);
    const endOf = (kind: string) => {
      const step = trace.steps.find((each) => each.number >= first && each.kind === kind);
      return frameAt(trace, trace.stepEnd(step?.number ?? 0));
    };

    // Both sides say the same sections as before, and one more.
    for (const side of SIDES) {
      const [was, now] = [localOf(before[side]), localOf(after[side])];
      const [old, all] = [sectionsOf(was), sectionsOf(now)];
      expect(all.slice(0, -1)).toEqual(old);
      expect(all.map(({ mid }) => mid)).toEqual(['0', '1', '2', '3']);
      expect(all.at(-1)).toMatchObject({
        media: 'video',
        direction: side === by ? 'sendrecv' : 'recvonly',
        codecs: old.find(({ media }) => media === 'video')?.codecs,
      });
      expect(now).toContain('\na=group:BUNDLE 0 1 2 3\r\n');
      expect(sessionOf(now)).toBe(sessionOf(was));
      expect(versionOf(now)).toBe(versionOf(was) + 1);
      const type = side === by ? 'offer' : 'answer';
      const wrong = problemsOf(parseSdp(now), { type }).filter(({ level }) => level === 'wrong');
      expect(wrong).toEqual([]);
    }

    // The side that shares goes through its states, and the other through its own; nothing else moves.
    expect(roundTrip(events, by)).toEqual(['have-local-offer', 'stable']);
    expect(roundTrip(events, other)).toEqual(['have-remote-offer', 'stable']);
    const states = events.filter(
      (event) => event.kind === 'state' && event.machine !== 'signalingState',
    );
    expect(states).toEqual([]);
    expect(endOf('set-local-offer')[by].slots.currentLocal?.sdp).toBe(localOf(before[by]));
    expect(endOf('set-local-offer')[by].slots.pendingLocal?.type).toBe('offer');

    // It is asked for once, by the side that attached the track.
    expect(
      events.flatMap((event) =>
        event.kind === 'negotiation-needed' ? [[event.side, trace.step(event.step)?.kind]] : [],
      ),
    ).toEqual([[by, 'add-track']]);

    // No new path: no candidates, and ICE's roles as they were.
    expect(events.filter(({ kind }) => kind === 'candidate')).toEqual([]);
    for (const side of SIDES) {
      expect(after[side].transport?.iceRole).toBe(before[side].transport?.iceRole);
      expect(after[side].pair?.local).toEqual(before[side].pair?.local);
    }

    // The track is there before there is an answer, and is unmuted when its media arrives.
    const tracks = events.flatMap((event) =>
      event.kind === 'track' && event.origin === 'remote'
        ? [[event.side, event.at, event.media, trace.step(event.step)?.kind]]
        : [],
    );
    expect(tracks).toEqual([
      [other, 'added', 'video', 'set-remote-offer'],
      [other, 'unmuted', 'video', 'media-flows'],
    ]);
    expect(after[other].transceivers.at(-1)).toMatchObject({
      ...{ mid: '3', currentDirection: 'recvonly' },
    });
    expect(after[by].transceivers.at(-1)).toMatchObject({
      mid: '3',
      currentDirection: 'sendonly',
    });
    expect(events.filter(({ kind }) => kind === 'exception' || kind === 'problem')).toEqual([]);
    run.abandon();
  });
});

describe('a second screen', () => {
  const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');

  test.each([
    // What was only received in can be sent in too (WebRTC 1.0 §5.1): the section is used both ways.
    ['the other side, in the section that is there', 'caller', ['0', '1', '2', '3']],
    ['the same side, in one more section', 'callee', ['0', '1', '2', '3', '4']],
  ] as const)('by %s', async (_name, by, mids) => {
    if (lesson === undefined) throw new Error('There is no such lesson.');
    const lessonRun = new LessonRun(lesson);
    await lessonRun.call();
    await lessonRun.perform(shareScreen, 'callee');
    await lessonRun.perform(shareScreen, by);
    const { trace, progress } = lessonRun.run;
    expect(progress).toMatchObject({ failed: false, final: true });
    const frame = frameAt(trace, trace.length);
    const arrived = SIDES.map(
      (side) =>
        [...frame[side].tracks].filter(({ origin, at }) => origin === 'remote' && at === 'unmuted')
          .length,
    );
    expect(arrived).toEqual(by === 'caller' ? [3, 3] : [4, 2]);
    for (const side of SIDES) {
      expect(sectionsOf(localOf(frame[side])).map(({ mid }) => mid)).toEqual(mids);
    }
    const step = trace.steps.findLast(({ kind }) => kind === 'create-offer');
    if (step === undefined) throw new Error('There is no such step.');
    const at = (number: number) => frameAt(trace, trace.stepEnd(number));
    const { body } = shareScreenLesson.caption({
      ...{ trace, step, events: [] },
      ...{ start: at(step.number - 3), before: at(step.number - 1), after: at(step.number) },
    });
    expect(body.includes('is new and stands last')).toBe(by === 'callee');
    expect(body.includes('in 4 m= sections as before')).toBe(by === 'caller');
    lessonRun.run.abandon();
  });
});
