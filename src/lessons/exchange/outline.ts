// The m= sections of a description in outline, and what is another between two descriptions.
import { sdpLines } from '../../sdp/lines.ts';
import { ufragsOf } from '../../sdp/ufrag.ts';
import type { Description } from '../../trace/event.ts';

/** A section in outline. */
export interface SectionOutline {
  readonly mid: string | null;
  /** `audio`, `video` or `application`. */
  readonly media: string;
  readonly direction: string;
  /** It has port 0 and is in no BUNDLE group: nothing goes over it (RFC 9429 §5.3.1). */
  readonly isClosed: boolean;
}

/** A description in outline. */
export interface Outline {
  /** The version in its `o=` line. */
  readonly version: string | null;
  readonly sections: readonly SectionOutline[];
  readonly ufrags: readonly string[];
  readonly characters: number;
  readonly lines: number;
}

/** What became of a section between two descriptions. */
export interface SectionChange {
  /** `reused`: it was closed, and is another's from now on. */
  readonly is: 'added' | 'reused' | 'closed' | 'turned';
  readonly mid: string | null;
  readonly media: string;
  readonly was: string | null;
  readonly now: string;
}

/** Takes the outline of a description. */
export function outlineOf(description: Description | null): Outline | null {
  if (description === null) return null;
  const lines = sdpLines(description.sdp).map(({ text }) => text);
  const bundled = lines.find((line) => line.startsWith('a=group:BUNDLE'))?.split(' ') ?? [];
  const sections: { mid: string | null; media: string; direction: string; port: string }[] = [];
  for (const line of lines) {
    if (line.startsWith('m=')) {
      const [media = '', port = ''] = line.slice(2).split(' ');
      // Without a line that says so, a section goes both ways (RFC 8866 §6.7).
      sections.push({ mid: null, media, port, direction: 'sendrecv' });
    }
    const section = sections.at(-1);
    if (section === undefined) continue;
    if (line.startsWith('a=mid:')) section.mid = line.slice('a=mid:'.length);
    const direction = /^a=(sendrecv|sendonly|recvonly|inactive)$/.exec(line)?.[1];
    if (direction !== undefined) section.direction = direction;
  }
  return {
    version: lines.find((line) => line.startsWith('o='))?.split(' ')[2] ?? null,
    sections: sections.map(({ mid, media, direction, port }) => ({
      ...{ mid, media, direction },
      // Port 0 alone may also be that of a section that shares another's transport (RFC 9143 §6).
      isClosed: port === '0' && (mid === null || !bundled.includes(mid)),
    })),
    ufrags: ufragsOf(description.sdp),
    characters: description.sdp.length,
    lines: lines.length,
  };
}

/** What became of each section that is not as it was, in order. */
export function changesOf(was: Outline | null, now: Outline | null): readonly SectionChange[] {
  if (now === null) return [];
  return now.sections.flatMap(({ mid, media, direction, isClosed }, at): SectionChange[] => {
    const before = was?.sections[at];
    const change = (is: SectionChange['is']) => [
      { is, mid, media, was: before?.direction ?? null, now: direction },
    ];
    if (before === undefined) return change('added');
    if (isClosed) return before.isClosed ? [] : change('closed');
    if (before.isClosed || before.mid !== mid) return change('reused');
    return before.direction === direction ? [] : change('turned');
  });
}
