// What was measured of Chromium, and must not be otherwise in its profile.
import { expect, test } from 'vitest';
import { ONE_HOME } from '../../../src/lessons/net/networks.ts';
import { bareCall } from './measured.ts';

test.each(['chromium', 'rfc8445'] as const)(
  '%s: a side that was told no candidate is found at its host candidate, though it has sent nothing',
  async (profile) => {
    const { peers, run } = await bareCall({ network: ONE_HOME, profile, signals: ['caller'] });
    await run(5000);
    expect(peers.caller.connectionState).toBe('connected');
    expect(peers.callee.connectionState).toBe('connected');
  },
);
