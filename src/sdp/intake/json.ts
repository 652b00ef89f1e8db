// Finds descriptions and candidates in JSON, with what stands beside them.
import type { FoundSide } from '../found.ts';
import type { CandidateDraft, Context, Draft, Scan } from './draft.ts';
import { jsonString, readJson } from './json-reader.ts';
import { sideWord, typeOf, typeWord } from './words.ts';

/** An object or a list that is being read. */
interface Frame {
  readonly isObject: boolean;
  /** The key it stands under, and whether its keys are peers. */
  readonly under: string | null;
  /** How much was found before it. */
  readonly start: number;
  /** Short values by their keys; of a list, its first two strings. */
  readonly fields: Map<string, string>;
  /** Strings of a list that look like lines of SDP. */
  readonly lines: { readonly text: string; readonly number: number }[];
  candidate: CandidateDraft | null;
  key: string | null;
  count: number;
}

const WORTH = /[vmaosc](?:=|\\+u003[dD]|%3[dD])|candidate:|^(?:ey|ew|W|dj0w)[\w+/-]{38}/;
const PEER_KEYS =
  'peer,peerId,peer_id,peerID,pc,pcId,pc_id,connectionId,connection_id,sessionId,session_id,clientId,client_id,from,sender,userId,handle_id,callId,call_id'.split(
    ',',
  );
const SIDE_KEYS = ['type', 'method', 'event', 'action', 'name', 'direction', 'origin'];
const TYPE_KEYS = ['type', 'messageType', 'kind', 'event', 'action', 'method', 'cmd'];

/**
 * Finds what is in the JSON value that begins at `from`. Gives where it ends, or a negative
 * number, as `readJson` does. `first`: the number of the line of `from`.
 */
export function findInJson(
  text: string,
  from: number,
  first: number,
  limit: number,
  context: Context,
  out: Draft[],
  scan: Scan,
): number {
  const before = out.length;
  const stack: Frame[] = [];
  const numberAt = lineCounter(text, from, first, context.line);

  const look = (value: string, number: number, key: string | null, own: boolean) => {
    const start = out.length;
    // Real line ends in a string are lines of the material.
    const line = own || context.line !== null ? number : null;
    scan(value, { ...context, from: 'json', line, own, depth: context.depth + 1 }, out);
    const type = typeOf(key);
    for (let at = start; at < out.length; at += 1) {
      const draft = out[at];
      if (draft === undefined) continue;
      if (line === null) moveBy(draft, number - 1);
      if (draft.kind === 'sdp') draft.type ??= type ?? typeWord(value.slice(0, 100));
    }
  };
  const end = readJson(text, from, limit, {
    open: (isObject) => {
      const parent = stack.at(-1);
      if (parent !== undefined) parent.count += 1;
      stack.push({
        isObject,
        under: parent?.key ?? null,
        start: out.length,
        fields: new Map(),
        lines: [],
        candidate: null,
        key: null,
        count: 0,
      });
    },
    close: () => {
      const frame = stack.pop();
      if (frame === undefined) return;
      closeList(frame, out, look);
      complete(frame, stack.at(-1), context, out);
    },
    key: (start, to) => {
      const frame = stack.at(-1);
      if (frame !== undefined) frame.key = text.slice(start, Math.min(to, start + 100));
    },
    string: (start, to) => {
      const frame = stack.at(-1);
      const place = frame?.count ?? 0;
      if (frame !== undefined) frame.count += 1;
      const raw = text.slice(start, to);
      const key = frame?.key ?? null;
      if (frame !== undefined && raw.length <= 80) {
        if (frame.isObject) frame.fields.set(key ?? '', raw);
        else if (place < 2) frame.fields.set(String(place), raw);
      }
      const isLine = frame?.isObject === false && /^[a-z]=/.test(raw);
      if (!isLine && !WORTH.test(raw)) return;
      const value = jsonString(raw);
      if (value === null) return;
      const number = numberAt(start);
      if (frame !== undefined && isLine && !/[\r\n]./.test(value)) {
        frame.lines.push({ text: value, number });
      } else if (key === 'candidate' && /^\s*(?:a=)?candidate:\S/.test(value)) {
        const draft = candidateOf(value, number, context);
        if (frame !== undefined) frame.candidate = draft;
        out.push(draft);
      } else look(value, number, key, !/[\r\n]/.test(raw));
    },
    scalar: (start, to) => {
      const frame = stack.at(-1);
      if (frame === undefined) return;
      frame.count += 1;
      if (frame.isObject && to - start < 30)
        frame.fields.set(frame.key ?? '', text.slice(start, to));
    },
  });
  if (end < 0) out.length = before;
  return end;
}

