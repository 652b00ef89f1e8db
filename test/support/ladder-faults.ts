// Measures the ladder that a page shows, in any engine: the function runs in the page.

/**
 * What stands in the wrong place, in words: a lifeline that is not under its head, a call that is not on its lifeline,
 * an arrow that does not reach it, and what is cut off. Needs nothing but the page, because it is sent there.
 */
export function ladderFaults(): string[] {
  const ladder = document.querySelector('.ladder');
  if (ladder === null) throw new Error('There is no ladder.');
  const faults: string[] = [];
  const box = (of: Element) => of.getBoundingClientRect();
  const centre = (of: Element) => box(of).left + box(of).width / 2;
  const away = (a: number, b: number) => Math.abs(a - b) > 1;
  const whole = box(ladder);
  // Where it is narrow the heads stand beside the edge, above the lifelines but not centred on them.
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const isNarrow = whole.width < 31 * rem;
  const lines = new Map<string, number>();
  for (const who of ['caller', 'signaling', 'callee']) {
    const head = ladder.querySelector(`.head.${who}`);
    const all = [...ladder.querySelectorAll(`.line.${who}`)];
    if (head === null || all.length === 0) throw new Error(`${who} has no lifeline.`);
    for (const line of all) {
      const at = centre(line);
      lines.set(who, at);
      const isUnder = isNarrow
        ? who === 'signaling' || (box(head).left - 1 <= at && at <= box(head).right + 1)
        : !away(at, centre(head));
      if (!isUnder) faults.push(`${who}: line at ${at}, head at ${centre(head)}`);
    }
  }
  const acts = [...ladder.querySelectorAll('.act')];
  if (acts.length === 0) throw new Error('There are no calls.');
  for (const act of acts) {
    const name = act.querySelector('.pill')?.textContent ?? '';
    const side = act.classList.contains('callee') ? 'callee' : 'caller';
    const line = lines.get(side) ?? 0;
    if (!isNarrow && away(centre(act), line)) {
      faults.push(`${name}: at ${centre(act)}, its line at ${line}`);
    }
    if (box(act).left < whole.left - 1 || box(act).right > whole.right + 1) {
      faults.push(`${name}: from ${box(act).left} to ${box(act).right}, cut off`);
    }
  }
  for (const arrow of ladder.querySelectorAll('.arrow, .flow')) {
    const { left, right } = box(arrow);
    if (away(left, lines.get('caller') ?? 0) || away(right, lines.get('callee') ?? 0)) {
      faults.push(`${arrow.className}: from ${left} to ${right}, away from the lifelines`);
    }
  }
  return faults;
}
