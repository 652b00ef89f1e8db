// Takes offers and answers from the browsers that are here, and writes them to test/fixtures/sdp as they are.
/* global document, AudioContext, RTCPeerConnection -- run in the page */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { chromiumArgs, chromiumPath, firefoxPath } from './browser.js';
import { rootPath } from './run.js';

/**
 * All descriptions of a few calls. Runs in the page, so it is whole in itself.
 * @returns {Promise<Record<string, string>>} by name
 */
async function takeAll() {
  /** @type {Record<string, string>} */
  const taken = {};
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  const video = () => canvas.captureStream(5);
  const audio = () => new AudioContext().createMediaStreamDestination().stream;

  /** @param {RTCPeerConnection} peer @param {MediaStream} stream */
  const add = (peer, stream) => {
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
  };
  /** @param {RTCPeerConnection} peer */
  const gathered = async (peer) => {
    for (let tries = 0; tries < 50 && peer.iceGatheringState !== 'complete'; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  /** @param {RTCPeerConnection} caller @param {RTCPeerConnection} callee @param {string | null} name @param {boolean} [waits] */
  const negotiate = async (caller, callee, name, waits = false) => {
    await caller.setLocalDescription();
    if (waits) await gathered(caller);
    const offer = caller.localDescription;
    if (offer === null) throw new Error('no offer');
    await callee.setRemoteDescription(offer);
    for (const transceiver of callee.getTransceivers()) {
      if (!transceiver.stopped && transceiver.direction === 'recvonly') {
        const kind = transceiver.receiver.track.kind;
        if (name?.includes('both')) {
          transceiver.direction = 'sendrecv';
          await transceiver.sender.replaceTrack(
            (kind === 'audio' ? audio() : video()).getTracks()[0] ?? null,
          );
        }
      }
    }
    await callee.setLocalDescription();
    if (waits) await gathered(callee);
    const answer = callee.localDescription;
    if (answer === null) throw new Error('no answer');
    await caller.setRemoteDescription(answer);
    if (name !== null) {
      taken[`${name}-offer`] = offer.sdp;
      taken[`${name}-answer`] = answer.sdp;
    }
  };
  /** @param {(caller: RTCPeerConnection, callee: RTCPeerConnection) => Promise<void>} call */
  const withPeers = async (call) => {
    const caller = new RTCPeerConnection();
    const callee = new RTCPeerConnection();
    try {
      await call(caller, callee);
    } finally {
      caller.close();
      callee.close();
    }
  };

  await withPeers(async (caller, callee) => {
    add(caller, audio());
    add(caller, video());
    caller.createDataChannel('notes');
    await negotiate(caller, callee, 'both-and-data');
  });
  await withPeers(async (caller, callee) => {
    add(caller, audio());
    await negotiate(caller, callee, 'audio');
  });
  await withPeers(async (caller, callee) => {
    caller.createDataChannel('notes');
    await negotiate(caller, callee, 'data');
  });
  await withPeers(async (caller, callee) => {
    caller.addTransceiver(video().getTracks()[0] ?? 'video', {
      sendEncodings: [
        { rid: 'h' },
        { rid: 'm', scaleResolutionDownBy: 2 },
        { rid: 'l', scaleResolutionDownBy: 4 },
      ],
    });
    await negotiate(caller, callee, 'simulcast');
  });
  await withPeers(async (caller, callee) => {
    add(caller, audio());
    caller.createDataChannel('notes');
    await negotiate(caller, callee, 'gathered', true);
  });
  await withPeers(async (caller, callee) => {
    caller.addTransceiver('audio', { direction: 'recvonly' });
    caller.addTransceiver('video', { direction: 'recvonly' });
    await negotiate(caller, callee, 'recvonly');
  });
  await withPeers(async (caller, callee) => {
    add(caller, audio());
    add(caller, video());
    await negotiate(caller, callee, null, true);
    caller.getTransceivers()[0]?.stop();
    add(caller, video());
    await negotiate(caller, callee, 'renegotiated', true);
  });
  return taken;
}

const folder = join(rootPath, 'test', 'fixtures', 'sdp');
mkdirSync(folder, { recursive: true });

// A page of its own origin: AudioContext and capture want a secure context, which localhost is.
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><title>SDP</title>');
});
await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
const listening = server.address();
const port = listening !== null && typeof listening === 'object' ? listening.port : 0;
const address = `http://localhost:${String(port)}/`;

/** @param {string} browser @param {Record<string, string>} taken */
function write(browser, taken) {
  for (const [name, sdp] of Object.entries(taken)) {
    writeFileSync(join(folder, `${browser}-${name}.sdp`), sdp);
  }
  console.log(`${browser}: ${String(Object.keys(taken).length)} descriptions`);
}

try {
  const chromiumAt = chromiumPath();
  if (chromiumAt !== undefined) {
    const browser = await chromium.launch({ executablePath: chromiumAt, args: chromiumArgs() });
    try {
      const page = await browser.newPage();
      await page.goto(address);
      write('chromium', await page.evaluate(takeAll));
    } finally {
      await browser.close();
    }
  }
  const firefoxAt = firefoxPath();
  if (firefoxAt !== undefined) {
    const browser = await launch({
      browser: 'firefox',
      executablePath: firefoxAt,
      headless: true,
    });
    try {
      const page = await browser.newPage();
      await page.goto(address);
      write('firefox', await page.evaluate(takeAll));
    } finally {
      await browser.close();
    }
  }
} finally {
  server.close();
}
