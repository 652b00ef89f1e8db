// Records as files: saved, opened, walked without WebRTC, and refused when they are none.
import { readFile } from 'node:fs/promises';
import { TRACE_VERSION } from '../../src/trace/event.ts';
import { withoutWebRtc } from './support/faults.ts';
import { expect, test } from './support/test.ts';
import { LAST, STEP_IDS, type Upload, type Walk } from './support/walk.ts';

const MIB = 2 ** 20;

/** Finishes a call and saves its record. */
async function saved(walk: Walk): Promise<string> {
  await walk.open();
  await walk.finish();
  const download = walk.page.waitForEvent('download');
  await walk.tool('Save recording');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^peerglass-\d{4}-\d\d-\d\d-\d{4}\.json$/);
  return readFile(await file.path(), 'utf8');
}

const json = (text: string, name = 'call.json'): Upload => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Walks a record, and sees in it what a call shows. */
async function walksRecord(walk: Walk): Promise<void> {
  const { page } = walk;
  await walk.at(0);
  for (let step = 1; step <= LAST; step += 1) {
    await walk.next();
    await expect(page).toHaveURL(new RegExp(`#/call/${STEP_IDS[step] ?? ''}`));
    if (step === 4) {
      await expect(walk.state('caller', 'signalingState')).toHaveText('have-local-offer');
    }
  }
  await walk.connected();
  await expect(walk.region('caller')).toContainText('no picture in a record');
  await walk.hasTool('Hang up', false);
  await expect(walk.button('Last step')).toHaveAttribute('aria-disabled', 'true');
  // What can come next takes a call that is made.
  await walk.button('What next?').click();
  await expect(page.getByRole('heading', { name: 'What next?' })).toBeFocused();
  await expect(page.getByRole('region', { name: 'What next?' })).toContainText(
    'This is a recording',
  );
}

test('a record is saved, and opened by button and by drop where there is no WebRTC', async ({
  walk,
  page,
}) => {
  const text = await saved(walk);
  expect(JSON.parse(text)).toMatchObject({ peerglass: 'trace', version: TRACE_VERSION });
  // From here on this page cannot call.
  await withoutWebRtc(page);
  await walk.tool('New call…');
  await walk.at(0);
  await page.reload();
  expect(await page.evaluate(() => 'RTCPeerConnection' in globalThis)).toBe(false);
  await walk.openRecording(json(text));
  await expect(walk.notices).toContainText('call.json is a record');
  await expect(page.getByText(/^Recording of /)).toBeVisible();
  await walksRecord(walk);
  await walk.tool('New call…');
  await walk.at(0);
  await walk.drop({ name: 'dropped.json', type: 'application/json', text });
  await expect(walk.notices).toContainText('dropped.json is a record');
  await walk.finish();
});

test('what is no record is refused with the reason, and the walk stays', async ({ walk, page }) => {
  const text = await saved(walk);
  await walk.seek(4);
  const screen = await walk.steadyScreen();
  const refused: readonly (readonly [Upload, RegExp])[] = [
    [json('', 'empty.json'), /empty\.json is empty/],
    [json(text.slice(0, text.length / 2), 'cut.json'), /cut\.json ends too early/],
    [json('{"log": {"version": "1.2"}}', 'har.json'), /har\.json is no Peerglass record/],
    [json('not even JSON', 'text.json'), /text\.json is no Peerglass record/],
    [
      json(
        text.replace(
          `"version": ${String(TRACE_VERSION)}`,
          `"version": ${String(TRACE_VERSION + 1)}`,
        ),
        'newer.json',
      ),
      /made by a newer Peerglass/,
    ],
    [json(text.replace('"side":"caller"', '"side":"alice"'), 'edited.json'), /not as it should be/],
  ];
  for (const [file, reason] of refused) {
    await walk.openRecording(file);
    await expect(walk.notices).toContainText(reason);
    await walk.notices.getByRole('button', { name: 'Close' }).last().click();
    await expect(walk.notices).toBeEmpty();
  }
  // Made in the page: a chooser takes no buffer of this size.
  await page.evaluate(
    (size) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(size)], 'huge.json', { type: 'application/json' }));
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    },
    64 * MIB + 1,
  );
  await expect(walk.notices).toContainText('huge.json is larger than any record can be');
  await walk.at(4);
  expect(await walk.screen()).toBe(screen);
});
