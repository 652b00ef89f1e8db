// The moments of the lessons, walked to their end: which there are, in order, and that each is what it says.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { wordCount } from '../../../src/lessons/call/words.ts';
import { MOST_MOMENTS } from '../../../src/lessons/moments/find.ts';
import { momentsOf, momentStops } from '../../../src/lessons/moments/moments.ts';
import { NET_LESSONS, type NetLessonId } from '../../../src/lessons/net/lessons.ts';
import { packetOf } from '../../../src/trace/net-frame.ts';
import { frameAt, type Trace } from '../../../src/trace/trace.ts';
import { randomTrace } from '../../fixtures/random-trace.ts';
import { LessonRun } from '../call/lesson-run.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

/** What each lesson is told in, by the number of the step. */
const TOLD: Readonly<Record<NetLessonId, Readonly<Record<number, string>>>> = {
  'same-router': {
    5: 'stun-request mapping stun-answer gathered',
    12: 'stun-request let-in answered outcome',
    14: 'let-in answered dtls media',
  },
  'two-routers': {
    5: 'stun-request mapping stun-answer gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route new-candidate first-drop let-in answered dtls media',
  },
  'symmetric-one': {
    5: 'stun-request mapping stun-answer gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route new-candidate first-drop let-in answered dtls media',
  },
  'symmetric-both': {
    5: 'stun-request mapping stun-answer mapping-2 challenge allocate gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route first-drop second-drop permission new-candidate relay answered dtls media',
  },
  'no-way': {
    5: 'stun-request mapping stun-answer gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route new-candidate first-drop second-drop more-drops callee-failed outcome',
  },
  'udp-blocked': {
    5: 'stun-request first-drop turn-tcp challenge allocate gathered',
    12: 'stun-request no-route outcome',
    14: 'first-drop new-candidate refused new-candidate-2 permission relay answered dtls media',
  },
  'nat-behind-nat': {
    5: 'stun-request mapping mapping-2 stun-answer gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route first-drop new-candidate hairpin answered dtls media',
  },
  'no-hairpin': {
    5: 'stun-request mapping mapping-2 stun-answer gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route first-drop new-candidate second-drop more-drops callee-failed outcome',
  },
  'network-change': {
    5: 'stun-request mapping stun-answer gathered',
    12: 'stun-request no-route outcome',
    14: 'no-route new-candidate first-drop let-in answered dtls media',
    15: 'wifi-gone disconnected outcome',
    17: 'disconnected caller-failed unanswered outcome',
  },
  'mapping-expires': {
    5: 'stun-request mapping stun-answer gathered',
    12: 'stun-request outcome',
    14: 'no-route new-candidate let-in answered dtls media',
    16: 'first-drop second-drop disconnected outcome',
    17: 'more-drops callee-failed outcome',
  },
};

const walked = new Map<NetLessonId, Trace>();
const lengthsWhenOver = new Map<NetLessonId, number | null>();

beforeAll(async () => {
  for (const lesson of NET_LESSONS) {
    const walk = new LessonRun(lesson);
    await walk.whole();
    walked.set(lesson.id, walk.run.trace);
    lengthsWhenOver.set(lesson.id, walk.lengthWhenOver);
  }
}, 60_000);

function traceOf(id: NetLessonId): Trace {
  const trace = walked.get(id);
  if (trace === undefined) throw new Error(`${id} was not walked`);
  return trace;
}

const numbers = (trace: Trace) => trace.steps.map(({ number }) => number);

