// The ICE and Transport tabs over a record, without a call: what they say, what opens, and what they say when they can't tell.
import { afterEach, describe, expect, test } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import type { Trace } from '../../../src/trace/trace.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import IceTab from '../../../src/views/tabs/IceTab.svelte';
import TransportTab from '../../../src/views/tabs/TransportTab.svelte';
import { CALLEE_PRINT, CALLER_PRINT, connectedTrace } from '../../fixtures/connected-trace.ts';

afterEach(() => {
  cleanup();
});

/** The two frames that a tab is shown: at the end, and at the end of the step before. */
const frames = (trace: Trace, cursor = trace.length) => ({
  frame: frameAt(trace, cursor),
  before: frameAt(trace, trace.stepEnd(13)),
});

describe('ICE', () => {
  async function ice(trace: Trace) {
    const picked: number[] = [];
    const screen = await render(IceTab, {
      ...frames(trace),
      onpick: (n: number) => void picked.push(n),
    });
    return { screen, picked };
  }

  test('rows open into what they mean, one at a time, and lead to their events', async () => {
    const { screen, picked } = await ice(connectedTrace());
    const rows = screen.getByRole('button', { name: 'found', exact: true });
    expect(rows.all()).toHaveLength(3);
    await rows.nth(1).click();
    await expect.element(rows.nth(1)).toHaveAttribute('aria-expanded', 'true');
    const opened = () => screen.container.querySelectorAll('td.open');
    expect(opened()).toHaveLength(1);
    const text = opened()[0]?.textContent ?? '';
    expect(text).toContain('2113937151 = 2^24 × 126 + 2^8 × 30 + (256 − 1)');
    expect(text).toContain('192.0.2.2');
    expect(text).toContain('network-cost');
    await rows.nth(2).click();
    expect(opened()).toHaveLength(1);
    expect(opened()[0]?.textContent).toContain('RFC 8838');
    await screen.getByRole('button', { name: /^Go to event/ }).click();
    expect(picked).toEqual([4]);
    await rows.nth(2).click();
    expect(opened()).toHaveLength(0);
    // The name ends in .local, which is said once.
    expect(screen.getByText(/^An address that ends in/).all()).toHaveLength(1);
  });

  test('candidates stand under their m= section, which says how many it has', async () => {
    const { screen } = await ice(connectedTrace());
    const heads = [...screen.container.querySelectorAll('.section .group')];
    // The end of candidates is a row, and no candidate.
    expect(heads.map((head) => head.textContent.trim())).toEqual(['mid 0 · 2 candidates']);
    expect(screen.container.querySelectorAll('.section .row')).toHaveLength(3);
    // The selected pair is told before everything else.
    const first = screen.container.querySelector('table');
    expect(first?.closest('section')?.getAttribute('aria-label')).toBe('The pair in use');
  });

  test('pairs stand in the order of their priority, and the one in use says why', async () => {
    const { screen } = await ice(connectedTrace());
    const rows = [...screen.container.querySelectorAll('section section tr.row')];
    expect(rows.map((row) => row.querySelector('.wide')?.textContent)).toEqual([
      '9079312923804853758',
      '9079290933572287998',
    ]);
    expect(rows.map((row) => row.classList.contains('chosen'))).toEqual([true, false]);
    expect(rows[0]?.textContent).toMatch(/✓\s*nominated/);
    expect(rows[0]?.textContent).toContain('hidden:45309');
    await screen.getByRole('button', { name: 'succeeded' }).click();
    const text = screen.container.querySelector('td.open')?.textContent;
    expect(text).toContain('G = 2113942271');
    expect(text).toContain('getStats gives 9079312923804853248');
    await expect.element(screen.getByText(/only one that worked/)).toBeVisible();
    await expect.element(screen.getByText(/The ports tell the ends apart/)).toBeVisible();
  });

  test('addresses that are known are not said to be hidden', async () => {
    const { screen } = await ice(connectedTrace({ address: '2001:db8::1' }));
    expect(screen.container.textContent).toContain('[2001:db8::1]:45309');
    expect(screen.getByText(/The ports tell the ends apart/).all()).toHaveLength(0);
  });

  test('a record without pairs says so', async () => {
    const { screen } = await ice(connectedTrace({ without: ['pairs'] }));
    await expect.element(screen.getByText(/^This record has only the pair/)).toBeVisible();
    await expect.element(screen.getByText('The pair in use')).toBeVisible();
    // The callee has none at all.
    expect(screen.getByText(/^No pairs yet/).all()).toHaveLength(1);
    expect(screen.getByText('No candidates yet.').all()).toHaveLength(1);
  });

  test('without the ICE role the browser’s own priority stands, and its formula does not', async () => {
    const { screen } = await ice(connectedTrace({ without: ['transport'] }));
    const first = screen.container.querySelector('section section .wide code');
    expect(first?.textContent).toBe('9079312923804853248');
    await screen.getByRole('button', { name: 'succeeded' }).click();
    const text = screen.container.querySelector('td.open')?.textContent;
    expect(text).toContain('as the browser gives it, rounded');
    expect(text).not.toContain('2^32');
  });
});

