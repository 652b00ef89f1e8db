// Asks the browsers that are here what they do with descriptions that have a fault each, and keeps the answers in
// test/fixtures/browsers/answers.json.
/* global document, RTCPeerConnection -- run in the page */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { PROBES } from '../test/fixtures/browsers/probes.js';
import { chromiumArgs, chromiumPath, firefoxPath } from './browser.js';
import { rootPath } from './run.js';

/**
 * Sets each description on a fresh connection. Runs in the page, so it is whole in itself.
 * @param {readonly { name: string, type: string, shape: string, sdp: string }[]} probes
 * @returns {Promise<Record<string, string>>} by name: empty where it was taken, else the error
 */
async function askAll(probes) {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  const video = canvas.captureStream(5).getVideoTracks()[0];
  /** @param {RTCPeerConnection} peer @param {string} shape */
  const offer = async (peer, shape) => {
    if (shape === 'simulcast') {
      peer.addTransceiver(video ?? 'video', {
        direction: 'sendonly',
        sendEncodings: [{ rid: 'h' }, { rid: 'm' }, { rid: 'l' }],
      });
    } else {
      peer.addTransceiver('audio');
      peer.addTransceiver('video');
      peer.createDataChannel('notes');
    }
    await peer.setLocalDescription();
  };
  /**
   * The answer with the offer's numbers of header extensions, which an answer has to keep.
   * @param {string} answer @param {string} offered
   */
  const renumbered = (answer, offered) => {
    const numbers = new Map(
      [...offered.matchAll(/^a=extmap:(\d+)(?:\/\w+)? (\S+)/gm)].map(([, id, uri]) => [uri, id]),
    );
    return answer.replace(/^a=extmap:([1-9]|10) (\S+)/gm, (line, _, uri) =>
      numbers.has(uri) ? `a=extmap:${String(numbers.get(uri))} ${uri}` : line,
    );
  };
  /** @type {Record<string, string>} */
  const answers = {};
  for (const { name, type, shape, sdp } of probes) {
    const peer = new RTCPeerConnection();
    try {
      if (type === 'answer') await offer(peer, shape);
      const offered = peer.localDescription?.sdp ?? '';
      await peer.setRemoteDescription({
        type: /** @type {RTCSdpType} */ (type),
        sdp: type === 'answer' ? renumbered(sdp, offered) : sdp,
      });
      if (type === 'offer') await peer.setLocalDescription();
      answers[name] = '';
    } catch (error) {
      const { name: kind, message } = /** @type {Error} */ (error);
      answers[name] = `${kind}: ${message}`;
    } finally {
      peer.close();
    }
  }
  return answers;
}

// A page of its own origin, as for a call.
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><title>SDP</title>');
});
await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
const listening = server.address();
const port = listening !== null && typeof listening === 'object' ? listening.port : 0;
const address = `http://localhost:${String(port)}/`;
const questions = PROBES.map(({ name, type, shape, sdp }) => ({ name, type, shape, sdp }));

/** @type {Record<string, { version: string, answers: Record<string, string> }>} */
const asked = {};
try {
  const chromiumAt = chromiumPath();
  if (chromiumAt !== undefined) {
    const browser = await chromium.launch({ executablePath: chromiumAt, args: chromiumArgs() });
    try {
      const page = await browser.newPage();
      await page.goto(address);
      asked['chromium'] = {
        version: browser.version(),
        answers: await page.evaluate(askAll, questions),
      };
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
      asked['firefox'] = {
        version: await browser.version(),
        answers: await page.evaluate(askAll, questions),
      };
    } finally {
      await browser.close();
    }
  }
} finally {
  server.close();
}
writeFileSync(
  join(rootPath, 'test', 'fixtures', 'browsers', 'answers.json'),
  `${JSON.stringify(asked, null, 2)}\n`,
);
console.log(`${String(questions.length)} descriptions, ${Object.keys(asked).join(' and ')}`);
