// Layers of simulcast: the lists that a description writes, and what is wrong with them (RFC 8851, RFC 8853).
import { codecsOf } from '../codecs.ts';
import { attribute, attributes, isFragment } from '../parse.ts';
import type { SdpDocument, SdpLine, SdpSection } from '../parse.ts';
import type { Report } from '../problem.ts';
import { words } from '../sources.ts';

/** A layer of a list. */
export interface Layer {
  readonly rid: string;
  /** It begins paused: the `~` before it (RFC 8853 §5.1). */
  readonly isPaused: boolean;
}

/** What a section says of simulcast, in one direction. */
export interface SimulcastList {
  readonly way: 'send' | 'recv';
  readonly layers: readonly Layer[];
}

/** The lists of a section, in order. Alternatives of one layer, which commas part, count as layers. */
export function simulcastOf(section: SdpSection): readonly SimulcastList[] {
  return attributes(section, 'simulcast').flatMap(listsOf);
}

function listsOf({ argument }: SdpLine): readonly SimulcastList[] {
  const all = words(argument ?? '');
  const lists: SimulcastList[] = [];
  for (let at = 0; at + 1 < all.length; at += 2) {
    const way = all[at];
    if (way !== 'send' && way !== 'recv') continue;
    const layers = (all[at + 1] ?? '')
      .split(/[;,]/)
      .filter((word) => word !== '' && word !== '~')
      .map((word) => ({ rid: word.replace(/^~/, ''), isPaused: word.startsWith('~') }));
    lists.push({ way, layers });
  }
  return lists;
}

const RID_URI = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

/** Finds what is wrong in a section. */
export function simulcastProblems(
  document: SdpDocument,
  section: SdpSection,
  report: Report,
): void {
  const lines = attributes(section, 'simulcast');
  const [line, second] = lines;
  const rids = new Map<string, SdpLine>();
  for (const rid of attributes(section, 'rid')) {
    const [id = ''] = words(rid.argument ?? '');
    if (rids.has(id)) report('rid-twice', 'suspicious', rid.number, { rid: id });
    else rids.set(id, rid);
    payloads(section, rid, id, report);
  }
  const old = attributes(section, 'ssrc-group').find(({ argument }) =>
    (argument ?? '').startsWith('SIM '),
  );
  if (old !== undefined) report('sim-group', 'note', old.number, {});
  if (line === undefined) return;
  const lists = simulcastOf(section);
  if (second !== undefined || new Set(lists.map(({ way }) => way)).size < lists.length) {
    const form = second === undefined ? 'lists' : 'lines';
    report('simulcast-twice', 'wrong', (second ?? line).number, { form });
    return;
  }
  const used = new Set<string>();
  for (const { way, layers } of lists) {
    for (const { rid } of layers) {
      if (used.has(rid)) report('rid-twice', 'suspicious', line.number, { rid });
      used.add(rid);
      const its = rids.get(rid);
      if (its === undefined) report('rid-stranger', 'wrong', line.number, { rid });
      else if (words(its.argument ?? '')[1] !== way) {
        report('rid-direction', 'wrong', its.number, { rid, wanted: way });
      }
    }
  }
  for (const [rid, its] of rids) {
    if (!used.has(rid)) report('rid-unused', 'note', its.number, { rid });
  }
  const [session] = document.sections;
  const outer = session === undefined ? [] : attributes(session, 'extmap');
  const has = [...attributes(section, 'extmap'), ...outer].some(({ argument }) =>
    words(argument ?? '').includes(RID_URI),
  );
  if (!has && !isFragment(document)) {
    report('simulcast-no-extension', 'suspicious', line.number, {});
  }
}

/** RFC 8851 §4: `pt` names payload types of the m= line. */
function payloads(section: SdpSection, line: SdpLine, rid: string, report: Report): void {
  if (attribute(section, 'rid') === null || section.media === null) return;
  const list = /(?:^|[\s;])pt=([\d,]+)/.exec(line.argument ?? '')?.[1] ?? '';
  const codecs = codecsOf(section);
  const pt = list.split(',').find((each) => each !== '' && codecs.get(each)?.isListed !== true);
  if (pt !== undefined) report('rid-payload', 'suspicious', line.number, { rid, pt });
}
