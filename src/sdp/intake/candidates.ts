// Candidates in a line of text, with what stands beside them.
import type { CandidateDraft, Context } from './draft.ts';
import { sideWord } from './words.ts';

const FORM =
  /candidate:[^\s"'\\]{1,64} \d{1,5} [A-Za-z]{2,8} \d{1,20} \S{1,200} \d{1,5} typ \w{2,8}(?: [\w-]{1,40} [^\s"'\\,;<>{})\]]{1,300}){0,24}/y;
/** Android writes its id and place before a candidate, and its server and network behind. */
const BEFORE = /([^\s:"'=]{1,64}):(\d{1,5}):$/;
const BEHIND = /:(?:(?:stun|turn)s?:\S*?)?:[A-Z][A-Z\d_]*$/;
const REACH = 200;

/** Finds them. `around` tells the lines before and behind, for what is written over several lines. */
export function findCandidates(
  text: string,
  where: number,
  around: () => readonly [string, string],
  context: Context,
): CandidateDraft[] {
  const found: CandidateDraft[] = [];
  let last = 0;
  for (let at = text.indexOf('candidate:'); at !== -1; at = text.indexOf('candidate:', at + 10)) {
    FORM.lastIndex = at;
    const match = FORM.exec(text);
    if (match === null || /[A-Za-z]/.test(text.charAt(at - 1))) continue;
    const end = at + match[0].length;
    const next = text.indexOf('candidate:', end);
    const before = text.slice(Math.max(last, at - REACH), at);
    const behind = text.slice(end, next === -1 ? end + REACH : Math.min(next, end + REACH));
    const isAlone = /^[\s"'{,]*(?:"?candidate"?\s*[:=]\s*)?["']?(?:a=)?$/i.test(before);
    const [above, below] = isAlone ? around() : ['', ''];
    const beside = isAlone ? `${above}\n${before}\n${behind}\n${below}` : `${before}\n${behind}`;
    const android = BEFORE.exec(before);
    const candidate = android === null ? match[0] : match[0].replace(BEHIND, '');
    const index = android?.[2] ?? /m_?line_?index\W{1,12}(?:Some\()?(\d{1,5})/i.exec(beside)?.[1];
    found.push({
      kind: 'candidate',
      candidate,
      sdpMid: android?.[1] ?? midOf(beside),
      sdpMLineIndex: index === undefined ? null : Number(index),
      ufrag:
        / ufrag ([^\s:]+)/.exec(candidate)?.[1] ??
        /(?:username_?fragment|ufrag)\W{1,12}(?:Some\(\W{0,6})?([\w+/]+)/i.exec(beside)?.[1] ??
        null,
      side: sideWord(before) ?? context.side,
      peer: null,
      from: context.from === 'json' ? 'json' : 'log',
      where,
    });
    last = end;
  }
  return found;
}

function midOf(beside: string): string | null {
  const mid = /sdp_?mid(?![A-Za-z])[^\w-]{1,12}(?:Some\([^\w-]{0,6})?([\w-]{1,64})/i.exec(
    beside,
  )?.[1];
  return mid === undefined || mid === 'null' || mid === 'None' || /^sdp/i.test(mid) ? null : mid;
}
