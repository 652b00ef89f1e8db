// What protects a path, in words: DTLS and its state, its cipher suite, and the SRTP profile, as getStats names them.
import { m } from '../../i18n/paraglide/messages.js';
import { plain } from './plain.ts';

/** What a DTLS state means (RTCDtlsTransportState). Any text is taken for one. */
export function dtlsStateText(state: string): string {
  return m.ice_dtls_state({ value: plain(state) });
}

/** What a DTLS role means (RTCDtlsRole). Any text is taken for one. */
export function dtlsRoleText(role: string): string {
  return m.ice_dtls_role({ value: plain(role) });
}

/** Which version a `tlsVersion` of getStats stands for: the two bytes of the record's version, in hex. */
export function tlsVersionText(version: string): string {
  return m.ice_dtls_version({ version: versionOf(version), value: plain(version) });
}

function versionOf(version: string): 'onethree' | 'onetwo' | 'onezero' | 'other' {
  switch (version.toUpperCase()) {
    case 'FEFC':
      return 'onethree';
    case 'FEFD':
      return 'onetwo';
    case 'FEFF':
      return 'onezero';
    default:
      return 'other';
  }
}

/** A cipher suite taken apart by its name (RFC 8446 §B.4, RFC 5246 §A.5). */
export interface CipherSuite {
  /** Such as `ECDHE_ECDSA`; `null` where the suite leaves that open, as in TLS 1.3. */
  readonly exchange: string | null;
  readonly bulk: 'gcm' | 'ccm' | 'chacha' | 'cbc' | 'other';
  /** The cipher as the name has it, such as `AES_128_GCM`. */
  readonly cipher: string;
  /** The length of the key. */
  readonly bits: number | null;
  /** Such as `SHA-256`; `null` where the name has none. */
  readonly hash: string | null;
}

/** A suite's parts, or null for a name that is none. */
export function cipherSuite(name: string): CipherSuite | null {
  const [, exchange = null, rest = ''] = /^TLS_(?:(\w+?)_WITH_)?(\w+)$/.exec(name) ?? [];
  const [, cipher = '', size] = /^(.+?)(?:_SHA(256|384|512)?)?$/.exec(rest) ?? [];
  if (cipher === '' || !/^(?:\w*AES|CHACHA20|3DES|RC4|ARIA|CAMELLIA|NULL|SEED)/.test(cipher)) {
    return null;
  }
  const key = /^AES_(128|256)_/.exec(cipher)?.[1];
  const hash = /_SHA(?:256|384|512)?$/.test(rest)
    ? size === undefined
      ? 'SHA-1'
      : `SHA-${size}`
    : null;
  const isChaCha = cipher === 'CHACHA20_POLY1305';
  return {
    exchange,
    bulk: bulkOf(cipher),
    cipher,
    bits: isChaCha ? 256 : key === undefined ? null : Number(key),
    hash,
  };
}

function bulkOf(cipher: string): CipherSuite['bulk'] {
  if (cipher === 'CHACHA20_POLY1305') return 'chacha';
  if (/^AES_(?:128|256)_GCM$/.test(cipher)) return 'gcm';
  if (/^AES_(?:128|256)_CCM(?:_8)?$/.test(cipher)) return 'ccm';
  return /^AES_(?:128|256)_CBC$/.test(cipher) ? 'cbc' : 'other';
}

/** A cipher suite in words: key exchange, encryption and hash, a sentence each. */
export function cipherText(name: string): string {
  const suite = cipherSuite(name);
  if (suite === null) return m.ice_cipher_unknown({ value: plain(name) });
  const { exchange, bulk, cipher, bits, hash } = suite;
  const pieces = [
    m.ice_cipher_exchange({
      exchange: exchange === null ? 'apart' : exchange.toLowerCase().replaceAll('_', ''),
      value: exchange ?? '',
    }),
    m.ice_cipher_bulk({ kind: bulk, bits: String(bits ?? ''), value: cipher }),
  ];
  if (hash !== null) {
    pieces.push(
      m.ice_cipher_hash({ use: bulk === 'cbc' || bulk === 'other' ? 'mac' : 'derive', hash }),
    );
  }
  return pieces.join(' ');
}

// RFC 5764 §4.1.2 and RFC 7714 §14.2; the same without `SRTP_` as RFC 4568 §6.2 and RFC 7714 §14.1 write them.
const PROFILES: Readonly<
  Record<string, readonly [kind: 'gcm' | 'cm' | 'null', bits: number, tag: number]>
> = {
  SRTP_AES128_CM_HMAC_SHA1_80: ['cm', 128, 80],
  SRTP_AES128_CM_HMAC_SHA1_32: ['cm', 128, 32],
  AES_CM_128_HMAC_SHA1_80: ['cm', 128, 80],
  AES_CM_128_HMAC_SHA1_32: ['cm', 128, 32],
  // RFC 6188, where the key has 256 bits.
  AES_256_CM_HMAC_SHA1_80: ['cm', 256, 80],
  AES_256_CM_HMAC_SHA1_32: ['cm', 256, 32],
  SRTP_NULL_HMAC_SHA1_80: ['null', 0, 80],
  SRTP_NULL_HMAC_SHA1_32: ['null', 0, 32],
  SRTP_AEAD_AES_128_GCM: ['gcm', 128, 128],
  SRTP_AEAD_AES_256_GCM: ['gcm', 256, 128],
  AEAD_AES_128_GCM: ['gcm', 128, 128],
  AEAD_AES_256_GCM: ['gcm', 256, 128],
};

/** What an SRTP profile does, by the name that getStats gives. */
export function srtpText(name: string): string {
  const [kind, bits, tag] = (Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined) ?? [
    ...(['other', 0, 0] as const),
  ];
  return m.ice_srtp({ kind, bits: String(bits), tag: String(tag), value: plain(name) });
}
