// The attributes of STUN, ICE and TURN as data: number, name, kind of value, and where each is specified.

/** What an attribute's value is, and so how its bytes are read. */
export type ValueKind =
  /** RFC 8489 §14.1: family, port, address. */
  | 'address'
  /** RFC 8489 §14.2: the same, hidden from NATs that rewrite what looks like an address. */
  | 'xor-address'
  /** UTF-8. */
  | 'text'
  /** Opaque bytes. */
  | 'bytes'
  /** 32 bits, unsigned. */
  | 'uint32'
  /** 64 bits, unsigned: a `bigint`. */
  | 'uint64'
  /** No value: being there is what it says. */
  | 'flag'
  /** RFC 8489 §14.8: class, number and reason phrase. */
  | 'error'
  /** RFC 8489 §14.13: a list of attribute types. */
  | 'types'
  /** RFC 8656 §18.1: 16 bits, and 16 that are for later use. */
  | 'channel'
  /** 8 bits, and 24 that are for later use: a protocol or an address family. */
  | 'uint8'
  /** RFC 8656 §18.7: one bit. */
  | 'bit';

/** A row of the table. */
export interface AttributeRow {
  /** 16 bits. */
  readonly type: number;
  readonly name: string;
  readonly kind: ValueKind;
  /** Where it is specified. */
  readonly section: string;
}

/** Every attribute that the decoder knows. Types below 0x8000 are comprehension-required (RFC 8489 §14). */
export const ATTRIBUTES = [
  { type: 0x0001, name: 'MAPPED-ADDRESS', kind: 'address', section: 'RFC 8489 §14.1' },
  { type: 0x0006, name: 'USERNAME', kind: 'text', section: 'RFC 8489 §14.3' },
  { type: 0x0008, name: 'MESSAGE-INTEGRITY', kind: 'bytes', section: 'RFC 8489 §14.5' },
  { type: 0x0009, name: 'ERROR-CODE', kind: 'error', section: 'RFC 8489 §14.8' },
  { type: 0x000a, name: 'UNKNOWN-ATTRIBUTES', kind: 'types', section: 'RFC 8489 §14.13' },
  { type: 0x000c, name: 'CHANNEL-NUMBER', kind: 'channel', section: 'RFC 8656 §18.1' },
  { type: 0x000d, name: 'LIFETIME', kind: 'uint32', section: 'RFC 8656 §18.2' },
  { type: 0x0012, name: 'XOR-PEER-ADDRESS', kind: 'xor-address', section: 'RFC 8656 §18.3' },
  { type: 0x0013, name: 'DATA', kind: 'bytes', section: 'RFC 8656 §18.4' },
  { type: 0x0014, name: 'REALM', kind: 'text', section: 'RFC 8489 §14.9' },
  { type: 0x0015, name: 'NONCE', kind: 'text', section: 'RFC 8489 §14.10' },
  { type: 0x0016, name: 'XOR-RELAYED-ADDRESS', kind: 'xor-address', section: 'RFC 8656 §18.5' },
  { type: 0x0017, name: 'REQUESTED-ADDRESS-FAMILY', kind: 'uint8', section: 'RFC 8656 §18.6' },
  { type: 0x0018, name: 'EVEN-PORT', kind: 'bit', section: 'RFC 8656 §18.7' },
  { type: 0x0019, name: 'REQUESTED-TRANSPORT', kind: 'uint8', section: 'RFC 8656 §18.8' },
  { type: 0x001a, name: 'DONT-FRAGMENT', kind: 'flag', section: 'RFC 8656 §18.9' },
  { type: 0x001c, name: 'MESSAGE-INTEGRITY-SHA256', kind: 'bytes', section: 'RFC 8489 §14.6' },
  { type: 0x001d, name: 'PASSWORD-ALGORITHM', kind: 'bytes', section: 'RFC 8489 §14.12' },
  { type: 0x001e, name: 'USERHASH', kind: 'bytes', section: 'RFC 8489 §14.4' },
  { type: 0x0020, name: 'XOR-MAPPED-ADDRESS', kind: 'xor-address', section: 'RFC 8489 §14.2' },
  { type: 0x0022, name: 'RESERVATION-TOKEN', kind: 'bytes', section: 'RFC 8656 §18.10' },
  { type: 0x0024, name: 'PRIORITY', kind: 'uint32', section: 'RFC 8445 §16.1' },
  { type: 0x0025, name: 'USE-CANDIDATE', kind: 'flag', section: 'RFC 8445 §16.1' },
  { type: 0x8000, name: 'ADDITIONAL-ADDRESS-FAMILY', kind: 'uint8', section: 'RFC 8656 §18.11' },
  { type: 0x8001, name: 'ADDRESS-ERROR-CODE', kind: 'bytes', section: 'RFC 8656 §18.12' },
  { type: 0x8002, name: 'PASSWORD-ALGORITHMS', kind: 'bytes', section: 'RFC 8489 §14.11' },
  { type: 0x8003, name: 'ALTERNATE-DOMAIN', kind: 'text', section: 'RFC 8489 §14.16' },
  { type: 0x8004, name: 'ICMP', kind: 'bytes', section: 'RFC 8656 §18.13' },
  { type: 0x8022, name: 'SOFTWARE', kind: 'text', section: 'RFC 8489 §14.14' },
  { type: 0x8023, name: 'ALTERNATE-SERVER', kind: 'address', section: 'RFC 8489 §14.15' },
  { type: 0x8028, name: 'FINGERPRINT', kind: 'uint32', section: 'RFC 8489 §14.7' },
  { type: 0x8029, name: 'ICE-CONTROLLED', kind: 'uint64', section: 'RFC 8445 §16.1' },
  { type: 0x802a, name: 'ICE-CONTROLLING', kind: 'uint64', section: 'RFC 8445 §16.1' },
] as const satisfies readonly AttributeRow[];

