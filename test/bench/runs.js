// 300 calls walked in one tab of the app: each connects, none stays open, and the heap does not grow.
/* global document -- run in the page */
import { ownObjects, progress, withApp } from './tools.js';

const RUNS = 300;
const SETTLED_AFTER = 20;
const MOST_GROWTH = 1.05;

/** Counts the page's connections: those made, those not closed, and those that were connected when looked at. */
function countPeers() {
  /** @type {Set<any>} */
  const open = new Set();
  const peers = {
    made: 0,
    /** How many are not closed, and how many of these are connected. */
    look() {
      for (const peer of open) if (peer.connectionState === 'closed') open.delete(peer);
      return {
        open: open.size,
        connected: [...open].filter((peer) => peer.connectionState === 'connected').length,
      };
    },
  };
  const page = /** @type {any} */ (globalThis);
  const Original = page.RTCPeerConnection;
  page.RTCPeerConnection = class RTCPeerConnection extends Original {
    constructor(/** @type {any[]} */ ...args) {
      super(...args);
      peers.made += 1;
      open.add(this);
    }
  };
  page.peers = peers;
}

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.addInitScript(countPeers);
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const devTools = await context.newCDPSession(page);
    const heap = async () => {
      await devTools.send('HeapProfiler.collectGarbage');
      await devTools.send('HeapProfiler.collectGarbage');
      return (await devTools.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    const objects = () => ownObjects(devTools);
    const look = () => page.evaluate(() => /** @type {any} */ (globalThis).peers.look());

    const menu = page.getByRole('button', { name: 'This call', exact: true });
    const renew = page.getByRole('menuitem', { name: 'New call…', exact: true });
    let connected = 0;
    let mostOpen = 0;
    let settled = 0;
    let settledObjects = 0;
    for (let run = 1; run <= RUNS; run += 1) {
      // The phase's end is four keys away from the start, and the last of them is step 14.
      for (let phase = 0; phase < 4; phase += 1) await page.keyboard.press(']');
      await page.waitForFunction(
        () =>
          document.title.startsWith('14 · ') &&
          document.querySelector('.where:not(.busy)') !== null,
      );
      const now = await look();
      if (now.open === 2 && now.connected === 2) connected += 1;
      mostOpen = Math.max(mostOpen, now.open);
      await menu.click();
      await renew.click();
      await page.waitForFunction(() => document.title === 'Peerglass');
      if (run === SETTLED_AFTER) {
        settled = await heap();
        settledObjects = await objects();
      }
      progress('runs', run, RUNS);
    }
    const end = await heap();
    const endObjects = await objects();
    const left = await look();
    return [
      {
        measure: 'runs in one tab that did not connect, of 300',
        value: RUNS - connected,
        unit: '',
        limit: 0,
      },
      { measure: 'runs in one tab: connections left open', value: left.open, unit: '', limit: 0 },
      { measure: 'runs in one tab: most open at once', value: mostOpen, unit: '', limit: 2 },
      {
        measure: 'runs in one tab: heap after 300 to that after 20',
        value: end / settled,
        unit: '×',
      },
      { measure: 'runs in one tab: heap after 300', value: end, unit: 'MB' },
      {
        measure: 'runs in one tab: the same without compiled code',
        value: endObjects / settledObjects,
        unit: '×',
        limit: MOST_GROWTH,
      },
    ];
  });
}
