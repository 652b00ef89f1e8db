// The Network tab over a record of two agents behind NATs: the packet, the tables, the ladder.
import { afterEach, describe, expect, test } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import type { PacketEvent } from '../../../src/trace/event.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import NetworkTab from '../../../src/views/tabs/NetworkTab.svelte';
import {
  carrierGrade,
  netCall,
  PORT_RESTRICTED,
  SYMMETRIC,
  twoNats,
} from '../../unit/views/net-call.ts';
import { connectedTrace } from '../../fixtures/connected-trace.ts';

afterEach(() => {
  cleanup();
});

const call = netCall(twoNats(SYMMETRIC, SYMMETRIC));

/** The first event of a packet that is so. */
function eventOf(trace: Trace, is: (event: PacketEvent) => boolean): PacketEvent {
  const found = trace.events.find((event) => event.kind === 'packet' && is(event));
  if (found?.kind !== 'packet') throw new Error('no such packet');
  return found;
}

/** What the socket that a packet came from is outside. */
function addressOf({ translation }: PacketEvent): string {
  const outside = translation?.binding.outside;
  return outside === undefined ? '' : `${outside.address}:${outside.port}`;
}

async function tab(trace: Trace, cursor: number) {
  const picked: number[] = [];
  const step = trace.ends.findIndex((end) => end >= cursor);
  const screen = await render(NetworkTab, {
    frame: trace.frameAt(cursor),
    before: trace.frameAt(step <= 0 ? 0 : trace.stepEnd(step - 1)),
    options: trace.header.options,
    onpick: (n: number) => void picked.push(n),
  });
  const all = (selector: string) => [...screen.container.querySelectorAll(selector)];
  const texts = (selector: string) =>
    all(selector).map((each) => each.textContent.replaceAll(/\s+/g, ' ').trim());
  return { screen, picked, all, texts };
}

describe('the tab', () => {
  test('has no packet in a step without one, and says where the first is', async () => {
    const { texts } = await tab(call, call.stepEnd(4));
    expect(texts('.packet')[0]).toMatch(/^No packet yet\. .*step 5/);
  });

  test('says which profile ran, and for a browser’s call that there is nothing', async () => {
    const { texts } = await tab(call, call.length);
    expect(texts('.simulated')[0]).toContain('RFC 8445');
    cleanup();
    const real = await tab(connectedTrace(), 3);
    expect(real.texts('.empty')[0]).toContain('real network');
  });
});

describe('a dropped packet', () => {
  test('has the rule named in its way and at the table', async () => {
    const event = eventOf(call, ({ rule }) => rule === 'filtered');
    const { texts } = await tab(call, event.n);
    const { address, port } = event.source;
    const rule = `filtered: nothing had gone out to ${address}:${port}`;
    expect(texts('.way li').at(-1)).toContain(rule);
    const [verdict] = texts('.verdict.bad');
    expect(verdict).toContain(`packet ${event.id} comes from ${address}:${port}`);
    expect(verdict).toMatch(/: not in the list$/);
  });
});

describe('an endpoint', () => {
  test('is one thing inside and outside of the NAT, lit everywhere at once', async () => {
    const event = eventOf(call, ({ at, id }) => at === 'delivered' && id === 1);
    const { screen, all, texts } = await tab(call, event.n);
    await screen.getByRole('button', { name: '10.0.1.5' }).first().click();
    const lit = all('.address.lit');
    expect(lit.length).toBeGreaterThanOrEqual(4);
    const [outside] = texts('.way li:last-child .address.lit');
    expect(outside).toMatch(/^198\.51\.100\.7:\d+/);
    expect(all('button.address.lit:not(.caller)')).toHaveLength(0);
  });
});

