// What an app would write: one that takes whatever arrives, and perfect negotiation, the same on both sides but for a word.
import type { Act, Side } from '../../rtc/steps.ts';
import { otherSide } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';

/** What a side adds. @param isScreen a screen, or a second sound */
function adding(isScreen: boolean): readonly CodeLine[] {
  return [
    line(
      isScreen
        ? 'const stream = await navigator.mediaDevices.getDisplayMedia();'
        : 'const stream = await navigator.mediaDevices.getUserMedia({ audio: true });',
      'capture-both',
    ),
    line('for (const track of stream.getTracks()) pc.addTrack(track, stream);', 'add-both'),
    BLANK,
  ];
}

/** The steps in which a side makes an offer, and so on. */
interface Steps {
  readonly offers: readonly string[];
  readonly takes: readonly string[];
  readonly answers: readonly string[];
  readonly settles: readonly string[];
}

function naive(steps: Steps): readonly CodeLine[] {
  return [
    line('pc.onnegotiationneeded = async () => {'),
    line('  await pc.setLocalDescription(await pc.createOffer());', ...steps.offers),
    line('  signaling.postMessage({ offer: pc.localDescription.toJSON() });', 'offers-cross'),
    line('};'),
    BLANK,
    line('signaling.onmessage = async ({ data }) => {'),
    line('  if (data.offer) {'),
    line('    await pc.setRemoteDescription(data.offer);', ...steps.takes),
    line('    await pc.setLocalDescription(await pc.createAnswer());', ...steps.answers),
    line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', ...steps.answers),
    line('  }'),
    line('  if (data.answer) await pc.setRemoteDescription(data.answer);', ...steps.settles),
    line('};'),
  ];
}

function perfect(isPolite: boolean, steps: Steps): readonly CodeLine[] {
  const { offers, takes, answers, settles } = steps;
  return [
    line(`const polite = ${String(isPolite)};`),
    line('let makingOffer = false, ignoreOffer = false, settingAnswer = false;'),
    BLANK,
    line('pc.onnegotiationneeded = async () => {'),
    line('  makingOffer = true;', ...offers),
    line('  await pc.setLocalDescription();', ...offers),
    line('  signaling.postMessage({ description: pc.localDescription.toJSON() });', 'offers-cross'),
    line('  makingOffer = false;'),
    line('};'),
    BLANK,
    line('signaling.onmessage = async ({ data: { description } }) => {'),
    ...[
      '  const ready = !makingOffer &&',
      "    (pc.signalingState === 'stable' || settingAnswer);",
    ].map((text) => line(text, ...takes)),
    line("  const collision = description.type === 'offer' && !ready;", ...takes),
    line('  ignoreOffer = !polite && collision;', ...takes),
    line('  if (ignoreOffer) return;', ...takes),
    line("  settingAnswer = description.type === 'answer';"),
    line('  await pc.setRemoteDescription(description);', ...(isPolite ? takes : []), ...settles),
    line('  settingAnswer = false;'),
    line("  if (description.type === 'offer') {"),
    line('    await pc.setLocalDescription();', ...answers),
    line('    signaling.postMessage({ description: pc.localDescription.toJSON() });', ...answers),
    line('  }'),
    line('};'),
    BLANK,
    ...lines('media-flows', 'pc.ontrack = ({ streams }) => show(streams[0]);'),
  ];
}

/** The code of both sides. @param first whose offer is handled first @param polite which side gives way */
export function glareCode(
  { by, settings = {} }: Act,
  { first, polite }: Readonly<Record<'first' | 'polite', Side>>,
): Readonly<Record<Side, readonly CodeLine[]>> {
  const whose = by ?? 'caller';
  const isPerfect = settings['how'] === 'perfect';
  const of = (side: Side): readonly CodeLine[] => {
    const isFirst = side === first;
    const own = isFirst ? 'first' : 'second';
    if (!isPerfect) {
      const takesAgain = side === otherSide(whose) ? ['take-again'] : [];
      return naive({
        offers: [`${own}-offers`, ...(side === whose ? ['offer-again'] : [])],
        takes: [isFirst ? 'take-second' : 'take-first', ...takesAgain],
        answers: [isFirst ? 'answer-second' : 'answer-first'],
        settles: [isFirst ? 'early-answer' : 'late-answer'],
      });
    }
    const isPolite = side === polite;
    const takes = [isFirst ? 'take-second' : 'take-first', ...(isPolite ? [] : ['take-again'])];
    return perfect(isPolite, {
      offers: [`${own}-offers`, ...(isPolite ? ['offer-again'] : [])],
      takes,
      answers: [isPolite ? 'polite-answers' : 'answer-again'],
      settles: [isPolite ? 'take-last' : 'take-answer'],
    });
  };
  const both = (side: Side) => [...adding(side === whose), ...of(side)];
  return { caller: both('caller'), callee: both('callee') };
}
