// Who reads a line, in words, and what a kind of line has to say of itself.
import { m } from '../../i18n/paraglide/messages.js';

const READERS = {
  everyone: m.sdp_reader_everyone,
  nobody: m.sdp_reader_nobody,
  codecs: m.sdp_reader_codecs,
  sender: m.sdp_reader_sender,
  receiver: m.sdp_reader_receiver,
  page: m.sdp_reader_page,
  rtcp: m.sdp_reader_rtcp,
  bundle: m.sdp_reader_bundle,
  ice: m.sdp_reader_ice,
  dtls: m.sdp_reader_dtls,
  sctp: m.sdp_reader_sctp,
  unknown: m.sdp_reader_unknown,
} as const;

type Say = () => string;

/** What there is to say of a kind of line, whatever stands in it. */
export interface LineWords {
  readonly title: Say;
  readonly what: Say;
  readonly reader: Say;
  readonly without: Say;
}

/** Makes the words of a kind of line. Without its last sentence, nothing would change for a browser. */
export function line(
  title: Say,
  what: Say,
  reader: keyof typeof READERS,
  without: Say = m.sdp_line_without_nothing,
): LineWords {
  return { title, what, reader: READERS[reader], without };
}
