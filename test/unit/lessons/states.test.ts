// The four machines: every state reachable, every drawing free of overlaps, every text whole in both languages.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { CALLS, illegalCalls, outcomeOfCall } from '../../../src/lessons/states/calls.ts';
import { SIGNALING_STATES } from '../../../src/rtc/signaling-state.ts';
import { CAUSES, MACHINE_DATA, waysOn } from '../../../src/lessons/states/machines.ts';
import { callText, causeLabel, causeText, stateText } from '../../../src/lessons/states/text.ts';
import { MACHINES } from '../../../src/trace/event.ts';
import { expectWhole, inLocale, LOCALES, type Locale } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

interface Area {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function overlap(one: Area, other: Area): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

/** What the boxes and labels of a drawing cover, in a font of 8 units for the labels. */
function areas(name: (typeof MACHINES)[number], locale: Locale): readonly Area[] {
  const { states, edges } = MACHINE_DATA[name];
  const boxes = states.map(({ id, box: { x, y, width, height } }) => ({
    ...{ name: id, left: x - width / 2, right: x + width / 2 },
    ...{ top: y - height / 2, bottom: y + height / 2 },
  }));
  const labels = edges.map(({ from, to, causes, label: { x, y, anchor } }) => {
    const lines = inLocale(locale, () => causes.flatMap(causeLabel));
    const width = Math.max(
      ...lines.map((line) => 4.6 * line.length + 3.4 * (line.match(/[가-힣]/g) ?? []).length),
    );
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    const top = y - 8;
    const bottom = top + lines.length * 10;
    return { name: `${String(from)}→${to}`, left, right: left + width, top, bottom };
  });
  return [...boxes, ...labels];
}

/** Points along a path of `M`, then `L` or `Q`. */
function along(path: string): readonly { readonly x: number; readonly y: number }[] {
  const numbers = path.match(/-?[\d.]+/g)?.map(Number) ?? [];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = x1, y2 = y1] = numbers;
  const [cx, cy] = numbers.length === 6 ? [x1, y1] : [(x0 + x2) / 2, (y0 + y2) / 2];
  return Array.from({ length: 61 }, (_, at) => {
    const t = at / 60;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return { x: a * x0 + b * cx + c * x2, y: a * y0 + b * cy + c * y2 };
  });
}

describe.each(MACHINES)('%s', (name) => {
  const machine = MACHINE_DATA[name];
  const ids = machine.states.map(({ id }) => id);

  it('reaches every state from its first', () => {
    const reached = new Set([machine.initial]);
    for (const state of reached) for (const { to } of waysOn(machine, state)) reached.add(to);
    expect([...reached].sort()).toEqual(ids.toSorted());
    expect(waysOn(machine, 'closed')).toEqual([]);
    expect(waysOn(machine, 'nonsense')).toEqual([]);
  });

  it('has arrows between its states only, each with a path and a cause', () => {
    for (const { from, to, causes, path } of machine.edges) {
      if (from !== null) expect(ids).toContain(from);
      expect(ids).toContain(to);
      expect(causes.length).toBeGreaterThan(0);
      expect(path).toMatch(/^M -?[\d.]+ -?[\d.]+ (Q -?[\d.]+ -?[\d.]+ |L )-?[\d.]+ -?[\d.]+$/);
    }
  });

  it.each(LOCALES)('has no arrow across a label or another state in %s', (locale) => {
    for (const { from, to, path } of machine.edges) {
      for (const area of areas(name, locale)) {
        if (area.name === from || area.name === to) continue;
        const isCrossed = along(path).some(
          ({ x, y }) => x > area.left && x < area.right && y > area.top && y < area.bottom,
        );
        expect.soft(isCrossed, `${String(from)}→${to} and ${area.name}`).toBe(false);
      }
    }
  });

  it.each(LOCALES)('is drawn without overlaps, inside its frame, in %s', (locale) => {
    const all = areas(name, locale);
    for (const [at, area] of all.entries()) {
      expect.soft(area.left, area.name).toBeGreaterThanOrEqual(0);
      expect.soft(area.right, area.name).toBeLessThanOrEqual(machine.width);
      expect.soft(area.top, area.name).toBeGreaterThanOrEqual(0);
      expect.soft(area.bottom, area.name).toBeLessThanOrEqual(machine.height);
      for (const other of all.slice(at + 1)) {
        expect.soft(overlap(area, other), `${area.name} and ${other.name}`).toBe(false);
      }
    }
  });
});

