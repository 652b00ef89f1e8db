// The export dialog's contents: what each row gives, what it is called, and what is said when it cannot be done.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { setLocale } from '../../../src/i18n/locale.svelte.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';
import Export from '../../../src/views/export/Export.svelte';
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

async function shown(cursor = 6, sdp: string | null = null) {
  const trace = walked();
  const frame = trace.frameAt(cursor);
  const ondownload = vi.fn<(blob: Blob, name: string) => void>();
  const onsave = vi.fn<() => void>();
  const rows = () => ladderRows(trace, frame);
  const screen = await render(Export, { frame, sdp, rows, onsave, ondownload });
  return { ...screen, ondownload, onsave };
}

/** The one file that was handed out. */
async function fileOf(ondownload: Awaited<ReturnType<typeof shown>>['ondownload']) {
  await expect.poll(() => ondownload.mock.calls.length).toBe(1);
  const [blob, name] = ondownload.mock.calls[0] ?? [];
  if (blob === undefined) throw new Error('nothing was handed out');
  return { blob, name, text: await blob.text() };
}

test('SVG, with the names of the language that is read', async () => {
  setLocale('ko');
  const { getByRole, getByText, ondownload } = await shown();
  await getByRole('button', { name: '다운로드 시퀀스를 SVG로' }).click();
  const { name, text, blob } = await fileOf(ondownload);
  expect(name).toBe('peerglass-step-4.svg');
  expect(blob.type).toBe('image/svg+xml');
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(svg.querySelector('parsererror')).toBeNull();
  expect(svg.documentElement.getAttribute('lang')).toBe('ko');
  expect(svg.documentElement.textContent).toContain('발신자');
  await expect.element(getByText('peerglass-step-4.svg 파일')).toBeVisible();
});

test('PNG, of two pixels a unit', async () => {
  const { getByRole, ondownload } = await shown();
  await getByRole('button', { name: 'Download Sequence as PNG' }).click();
  const { name, blob } = await fileOf(ondownload);
  expect(name).toBe('peerglass-step-4.png');
  expect(blob.type).toBe('image/png');
  const image = await createImageBitmap(blob);
  expect(image.width).toBe(3200);
});

test('a picture that cannot be made says what to do', async () => {
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => {
    done(null);
  });
  const { getByRole, getByText, ondownload } = await shown();
  await getByRole('button', { name: 'Download Sequence as PNG' }).click();
  await expect.element(getByText('The file could not be made.')).toBeVisible();
  expect(ondownload).not.toHaveBeenCalled();
});

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
