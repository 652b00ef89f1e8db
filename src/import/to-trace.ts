// A call of a dump as a record of this program: each connection a side, the calls its steps.
import { SIDES, otherSide, type Side } from '../rtc/steps.ts';
import { MACHINES, TRACE_VERSION } from '../trace/event.ts';
import type {
  Candidate,
  Description,
  EventBody,
  Json,
  MachineName,
  SlotName,
} from '../trace/event.ts';
import { newsOf, type Stats } from '../trace/report.ts';
import { Trace } from '../trace/trace.ts';
import { marksOf, type Mark } from './acts.ts';
import type { Dump, DumpEntry, DumpPair } from './dump.ts';
import { field, isFields, textField, wordOf } from './json.ts';
import { momentsOf, sidesOf, type Moment } from './moments.ts';
import { safeJson } from './safe-json.ts';

/** Makes a record of a call. It passes the check of files, and can be saved and opened as any other. */
export function toTrace(dump: Dump, pair: DumpPair): Trace {
  const sides = sidesOf(dump, pair);
  const moments = momentsOf(dump, sides);
  // What has no time, as the header of a dump, happened before all else.
  const start = moments.find(({ time }) => time > 0)?.time ?? 0;
  const trace = new Trace({
    version: TRACE_VERSION,
    id: `${pair.caller ?? ''} ${pair.callee ?? ''}`.trim(),
    startedAt: isoOf(start),
    agent: dump.agent,
    options: {
      peers: 'browser',
      media: 'camera',
      carry: carriedIn(moments),
      trickle: true,
      iceServers: [],
      network: null,
    },
    origin: { format: dump.format, ...pair },
  });
  const recorded = SIDES.filter((side) => sides[side] !== null);
  const writer = new Writer(trace, start, recorded);
  const marks = new Map(marksOf(moments, sides).map((mark) => [mark.at, mark]));
  for (const [at, moment] of moments.entries()) writer.take(moment, marks.get(at));
  return trace;
}

/** The latest time that a date can stand for (ECMA-262 §21.4.1.1). */
const LAST_DATE = 8.64e15;

function isoOf(time: number): string {
  const year = new Date(Math.min(Math.max(0, time), LAST_DATE)).toISOString();
  // A year of more than four digits is none that a record can have.
  return year.startsWith('+') ? '1970-01-01T00:00:00.000Z' : year;
}

function carriedIn(moments: readonly Moment[]): { audio: boolean; video: boolean; data: boolean } {
  const carry = { audio: false, video: false, data: false };
  for (const { entry } of moments) {
    const sdp = entry === null ? '' : textField(entry.value, 'sdp');
    if (sdp === '') continue;
    carry.audio ||= /^m=audio /m.test(sdp);
    carry.video ||= /^m=video /m.test(sdp);
    carry.data ||= /^m=application /m.test(sdp);
  }
  return carry;
}

/** What a side is known to be at. */
interface Known {
  readonly states: Map<MachineName, string>;
  /** Calls that have not come back, by method, the oldest first. */
  readonly waiting: Map<string, { readonly n: number; readonly value: Json }[]>;
  readonly slots: Map<SlotName, Description>;
  readonly created: Map<string, Description>;
  readonly written: Map<string, string>;
}

const MACHINE_OF = new Map(MACHINES.map((name) => [`on${name.toLowerCase()}change`, name]));
const FIRST_STATES: Readonly<Record<MachineName, string>> = {
  signalingState: 'stable',
  iceGatheringState: 'new',
  iceConnectionState: 'new',
  connectionState: 'new',
};

const CALLS: ReadonlySet<string> = new Set([
  ...['create', 'createOffer', 'createAnswer', 'setLocalDescription', 'setRemoteDescription'],
  ...['addIceCandidate', 'addTrack', 'removeTrack', 'addTransceiver', 'createDataChannel'],
  ...['restartIce', 'setConfiguration', 'close', 'getUserMedia', 'getDisplayMedia'],
]);