describe.each(NET_LESSONS.map(({ id }) => id))('%s', (id) => {
  test('is told in these moments', () => {
    const trace = traceOf(id);
    const told = numbers(trace).flatMap((step): [number, string][] => {
      const names = momentsOf(trace, step).map(({ name }) => name);
      return names.length === 0 ? [] : [[step, names.join(' ')]];
    });
    expect(Object.fromEntries(told)).toEqual(TOLD[id]);
  });

  test('is not over before all has happened that its last moments tell', () => {
    const last = momentsOf(traceOf(id), 14).at(-1);
    expect(lengthsWhenOver.get(id)).toBeGreaterThan(last?.from ?? Infinity);
  });

  test('its moments share a step’s events among them, and end with what came of it', () => {
    const trace = traceOf(id);
    for (const step of numbers(trace)) {
      const moments = momentsOf(trace, step);
      expect(momentStops(trace, step)).toEqual(moments.map(({ cursor }) => cursor));
      if (moments.length === 0) continue;
      expect(moments.length).toBeLessThanOrEqual(MOST_MOMENTS);
      let from = trace.stepBegin(step);
      for (const [place, moment] of moments.entries()) {
        expect(moment.from).toBe(from);
        expect(moment.cursor).toBeGreaterThan(from);
        expect([moment.ordinal, moment.total]).toEqual([place + 1, moments.length]);
        from = moment.cursor;
      }
      expect(from).toBe(trace.stepEnd(step));
      expect(new Set(moments.map(({ name }) => name)).size).toBe(moments.length);
      const { caller, callee } = frameAt(trace, from);
      const is = (state: string) =>
        caller.states.connectionState === state && callee.states.connectionState === state;
      if (step === 14) {
        expect(moments.at(-1)?.outcome).toBe(is('connected') ? 'good' : 'bad');
        expect(is('connected') || is('failed')).toBe(true);
      } else if (step < 14) expect(moments.at(-1)?.outcome).toBe('good');
    }
  });

  test('its packets are there, and what ends badly was dropped or broke off', () => {
    const trace = traceOf(id);
    for (const step of numbers(trace)) {
      for (const { packets, cursor, from, outcome, name } of momentsOf(trace, step)) {
        const { network, caller, callee } = frameAt(trace, cursor);
        const found = packets.map((packet) => network && packetOf(network, packet));
        expect(found, name).not.toContain(undefined);
        if (outcome !== 'bad') continue;
        const isDropped = found.some((packet) => packet?.at === 'dropped');
        const isRefused = name === 'refused' && found[0]?.to === 'turn';
        const isDown = [caller, callee].some(({ states }) =>
          ['disconnected', 'failed'].includes(states.connectionState ?? ''),
        );
        const isGone = trace.events
          .slice(from, cursor)
          .some(({ kind }) => kind === 'binding' || kind === 'network');
        expect(isDropped || isRefused || isDown || isGone, name).toBe(true);
      }
    }
  });

  test.each(LOCALES)('is told in few whole words (%s)', (locale) => {
    const trace = traceOf(id);
    inLocale(locale, () => {
      for (const step of numbers(trace)) {
        for (const { title, body, short, name } of momentsOf(trace, step)) {
          for (const text of [title, body, short]) {
            expectWhole(text, locale);
            expect(text, name).not.toMatch(/moment_|undefined|null|NaN|``|\{|\}/);
          }
          expect(title.length, title).toBeLessThanOrEqual(50);
          expect(short.length, short).toBeLessThanOrEqual(50);
          expect(short).toMatch(/^(?:[a-z\d가-힣]|[A-Z]{2}|Wi-Fi)/u);
          expect(title + short).not.toMatch(/[`*]/);
          expect(wordCount(body), `${id} ${name}: ${body}`).toBeLessThanOrEqual(60);
        }
      }
    });
  });
});

test.each(['no-way', 'no-hairpin'] as const)('%s: every check that was sent is counted', (id) => {
  const trace = traceOf(id);
  const { caller, callee } = frameAt(trace, trace.length);
  const pairs = [...(caller.pairs?.pairs ?? []), ...(callee.pairs?.pairs ?? [])];
  const sent = pairs.reduce((sum, { requestsSent }) => sum + (requestsSent ?? 0), 0);
  expect(sent).toBeGreaterThan(400);
  inLocale('en', () => {
    expect(momentsOf(trace, 14).at(-1)?.body).toContain(`${String(sent)} unanswered checks`);
  });
});

test('the words are those of the language, whichever was asked for first', () => {
  const trace = traceOf('two-routers');
  const titles = (['en', 'ko', 'en'] as const).map((locale) =>
    inLocale(locale, () => momentsOf(trace, 14)[2]?.title),
  );
  expect(titles).toEqual([
    'The caller’s NAT drops the check',
    '발신자의 NAT가 검사를 버립니다',
    'The caller’s NAT drops the check',
  ]);
});

test('whatever a recording holds, its moments are in order', () => {
  fc.assert(
    fc.property(randomTrace(), (trace) => {
      for (const step of numbers(trace)) {
        const stops = momentStops(trace, step);
        expect(stops).toEqual(stops.toSorted((one, other) => one - other));
        expect(new Set(stops).size).toBe(stops.length);
        for (const { title } of momentsOf(trace, step)) expect(title).not.toBe('');
      }
    }),
  );
});
