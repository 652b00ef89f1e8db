// Any event in one short line of text, for the log. API names and values stay as they are in every language.
import { formatEndpoint } from '../../rtc/address.ts';
import { formatBytes, formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { Json, PacketEvent, Pair, RtpStream, TraceEvent } from '../../trace/event.ts';
import { candidateState, messageName, messageState, slotName } from '../words.ts';

/**
 * What happened, in a line; the caller shows number, time and side beside it.
 * @param ordinal the place of its step in its act
 */
export function describe(event: TraceEvent, ordinal: number): string {
  switch (event.kind) {
    case 'step': {
      const number = ordinal;
      if (event.at === 'begin') return m.log_step_begin({ number });
      if (event.at === 'done') return m.log_step_done({ number });
      return m.log_step_failed({
        number,
        why: event.problem?.error?.message ?? event.problem?.code ?? '',
      });
    }
    case 'problem':
      return m.log_problem({ why: event.problem.error?.message ?? event.problem.code });
    case 'call':
      if (ATTRIBUTES.has(event.method))
        return `${event.method} = ${event.args.map(brief).join('')}`;
      return event.method === 'constructor'
        ? `new ${event.on}(${event.args.map(brief).join(', ')})`
        : `${event.method}(${event.args.map(brief).join(', ')})`;
    case 'return':
      return `${event.method} → ${event.result === null ? 'undefined' : brief(event.result)}`;
    case 'exception':
      return `${event.method} ⇒ ${event.error.name}: ${event.error.message}`;
    case 'state':
      return event.from === null
        ? `${event.machine}: ${event.to}`
        : `${event.machine}: ${event.from} → ${event.to}`;
    case 'note':
      return event.value === null ? event.name : `${event.name}: ${brief(event.value)}`;
    case 'negotiation-needed':
      return 'negotiationneeded';
    case 'description':
      return event.description === null
        ? m.log_slot_empty({ slot: slotName(event.slot) })
        : m.log_slot_full({
            slot: slotName(event.slot),
            type: event.description.type,
            size: formatBytes(event.description.sdp.length),
          });
    case 'candidate':
      return `${event.at === 'found' ? 'icecandidate' : candidateState(event.at)}: ${event.candidate === null ? 'null' : event.candidate.candidate === '' ? '""' : event.candidate.candidate}`;
    case 'candidate-error':
      return `icecandidateerror: ${String(event.errorCode)} ${event.errorText} ${event.url}`;
    case 'message':
      return `${messageName(event)}: ${messageState(event.at)}`;
    case 'ignored':
      return event.count === undefined
        ? m.log_ignored()
        : `${m.log_ignored()} ×${formatNumber(event.count)}`;
    case 'track':
      return m.log_track({ origin: event.origin, media: event.media, at: event.at });
    case 'transceivers':
      return `transceivers: ${event.transceivers.map((t) => `${t.mid ?? '–'} ${t.media} ${t.currentDirection ?? t.direction}`).join(', ')}`;
    case 'channel':
      return `RTCDataChannel "${event.label}": ${event.state}`;
    case 'data':
      return event.what === 'text'
        ? m.log_text({ at: event.at, text: event.label })
        : m.log_file({
            at: event.at,
            name: event.label,
            done: formatBytes(event.done),
            size: formatBytes(event.size),
          });
    case 'pair':
      return m.log_pair({ local: event.local.type, remote: event.remote.type });
    case 'pairs':
      return describePairs(event.pairs);
    case 'transport':
      return `DTLS: ${event.dtlsState}${event.dtlsCipher === null ? '' : `, ${event.dtlsCipher}`}`;
    case 'stats':
      return m.log_stats({
        sent: formatBytes(event.bytesSent),
        received: formatBytes(event.bytesReceived),
      });
    case 'rtp':
      return `RTP: ${event.streams.map(describeRtp).join(', ')}`;
    case 'hang-up':
      return m.log_hang_up();
    case 'packet':
      return describePacket(event);
    case 'binding':
      return m.log_binding({
        at: event.router,
        protocol: event.binding.protocol.toUpperCase(),
        inside: formatEndpoint(event.binding.inside),
        outside: formatEndpoint(event.binding.outside),
      });
    case 'network':
      return m.log_network({ change: event.change, at: event.at });
  }
}

/** Where a packet is, from where to where it says it goes, and what became of it there. */
function describePacket(event: PacketEvent): string {
  const { protocol, flag, source, destination, size, at, where, rule } = event;
  return m.log_packet({
    at,
    protocol: `${protocol.toUpperCase()}${flag === null ? '' : ` ${flag}`}`,
    source: formatEndpoint(source),
    destination: formatEndpoint(destination),
    size: formatBytes(size),
    where,
    rule: rule ?? '',
  });
}

/** Attributes whose setting is written as a call. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['direction', 'enabled']);

/** One direction of one section: "↑ 1 VP8 640×360". */
function describeRtp({ direction, mid, media, codec, width, height }: RtpStream): string {
  const arrow = direction === 'sent' ? '↑' : '↓';
  const size = width === null || height === null ? [] : [`${String(width)}×${String(height)}`];
  return [arrow, mid ?? media, codec?.split('/')[1] ?? '', ...size].join(' ').trim();
}

/** How many pairs there are, and how many are in which state. */
function describePairs(pairs: readonly Pair[]): string {
  const states = new Map<string, number>();
  for (const { state } of pairs) states.set(state, (states.get(state) ?? 0) + 1);
  const counts = [...states].map(([state, count]) => `${String(count)} ${state}`);
  return m.ice_log_pairs({ count: pairs.length, states: counts.join(', ') });
}

/** A value in at most a few words. */
function brief(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string')
    return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(brief).join(', ')}]`;
  const entries = Object.entries(value as { readonly [key: string]: Json });
  const type = entries.find(([key]) => key === 'type')?.[1];
  if (typeof type === 'string' && entries.some(([key]) => key === 'sdp')) return type;
  const kind = entries.find(([key]) => key === 'kind')?.[1];
  if (typeof kind === 'string') return kind;
  const candidate = entries.find(([key]) => key === 'candidate')?.[1];
  if (typeof candidate === 'string') return candidate === '' ? '""' : candidate.slice(0, 40);
  return `{${entries.map(([key, inner]) => `${key}: ${brief(inner)}`).join(', ')}}`;
}
