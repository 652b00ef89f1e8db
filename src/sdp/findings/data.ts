// How a data section names SCTP: the form of RFC 8841, the older one of drafts, and mixtures of both.
import { isRejected } from '../bundle.ts';
import { attribute } from '../parse.ts';
import type { SdpSection } from '../parse.ts';
import type { Report } from '../problem.ts';

/** True for a section of data channels, in either form. */
export function isData({ media }: SdpSection): boolean {
  return media?.kind === 'application' && media.proto.toUpperCase().endsWith('DTLS/SCTP');
}

/** Finds what is wrong with it. */
export function dataProblems(section: SdpSection, report: Report): void {
  const { media } = section;
  if (media === null || !isData(section)) return;
  const number = section.lines[0]?.number ?? null;
  const isOld = media.proto.toUpperCase() === 'DTLS/SCTP';
  const [format = ''] = media.formats;
  const { proto } = media;
  if (!isOld && format !== '' && format !== 'webrtc-datachannel') {
    report('sctp-mixed', 'wrong', number, { proto, format });
  }
  if (isOld && format === 'webrtc-datachannel') {
    report('sctp-mixed', 'suspicious', number, { proto, format });
  }
  const port = attribute(section, 'sctp-port') ?? (isOld ? attribute(section, 'sctpmap') : null);
  if (port === null && !isRejected(section)) {
    const map = attribute(section, 'sctpmap') === null ? 'no' : 'yes';
    report('sctp-no-port', map === 'no' ? 'suspicious' : 'note', number, { map });
  }
  const init = attribute(section, 'sctp-init');
  if (init !== null) {
    const isGood = /^[A-Za-z\d+/]+={0,2}$/.test((init.argument ?? '').trim());
    report('sctp-init', isGood ? 'note' : 'suspicious', init.number, {
      form: isGood ? 'good' : 'bad',
    });
  }
}
