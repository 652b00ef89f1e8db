// What the parts mean of the lines about groups, ICE and DTLS.
import { addressInfo } from '../rtc/address.ts';
import { digestBytes } from './digest.ts';
import { among, mean } from './meaning.ts';
import type { Mean, Meaning, Place } from './meaning.ts';
import { attribute, sectionByMid } from './parse.ts';
import type { TransportPart } from './split.ts';

const OPTIONS = ['trickle', 'renomination', 'ice2', 'google-ice', 'rtp-ecn'] as const;
const EXTENSIONS = [
  ...(['raddr', 'rport', 'tcptype', 'generation'] as const),
  ...(['ufrag', 'network-id', 'network-cost'] as const),
] as const;
const ROLES = ['actpass', 'active', 'passive', 'holdconn'] as const;

/** What each of these parts means. */
export const TRANSPORT_PARTS: Readonly<Record<TransportPart, Mean>> = {
  grouping: (text) => mean('grouping', { semantics: among(text, ['BUNDLE', 'LS', 'FID', 'DUP']) }),
  mid: (text, place) => midMeaning(text, place),
  'ice-option': (text) =>
    mean('ice-option', { option: among(text === 'rtp+ecn' ? 'rtp-ecn' : text, OPTIONS) }),
  ufrag: () => mean('ufrag', {}),
  password: () => mean('password', {}),
  foundation: () => mean('foundation', {}),
  typ: () => mean('typ', {}),
  'remote-candidate': () => mean('remote-candidate', {}),
  'tls-id': () => mean('tls-id', {}),
  'crypto-tag': () => mean('crypto-tag', {}),
  'crypto-suite': () => mean('crypto-suite', {}),
  key: () => mean('key', {}),
  pacing: (text) => mean('pacing', { value: text }),
  component: (text, place) => {
    const kind = text === '1' ? 'rtp' : text === '2' ? 'rtcp' : 'other';
    const muxed = attribute(place.section, 'rtcp-mux') === null ? 'no' : 'yes';
    return mean('component', { kind, muxed });
  },
  transport: (text) => mean('transport', { kind: among(text.toLowerCase(), ['udp', 'tcp']) }),
  priority: (text) => priority(text),
  address: (text) => mean('address', { kind: addressKind(text) }),
  'candidate-port': (text) =>
    mean('candidate-port', { kind: text === '9' ? 'discard' : 'other', value: text }),
  'candidate-type': (text) =>
    mean('candidate-type', { type: among(text, ['host', 'srflx', 'prflx', 'relay']) }),
  'candidate-extension': (text) => {
    const [name = '', value = ''] = text.split(' ');
    return mean('candidate-extension', { name: among(name, EXTENSIONS), value });
  },
  hash: (text) =>
    mean('hash', { name: text.toLowerCase(), strength: strength(text.toLowerCase()) }),
  digest: (text) => mean('digest', { bytes: digestBytes(text) }),
  role: (text) => {
    const role = among(text, ROLES);
    return role === 'other' ? mean('malformed', {}) : mean('role', { role });
  },
};

/** In `a=mid` it is the section's own; in a group the first mid is the tagged section's (RFC 9143 §2). */
function midMeaning(text: string, { document, rule, parts, index }: Place): Meaning {
  if (rule === 'mid') return mean('mid', { use: 'own', mid: text, kind: '' });
  const section = sectionByMid(document, text);
  const kind = section?.media?.kind ?? '';
  if (section === null) return mean('mid', { use: 'missing', mid: text, kind });
  const isRejected = section.media?.port === 0 && attribute(section, 'bundle-only') === null;
  const isTagged = parts[0]?.text === 'BUNDLE' && index === 1;
  return mean('mid', {
    use: isRejected ? 'rejected' : isTagged ? 'tagged' : 'member',
    mid: text,
    kind,
  });
}

/** RFC 8445 §5.1.2.1: 2^24 × type preference + 2^8 × local preference + (256 − component). */
function priority(text: string): Meaning {
  const number = Number(text);
  if (number > 2 ** 31 - 1) return mean('malformed', {});
  return mean('priority', {
    type: String(Math.floor(number / 2 ** 24)),
    local: String(Math.floor(number / 2 ** 8) % 2 ** 16),
    component: String(256 - (number % 2 ** 8)),
  });
}

function addressKind(address: string): 'mdns' | 'name' | 'ip4' | 'ip6' {
  const { kind, family } = addressInfo(address);
  if (family !== null) return family === 4 ? 'ip4' : 'ip6';
  return kind === 'mdns' ? 'mdns' : 'name';
}

/** RFC 8122 §5: MD5 and MD2 must not be used for new fingerprints; SHA-1 is not collision-resistant any more. */
function strength(hash: string): 'good' | 'weak' | 'unknown' {
  if (['sha-256', 'sha-384', 'sha-512', 'sha-224'].includes(hash)) return 'good';
  return ['sha-1', 'md5', 'md2'].includes(hash) ? 'weak' : 'unknown';
}