describe('Transport', () => {
  const transport = (trace: Trace, cursor?: number) =>
    render(TransportTab, { trace, ...frames(trace, cursor) });

  test('before step 14 it says what will be here', async () => {
    const screen = await transport(connectedTrace(), 3);
    await expect.element(screen.getByText(/^Nothing to show yet.*step 14/)).toBeVisible();
  });

  test('states and ciphers have their raw value and words', async () => {
    const screen = await transport(connectedTrace());
    const text = screen.container.querySelector('dl')?.textContent ?? '';
    for (const part of ['FEFC', 'DTLS 1.3', 'TLS_AES_128_GCM_SHA256', 'AES in GCM', 'controlling'])
      expect(text).toContain(part);
    expect(text).toContain('SRTP_AES128_CM_HMAC_SHA1_80');
    expect(text).toContain('counter mode');
  });

  test('the two fingerprints are equal when they are, and only then', async () => {
    const screen = await transport(connectedTrace());
    await expect.element(screen.getByText('They are equal.')).toBeVisible();
    const shown = [...screen.container.querySelectorAll('dd')].map((each) => each.textContent);
    expect(shown.filter((each) => each === CALLEE_PRINT)).toHaveLength(2);
    expect(shown.filter((each) => each === CALLER_PRINT)).toHaveLength(1);
    cleanup();
    const other = CALLEE_PRINT.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    const unequal = await transport(connectedTrace({ announced: other }));
    await expect.element(unequal.getByText('They are not equal.')).toBeVisible();
    expect(unequal.getByText('They are equal.').all()).toHaveLength(0);
    cleanup();
    const none = await transport(connectedTrace({ announced: 'sha-512 AB' }));
    await expect.element(none.getByText(/nothing to compare/)).toBeVisible();
  });

  test('plots say their first, highest and last value, up to the cursor', async () => {
    const trace = connectedTrace();
    const screen = await transport(trace);
    const label = (name: RegExp) =>
      screen.getByRole('img', { name }).element().getAttribute('aria-label');
    expect(label(/^Bytes/)).toBe(
      'Bytes since the start. sent: first 803.5 kB, highest 3.2 MB, last 3.2 MB. received: first 35.9 kB, highest 143.6 kB, last 143.6 kB',
    );
    expect(label(/^Bit rate/)).toMatch(/sent: first 6\.4 Mb\/s, highest 12\.\d Mb\/s/);
    const lines = screen.container.querySelectorAll('path.line');
    expect(lines[0]?.getAttribute('d')).toMatch(/^M0 [\d.]+L100 [\d.]+$/);
    cleanup();
    const first = trace.events.find(({ kind }) => kind === 'stats')?.n ?? 0;
    const early = await transport(trace, first);
    expect(early.getByText('Not measured yet.').all()).toHaveLength(1);
    expect(early.container.querySelector('path.line')?.getAttribute('d')).toMatch(/h0$/);
  });
});
