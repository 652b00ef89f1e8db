// Sources that say more than a section may: several tracks in one (Plan B), and groups of sources nobody describes.
import { attributes } from '../parse.ts';
import type { SdpSection } from '../parse.ts';
import type { Report } from '../problem.ts';
import { words } from '../sources.ts';

/** Finds them in a section. */
export function sourceRules(section: SdpSection, report: Report): void {
  const lines = attributes(section, 'ssrc');
  const tracks = new Set<string>();
  const known = new Set<string>();
  let second: number | null = null;
  for (const { argument, number } of lines) {
    const [ssrc = '', said = '', track = ''] = words(argument ?? '');
    known.add(ssrc);
    if (!said.startsWith('msid:')) continue;
    tracks.add(`${said} ${track}`);
    if (tracks.size === 2) second ??= number;
  }
  if (second !== null) report('plan-b', 'wrong', second, { count: tracks.size });
  for (const { argument, number } of attributes(section, 'ssrc-group')) {
    const stranger = words(argument ?? '')
      .slice(1)
      .find((ssrc) => /^\d+$/.test(ssrc) && !known.has(ssrc));
    if (stranger === undefined) continue;
    report('ssrc-group-stranger', 'wrong', number, { ssrc: stranger });
    return;
  }
}
