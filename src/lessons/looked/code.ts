// The code of the side whose act it is and of the other, put on their sides.
import type { Act, Side } from '../../rtc/steps.ts';
import type { CodeLine } from '../code-line.ts';

/** @param by whose act it is; the caller's where it is nobody's */
export function codeOf(
  by: Act['by'],
  {
    acting,
    seeing,
  }: { readonly acting: readonly CodeLine[]; readonly seeing: readonly CodeLine[] },
): Readonly<Record<Side, readonly CodeLine[]>> {
  return by === 'callee' ? { caller: seeing, callee: acting } : { caller: acting, callee: seeing };
}
