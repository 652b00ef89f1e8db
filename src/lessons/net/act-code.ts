// What an app would write for a network that changes: it hears of it from connectionState alone.
import type { Side } from '../../rtc/steps.ts';
import { line, lines, type CodeLine } from '../code-line.ts';

/** An app that listens, its lines lit in the steps in which a state changes. @param failing the step of `failed` */
export function listeningCode(failing: string): Readonly<Record<Side, readonly CodeLine[]>> {
  const code = [
    line('pc.onconnectionstatechange = () => {'),
    ...lines(
      failing,
      "  if (pc.connectionState === 'failed') {",
      '    pc.restartIce(); // then onnegotiationneeded offers',
      '  }',
    ),
    line('};'),
  ];
  return { caller: code, callee: code };
}
