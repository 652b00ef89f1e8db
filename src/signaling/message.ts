// The envelope: what a signaling message travels in, and the check that what arrives is one.
import * as v from 'valibot';
import type { Side } from '../rtc/steps.ts';
import type { IgnoredReason, SignalMessage } from './channel.ts';

/** The version of the envelope that this program writes, and the newest that it reads. */
export const ENVELOPE_VERSION = 1;

/** The longest SDP text that is taken: 1 MiB. A browser's largest is a few hundred kB. */
export const MAX_SDP = 2 ** 20;

/** A message as the channel carries it. */
export interface Envelope {
  readonly peerglass: 'signal';
  readonly version: typeof ENVELOPE_VERSION;
  /** The id of the session it belongs to. */
  readonly session: string;
  readonly message: SignalMessage;
}

/** What `open` makes of something that arrived. */
export type Opened =
  | { readonly ok: true; readonly message: SignalMessage }
  | { readonly ok: false; readonly reason: IgnoredReason };

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const side = v.picklist(['caller', 'callee']);
const sdp = text(MAX_SDP);

/** RTCIceCandidateInit (WebRTC 1.0 §4.8.1); `sdpMLineIndex` is an unsigned short, a ufrag has up to 256 characters (RFC 8839 §5.4). */
const candidate = <Line extends v.GenericSchema<unknown, string>>(line: Line) =>
  v.object({
    candidate: line,
    sdpMid: v.nullable(text(256)),
    sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
    usernameFragment: v.nullable(text(256)),
  });

const address = { id: v.pipe(text(128), v.nonEmpty()), from: side, to: side };

const message = v.variant('type', [
  v.object({
    ...address,
    type: v.literal('offer'),
    body: v.object({ type: v.literal('offer'), sdp }),
  }),
  v.object({
    ...address,
    type: v.literal('answer'),
    body: v.object({ type: v.picklist(['answer', 'pranswer']), sdp }),
  }),
  v.object({ ...address, type: v.literal('candidate'), body: candidate(text(4096)) }),
  v.object({ ...address, type: v.literal('end-of-candidates'), body: candidate(v.literal('')) }),
  v.object({ ...address, type: v.picklist(['call', 'hang-up']), body: v.null() }),
  v.object({
    ...address,
    type: v.literal('error'),
    body: v.object({ name: text(128), message: text(4096) }),
  }),
]);

/** What all versions have, so that a newer one is known as such. */
const anyEnvelope = v.object({
  peerglass: v.literal('signal'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const envelope = v.object({ session: v.string(), message });

/**
 * Puts a message into its envelope.
 * @param session the id of the session that it belongs to
 */
export function seal(session: string, message: SignalMessage): Envelope {
  return { peerglass: 'signal', version: ENVELOPE_VERSION, session, message };
}

const ignored = (reason: IgnoredReason): Opened => ({ ok: false, reason });

/**
 * Takes a message out of its envelope. Never throws, whatever came: the channel's name keeps other
 * calls out, but any page of this origin can write to it.
 * @param session the id of the session that this end belongs to
 * @param side whose end it is
 * @param data what arrived
 * @returns the message, made of the known members only; or why it is none for this end
 */
export function open(session: string, side: Side, data: unknown): Opened {
  const outside = v.safeParse(anyEnvelope, data);
  if (!outside.success) return ignored('not-an-envelope');
  if (outside.output.version > ENVELOPE_VERSION) return ignored('newer-version');
  const inside = v.safeParse(envelope, data);
  if (!inside.success) return ignored('not-an-envelope');
  if (inside.output.session !== session) return ignored('other-session');
  const found = inside.output.message;
  if (found.from === found.to) return ignored('not-an-envelope');
  return found.to === side ? { ok: true, message: found } : ignored('not-for-this-side');
}
