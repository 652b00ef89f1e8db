// The ladder as a Mermaid sequence diagram, for documents that can draw one.
import type { StatePath } from '../../trace/reading.ts';
import type { LadderRow, RowArrow } from '../ladder/rows.ts';
import type { LadderWords } from './words.ts';

const ACTORS = { caller: 'A', signaling: 'S', callee: 'B' } as const;

/** The ladder as Mermaid's text. Rows that have not happened yet are left out. */
export function ladderMermaid(rows: readonly LadderRow[], words: LadderWords): string {
  const lines = [
    'sequenceDiagram',
    `  participant ${ACTORS.caller} as ${escapeMermaid(words.caller)}`,
    `  participant ${ACTORS.signaling} as ${escapeMermaid(words.signaling)}`,
    `  participant ${ACTORS.callee} as ${escapeMermaid(words.callee)}`,
  ];
  const happened = rows.filter(({ when }) => when !== 'future');
  for (const [at, row] of happened.entries()) {
    if (beginsAct(happened, at)) {
      const name = escapeMermaid(words.act(row.step.act));
      lines.push(`  Note over ${ACTORS.caller},${ACTORS.callee}: ${name}`);
    }
    const over = row.side === 'both' ? `${ACTORS.caller},${ACTORS.callee}` : ACTORS[row.side];
    lines.push(`  Note over ${over}: ${noteOf(row, words)}`);
    for (const arrow of row.arrows) if (!arrow.ghost) lines.push(...arrowLines(arrow, words));
    for (const change of row.changes) {
      lines.push(`  Note over ${ACTORS[change.side]}: ${escapeMermaid(changeText(change, words))}`);
    }
    if (row.step.phase === 'communication') {
      const text = escapeMermaid(row.failed ? words.failed : words.flows);
      lines.push(`  Note over ${ACTORS.caller},${ACTORS.callee}: ${text}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Whether an act begins with a row, of rows of several acts. One act alone needs no name. */
export function beginsAct(rows: readonly LadderRow[], at: number): boolean {
  const number = (row: LadderRow | undefined) => row?.step.act.number;
  return number(rows[0]) !== number(rows.at(-1)) && number(rows[at]) !== number(rows[at - 1]);
}

function noteOf(row: LadderRow, words: LadderWords): string {
  const texts = [`${String(row.step.ordinal)}. ${words.step(row.step)}`, ...callTexts(row, words)];
  return texts.map(escapeMermaid).join('<br/>');
}

/** What a row's pill says, and what it stood in for. */
export function callTexts(row: LadderRow, words: LadderWords): readonly string[] {
  if (row.call === null) return [];
  if (row.call === '—') return [words.nothing];
  const call = row.times === 1 ? row.call : `${row.call} ×${String(row.times)}`;
  return row.insteadOf === null ? [call] : [call, words.insteadOf(row.insteadOf)];
}

/** A state's way through a row. */
export function changeText({ machine, path }: StatePath, words: LadderWords): string {
  return `${words.machine(machine)}: ${path.join(' → ')}`;
}

function arrowLines(arrow: RowArrow, words: LadderWords): readonly string[] {
  const [from, to] = [ACTORS[arrow.from], ACTORS[arrow.from === 'caller' ? 'callee' : 'caller']];
  const text = escapeMermaid(words.arrow(arrow));
  switch (arrow.at) {
    case 'delivered':
      return [`  ${from}->>${ACTORS.signaling}: ${text}`, `  ${ACTORS.signaling}->>${to}: ${text}`];
    case 'lost':
      return [`  ${from}-x${ACTORS.signaling}: ${text} (${escapeMermaid(words.life(arrow.at))})`];
    case 'posted':
    case 'in-flight':
      return [`  ${from}--)${ACTORS.signaling}: ${text} (${escapeMermaid(words.life(arrow.at))})`];
  }
}

/**
 * Text that Mermaid shows as it is: what ends or begins something there becomes an entity code of its kind, a line end
 * a space. Text with nothing in it becomes a dash, since a statement needs one.
 */
export function escapeMermaid(text: string): string {
  const safe = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[#;:<>%&"`{}\\]/g, (mark) => `#${String(mark.charCodeAt(0))};`);
  return safe === '' ? '–' : safe;
}