function moveBy(draft: Draft, by: number): void {
  draft.where += by;
  if (draft.kind === 'sdp') draft.lines = draft.lines.map((number) => number + by);
}

function candidateOf(value: string, where: number, context: Context): CandidateDraft {
  const candidate =
    value
      .trim()
      .replace(/^a=/, '')
      .split(/[\r\n]/, 1)[0] ?? '';
  return {
    kind: 'candidate',
    candidate,
    sdpMid: null,
    sdpMLineIndex: null,
    ufrag: / ufrag (\S+)/.exec(candidate)?.[1] ?? null,
    side: context.side,
    peer: null,
    from: 'json',
    where,
  };
}

/** Lines in a list are one description; a single one, or what begins otherwise, is looked at by itself. */
function closeList(
  { lines, under }: Frame,
  out: Draft[],
  look: (value: string, number: number, key: string | null, own: boolean) => void,
): void {
  const [first] = lines;
  if (first === undefined) return;
  if (lines.length === 1) {
    look(first.text, first.number, null, true);
    return;
  }
  const start = out.length;
  look(lines.map(({ text }) => `${text.trimEnd()}\r\n`).join(''), first.number, under, true);
  const [draft] = out.slice(start);
  if (draft?.kind !== 'sdp') return;
  draft.hasOwnEnds = false;
  draft.mended = [...draft.mended, 'list'];
  if (draft.lines.length === lines.length) draft.lines = lines.map(({ number }) => number);
}

/** Gives to what was found in an object what the object says of it. */
function complete(frame: Frame, parent: Frame | undefined, context: Context, out: Draft[]): void {
  const { fields, isObject, start } = frame;
  noMore(frame, context, out);
  if (out.length === start) return;
  const of = (keys: readonly string[]) =>
    keys.map((key) => fields.get(key)).filter((value) => value !== undefined);
  const type =
    typeOf(frame.under) ??
    (isObject
      ? (of(TYPE_KEYS)
          .map(typeWord)
          .find((word) => word !== null) ?? null)
      : null);
  const side: FoundSide | null =
    of(isObject ? SIDE_KEYS : ['0'])
      .map(sideWord)
      .find((word) => word !== null) ?? null;
  const peer = peerOf(frame) ?? (parent?.under === 'PeerConnections' ? frame.under : null);
  fillCandidate(frame);
  if (type === null && side === null && peer === null) return;
  for (let at = start; at < out.length; at += 1) {
    const draft = out[at];
    if (draft === undefined) continue;
    if (draft.kind === 'sdp') draft.type ??= type;
    draft.side ??= side;
    draft.peer ??= peer;
  }
}

/** The id beside it; in a list, what stands behind the name of an event. */
function peerOf({ isObject, fields }: Frame): string | null {
  if (!isObject) {
    const id = fields.get('1') ?? '';
    return /^[A-Za-z.]{3,40}$/.test(fields.get('0') ?? '') && /^[\w:.-]+$/.test(id) ? id : null;
  }
  const values = PEER_KEYS.map((key) => fields.get(key) ?? '');
  return values.find((value) => value !== 'null' && value !== '') ?? null;
}

/** `{candidate: ''}` says that no more will come. */
function noMore(frame: Frame, context: Context, out: Draft[]): void {
  const { fields, isObject } = frame;
  if (!isObject || fields.get('candidate') !== '') return;
  if (!fields.has('sdpMid') && !fields.has('sdpMLineIndex')) return;
  const where = context.line ?? 1;
  frame.candidate = { ...candidateOf('', where, context) };
  out.push(frame.candidate);
}

function fillCandidate({ candidate, fields }: Frame): void {
  if (candidate === null) return;
  const text = (...keys: string[]) =>
    keys.map((key) => fields.get(key)).find((value) => value !== undefined && value !== 'null') ??
    null;
  const index = text('sdpMLineIndex', 'sdpMlineIndex', 'label', 'mLineIndex');
  candidate.sdpMid = text('sdpMid', 'mid', 'id');
  candidate.sdpMLineIndex = index !== null && /^\d{1,5}$/.test(index) ? Number(index) : null;
  candidate.ufrag = text('usernameFragment', 'ufrag') ?? candidate.ufrag;
}

/** Counts lines up to a place; places come in their order. */
function lineCounter(
  text: string,
  from: number,
  first: number,
  line: number | null,
): (at: number) => number {
  if (line !== null) return () => line;
  let number = first;
  const end = /\r\n|\n|\r/g;
  end.lastIndex = from;
  let next = end.exec(text);
  return (at) => {
    while (next !== null && next.index < at) {
      number += 1;
      next = end.exec(text);
    }
    return number;
  };
}
