// The stage over a record of two agents behind NATs: the packet at hand on its way, where it is dropped, and the path.
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import type { PacketEvent } from '../../../src/trace/event.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import { netCall, SYMMETRIC, twoNats } from '../../unit/views/net-call.ts';
import { connectedTrace } from '../../fixtures/connected-trace.ts';
import StageOf from './StageOf.svelte';

afterEach(() => {
  cleanup();
});

const call = netCall(twoNats(SYMMETRIC, SYMMETRIC));

function eventOf(trace: Trace, is: (event: PacketEvent) => boolean): PacketEvent {
  const found = trace.events.find((event) => event.kind === 'packet' && is(event));
  if (found?.kind !== 'packet') throw new Error('no such packet');
  return found;
}

async function stage(trace: Trace, cursor: number) {
  await page.viewport(1200, 900);
  const { container } = await render(StageOf, { trace, frame: trace.frameAt(cursor) });
  const all = (selector: string) => [...container.querySelectorAll(selector)];
  const texts = (selector: string) =>
    all(selector).map((each) => each.textContent.replaceAll(/\s+/g, ' ').trim());
  return { all, texts };
}

describe('a packet on the stage', () => {
  test('goes along its way to where it is, and is told in words', async () => {
    const event = eventOf(call, ({ at }) => at === 'delivered');
    const { all, texts } = await stage(call, event.n);
    expect(texts('.chip').at(-1)).toBe('1 · question');
    expect(all('.way path')).toHaveLength(2);
    expect(texts('.packet .what')[0]).toMatch(/^Packet 1: STUN Binding request, \d+ bytes$/);
    expect(texts('ul[aria-label="The network"] li').join('\n')).toContain('Caller: 10.0.1.5');
  });

  test('stops in red at what drops it, with the rule', async () => {
    const event = eventOf(call, ({ rule }) => rule === 'filtered');
    const { all, texts } = await stage(call, event.n);
    expect(all('.cross')).toHaveLength(1);
    expect(all('.node.bad')).toHaveLength(1);
    expect(texts('.verdict.bad')).toEqual(['dropped: nobody inside has sent there']);
  });
});

describe('in this browser', () => {
  test('there is no network, and the way between both says how it stands', async () => {
    const trace = connectedTrace();
    const { all, texts } = await stage(trace, 0);
    expect(all('.internet')).toHaveLength(0);
    expect(texts('.says').join(' ')).toMatch(/^no path/);
  });
});
