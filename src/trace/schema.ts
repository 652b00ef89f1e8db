// What a record's file must look like: each field of the header and of every kind of event.
import * as v from 'valibot';
import { withoutCredentials } from '../rtc/ice-url.ts';
import {
  INTERFACES,
  MACHINES,
  ORIGIN_FORMATS,
  PROBLEMS,
  SHOWN,
  SLOTS,
  TRACE_VERSION,
} from './event.ts';
import type { Json, TraceEvent, TraceHeader } from './event.ts';
import {
  binding,
  networkChange,
  networkDescription,
  networkOptions,
  packetFields,
  partId,
} from './net-schema.ts';
import { PHASES } from '../rtc/steps.ts';

/** The deepest nesting that is taken of a call's arguments and result; what a browser gives has 4 or 5. */
const MAX_DEPTH = 32;

const text = v.string();
const real = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const side = v.picklist(['caller', 'callee']);
/** The name of an act or of a kind of step. */
const name = v.pipe(text, v.regex(/^[a-z][a-z0-9-]{0,39}$/));
/** The most steps that an act may have; a file could be made to have any number. */
const MAX_STEPS = 500;
const media = v.picklist(['audio', 'video']);
const origin = v.picklist(['local', 'remote']);

/** The text went through JSON.parse: it is JSON. What would overflow a stack later is its depth alone. */
const json = v.custom<Json>((value) => !isDeeper(value, MAX_DEPTH), 'nested too deep');

const error = v.object({ name: text, message: text });
const problem = v.object({ code: v.picklist(PROBLEMS), error: v.nullable(error) });
const description = v.object({
  type: v.picklist(['offer', 'answer', 'pranswer', 'rollback']),
  sdp: text,
});
const candidate = v.object({
  candidate: text,
  sdpMid: v.nullable(text),
  sdpMLineIndex: v.nullable(whole),
  usernameFragment: v.nullable(text),
});
const pairEnd = v.object({
  type: text,
  protocol: text,
  address: text,
  port: v.nullable(whole),
  priority: v.nullable(real),
});
const pair = v.object({
  id: text,
  local: pairEnd,
  remote: pairEnd,
  state: text,
  nominated: v.boolean(),
  selected: v.boolean(),
  priority: v.nullable(v.pipe(text, v.regex(/^\d{1,20}$/))),
  requestsSent: v.nullable(real),
  responsesReceived: v.nullable(real),
  rtt: v.nullable(real),
  bytesSent: v.nullable(real),
  bytesReceived: v.nullable(real),
});
const transceiver = v.object({
  mid: v.nullable(text),
  media,
  direction: text,
  currentDirection: v.nullable(text),
  sending: v.exactOptional(v.nullable(text)),
  receiving: v.exactOptional(text),
});
const channelOptions = v.object({
  ordered: v.boolean(),
  maxRetransmits: v.nullable(whole),
  maxPacketLifeTime: v.nullable(whole),
  negotiated: v.boolean(),
});
const rtpStream = v.object({
  direction: v.picklist(['sent', 'received']),
  mid: v.nullable(text),
  media,
  codec: v.nullable(text),
  packets: real,
  bytes: real,
  frames: v.nullable(real),
  width: v.nullable(real),
  height: v.nullable(real),
});

