// The lab: its link names what was chosen and nothing else, and its networks can work.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labNetwork, labServers } from '../../../src/lessons/net/lab.ts';
import {
  DEFAULT_LAB,
  formatLab,
  LEAST_LIFETIME,
  MOST,
  parseLab,
  type LabSettings,
} from '../../../src/lessons/net/lab-settings.ts';
import { checkNetwork } from '../../../src/net/check.ts';
import { DTLS_VERSIONS } from '../../../src/rtc/dtls.ts';
import { natKind } from '../../../src/rtc/nat.ts';

const settings = fc.record<LabSettings>({
  caller: fc.nat(8),
  callee: fc.nat(8),
  turn: fc.boolean(),
  profile: fc.constantFrom('chromium' as const, 'rfc8445' as const),
  dtls: fc.constantFrom(null, ...DTLS_VERSIONS),
  permission: fc.boolean(),
  seed: fc.nat(MOST.seed),
  loss: fc.nat(MOST.loss * 100).map((percent) => percent / 100),
  jitter: fc.nat(MOST.jitter),
  portPreservation: fc.boolean(),
  hairpinning: fc.boolean(),
  lifetime: fc.integer({ min: LEAST_LIFETIME, max: MOST.lifetime }),
});

test('every choice comes back from its link', () => {
  fc.assert(
    fc.property(settings, (chosen) => {
      const query = formatLab(chosen);
      expect(parseLab(query)).toEqual(chosen);
      expect(parseLab(`?${query}`)).toEqual(chosen);
      expect(query.length).toBeLessThan(165);
    }),
  );
});

test('what stands at its default is left out', () => {
  expect(formatLab(DEFAULT_LAB)).toBe('');
  expect(formatLab({ ...DEFAULT_LAB, callee: 8, turn: true, loss: 0.05 })).toBe(
    'callee=apd-apd&turn=on&loss=5',
  );
});

test('any text gives settings, and what is too much its default', () => {
  fc.assert(
    fc.property(fc.string(), (text) => checkNetwork(labNetwork(parseLab(text))).length === 0),
  );
  expect(
    parseLab('caller=toString&turn=yes&ice=none&seed=-1&loss=51&jitter=1e2&ports=&lifetime=1'),
  ).toEqual(DEFAULT_LAB);
});

test('the network can work, has what was chosen, and a TURN server only where one is named', () => {
  fc.assert(
    fc.property(settings, (chosen) => {
      const network = labNetwork(chosen);
      expect(checkNetwork(network)).toEqual([]);
      const { portPreservation, hairpinning, lifetime, loss, jitter } = chosen;
      const rest = { portPreservation, hairpinning, lifetime };
      expect(network.routers.map(({ nat }) => nat)).toEqual([
        { ...natKind(chosen.caller), ...rest },
        { ...natKind(chosen.callee), ...rest },
      ]);
      expect(network.segments.find(({ id }) => id === 'internet')).toMatchObject({ loss, jitter });
      expect(network.hosts.some(({ role }) => role === 'turn')).toBe(chosen.turn);
      expect(labServers(chosen)).toHaveLength(chosen.turn ? 2 : 1);
    }),
  );
});
