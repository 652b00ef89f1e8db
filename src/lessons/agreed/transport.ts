// What was agreed below the media, in words: transports, ICE, DTLS roles.
import { m } from '../../i18n/paraglide/messages.js';
import type {
  BundleAgreed,
  ControlAgreed,
  MuxOutcome,
  SetupAgreed,
  SetupReason,
  Transport,
} from '../../sdp/negotiation.ts';
import { plain } from '../ice/plain.ts';

/** What became of bundling, and how many transports remain. */
export function bundleTexts(
  { id }: BundleAgreed,
  transports: readonly Transport[],
): readonly string[] {
  // Nothing is bundled where nothing is in use.
  if (transports.length === 0) return [m.agreed_transports({ count: 0 })];
  return [
    m.agreed_bundle({ id: id === 'not-offered' ? 'none' : id }),
    m.agreed_transports({ count: transports.length }),
  ];
}

/** Who shares a transport, whose credentials it has, and who begins DTLS: a sentence each. */
export function transportTexts(transport: Transport): readonly string[] {
  const { tagged, sections, isBundled, components, offerer, answerer, setup } = transport;
  const who = isBundled
    ? m.agreed_transport_shared({ sections: sections.join(', '), tagged: String(tagged) })
    : m.agreed_transport_own({ tagged: String(tagged) });
  const missing = [
    ...(offerer.ufrag === null || !offerer.hasPassword ? (['offerer'] as const) : []),
    ...(answerer.ufrag === null || !answerer.hasPassword ? (['answerer'] as const) : []),
  ];
  const credentials =
    missing.length > 0
      ? missing.map((side) => m.agreed_credentials_missing({ side }))
      : [
          m.agreed_credentials({
            offerer: plain(offerer.ufrag ?? ''),
            answerer: plain(answerer.ufrag ?? ''),
          }),
        ];
  return [
    who,
    ...(components === 2 ? [m.agreed_transport_two()] : []),
    ...credentials,
    ...setupTexts(setup),
  ];
}

/** Which DTLS role each side has, and why. */
export function setupTexts({ offered, answered, client, reason }: SetupAgreed): readonly string[] {
  const said = m.agreed_setup({
    reason: setupName(reason),
    offered: plain(offered ?? ''),
    answered: plain(answered ?? ''),
  });
  return client === null ? [said] : [said, m.agreed_setup_client({ client })];
}

function setupName(reason: SetupReason) {
  switch (reason) {
    case 'answer-chose':
      return 'answer';
    case 'offer-chose':
      return 'offer';
    case 'answer-actpass':
      return 'actpass';
    case 'same-role':
      return 'same';
    case 'missing':
    case 'unknown':
      return reason;
  }
}

/** Whose ICE agent is controlling, and why. */
export function controlText({ reason }: ControlAgreed): string {
  switch (reason) {
    case 'both-full':
      return m.agreed_control({ reason: 'full' });
    case 'offerer-lite':
      return m.agreed_control({ reason: 'offererlite' });
    case 'answerer-lite':
      return m.agreed_control({ reason: 'answererlite' });
    case 'both-lite':
      return m.agreed_control({ reason: 'lite' });
  }
}

/** Whether RTP and RTCP share a port. */
export function muxText(outcome: MuxOutcome): string {
  switch (outcome) {
    case 'agreed':
    case 'refused':
      return m.agreed_mux({ outcome });
    case 'agreed-as-required':
      return m.agreed_mux({ outcome: 'required' });
    case 'refused-though-required':
      return m.agreed_mux({ outcome: 'violated' });
    case 'not-offered':
      return m.agreed_mux({ outcome: 'unoffered' });
  }
}
