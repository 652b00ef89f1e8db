// Candidates, pairs and what protects them in words: whole in both languages, whatever the values.
import fc from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { parseCandidate } from '../../../src/ice/candidate.ts';
import type { CandidatePair, PairChoice, PairNote, PairReason } from '../../../src/ice/pair.ts';
import { PAIR_STATES } from '../../../src/ice/pair.ts';
import { addressText, candidateTexts, priorityText } from '../../../src/lessons/ice/candidate.ts';
import {
  iceRoleText,
  pairPriorityText,
  pairStateText,
  whyTexts,
} from '../../../src/lessons/ice/pair.ts';
import {
  cipherSuite,
  cipherText,
  dtlsRoleText,
  dtlsStateText,
  srtpText,
  tlsVersionText,
} from '../../../src/lessons/ice/security.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

const LINES = [
  'candidate:3089393031 1 udp 2113937151 5b0f6d34-9c2e-4b7e-8f51-0c1d2e3f4a5b.local 54321 typ host generation 0 ufrag 02tA network-id 1 network-cost 999',
  'candidate:1 2 UDP 1685987327 198.51.100.7 41231 typ srflx raddr 10.0.1.5 rport 50000',
  'candidate:1 1 udp 50339839 2606:4700::1 41231 typ relay raddr 0.0.0.0 rport 0 x-new 1',
  'candidate:2 1 tcp 1518214911 192.168.0.2 9 typ host tcptype active',
  'candidate:2 3 sctp 0 1.2.3 0 typ odd raddr x rport 1 tcptype odd',
  'candidate:2 1 tcp 1845501695 100.64.0.1 9 typ prflx raddr fe80::1 rport 1 tcptype so',
];

describe.each(LOCALES)('in %s', (locale) => {
  it.each(LINES)('each field of %s has its sentence', (line) => {
    const fields = parseCandidate(line);
    if (fields === null) throw new Error('no candidate');
    inLocale(locale, () => {
      const texts = candidateTexts(fields);
      expect(texts).toHaveLength(
        7 +
          Number(fields.relatedAddress !== null) +
          Number(fields.relatedPort !== null) +
          Number(fields.tcpType !== null) +
          fields.extensions.length,
      );
      for (const { text, name, value } of texts) {
        expectWhole(text, locale);
        expect(name).not.toBe('');
        expect(line.toLowerCase()).toContain(value.toLowerCase());
      }
    });
  });

  it('each state, role, version, suite and profile has its sentence', () => {
    inLocale(locale, () => {
      for (const state of [...PAIR_STATES, 'cancelled']) expectWhole(pairStateText(state), locale);
      for (const state of ['new', 'connecting', 'connected', 'closed', 'failed', 'odd']) {
        expectWhole(dtlsStateText(state), locale);
        expect(dtlsStateText(state)).toContain(state);
      }
      for (const role of ['client', 'server', 'unknown']) expectWhole(dtlsRoleText(role), locale);
      for (const role of ['controlling', 'controlled', 'odd'])
        expectWhole(iceRoleText(role), locale);
      for (const version of ['FEFD', 'FEFC', 'FEFF', '0303'])
        expectWhole(tlsVersionText(version), locale);
      for (const suite of SUITES) expectWhole(cipherText(suite), locale);
      for (const profile of [
        'SRTP_AEAD_AES_128_GCM',
        'AES_CM_128_HMAC_SHA1_80',
        'SRTP_NULL_HMAC_SHA1_32',
        'odd',
      ]) {
        expectWhole(srtpText(profile), locale);
      }
    });
  });

  it('each reason and note has its sentence', () => {
    const reasons: readonly PairReason[] = [
      { id: 'none' },
      { id: 'only-pair' },
      { id: 'only-one-that-worked', failed: 1, unfinished: 0 },
      { id: 'highest-that-worked', worked: 2, above: 0 },
      { id: 'highest-that-worked', worked: 2, above: 1 },
      { id: 'nominated-over-higher', higher: 1 },
      { id: 'used-over-higher', higher: 3 },
      { id: 'unranked', worked: 2 },
    ];
    const notes: readonly PairNote[] = [
      ...(['remote-peer-reflexive', 'local-peer-reflexive', 'relayed', 'direct', 'tcp'] as const),
    ];
    inLocale(locale, () => {
      for (const reason of reasons) {
        const choice: PairChoice = { reason, notes };
        const texts = whyTexts(choice);
        expect(texts.length).toBeGreaterThanOrEqual(6);
        for (const text of texts) expectWhole(text, locale);
      }
    });
  });
});

const SUITES = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_PSK_WITH_AES_128_CCM_8',
  'TLS_NOTHING',
];

test('a cipher suite is taken apart', () => {
  expect(SUITES.map(cipherSuite)).toEqual([
    { exchange: null, bulk: 'gcm', cipher: 'AES_128_GCM', bits: 128, hash: 'SHA-256' },
    { exchange: null, bulk: 'chacha', cipher: 'CHACHA20_POLY1305', bits: 256, hash: 'SHA-256' },
    { exchange: 'ECDHE_ECDSA', bulk: 'gcm', cipher: 'AES_128_GCM', bits: 128, hash: 'SHA-256' },
    { exchange: 'ECDHE_RSA', bulk: 'cbc', cipher: 'AES_256_CBC', bits: 256, hash: 'SHA-1' },
    { exchange: 'RSA', bulk: 'other', cipher: '3DES_EDE_CBC', bits: null, hash: 'SHA-1' },
    { exchange: 'PSK', bulk: 'ccm', cipher: 'AES_128_CCM_8', bits: 128, hash: null },
    null,
  ]);
});

test('the numbers of this candidate and pair stand in the formulas', () => {
  inLocale('en', () => {
    expect(priorityText('host', 2113937151)).toContain('2^24 × 126 + 2^8 × 30 + (256 − 1)');
    expect(priorityText('relay', 50339839)).toContain('3 is Chromium’s own');
    expect(priorityText('host', 0)).toContain('not a legal priority');
    const end = { type: 'host', protocol: 'udp', address: '', port: 1 };
    const pair: CandidatePair = {
      ...{ id: 'a', state: 'succeeded', nominated: true, rtt: null },
      local: { ...end, priority: 1 },
      remote: { ...end, priority: 2 },
    };
    expect(pairPriorityText(pair, 'controlling')).toContain('4294967300');
    expect(pairPriorityText(pair, 'controlled')).toContain('G = 2');
    expect(pairPriorityText(pair, null)).toBeNull();
    expect(tlsVersionText('FEFC')).toContain('DTLS 1.3');
    expect(tlsVersionText('fefd')).toContain('DTLS 1.2');
    expect(addressText('192.168.1.1')).toContain('RFC 1918');
  });
});

test('any text is explained without an exception, and leaves the marks in pairs', () => {
  fc.assert(
    fc.property(fc.string(), fc.double(), (text, number) => {
      for (const said of [
        ...[pairStateText(text), dtlsStateText(text), dtlsRoleText(text), cipherText(text)],
        ...[cipherText(`TLS_${text}`), srtpText(text), tlsVersionText(text), addressText(text)],
        ...[priorityText(text, number), iceRoleText(text)],
      ]) {
        expect(said.split('`').length % 2).toBe(1);
        expect(said.split('**').length % 2).toBe(1);
      }
    }),
  );
});