describe('the tables', () => {
  test('light what a packet made, name the servers, and lead to who made it', async () => {
    const cones = netCall(twoNats(PORT_RESTRICTED, PORT_RESTRICTED));
    const event = eventOf(cones, ({ translation }) => translation?.created === true);
    const { texts, screen, picked } = await tab(cones, event.n);
    expect(texts('.in.lit')).toEqual(['192.0.2.10:3478 new STUN']);
    await screen
      .getByRole('button', { name: addressOf(event) })
      .first()
      .click();
    expect(picked).toEqual([event.n]);
  });

  test('give each destination of a symmetric NAT a row, and say what was dropped', async () => {
    const { texts } = await tab(call, call.length);
    const rows = texts('section[aria-label^="Every destination"] tbody tr');
    expect(rows.some((row) => row.endsWith('dropped by the other NAT'))).toBe(true);
  });

  test('strike through what has expired in this step', async () => {
    const short = { ...SYMMETRIC, lifetime: 1000 };
    const trace = netCall(twoNats(short, short), { until: 2500 });
    const event = trace.events.find(({ kind }) => kind === 'binding');
    const { texts } = await tab(trace, event?.n ?? 0);
    expect(texts('tr.ended')).toHaveLength(1);
    expect(texts('tr.ended small').at(-1)).toBe('expired');
  });

  test('never call a router by its id', async () => {
    const { screen } = await tab(call, call.length);
    expect(screen.container.textContent).not.toMatch(/router\b/);
  });
});

describe('what a packet carries', () => {
  test('lights bytes for a field and a field for bytes, by pointer and by key', async () => {
    const event = eventOf(call, ({ at, id }) => at === 'delivered' && id === 1);
    const { screen, all, texts } = await tab(call, event.n);
    await screen.getByRole('button', { name: 'STUN Message Header' }).click();
    expect(texts('.byte.lit')).toHaveLength(20);
    expect(texts('.says')[0]).toMatch(/20 bytes .* RFC 8489 §5$/);
    await screen.getByRole('button', { name: 'Magic Cookie' }).hover();
    expect(texts('.byte.lit').join('')).toBe('2112a442');
    const bytes = screen.getByRole('slider', { name: 'Bytes' });
    await bytes.click({ position: { x: 1, y: 1 } });
    const element = bytes.element();
    if (!(element instanceof HTMLElement)) throw new Error('no element');
    element.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) {
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
    await expect
      .element(bytes)
      .toHaveAttribute('aria-valuetext', 'byte 3 of 20: 00, STUN Message Header, Message Length');
    expect(texts('.byte.lit')).toEqual(['00', '00']);
    expect(all('.row.lit').map((each) => each.querySelector('.name')?.textContent)).toEqual([
      'Message Length',
    ]);
  });

  test('says of DTLS and RTP that they are modelled, with true headers', async () => {
    const trace = netCall(carrierGrade(true));
    const is = (start: string) => (event: PacketEvent) => event.bytes?.startsWith(start) === true;
    const { screen, texts } = await tab(trace, eventOf(trace, is('16fefd')).n);
    expect(texts('.packet .note')[0]).toMatch(/^Modelled: the headers of DTLS/);
    await screen.getByRole('button', { name: 'DTLS Record' }).click();
    expect(texts('.fields .row')).toEqual(
      expect.arrayContaining(['Content Type22 handshake', 'VersionDTLS 1.2', 'Record Length48']),
    );
    cleanup();
    const rtp = await tab(trace, eventOf(trace, is('806f')).n);
    expect(rtp.texts('.packet .note')[0]).toMatch(/^Modelled: the RTP header/);
  });
});

describe('the ladder', () => {
  test('has the step’s packets or all, and a press leads to where one left', async () => {
    const { screen, picked, texts, all } = await tab(call, call.length);
    const lanes = ['Caller', 'caller-router', 'TURN', 'callee-router', 'Callee'];
    expect(texts('.head')).toEqual(lanes);
    expect(all('.ladder li').length).toBeLessThanOrEqual(81);
    await screen.getByRole('button', { name: 'all', exact: true }).click();
    expect(texts('.head')).toEqual([...lanes.slice(0, 2), 'STUN', ...lanes.slice(2)]);
    expect(all('.ladder li').length).toBeLessThanOrEqual(81);
    const earlier = screen.getByRole('button', { name: /earlier$/ });
    while (earlier.all().length > 0) await earlier.click();
    await screen
      .getByRole('button', { name: /^Packet 1, Binding request, Caller to STUN/ })
      .click();
    expect(picked).toEqual([eventOf(call, ({ id }) => id === 1).n]);
  });
});
