// What the parts of the session's lines mean, and those of c=, b= and data channels.
import { addressInfo } from '../rtc/address.ts';
import { among, mean } from './meaning.ts';
import type { Mean } from './meaning.ts';
import type { SessionPart } from './split.ts';

/** What each of these parts means. */
export const SESSION_PARTS: Readonly<Record<SessionPart, Mean>> = {
  version: (text) => mean('version', { known: text === '0' ? 'yes' : 'no' }),
  username: (text) => {
    const who = text === '-' ? 'none' : text.startsWith('mozilla') ? 'firefox' : 'other';
    return mean('username', { who });
  },
  'session-id': () => mean('session-id', {}),
  'session-version': () => mean('session-version', {}),
  network: () => mean('network', {}),
  'key-method': () => mean('key-method', {}),
  ttl: () => mean('ttl', {}),
  'address-type': (text) => mean('address-type', { type: among(text, ['IP4', 'IP6']) }),
  'origin-address': (text) =>
    mean('origin-address', { kind: isPlaceholder(text) ? 'placeholder' : 'other' }),
  'session-name': (text) => mean('session-name', { kind: text === '-' ? 'none' : 'other' }),
  information: () => mean('text', { part: 'information' }),
  uri: () => mean('text', { part: 'uri' }),
  contact: () => mean('text', { part: 'contact' }),
  repeat: () => mean('text', { part: 'repeat' }),
  'time-zone': () => mean('text', { part: 'time-zone' }),
  'start-time': (text) => mean('time', { which: 'start', bound: /^0+$/.test(text) ? 'no' : 'yes' }),
  'stop-time': (text) => mean('time', { which: 'stop', bound: /^0+$/.test(text) ? 'no' : 'yes' }),
  'connection-address': (text) => mean('connection-address', { kind: kindOfAddress(text) }),
  'rtcp-address': (text) => mean('rtcp-address', { kind: kindOfAddress(text) }),
  'bandwidth-type': (text) =>
    mean('bandwidth-type', { type: among(text, ['AS', 'TIAS', 'CT', 'RS', 'RR']) }),
  bandwidth: (text, { parts }) =>
    mean('bandwidth', { value: text, unit: unitOf(parts[0]?.text ?? '') }),
  'sctp-port': (text) => mean('sctp-port', { value: text }),
  'sctp-streams': (text) => mean('sctp-streams', { value: text }),
  'sctp-protocol': () => mean('sctp-protocol', {}),
  // RFC 8841 §6: 0 says that there is no limit.
  'message-size': (text) =>
    mean('message-size', { value: text, limit: /^0+$/.test(text) ? 'no' : 'yes' }),
};

/** What browsers write where an address is asked for that nobody is to read (RFC 9429 §5.2.1). */
function isPlaceholder(address: string): boolean {
  return ['0.0.0.0', '127.0.0.1', '::', '::1'].includes(address);
}

function kindOfAddress(address: string): 'placeholder' | 'name' | 'address' {
  const { kind, family } = addressInfo(address);
  if (kind === 'unspecified') return 'placeholder';
  return family === null ? 'name' : 'address';
}

/** CT and AS count kilobits a second (RFC 8866 §5.8); TIAS, RS and RR bits (RFC 3890 §6.2, RFC 3556 §2). */
function unitOf(type: string): 'kilobits' | 'bits' | 'other' {
  if (type === 'AS' || type === 'CT') return 'kilobits';
  return type === 'TIAS' || type === 'RS' || type === 'RR' ? 'bits' : 'other';
}
