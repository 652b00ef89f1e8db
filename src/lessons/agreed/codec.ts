// What became of each codec and header extension, in words.
import { m } from '../../i18n/paraglide/messages.js';
import type { Codec } from '../../sdp/codecs.ts';
import { h264Profile } from '../../sdp/negotiation-codec.ts';
import type { CodecOutcome, CodecReason, CodecsAgreed, Decision } from '../../sdp/negotiation.ts';
import type { DirectionAgreed, ExtensionOutcome } from '../../sdp/negotiation.ts';
import { plain } from '../ice/plain.ts';

/** A codec as it is called here: its name and clock, such as `opus/48000`; its number where it has no name. */
export function codecName({ name, rate, payloadType }: Codec): string {
  if (name === null) return plain(payloadType);
  return plain(rate === null ? name : `${name}/${String(rate)}`);
}

/** What became of a codec, and then a sentence for each parameter that decided. */
export function codecTexts(outcome: CodecOutcome): readonly string[] {
  const { reason, offered, answered, decisions } = outcome;
  const first = m.agreed_codec({
    reason: reasonName(reason),
    name: codecName(offered),
    offered: plain(offered.payloadType),
    answered: plain(answered?.payloadType ?? ''),
    serves: plain(offered.goesWith ?? ''),
  });
  const told = decisions.filter((each) => each.answered.length > 0);
  return [first, ...told.map(decisionText)];
}

function reasonName(reason: CodecReason) {
  switch (reason) {
    case 'kept':
    case 'renumbered':
      return reason;
    case 'not-in-answer':
      return 'absent';
    case 'other-parameters':
      return 'parameters';
    case 'served-codec-dropped':
      return 'served';
    case 'section-not-used':
      return 'unused';
  }
}

function decisionText({ parameter, offered, answered }: Decision): string {
  const [from, to] = [plain(offered), plain(answered.join(', '))];
  if (parameter !== 'profile-level-id') {
    return m.agreed_decision({ parameter, offered: from, answered: to });
  }
  const isSame = answered.some((each) => h264Profile(each) === h264Profile(offered));
  return m.agreed_decision_profile({
    match: isSame ? 'same' : 'other',
    offered: from,
    answered: to,
  });
}

/** Which codec each side that sends is to send first; null where nobody sends or none is agreed. */
export function firstCodecText(codecs: CodecsAgreed, direction: DirectionAgreed): string | null {
  const offerer = direction.offererSends ? codecs.offererSends : null;
  const answerer = direction.answererSends ? codecs.answererSends : null;
  if (offerer === null && answerer === null) return null;
  const one = offerer === null ? 'answerer' : 'offerer';
  return m.agreed_codec_first({
    who: offerer === null || answerer === null ? one : 'both',
    offerer: offerer === null ? '' : codecName(offerer),
    answerer: answerer === null ? '' : codecName(answerer),
  });
}

/** What became of a header extension. */
export function extensionText({ offered, answered }: ExtensionOutcome): string {
  const isSame = answered?.id === offered.id;
  return m.agreed_extension({
    outcome: answered === null ? 'dropped' : isSame ? 'kept' : 'renumbered',
    uri: plain(offered.uri),
    offered: offered.id,
    answered: answered?.id ?? '',
  });
}
