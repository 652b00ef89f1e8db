// What is typed into the setup and what the recording says of it: nothing secret gets into the recording's file.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { iceServersOf, optionsOf } from '../../../src/app/walk/run-options.ts';
import { codeFor } from '../../../src/lessons/call/code.ts';
import { errorInfo } from '../../../src/peers/error.ts';
import { recordNew } from '../../../src/peers/recording.ts';
import { TRACE_VERSION, type RunOptions } from '../../../src/trace/event.ts';
import { decode, encode } from '../../../src/trace/file.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { Trace } from '../../../src/trace/trace.ts';
import { DEFAULT_CHOICES } from '../../../src/views/start/choices.ts';
import { typedUrl } from '../../fixtures/typed-url.ts';

const traceWith = (options: RunOptions) =>
  new Trace({
    version: TRACE_VERSION,
    id: 'a',
    startedAt: new Date(0).toISOString(),
    agent: '',
    options,
  });

test('what is typed is what the browser is told, without blank fields and blank servers', () => {
  const servers = [
    { url: ' stun:host ', username: '', credential: '' },
    { url: '  ', username: 'user', credential: 'password' },
    { url: 'turn:user:password@host', username: 'user', credential: 'password' },
  ];
  const choices = { ...DEFAULT_CHOICES, servers };
  expect(iceServersOf(choices)).toEqual([
    { urls: 'stun:host' },
    { urls: 'turn:user:password@host', username: 'user', credential: 'password' },
  ]);
  expect(optionsOf(choices, null).iceServers).toEqual(['stun:host', 'turn:host']);
});

test('no secret of a URL stands in the recording or in the code, whether the browser takes it or not', () => {
  fc.assert(
    fc.property(typedUrl(), ({ url, secrets }) => {
      const servers = [{ url, username: secrets[0] ?? '', credential: secrets[1] ?? '' }];
      const choices = { ...DEFAULT_CHOICES, servers };
      const options = optionsOf(choices, null);
      const trace = traceWith(options);
      const recorder = new Recorder(trace, () => 0);
      const refuse = () => {
        throw new DOMException(`'${url}' is not a valid stun or turn URL.`, 'SyntaxError');
      };
      try {
        recordNew('caller', recorder, iceServersOf(choices), refuse);
      } catch (thrown) {
        // As the call makes a problem of it.
        const problem = { code: 'ice-server-malformed', error: errorInfo(thrown) } as const;
        recorder.write({ kind: 'problem', side: 'caller', problem });
      }
      expect(trace.events.map(({ kind }) => kind)).toEqual(['call', 'exception', 'problem']);
      const shown = [encode(trace), JSON.stringify(codeFor(options))];
      for (const secret of secrets) {
        const written = JSON.stringify(secret).slice(1, -1);
        for (const text of shown) expect(text).not.toContain(written);
      }
    }),
  );
});

test('a recording that was saved with secrets is opened without them', () => {
  fc.assert(
    fc.property(typedUrl(), ({ url, secrets }) => {
      const options = { ...optionsOf(DEFAULT_CHOICES, null), iceServers: [url] };
      const opened = decode(encode(traceWith(options)));
      for (const secret of secrets) {
        expect(opened.header.options.iceServers.join()).not.toContain(secret);
      }
    }),
  );
});