/** The name of an attribute in the table. */
export type AttributeName = (typeof ATTRIBUTES)[number]['name'];

const byType = new Map<number, (typeof ATTRIBUTES)[number]>(
  ATTRIBUTES.map((row) => [row.type, row]),
);
const byName = new Map<string, (typeof ATTRIBUTES)[number]>(
  ATTRIBUTES.map((row) => [row.name, row]),
);

/** The row of a type, or undefined where the table has none. */
export function attributeOfType(type: number): (typeof ATTRIBUTES)[number] | undefined {
  return byType.get(type);
}

/** The type that stands for a name: 0x0020 for XOR-MAPPED-ADDRESS. */
export function typeOfName(name: AttributeName): number {
  return byName.get(name)?.type ?? 0;
}

/** True for a type that an agent must understand to process the message (RFC 8489 §14). */
export function isComprehensionRequired(type: number): boolean {
  return type < 0x8000;
}

/** The error codes of ERROR-CODE: number, reason phrase, and where each is specified. */
export const ERROR_CODES = [
  { code: 300, name: 'Try Alternate', section: 'RFC 8489 §14.8' },
  { code: 400, name: 'Bad Request', section: 'RFC 8489 §14.8' },
  { code: 401, name: 'Unauthenticated', section: 'RFC 8489 §14.8' },
  { code: 403, name: 'Forbidden', section: 'RFC 8656 §19' },
  { code: 420, name: 'Unknown Attribute', section: 'RFC 8489 §14.8' },
  { code: 437, name: 'Allocation Mismatch', section: 'RFC 8656 §19' },
  { code: 438, name: 'Stale Nonce', section: 'RFC 8489 §14.8' },
  { code: 440, name: 'Address Family not Supported', section: 'RFC 8656 §19' },
  { code: 441, name: 'Wrong Credentials', section: 'RFC 8656 §19' },
  { code: 442, name: 'Unsupported Transport Protocol', section: 'RFC 8656 §19' },
  { code: 443, name: 'Peer Address Family Mismatch', section: 'RFC 8656 §19' },
  { code: 486, name: 'Allocation Quota Reached', section: 'RFC 8656 §19' },
  { code: 487, name: 'Role Conflict', section: 'RFC 8445 §16.2' },
  { code: 500, name: 'Server Error', section: 'RFC 8489 §14.8' },
  { code: 508, name: 'Insufficient Capacity', section: 'RFC 8656 §19' },
] as const;

/** A code that a specification names. */
export type ErrorCode = (typeof ERROR_CODES)[number]['code'];

/** The reason phrase of a code; '' for one that is in no table. */
export function reasonOf(code: number): string {
  return ERROR_CODES.find((row) => row.code === code)?.name ?? '';
}
