// Holds the code samples to what they claim: JavaScript, all steps in it, in the order that a call needs.
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { codeExcerpt, codeFor, codeSide } from '../../../src/lessons/call/code.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { ALL_OPTIONS } from './arbitrary.ts';

const named = ALL_OPTIONS.map(
  (options) =>
    [
      `${options.media}, ${JSON.stringify(options.carry)}, trickle ${String(options.trickle)}`,
      options,
    ] as const,
);

/** Parses as a module would, where the top level may await. */
function parse(text: string): Script {
  return new Script(`async () => {\n${text}\n};`);
}

test.each(named)('%s', (_, options) => {
  const code = codeFor(options);
  for (const side of ['caller', 'callee'] as const) {
    const text = code[side].map((line) => line.text).join('\n');
    expect(() => parse(text)).not.toThrow();
    expect(code[side].length).toBeLessThanOrEqual(38);
    for (const line of code[side]) expect(line.text.length).toBeLessThanOrEqual(76);
    for (const line of code[side]) expect(line.text).toBe(line.text.trimEnd());
    expect(text).not.toContain('\n\n\n');
  }
  for (const step of CALL_STEPS) {
    const { kind, side } = step;
    for (const each of side === 'both' ? (['caller', 'callee'] as const) : [side]) {
      expect(
        code[each].some(({ steps }) => steps.includes(kind)),
        `${kind}, ${each}`,
      ).toBe(true);
    }
    const excerpt = codeExcerpt(options, step);
    expect(excerpt.length).toBeGreaterThanOrEqual(3);
    expect(excerpt.length).toBeLessThanOrEqual(5);
    expect(excerpt.some(({ steps }) => steps.includes(kind))).toBe(true);
    expect(excerpt.some(({ text }) => /^\S/.test(text))).toBe(true);
    expect(excerpt.at(-1)?.text).not.toBe('');
    const all = code[codeSide(step)].map(({ text }) => text.trim()).join('\n');
    expect(all).toContain(excerpt.map(({ text }) => text.trim()).join('\n'));
  }
});

test('each step is lit on the side that acts, by the call that it is about', () => {
  const [options] = ALL_OPTIONS;
  if (options === undefined) throw new Error('no options');
  const all = {
    ...options,
    media: 'camera' as const,
    carry: { audio: true, video: true, data: true },
  };
  const code = codeFor(all);
  const lit = Object.fromEntries(
    CALL_STEPS.map(({ kind, side }) => {
      const lines = code[codeSide({ side })].filter(({ steps }) => steps.includes(kind));
      return [kind, lines.map(({ text }) => text).join('\n')];
    }),
  );
  for (const [id, call] of Object.entries({
    'capture-caller': 'getUserMedia(',
    'add-tracks': 'addTrack(',
    'create-offer': 'createOffer(',
    'set-local-offer': 'setLocalDescription(offer)',
    'gather-candidates': 'onicecandidate',
    'send-offer': 'postMessage({ offer',
    'set-remote-offer': 'setRemoteDescription(data.offer)',
    'capture-callee': 'getUserMedia(',
    'create-answer': 'createAnswer(',
    'set-local-answer': 'setLocalDescription(answer)',
    'send-answer': 'postMessage({ answer',
    'receive-answer': 'onmessage',
    'set-remote-answer': 'setRemoteDescription(data.answer)',
    connect: 'ontrack',
  })) {
    expect(lit[id]).toContain(call);
  }
});

test('only what is carried is in the code', () => {
  for (const options of ALL_OPTIONS) {
    const { caller, callee } = codeFor(options);
    const text = [...caller, ...callee].map((line) => line.text).join('\n');
    expect(text.includes('DataChannel(')).toBe(options.carry.data);
    expect(text.includes('ondatachannel')).toBe(options.carry.data);
    expect(text.includes('ontrack')).toBe(options.carry.audio || options.carry.video);
    const camera = options.media === 'camera' && (options.carry.audio || options.carry.video);
    expect(text.includes('getUserMedia')).toBe(camera);
  }
});
