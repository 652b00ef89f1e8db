// An m= section in one line of words, in the language in force.
import { m } from '../../i18n/paraglide/messages.js';
import type { SectionSummary } from '../../sdp/summary.ts';

/** Its name, and such as “Opus and 3 more · both ways · mid 0”: what is usual is not said. */
export function summaryHead(
  { kind, codec, more, direction, encrypted, rejected }: SectionSummary,
  mid: string | null,
): { readonly name: string; readonly about: string } {
  const codecs = codec === null || more === 0 ? codec : m.sdp_head_codec({ codec, count: more });
  const pieces = rejected
    ? [m.sdp_summary_rejected()]
    : [
        codecs,
        direction === null ? null : m.sdp_summary_direction({ way: direction }),
        encrypted ? null : m.sdp_summary_encrypted({ encrypted: 'no' }),
        mid === null ? null : m.sdp_head_mid({ mid }),
      ];
  return {
    name: m.sdp_summary_kind({ kind }),
    about: pieces.filter((piece) => piece !== null).join(' · '),
  };
}
