// Which descriptions of a pasted text are judged together, and with which candidates.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findMaterial, findPasted } from '../../../src/sdp/intake.ts';
import { isTurned, judgedOf, partnerOf } from '../../../src/sdp/pairing.ts';
import { ufragsOf } from '../../../src/sdp/ufrag.ts';
import { verdictOf } from '../../../src/sdp/verdict.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/sdp/${name}.sdp`, import.meta.url), 'utf8');
const OFFER = fixture('chromium-both-and-data-offer');
const ANSWER = fixture('chromium-both-and-data-answer');

const line = (type: string, sdp: string) => `12:00 ${JSON.stringify({ type, sdp })}`;
const foundIn = (text: string) => findMaterial(text);

test('an offer has the first answer after it, an answer the nearest offer before it', () => {
  const { descriptions } = foundIn(`${line('offer', OFFER)}\n${line('answer', ANSWER)}`);
  const [offer, answer] = descriptions;
  if (offer === undefined || answer === undefined) throw new Error('Both are there.');
  expect(partnerOf(offer, descriptions)).toBe(answer);
  expect(partnerOf(answer, descriptions)).toBe(offer);
  expect(isTurned(answer, offer)).toBe(true);
  expect(Object.keys(judgedOf(answer, offer, []))).toEqual(['offer', 'answer']);
});

test('one alone has no other half, nor has one that does not say what it is', () => {
  const { descriptions } = foundIn(line('answer', ANSWER));
  const [answer] = descriptions;
  if (answer === undefined) throw new Error('It is there.');
  expect(partnerOf(answer, descriptions)).toBeNull();
  expect(Object.keys(judgedOf(answer, null, []))).toEqual(['answer']);
  const [plain] = foundIn(OFFER).descriptions;
  if (plain === undefined) throw new Error('It is there.');
  expect(Object.keys(judgedOf(plain, null, []))).toEqual(['alone']);
});

test('a candidate belongs to the description of its ufrag', () => {
  const [ufrag] = ufragsOf(OFFER);
  const candidate = `candidate:1 1 udp 2122260223 192.0.2.7 5000 typ host ufrag ${ufrag ?? ''}`;
  const trickled = JSON.stringify({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
  const { descriptions, candidates } = foundIn(
    `${line('offer', OFFER)}\n12:01 ${trickled}\n${line('answer', ANSWER)}`,
  );
  const [offer, answer] = descriptions;
  if (offer === undefined || answer === undefined) throw new Error('Both are there.');
  const judged = judgedOf(offer, answer, candidates);
  expect(judged.offer?.candidates?.map((each) => each.candidate)).toEqual([candidate]);
  expect(judged.answer?.candidates).toEqual([]);
});

test('a pair that works is found to have nothing wrong, and one that sends one way is told of', () => {
  const summary = (answer: string) => {
    const { descriptions } = foundIn(`${line('offer', OFFER)}\n${line('answer', answer)}`);
    const [one] = descriptions;
    if (one === undefined) throw new Error('It is there.');
    return verdictOf(judgedOf(one, partnerOf(one, descriptions), [])).summary;
  };
  expect(summary(ANSWER).weight).not.toBe('wrong');
  expect(summary(ANSWER.replaceAll('a=sendrecv', 'a=recvonly')).id).toBe('one-way');
});

test('lone candidates are the text that is judged, and stand beside nothing', () => {
  const candidate = 'candidate:1 1 udp 2122260223 192.0.2.7 5000 typ host';
  const { descriptions, candidates } = findPasted(`12:00 got ${candidate}`);
  expect(descriptions.map(({ sdp }) => sdp)).toEqual([`a=${candidate}`]);
  expect(candidates).toEqual([]);
});
