// The arrow keys among cards that stand in columns: one of them is in the order of Tab, and the arrows lead to the others.

/** Where an arrow key leads. @param columns the ids, column by column @returns null where it leads nowhere */
export function roved(
  columns: readonly (readonly string[])[],
  from: string,
  key: string,
): string | null {
  const column = columns.findIndex((ids) => ids.includes(from));
  const row = columns[column]?.indexOf(from) ?? -1;
  const all = columns.flat();
  const at = all.indexOf(from);
  const beside = (by: -1 | 1) => {
    const next = columns[column + by];
    return next?.[Math.min(row, next.length - 1)] ?? null;
  };
  if (at < 0) return null;
  switch (key) {
    case 'ArrowDown':
      return all[at + 1] ?? null;
    case 'ArrowUp':
      return all[at - 1] ?? null;
    case 'ArrowRight':
      return beside(1);
    case 'ArrowLeft':
      return beside(-1);
    case 'Home':
      return all[0] ?? null;
    case 'End':
      return all.at(-1) ?? null;
    default:
      return null;
  }
}
