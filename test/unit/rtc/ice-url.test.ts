// The URL of an ICE server: what is kept of it, and that nothing secret survives in it or in a text that quotes it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasCredentials, hideCredentials, withoutCredentials } from '../../../src/rtc/ice-url.ts';
import { typedUrl } from '../../fixtures/typed-url.ts';

test.each([
  'stun:stun.example.org',
  'stun:stun.example.org:3478',
  'stuns:192.0.2.1:5349',
  'turn:[2001:db8::1]:3478?transport=tcp',
  'TURNS:turn.example.org?transport=udp',
  // Malformed or half typed, with no secret in it.
  '',
  'stun:',
  'turn:host:',
  'turn:host?',
  'turn:host?trans',
  'turn:host?transport=',
  'turn:host?transport=sctp',
  'turn:[2001:db8',
  'stun://stun.example.org',
  'http://x',
  'stun.example.org',
])('%s is kept as it is', (url) => {
  expect(withoutCredentials(url)).toBe(url);
  expect(hasCredentials(url)).toBe(false);
});

test.each([
  ['turn:user:password@host', 'turn:host'],
  ['turns:user:p@ss@host:443?transport=tcp', 'turns:host:443?transport=tcp'],
  ['turn://user:password@host:3478', 'turn:host:3478'],
  ['turn:user:pass%40host', 'turn:host'],
  ['turn:user:pass＠host', 'turn:host'],
  ['turn:user:pa/ss@host', 'turn:host'],
  ['user:password@host', 'host'],
  ['http://user:password@host', 'http://host'],
  ['turn:host?credential=password', 'turn:host'],
  ['turn:host?username=user&credential=password&transport=tcp', 'turn:host?transport=tcp'],
  ['turn:host?transport=tcp&credential=password', 'turn:host?transport=tcp'],
  ['turn:host#password', 'turn:host'],
  ['turn:host:3478/user/password', 'turn:host:3478'],
  ['turn:host:3478 user password', 'turn:host:3478'],
  ['turn:host:user:password', 'turn:host'],
  ['{"urls":"turn:host","credential":"password"}', ''],
  // Which of the two is the host?
  ['turn:user:p?ss@host', 'turn:'],
  ['turn:host?credential=p@ss', 'turn:'],
  ['turn:user:p ss@host', 'turn:'],
])('of %s, %s is kept', (url, kept) => {
  expect(withoutCredentials(url)).toBe(kept);
  expect(hasCredentials(url)).toBe(true);
});

test('a URL keeps all but who signs in', () => {
  expect(withoutCredentials('stun:stun.example:3478')).toBe('stun:stun.example:3478');
  expect(withoutCredentials('turns:a:b@turn.example?transport=tcp')).toBe(
    'turns:turn.example?transport=tcp',
  );
});

test('what is kept has nothing more to hide', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        typedUrl().map(({ url }) => url),
      ),
      (url) => {
        expect(hasCredentials(withoutCredentials(url))).toBe(false);
      },
    ),
  );
});

test('no secret survives, wherever in the URL it was typed', () => {
  fc.assert(
    fc.property(typedUrl(), ({ url, secrets }) => {
      const kept = withoutCredentials(url);
      for (const secret of secrets) expect(kept).not.toContain(secret);
      expect(hasCredentials(url)).toBe(true);
    }),
  );
});

test('no secret survives in a text that quotes the URL', () => {
  fc.assert(
    fc.property(typedUrl(), ({ url, secrets }) => {
      const hidden = hideCredentials(`'${url}' is malformed: ${url}`, ['stun:host', ` ${url}`]);
      for (const secret of secrets) expect(hidden).not.toContain(secret);
    }),
  );
});

test('a text that quotes a part of the URL, or the URL escaped, is not shown', () => {
  const url = 'turn:me:비밀 sesame@host';
  for (const text of [`'${encodeURI(url)}' is malformed`, "'sesame@host' is malformed"]) {
    expect(hideCredentials(text, [url])).toBe('turn:…');
  }
});

test('an error says where the secret stood, and stays as it is without one', () => {
  const error = (url: string) => `'${url}' is not a valid stun or turn URL.`;
  const hide = (url: string) => hideCredentials(error(url), [url]);
  expect(hide('turn:me:sesame@host')).toBe(error('turn:…@host'));
  expect(hide('turn:host?credential=sesame')).toBe(error('turn:host…'));
  expect(hide('turn:me:s?same@host')).toBe(error('turn:…'));
  expect(hide('stun:')).toBe(error('stun:'));
});
