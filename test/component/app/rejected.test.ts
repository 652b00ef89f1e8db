// Nothing that a peer rejects is swallowed, and a call that follows the rules has nothing rejected.
import { afterEach, expect, test, vi } from 'vitest';
import type { Run } from '../../../src/app/walk/run.ts';
import { exchangeWork } from '../../../src/call/exchange-work.ts';
import { ufragOf } from '../../../src/ice/ufrag.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { exchangeSteps, type Side } from '../../../src/rtc/steps.ts';
import { ufragsOf } from '../../../src/sdp/ufrag.ts';
import { hasIceFailed } from '../../../src/trace/peer-frame.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { troublesSince } from '../../../src/views/notice/troubles.ts';
import { ALL, browserRun, toTheEnd, unexplained, walkLesson } from './walked.ts';

/** Restarts ICE in one go. What goes wrong is told, as where a step would fail with it. */
async function restartIce({ call }: Run, by: Side): Promise<void> {
  const work = exchangeWork(call, call.exchange(by));
  let at = by;
  try {
    call.ends[by].peer.restartIce();
    for (const { kind, side } of exchangeSteps(by)) {
      at = side;
      await work[kind](call.closing, false);
    }
  } catch (thrown) {
    call.trouble(at, thrown);
  }
}

const runs: Run[] = [];
const kept = (run: Run): Run => {
  runs.push(run);
  return run;
};

afterEach(() => {
  for (const run of runs.splice(0)) run.abandon();
});

/** The calls that threw or were rejected. */
function exceptions({ trace }: Run) {
  return trace.events.filter((event) => event.kind === 'exception');
}

/** Candidates that left before the description that they belong to, or were added before it was set. */
function early({ trace }: Run): readonly string[] {
  const left = { caller: new Set<string>(), callee: new Set<string>() };
  const set = { caller: new Set<string>(), callee: new Set<string>() };
  const wrong: string[] = [];
  for (const event of trace.events) {
    if (event.kind === 'message' && event.at === 'posted') {
      const { from, body } = event;
      if (body != null && 'sdp' in body)
        for (const each of ufragsOf(body.sdp)) left[from].add(each);
      if (body != null && 'candidate' in body) {
        const ufrag = ufragOf(body);
        if (ufrag !== null && !left[from].has(ufrag)) wrong.push(`left: ${body.candidate}`);
      }
    }
    if (event.side === null) continue;
    if (event.kind === 'description' && /Remote$/.test(event.slot)) {
      for (const each of ufragsOf(event.description?.sdp ?? '')) set[event.side].add(each);
    }
    if (event.kind === 'candidate' && (event.at === 'added' || event.at === 'rejected')) {
      const ufrag = event.candidate === null ? null : ufragOf(event.candidate);
      if (ufrag !== null && !set[event.side].has(ufrag)) {
        wrong.push(`added: ${event.candidate?.candidate ?? ''}`);
      }
    }
  }
  return wrong;
}

const lessons = NET_LESSONS.flatMap((lesson) =>
  [true, false].map((trickle) => ({ lesson, id: lesson.id, trickle })),
);

test.each(lessons)(
  '$id, trickle $trickle: no call is rejected, and no candidate is early',
  { timeout: 120_000 },
  async ({ lesson, trickle }) => {
    const run = kept(await walkLesson(lesson, { trickle }));
    expect(exceptions(run)).toEqual([]);
    expect(early(run)).toEqual([]);
    // It ends as the lesson says; the restart of `network-change` works in both ways of sending candidates.
    const last = frameAt(run.trace, run.trace.length);
    const peers = [last.caller, last.callee];
    if (lesson.end === 'connected') {
      for (const { states } of peers) {
        expect(['connected', 'completed']).toContain(states.iceConnectionState);
      }
    } else expect(peers.some(hasIceFailed)).toBe(true);
  },
);

test('network-change: each side adds what the other found after the restart', async () => {
  const lesson = NET_LESSONS.find(({ id }) => id === 'network-change');
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const { trace } = kept(await walkLesson(lesson));
  const offers = trace.events.filter(
    (event) => event.kind === 'call' && event.method === 'setRemoteDescription',
  );
  expect(offers).toHaveLength(4);
  // Each side adds what the other found after the restart.
  const restarted = offers[2]?.n ?? Infinity;
  for (const side of ['caller', 'callee'] as const) {
    const added = trace.events.filter(
      ({ kind, n, side: at, ...event }) =>
        kind === 'candidate' &&
        'at' in event &&
        event.at === 'added' &&
        at === side &&
        n > restarted,
    );
    expect(added.length).toBeGreaterThan(0);
  }
});

test.each([true, false])(
  'a call in this browser, trickle %s, restarted by either side: nothing is rejected or early',
  { timeout: 120_000 },
  async (trickle) => {
    const run = kept(browserRun({ trickle }));
    await toTheEnd(run);
    for (const by of ['caller', 'callee'] as const) {
      const before = run.call.ends[by].peer.remoteDescription?.sdp;
      await restartIce(run, by);
      expect(run.call.ends[by].peer.remoteDescription?.sdp).not.toBe(before);
    }
    await vi.waitUntil(() =>
      Object.values(run.call.ends).every(({ peer }) => peer.connectionState === 'connected'),
    );
    expect(exceptions(run)).toEqual([]);
    expect(early(run)).toEqual([]);
    expect(frameAt(run.trace, run.trace.length).troubles.length).toBe(0);
  },
);

test('a candidate that a peer rejects is told with the exception, once', async () => {
  const run = kept(browserRun({ carry: { ...ALL, audio: false, video: false } }));
  await toTheEnd(run);
  const { caller, callee } = run.call.ends;
  const candidate = {
    ...{ candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 9 typ host', sdpMid: 'nowhere' },
    ...{ sdpMLineIndex: null, usernameFragment: null },
  };
  const from = run.trace.length;
  for (const id of ['one', 'two']) {
    callee.receive({ type: 'candidate', id, from: 'caller', to: 'callee', body: candidate }, from);
  }
  await vi.waitUntil(() => frameAt(run.trace, run.trace.length).troubles.length === 2);
  expect(exceptions(run)).toHaveLength(2);
  expect(unexplained(run)).toEqual([]);
  const told = troublesSince(frameAt(run.trace, run.trace.length), from);
  expect(told.map(({ problem }) => problem)).toMatchObject([
    { code: 'candidate-rejected', error: { name: 'OperationError' } },
  ]);
  // A peer that is closed in the middle of the call is told, too, where no step can fail with it.
  caller.peer.close();
  await restartIce(run, 'caller');
  expect(unexplained(run)).toEqual([]);
  const { troubles } = frameAt(run.trace, run.trace.length);
  expect([...troubles].at(-1)?.problem).toMatchObject({
    code: 'wrong-state',
    error: { name: 'InvalidStateError' },
  });
});