class Writer {
  readonly #trace: Trace;
  readonly #start: number;
  readonly #recorded: readonly Side[];
  readonly #known: Readonly<Record<Side | 'page', Known>> = {
    caller: unknown(),
    callee: unknown(),
    page: unknown(),
  };
  /** Messages that were posted and have not arrived, by what they carry. */
  readonly #posted = new Map<string, string>();
  #messages = 0;
  #time = 0;
  #step = 0;
  #running: Mark | null = null;

  constructor(trace: Trace, start: number, recorded: readonly Side[]) {
    this.#trace = trace;
    this.#start = start;
    this.#recorded = recorded;
  }

  take({ time, side, entry, stats }: Moment, mark: Mark | undefined): void {
    const t = Math.round((time - this.#start) * 1000) / 1000;
    if (Number.isFinite(t)) this.#time = Math.max(this.#time, t);
    if (mark !== undefined) this.#begin(mark);
    if (entry === null) {
      if (side !== null) this.#writeStats(side, stats);
    } else {
      this.#entry(side, entry);
    }
  }

  #begin(mark: Mark): void {
    this.#end('done');
    this.#step += 1;
    this.#running = mark;
    const { step, act } = mark;
    this.#trace.append({
      ...this.#base(),
      side: step.side === 'both' ? null : step.side,
      ...{ kind: 'step', of: step.kind, at: 'begin' },
      ...(act === null ? {} : { act }),
    });
  }

  #end(at: 'done' | 'failed'): void {
    if (this.#running === null) return;
    const { step } = this.#running;
    this.#running = null;
    this.#trace.append({
      ...this.#base(),
      side: step.side === 'both' ? null : step.side,
      ...{ kind: 'step', of: step.kind, at },
      ...(at === 'done' ? {} : { problem: { code: 'ice-failed', error: null } }),
    });
  }

  #entry(side: Side | null, { method, value }: DumpEntry): void {
    const machine = MACHINE_OF.get(method);
    const back = /^(.+?)On(Success|Failure)$/.exec(method);
    if (machine !== undefined && side !== null && typeof value === 'string') {
      this.#state(side, machine, value);
    } else if (back !== null && this.#back(side, back[1] ?? '', back[2] === 'Success', value)) {
      // It was the end of a call that is known.
    } else if (CALLS.has(method)) {
      this.#call(side, method, value);
    } else if (method === 'onicecandidate' && side !== null) {
      this.#found(side, value);
    } else if (method === 'onicecandidateerror' && side !== null && isFields(value)) {
      this.#candidateError(side, value);
    } else if (method === 'onnegotiationneeded') {
      this.#write({ kind: 'negotiation-needed', side });
    } else {
      this.#write({ kind: 'note', side, name: method, value: safeJson(value) });
    }
  }

  #call(side: Side | null, method: string, value: Json): void {
    const isMedia = method === 'getUserMedia' || method === 'getDisplayMedia';
    const arg = safeJson(value);
    const n = this.#write({
      kind: 'call',
      side,
      on: isMedia ? 'MediaDevices' : 'RTCPeerConnection',
      method: method === 'create' ? 'constructor' : method,
      args: arg === null || arg === '' ? [] : [arg],
    });
    const { waiting } = this.#known[side ?? 'page'];
    const own = waiting.get(method) ?? [];
    waiting.set(method, own);
    own.push({ n, value });
    if (side === null) return;
    if (method === 'create') {
      for (const machine of MACHINES) this.#state(side, machine, FIRST_STATES[machine]);
    } else if (method === 'close') {
      if (!this.#hungUp) this.#write({ kind: 'hang-up', side });
      this.#hungUp = true;
    } else if (method === 'setLocalDescription' || method === 'setRemoteDescription') {
      const description = descriptionOf(value);
      if (description === null || description.type === 'rollback') return;
      const { type } = description;
      const message = type === 'offer' ? 'offer' : 'answer';
      if (method === 'setLocalDescription') this.#post(side, message, description, description.sdp);
      else this.#deliver(side, message, description, description.sdp);
    } else if (method === 'addIceCandidate') {
      const candidate = candidateOf(value);
      if (candidate !== null) this.#deliver(side, 'candidate', candidate, candidate.candidate);
    }
  }
  #hungUp = false;

  /** The end of a call; false where none of that name waits. */
  #back(side: Side | null, named: string, succeeded: boolean, value: Json): boolean {
    const method = named.replace('navigator.mediaDevices.', '');
    const known = this.#known[side ?? 'page'];
    const call = known.waiting.get(method)?.shift();
    if (call === undefined) return false;
    if (succeeded) {
      const made = descriptionOf(value);
      if (made !== null && /^create(?:Offer|Answer)$/.test(method))
        known.created.set(made.type, made);
      this.#write({ kind: 'return', side, call: call.n, method, result: safeJson(value) });
    } else {
      this.#write({ kind: 'exception', side, call: call.n, method, error: errorOf(value) });
    }
    if (side === null) return true;
    if (method === 'addIceCandidate') {
      const candidate = candidateOf(call.value);
      if (candidate !== null) {
        this.#write({ kind: 'candidate', side, at: succeeded ? 'added' : 'rejected', candidate });
      }
    } else if (succeeded && /^set(?:Local|Remote)Description$/.test(method)) {
      this.#settle(side, method === 'setLocalDescription', call.value);
    }
    return true;
  }

  /** The slots after a description was set (RFC 9429 §4.1.8). */
  #settle(side: Side, isLocal: boolean, value: Json): void {
    const known = this.#known[side];
    const isAnswering = known.slots.has('pendingRemote');
    const implied = isLocal ? known.created.get(isAnswering ? 'answer' : 'offer') : undefined;
    const description = descriptionOf(value) ?? implied;
    if (description === undefined) return;
    const [pending, current] = isLocal
      ? (['pendingLocal', 'currentLocal'] as const)
      : (['pendingRemote', 'currentRemote'] as const);
    if (description.type === 'offer' || description.type === 'pranswer') {
      this.#slot(side, pending, description);
    } else if (description.type === 'rollback') {
      for (const slot of ['pendingLocal', 'pendingRemote'] as const) this.#slot(side, slot, null);
    } else {
      const [from, to] = isLocal
        ? (['pendingRemote', 'currentRemote'] as const)
        : (['pendingLocal', 'currentLocal'] as const);
      this.#slot(side, current, description);
      const offer = known.slots.get(from);
      if (offer !== undefined) this.#slot(side, to, offer);
      for (const slot of ['pendingLocal', 'pendingRemote'] as const) this.#slot(side, slot, null);
    }
  }

  #slot(side: Side, slot: SlotName, description: Description | null): void {
    const { slots } = this.#known[side];
    if (description === null && !slots.has(slot)) return;
    if (description === null) slots.delete(slot);
    else slots.set(slot, description);
    this.#write({ kind: 'description', side, slot, description });
  }

  #state(side: Side, machine: MachineName, to: string): void {
    const { states } = this.#known[side];
    const from = states.get(machine) ?? null;
    if (from === to) return;
    states.set(machine, to);
    this.#write({ kind: 'state', side, machine, from, to });
    const kind = this.#running?.step.kind;
    if (machine !== 'connectionState' || (kind !== 'connect' && kind !== 'new-path')) return;
    const all = this.#recorded.map((own) => this.#known[own].states.get(machine));
    if (to === 'failed') this.#end('failed');
    else if (all.every((state) => state === 'connected')) this.#end('done');
  }

  #found(side: Side, value: Json): void {
    const candidate = candidateOf(value);
    this.#write({ kind: 'candidate', side, at: 'found', candidate });
    if (candidate !== null) this.#post(side, 'candidate', candidate, candidate.candidate);
  }

  #post(
    from: Side,
    type: 'offer' | 'answer' | 'candidate',
    body: Description | Candidate,
    key: string,
  ): void {
    const id = this.#nextMessage(from);
    this.#posted.set(`${from} ${key}`, id);
    this.#write({ kind: 'message', side: from, at: 'posted', id, type, ...way(from), body });
  }

  #deliver(
    to: Side,
    type: 'offer' | 'answer' | 'candidate',
    body: Description | Candidate,
    key: string,
  ): void {
    const from = otherSide(to);
    const posted = this.#posted.get(`${from} ${key}`);
    // Where the other side is not recorded, nobody saw it leave.
    const message = { kind: 'message', side: to, at: 'delivered', type, ...way(from) } as const;
    if (posted === undefined) this.#write({ ...message, id: this.#nextMessage(from), body });
    else this.#write({ ...message, id: posted });
  }

  #nextMessage(from: Side): string {
    this.#messages += 1;
    return `${from}-${String(this.#messages)}`;
  }

  #candidateError(side: Side, value: Json): void {
    const number = (name: string) => {
      const found = Number(
        field(value, name) ?? field(value, name.replace('errorCode', 'error_code')) ?? NaN,
      );
      return Number.isFinite(found) ? found : null;
    };
    const port = number('port');
    this.#write({
      kind: 'candidate-error',
      side,
      url: textField(value, 'url'),
      errorCode: number('errorCode') ?? 0,
      errorText: textField(value, 'errorText') || textField(value, 'error_text'),
      address: textField(value, 'address') || null,
      port: port !== null && Number.isSafeInteger(port) && port >= 0 ? port : null,
    });
  }

  #writeStats(side: Side, { pair, pairs, transport, counters }: Stats): void {
    const isNews = (what: string, body: unknown) => {
      const { written } = this.#known[side];
      const now = JSON.stringify(body);
      if (written.get(what) === now) return false;
      written.set(what, now);
      return true;
    };
    if (pair !== null && isNews('pair', { ...pair, rtt: null })) {
      this.#write({ kind: 'pair', side, ...pair, ...fitting(pair) });
    }
    if (isNews('pairs', pairs.map(newsOf).sort())) {
      this.#write({
        kind: 'pairs',
        side,
        pairs: pairs.map((each) => ({ ...each, ...fitting(each) })),
      });
    }
    if (transport !== null && isNews('transport', transport)) {
      this.#write({ kind: 'transport', side, ...transport });
    }
    if (isNews('stats', counters)) this.#write({ kind: 'stats', side, ...counters });
  }

  #base(): { n: number; t: number; step: number; cause: null } {
    return { n: this.#trace.length + 1, t: this.#time, step: this.#step, cause: null };
  }

  #write(body: EventBody): number {
    const base = this.#base();
    this.#trace.append({ ...base, ...body });
    return base.n;
  }
}