const act = v.object({
  id: name,
  by: v.nullable(side),
  steps: v.pipe(
    v.array(
      v.object({
        kind: name,
        side: v.picklist(['caller', 'callee', 'both']),
        phase: v.picklist(PHASES),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_STEPS),
  ),
  settings: v.exactOptional(v.record(name, name)),
});

/** A message's body, by the field that only it has. */
const body = v.nullable(
  v.lazy(
    (
      value,
    ): v.GenericSchema<
      unknown,
      v.InferOutput<typeof description | typeof candidate | typeof error>
    > => {
      if (typeof value !== 'object' || value === null) return description;
      return 'candidate' in value ? candidate : 'name' in value ? error : description;
    },
  ),
);

/** That numbers, times, steps and causes are in order, the record checks as it takes the event. */
const base = {
  n: number,
  t: real,
  step: whole,
  side: v.nullable(side),
  cause: v.nullable(number),
};

/** The header, without the magic field. Its version has been looked at before. */
export const headerSchema: v.GenericSchema<unknown, TraceHeader> = v.object({
  version: v.literal(TRACE_VERSION),
  id: text,
  startedAt: v.pipe(text, v.isoTimestamp()),
  agent: text,
  origin: v.exactOptional(
    v.object({
      format: v.picklist(ORIGIN_FORMATS),
      caller: v.nullable(text),
      callee: v.nullable(text),
    }),
  ),
  options: v.pipe(
    v.object({
      peers: v.picklist(['browser', 'virtual']),
      media: v.picklist(['synthetic', 'camera', 'file', 'virtual']),
      carry: v.object({ audio: v.boolean(), video: v.boolean(), data: v.boolean() }),
      trickle: v.boolean(),
      // Recordings of older versions of this program may still hold what was typed.
      iceServers: v.array(v.pipe(text, v.transform(withoutCredentials))),
      network: v.nullable(networkOptions),
    }),
    v.forward(
      v.check(({ peers, network }) => (peers === 'virtual') === (network !== null)),
      ['network'],
    ),
  ),
});

/** Every kind of event. The type holds it to be the same as in event.ts. */
export const eventSchemas: {
  readonly [K in TraceEvent['kind']]: v.GenericSchema<unknown, Extract<TraceEvent, { kind: K }>>;
} = {
  step: v.object({
    ...base,
    kind: v.literal('step'),
    of: name,
    at: v.picklist(['begin', 'done', 'failed']),
    act: v.exactOptional(act),
    problem: v.exactOptional(problem),
  }),
  problem: v.object({ ...base, kind: v.literal('problem'), problem }),
  call: v.object({
    ...base,
    kind: v.literal('call'),
    on: v.picklist(INTERFACES),
    method: text,
    args: v.array(json),
    mid: v.exactOptional(v.nullable(text)),
  }),
  return: v.object({
    ...base,
    kind: v.literal('return'),
    call: number,
    method: text,
    result: json,
  }),
  exception: v.object({ ...base, kind: v.literal('exception'), call: number, method: text, error }),
  state: v.object({
    ...base,
    kind: v.literal('state'),
    machine: v.picklist(MACHINES),
    from: v.nullable(text),
    to: text,
  }),
  'negotiation-needed': v.object({ ...base, kind: v.literal('negotiation-needed') }),
  description: v.object({
    ...base,
    kind: v.literal('description'),
    slot: v.picklist(SLOTS),
    description: v.nullable(description),
  }),
  candidate: v.object({
    ...base,
    kind: v.literal('candidate'),
    at: v.picklist(['found', 'queued', 'added', 'rejected']),
    candidate: v.nullable(candidate),
  }),
  'candidate-error': v.object({
    ...base,
    kind: v.literal('candidate-error'),
    url: text,
    errorCode: real,
    errorText: text,
    address: v.nullable(text),
    port: v.nullable(whole),
  }),
  message: v.object({
    ...base,
    kind: v.literal('message'),
    at: v.picklist(['posted', 'in-flight', 'delivered', 'lost']),
    id: text,
    type: v.picklist([
      'call',
      'offer',
      'answer',
      'candidate',
      'end-of-candidates',
      'hang-up',
      'error',
    ]),
    from: side,
    to: side,
    body: v.exactOptional(body),
  }),
  ignored: v.object({
    ...base,
    kind: v.literal('ignored'),
    reason: v.picklist(['not-an-envelope', 'newer-version', 'other-session', 'not-for-this-side']),
    count: v.exactOptional(v.pipe(number, v.minValue(1))),
  }),
  track: v.object({
    ...base,
    kind: v.literal('track'),
    at: v.picklist(['added', 'unmuted', 'muted', 'disabled', 'enabled', 'ended']),
    origin,
    id: text,
    media,
    streams: v.array(text),
    shows: v.exactOptional(v.picklist(SHOWN)),
  }),
  transceivers: v.object({
    ...base,
    kind: v.literal('transceivers'),
    transceivers: v.array(transceiver),
  }),
  channel: v.object({
    ...base,
    kind: v.literal('channel'),
    label: text,
    id: v.nullable(whole),
    origin,
    state: v.picklist(['connecting', 'open', 'closing', 'closed']),
    nth: v.exactOptional(v.pipe(number, v.minValue(1))),
    options: v.exactOptional(channelOptions),
  }),
  data: v.object({
    ...base,
    kind: v.literal('data'),
    at: v.picklist(['sent', 'received']),
    id: text,
    what: v.picklist(['text', 'file']),
    label: text,
    size: whole,
    done: whole,
  }),
  pair: v.object({
    ...base,
    kind: v.literal('pair'),
    local: pairEnd,
    remote: pairEnd,
    state: text,
    nominated: v.boolean(),
    rtt: v.nullable(real),
  }),
  pairs: v.object({ ...base, kind: v.literal('pairs'), pairs: v.array(pair) }),
  transport: v.object({
    ...base,
    kind: v.literal('transport'),
    dtlsState: text,
    dtlsRole: v.nullable(text),
    iceRole: v.nullable(text),
    tlsVersion: v.nullable(text),
    dtlsCipher: v.nullable(text),
    srtpCipher: v.nullable(text),
    localFingerprint: v.nullable(text),
    remoteFingerprint: v.nullable(text),
  }),
  stats: v.object({
    ...base,
    kind: v.literal('stats'),
    bytesSent: real,
    bytesReceived: real,
    packetsSent: real,
    packetsReceived: real,
    packetsLost: real,
    framesDecoded: real,
    rtt: v.nullable(real),
  }),
  rtp: v.object({ ...base, kind: v.literal('rtp'), streams: v.array(rtpStream) }),
  'hang-up': v.object({ ...base, kind: v.literal('hang-up') }),
  note: v.object({ ...base, kind: v.literal('note'), name: text, value: json }),
  packet: v.pipe(
    v.object({ ...base, kind: v.literal('packet'), ...packetFields }),
    v.forward(
      v.check(({ bytes, size }) => bytes === undefined || bytes.length === 2 * size),
      ['bytes'],
    ),
  ),
  binding: v.object({
    ...base,
    kind: v.literal('binding'),
    at: v.literal('expired'),
    router: partId,
    binding,
  }),
  network: v.object({
    ...base,
    kind: v.literal('network'),
    change: networkChange,
    at: partId,
    description: networkDescription,
  }),
};

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}
