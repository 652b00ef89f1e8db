// Measures the ladder that a page shows, in any engine: the function runs in the page.

/**
 * What stands in the wrong place, in words: a lifeline that is not under its head, a call that is not on its lifeline,
 * an arrow that does not lead from one to the other, text that is cut off or runs into another, and a row that is cut
 * at the lower edge. Needs nothing but the page, because it is sent there.
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
  const rows = [...ladder.querySelectorAll<HTMLElement>('.row')];
  const [first] = rows;
  if (first === undefined) throw new Error('There are no rows.');
  const lines = { caller: 0, callee: 0 };
  for (const [who, pseudo] of [
    ['caller', '::before'],
    ['callee', '::after'],
  ] as const) {
    const head = ladder.querySelector(`.heads .${who}`);
    if (head === null) throw new Error(`${who} has no head.`);
    // A line has its middle where its left edge would be.
    const unlit = rows.find((row) => !row.classList.contains('lit')) ?? first;
    const at = box(unlit).left + Number.parseFloat(getComputedStyle(unlit, pseudo).left);
    lines[who] = at;
    const isUnder = isNarrow
      ? box(head).left - 1 <= at && at <= box(head).right + 1
      : !away(at, centre(head));
    if (!isUnder) faults.push(`${who}: line at ${at}, head at ${centre(head)}`);
  }
  const heads = [...ladder.querySelectorAll('.heads .head')]
    .map(box)
    .filter(({ width }) => width > 0)
    .sort((one, other) => one.left - other.left);
  for (const [at, { right }] of heads.entries()) {
    const next = heads[at + 1];
    if (next !== undefined && next.left < right - 1) faults.push(`heads meet at ${right}`);
  }
  const acts = [...ladder.querySelectorAll('.act')];
  if (acts.length === 0) throw new Error('There are no calls.');
  for (const act of acts) {
    const pill = act.querySelector('.pill');
    if (pill === null) continue;
    const name = pill.textContent;
    const line = lines[act.classList.contains('callee') ? 'callee' : 'caller'];
    const { left, right } = box(pill);
    // A long call in a narrow column moves inwards, and its lifeline still leads to it.
    const isOn = left <= line && line <= right;
    const isMoved = left - whole.left < 30 || whole.right - right < 10;
    if (!isNarrow && (!isOn || (away(centre(pill), line) && !isMoved))) {
      faults.push(`${name}: at ${centre(pill)}, its line at ${line}`);
    }
  }
  for (const arrow of ladder.querySelectorAll('.row .arrow')) {
    const { left, right } = box(arrow);
    if (away(left, lines.caller) || away(right, lines.callee)) {
      faults.push(`${arrow.className}: from ${left} to ${right}, away from the lifelines`);
    }
  }
  // What is written, row by row: inside of the ladder, whole, and apart from each other.
  for (const row of rows) {
    const texts = [
      ...row.querySelectorAll(
        ':scope > .number > :first-child, .pill, .words, .of, .chip, .label, .tag, .beyond, .said',
      ),
    ].filter((each) => box(each).width > 0);
    for (const [at, text] of texts.entries()) {
      const { left, right, top, bottom } = box(text);
      const said = text.textContent.trim();
      if (left < whole.left - 1 || right > whole.right + 1) {
        faults.push(`${said}: from ${left} to ${right}, cut off`);
      }
      if (text instanceof HTMLElement && text.scrollWidth > text.clientWidth + 1) {
        if (getComputedStyle(text).display !== 'inline') faults.push(`${said}: does not fit`);
      }
      if (top < box(row).top - 1 || bottom > box(row).bottom + 1) {
        faults.push(`${said}: out of its row`);
      }
      for (const other of texts.slice(at + 1)) {
        const there = box(other);
        const meets =
          left < there.right - 1 &&
          there.left < right - 1 &&
          top < there.bottom - 1 &&
          there.top < bottom - 1;
        if (meets) faults.push(`${said} runs into ${other.textContent.trim()}`);
      }
    }
  }
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    if (next !== undefined && box(next).top < box(row).bottom - 1) {
      faults.push(`rows ${at} and ${at + 1} overlap`);
    }
  }
  // At rest no row is cut at the lower edge: what would be is covered.
  const scroller = ladder.querySelector('.parts');
  const veil = ladder.querySelector('.veil');
  if (scroller !== null && veil !== null && scroller.scrollHeight > scroller.clientHeight + 1) {
    const edge = box(veil).height > 0 ? box(veil).top : box(scroller).bottom;
    for (const row of rows) {
      if (box(row).top < edge - 1 && box(row).bottom > edge + 1) {
        faults.push(`${row.textContent.trim().slice(0, 20)}: cut at the lower edge`);
      }
    }
  }
  return faults;
}
