// An m= section in one line of words, in the language in force.
import { m } from '../../i18n/paraglide/messages.js';
import type { SectionSummary } from '../../sdp/summary.ts';

/** Such as “audio: Opus, and 3 more; both ways; encrypted; goes with transport 0”. */
export function summaryText(summary: SectionSummary): string {
  const { kind, codec, more, direction, encrypted, goesWith, rejected } = summary;
  const name = m.sdp_summary_kind({ kind });
  const codecs = codec === null || more === 0 ? codec : m.sdp_summary_codec({ codec, count: more });
  const pieces = rejected
    ? [m.sdp_summary_rejected()]
    : [
        codecs,
        direction === null ? null : m.sdp_summary_direction({ way: direction }),
        m.sdp_summary_encrypted({ encrypted: encrypted ? 'yes' : 'no' }),
        goesWith === null ? m.sdp_summary_own() : m.sdp_summary_with({ mid: goesWith }),
      ];
  return `${name}: ${pieces.filter((piece) => piece !== null).join('; ')}`;
}
