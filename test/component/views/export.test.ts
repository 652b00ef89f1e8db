// The export dialog's contents: what each row gives, what it is called, and what is said when it cannot be done.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { setLocale } from '../../../src/i18n/locale.svelte.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';
import Export from '../../../src/views/export/Export.svelte';
import { paint } from '../../../src/views/export/picture/paint.ts';
import { paintPart } from '../../../src/views/export/picture/parts.ts';
import type { SlideSource } from '../../../src/views/export/slide-source.ts';
import { OFFER, walked } from './walked.ts';

const copy = vi.fn<(text: string) => Promise<void>>();

beforeEach(() => {
  copy.mockReset().mockResolvedValue();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(copy);
});

afterEach(() => {
  vi.restoreAllMocks();
  setLocale('en');
});

async function shown(cursor = 6, sdp: string | null = null, slide: SlideSource | null = null) {
  const trace = walked();
  const frame = trace.frameAt(cursor);
  const ondownload = vi.fn<(blob: Blob, name: string) => void>();
  const onsave = vi.fn<() => void>();
  const rows = () => ladderRows(trace, frame);
  const screen = await render(Export, { frame, sdp, rows, slide, onsave, ondownload });
  return { ...screen, ondownload, onsave };
}

/** The one file that was handed out. */
async function fileOf(ondownload: Awaited<ReturnType<typeof shown>>['ondownload']) {
  await expect.poll(() => ondownload.mock.calls.length).toBe(1);
  const [blob, name] = ondownload.mock.calls[0] ?? [];
  if (blob === undefined) throw new Error('nothing was handed out');
  return { blob, name, text: await blob.text() };
}

test('Mermaid, downloaded and copied', async () => {
  const { getByRole, ondownload } = await shown();
  await getByRole('button', { name: 'Download Sequence as Mermaid' }).click();
  const { name, text } = await fileOf(ondownload);
  expect(name).toBe('peerglass-step-4.mmd');
  expect(text).toMatch(/^sequenceDiagram/m);
  await getByRole('button', { name: 'Copy Sequence as Mermaid' }).click();
  expect(copy).toHaveBeenCalledExactlyOnceWith(text);
  await expect.element(getByRole('button', { name: 'Copied Sequence as Mermaid' })).toBeVisible();
  await expect.element(getByRole('status')).toHaveTextContent('Copied');
});

test('the description that is shown, byte for byte', async () => {
  const { getByRole, getByText, ondownload } = await shown();
  await expect.element(getByText('Caller · as created · offer')).toBeVisible();
  await getByRole('button', { name: 'Copy This description as text' }).click();
  expect(copy).toHaveBeenCalledExactlyOnceWith(OFFER);
  await getByRole('button', { name: 'Download This description as text' }).click();
  const { name, text } = await fileOf(ondownload);
  expect(name).toBe('peerglass-step-4-caller-offer.txt');
  expect(text).toBe(OFFER);
});

test('what is chosen but holds nothing gives way to the step’s own', async () => {
  const { getByText } = await shown(6, 'callee.currentLocal');
  await expect.element(getByText('Caller · as created · offer')).toBeVisible();
});

test('before there is a description it says when there will be one', async () => {
  const { getByRole, getByText } = await shown(4);
  await expect.element(getByText('There is no description yet.')).toBeVisible();
  await expect
    .element(getByRole('button', { name: 'Copy This description as text' }))
    .not.toBeInTheDocument();
});

test('copying that is refused says what to do', async () => {
  copy.mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  const { getByRole } = await shown();
  await getByRole('button', { name: 'Copy Sequence as Mermaid' }).click();
  await expect.element(getByRole('status')).toHaveTextContent(/did not allow copying\. Download/);
  await expect.element(getByRole('button', { name: 'Copy Sequence as Mermaid' })).toBeVisible();
});

test('the record is saved by who keeps it', async () => {
  const { getByRole, onsave } = await shown();
  await getByRole('button', { name: 'Download This record' }).click();
  expect(onsave).toHaveBeenCalledOnce();
});

test('before the first step there is nothing to export', async () => {
  const { getByRole, getByText } = await shown(0);
  await expect.element(getByText('Nothing has happened yet.')).toBeVisible();
  await expect.element(getByRole('button')).not.toBeInTheDocument();
});

describe('pictures for slides', () => {
  /** An element on the page, until the test is over. */
  function laid(html: string): HTMLElement {
    const element = document.createElement('div');
    element.style.cssText = 'position: absolute; inset: 0 auto auto 0; width: 400px';
    element.innerHTML = html;
    document.body.append(element);
    return element;
  }

  const source = (find: SlideSource['find']): SlideSource => ({
    ...{ kicker: 'The call', title: 'A title', text: 'What is `said` of it.', find },
  });

  afterEach(() => {
    for (const each of document.querySelectorAll('[style*="inset: 0"]')) each.remove();
  });

  test('have the ground of a drawing, round corners, and grounds that go from colour to colour', () => {
    const svg = paint(
      laid(`<div style="overflow: hidden; border-radius: 8px; width: 160px; height: 90px">
        <svg width="160" height="90" style="background: rgb(0, 114, 178)"><circle r="5" /></svg></div>
        <p style="height: 6px; background: linear-gradient(90deg, rgb(0, 0, 255), rgb(255, 0, 0))"></p>`),
    );
    expect(svg).toMatch(/<rect [^>]*width="160" height="90"[^>]* fill="#0072b2"/);
    expect(svg).toMatch(/<clipPath id="(painted-\d+)"><rect [^>]*rx="8"\/><\/clipPath>/);
    expect(svg).toMatch(
      /<linearGradient id="(painted-\d+)">.*#0000ff.*#ff0000.*fill="url\(#\1\)"/s,
    );
  });

  test('have as many rows of the ladder as there is room for, and leave it where it was', () => {
    const row = (at: number) =>
      `<div class="row${at === 25 ? ' lit' : ''}" style="height: 20px">row ${String(at)}</div>`;
    const rows = Array.from({ length: 40 }, (_, at) => row(at)).join('');
    const room = laid(
      `<div class="parts" style="height: 100px; overflow: hidden auto"><div class="heads" style="position: sticky; top: 0; height: 20px">heads</div>${rows}</div>`,
    );
    const scroller = room.querySelector('.parts');
    if (scroller === null) throw new Error('nothing scrolls');
    scroller.scrollTop = 440;
    const painted = paintPart('ladder', room, 0.5);
    expect(painted?.height).toBe(200);
    expect(painted?.svg).toContain('>row 25<');
    expect(painted?.svg).toContain('>heads<');
    expect(scroller.scrollTop).toBe(440);
    // All of a short one.
    expect(paintPart('ladder', room, 4)?.height).toBe(828);
  });

  test('are offered of what is on the page, and named for it', async () => {
    const stage = laid('<p>stage</p>');
    const { getByRole, ondownload } = await shown(
      6,
      null,
      source((part) => (part === 'stage' || part === 'states' ? stage : null)),
    );
    await expect.element(getByRole('button', { name: 'Ladder' })).not.toBeInTheDocument();
    await getByRole('button', { name: 'States' }).click();
    await getByRole('button', { name: 'SVG' }).click();
    const { name, text } = await fileOf(ondownload);
    expect(name).toBe('peerglass-step-4-states.svg');
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(svg.querySelector('parsererror')).toBeNull();
    expect(svg.documentElement.textContent).toContain('A title');
  });
});