function unknown(): Known {
  return {
    states: new Map(),
    waiting: new Map(),
    slots: new Map(),
    created: new Map(),
    written: new Map(),
  };
}

function way(from: Side): { readonly from: Side; readonly to: Side } {
  return { from, to: otherSide(from) };
}

/** A port is a whole number from 0 on, or not told. */
function fitting<P extends Pick<Stats['pairs'][number], 'local' | 'remote'>>({ local, remote }: P) {
  const end = (one: P['local']): P['local'] => {
    const isPort = one.port !== null && Number.isSafeInteger(one.port) && one.port >= 0;
    return { ...one, port: isPort ? one.port : null };
  };
  return { local: end(local), remote: end(remote) };
}

function descriptionOf(value: Json): Description | null {
  const [type, sdp] = [field(value, 'type'), field(value, 'sdp')];
  const isKnown =
    type === 'offer' || type === 'answer' || type === 'pranswer' || type === 'rollback';
  if (!isKnown) return null;
  if (typeof sdp === 'string') return { type, sdp };
  return type === 'rollback' ? { type, sdp: '' } : null;
}

function candidateOf(value: Json): Candidate | null {
  const candidate = typeof value === 'string' ? value : field(value, 'candidate');
  if (typeof candidate !== 'string' || (typeof value === 'string' && value === '')) return null;
  const [mid, line] = [field(value, 'sdpMid'), field(value, 'sdpMLineIndex')];
  const isIndex = typeof line === 'number' && Number.isSafeInteger(line) && line >= 0;
  return {
    candidate,
    sdpMid: typeof mid === 'string' ? mid : typeof mid === 'number' ? String(mid) : null,
    sdpMLineIndex: isIndex ? line : null,
    usernameFragment: textField(value, 'usernameFragment') || null,
  };
}

/** Chromium writes "Name: message" or a sentence, rtcstats a text or an object. */
function errorOf(value: Json): { name: string; message: string } {
  const name = textField(value, 'name');
  if (name !== '') return { name, message: textField(value, 'message') };
  const text = wordOf(value);
  const found = /^([A-Z]\w*Error)\b:?\s*([^]*)$/.exec(text);
  return found === null
    ? { name: '', message: text }
    : { name: found[1] ?? '', message: found[2] ?? '' };
}
