// The small pure parts of the peers' room: frames, names, types, the card's clock, explanations.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockText } from '../../../src/peers/card.ts';
import { errorInfo } from '../../../src/peers/error.ts';
import { decodeFrame, encodeFrame, safeName, safeType } from '../../../src/peers/framing.ts';
import { explainCaptureError, NoMediaDevicesError } from '../../../src/peers/media.ts';

test('a frame is decoded as it was encoded, and anything else is none', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 128 }), fc.string(), (id, text) => {
      const frame = { peerglass: 'text', id, text } as const;
      expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(decodeFrame(text)).toBeNull();
    }),
  );
});

test('a name keeps no folder and no control character, and is never empty', () => {
  expect(safeName('../../etc/passwd')).toBe('passwd');
  expect(safeName('C:\\notes\\사진.png')).toBe('사진.png');
  expect(safeName('a\u0000b\n')).toBe('ab');
  for (const name of ['', '..', '.', 'folder/']) expect(safeName(name)).toBe('file');
});

test('only types that run nothing keep their name', () => {
  expect(safeType('image/png')).toBe('image/png');
  expect(safeType('text/plain')).toBe('text/plain');
  for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', '', 'a/b;c']) {
    expect(safeType(type)).toBe('application/octet-stream');
  }
});

test('the clock of the card', () => {
  expect(clockText(0)).toBe('00:00.0');
  expect(clockText(61_234)).toBe('01:01.2');
  expect(clockText(3_600_000)).toBe('60:00.0');
});

test('anything thrown has a name and a message', () => {
  expect(errorInfo(new DOMException('no', 'NotFoundError'))).toEqual({
    name: 'NotFoundError',
    message: 'no',
  });
  expect(errorInfo(new TypeError('no'))).toEqual({ name: 'TypeError', message: 'no' });
  expect(errorInfo('no')).toEqual({ name: 'string', message: 'no' });
  expect(errorInfo(null)).toEqual({ name: 'object', message: 'null' });
});

test.each([
  ['NotAllowedError', 'camera-denied'],
  ['SecurityError', 'camera-denied'],
  ['NotFoundError', 'camera-missing'],
  ['OverconstrainedError', 'camera-missing'],
  ['NotReadableError', 'camera-busy'],
  ['AbortError', 'camera-busy'],
  ['TypeError', 'unexpected'],
])('%s is explained as %s, in its own words', (name, code) => {
  const error = new DOMException('the words', name);
  expect(explainCaptureError(error, true)).toEqual({ code, error: { name, message: 'the words' } });
});

test('no capture at all is the page, where that is not secure, or else the browser', () => {
  const error = new NoMediaDevicesError('none');
  expect(explainCaptureError(error, false).code).toBe('insecure-context');
  expect(explainCaptureError(error, true).code).toBe('no-webrtc');
});
