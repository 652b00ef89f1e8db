// The list and the places behave as an array and a map of stacks do, and share what they can.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY, List } from '../../../src/trace/list.ts';
import { Places } from '../../../src/trace/places.ts';

interface Item {
  readonly id: number;
}

const change = fc.oneof(
  fc.record({ what: fc.constant('append' as const), times: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ what: fc.constant('set' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

test('a list is an array after any appends and sets, and its older versions stay as they were', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      let [list, array]: [List<Item>, readonly Item[]] = [EMPTY, []];
      const versions: [List<Item>, readonly Item[]][] = [];
      let id = 0;
      for (const each of changes) {
        versions.push([list, array]);
        if (each.what === 'append') {
          const added = Array.from({ length: each.times }, () => ({ id: (id += 1) }));
          for (const item of added) list = list.append(item);
          array = [...array, ...added];
        } else if (array.length > 0) {
          id += 1;
          const at = Math.min(array.length - 1, Math.floor(each.at * array.length));
          list = list.set(at, { id });
          array = array.with(at, { id });
        }
      }
      for (const [kept, model] of [...versions, [list, array] as const]) {
        expect([...kept]).toEqual(model);
        expect(kept.length).toBe(model.length);
        expect(model.map((_, at) => kept.at(at))).toEqual(model);
        // What changed since is what an array finds, element by element.
        expect(list.changedFrom(kept, (a, b) => a.id === b.id)).toEqual(
          array.filter((item, at) => model[at]?.id !== item.id),
        );
      }
    }),
    { numRuns: 30 },
  );
});

test('what is not in the list is undefined, and cannot be set', () => {
  const list = List.of({ id: 1 }, { id: 2 });
  for (const at of [-1, 2, 0.5, Number.NaN, Infinity]) {
    expect(list.at(at)).toBeUndefined();
    expect(() => list.set(at, { id: 3 })).toThrow(RangeError);
  }
  expect([EMPTY.length, [...EMPTY]]).toEqual([0, []]);
});

test('setting what is there already gives the same list', () => {
  const item = { id: 1 };
  const list = List.of(item);
  expect(list.set(0, item)).toBe(list);
});

test('what changed is found without a look at the blocks that two versions share', () => {
  let list: List<Item> = EMPTY;
  for (let id = 0; id < 30_000; id += 1) list = list.append({ id });
  let looks = 0;
  const isSame = (a: Item, b: Item) => {
    looks += 1;
    return a === b;
  };
  const changed = list.set(15_000, { id: -1 }).append({ id: -2 });
  expect(changed.changedFrom(list, isSame)).toEqual([{ id: -1 }, { id: -2 }]);
  expect(looks).toBeLessThanOrEqual(64);
});

test('places are a map of stacks, and their older versions stay as they were', () => {
  const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__'), fc.string({ maxLength: 2 }));
  const step = fc.record({ key, put: fc.option(fc.nat(), { nil: null }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100, size: 'max' }), (steps) => {
      let places = Places.EMPTY;
      const model = new Map<string, number[]>();
      for (const { key, put } of steps) {
        const stack = model.get(key) ?? [];
        const before = places;
        const newest = before.newest(key);
        expect(newest).toBe(stack.at(-1));
        places = put === null ? places.drop(key) : places.put(key, put);
        model.set(key, put === null ? stack.slice(0, -1) : [...stack, put]);
        expect(before.newest(key)).toBe(newest);
      }
      for (const [key, stack] of model) expect(places.newest(key)).toBe(stack.at(-1));
    }),
  );
});

test('keys in order do not make places slow', () => {
  let places = Places.EMPTY;
  // A tree that leans to one side would take 200 million comparisons here.
  for (let at = 0; at < 20_000; at += 1) places = places.put(`key ${at + 10_000}`, at);
  expect(places.newest('key 15000')).toBe(5000);
});
