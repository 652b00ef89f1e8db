// How things stand at the moment, in a word over the title: the phase, or that the call is up or has failed.
import { m } from '../../i18n/paraglide/messages.js';
import { SIDES } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import { phaseName } from '../words.ts';

/** How things stand, and the colour that this has. */
export interface Standing {
  readonly word: string;
  readonly tone: 'fetching' | 'signaling' | 'ice' | 'bad';
}

/** How things stand at a frame; null before the first step. */
export function standingAt(frame: Frame): Standing | null {
  const { step, progress } = frame;
  if (step === null) return null;
  if (progress === 'failed') return { word: m.kick_failed(), tone: 'bad' };
  const { phase } = step;
  if (phase === 'fetching' || phase === 'signaling') {
    return { word: phaseName(phase), tone: phase };
  }
  if (step.kind !== 'connect') return { word: phaseName(phase), tone: 'ice' };
  const states = SIDES.map((side) => frame[side].states.connectionState);
  if (states.includes('failed')) return { word: m.kick_failed(), tone: 'bad' };
  const isUp = states.every((state) => state === 'connected');
  return { word: isUp ? m.kick_connected() : m.kick_connecting(), tone: 'ice' };
}