test('the drawing of signalingState says what the table of calls says', () => {
  const { edges } = MACHINE_DATA.signalingState;
  for (const state of SIGNALING_STATES) {
    const drawn = new Set(edges.filter(({ from }) => from === state).map(({ to }) => to));
    const told = CALLS.map((call) => outcomeOfCall(state, call)).flatMap((outcome) =>
      'to' in outcome && outcome.to !== 'closed' ? outcome.to : [],
    );
    expect([...drawn].sort()).toEqual([...new Set(told)].sort());
  }
});

test('what is illegal is what WebRTC 1.0 rejects', () => {
  expect(illegalCalls('stable')).toContain('createAnswer()');
  expect(illegalCalls('stable')).toContain('setRemoteDescription(answer)');
  expect(illegalCalls('stable')).not.toContain('createOffer()');
  expect(illegalCalls('have-local-offer')).not.toContain('createOffer()');
  expect(illegalCalls('have-remote-offer')).toContain('createOffer()');
  expect(illegalCalls('have-remote-offer')).toContain('setLocalDescription(offer)');
  expect(illegalCalls('have-remote-pranswer')).toContain('setRemoteDescription(rollback)');
  expect(illegalCalls('closed')).toEqual(CALLS.filter((call) => call !== 'close()'));
});

test.each(LOCALES)('every state, cause and call has its text in %s', (locale) => {
  inLocale(locale, () => {
    for (const name of MACHINES) {
      for (const { id } of MACHINE_DATA[name].states) expectWhole(stateText(name, id), locale);
      expect(stateText(name, 'toString')).toContain('toString');
    }
    for (const cause of CAUSES) {
      expectWhole(causeText(cause), locale);
      expect(causeLabel(cause).every((line) => line !== '')).toBe(true);
    }
    for (const state of SIGNALING_STATES) {
      for (const call of CALLS) expectWhole(callText(state, call), locale);
    }
  });
});

test.each(['states', 'ice', 'agreed'])(
  'the messages of %s are the same in both languages',
  (name) => {
    const read = (locale: string) =>
      JSON.parse(
        readFileSync(
          new URL(`../../../src/lessons/${name}/${locale}.json`, import.meta.url),
          'utf8',
        ),
      ) as Readonly<Record<string, unknown>>;
    const [en, ko] = [read('en'), read('ko')];
    expect(Object.keys(ko)).toEqual(Object.keys(en));
    const names = (message: unknown) =>
      new Set([...JSON.stringify(message).matchAll(/\{([a-z]+)\}/gi)].map(([, found]) => found));
    for (const [key, message] of Object.entries(en)) {
      expect(key).toMatch(new RegExp(`^${name}_[a-z]+(_[a-z]+)*$`));
      expect(names(ko[key]), key).toEqual(names(message));
    }
    for (const [key, message] of Object.entries(ko)) {
      const text = JSON.stringify(message);
      expect(/(요|죠)[.!?"]/.test(text), key).toBe(false);
      // After a value in braces no particle may depend on how it ends.
      expect(/\}`?(은|는|이|가|을|를|과|와|으로|로)[ .,]/.test(text), key).toBe(false);
    }
  },
);

test('no message has a key that another file has, too', () => {
  const settings = JSON.parse(
    readFileSync(
      new URL('../../../src/i18n/project.inlang/settings.json', import.meta.url),
      'utf8',
    ),
  ) as { readonly 'plugin.inlang.messageFormat': { readonly pathPattern: readonly string[] } };
  const seen = new Map<string, string>();
  for (const pattern of settings['plugin.inlang.messageFormat'].pathPattern) {
    const file = new URL(`../../../src/i18n/${pattern.replace('{locale}', 'en')}`, import.meta.url);
    for (const key of Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)) {
      expect(seen.get(key) ?? pattern, key).toBe(pattern);
      seen.set(key, pattern);
    }
  }
  expect(seen.size).toBeGreaterThan(300);
});
