// The arrow keys among links that stand in columns.

/** Up and down go along a column and on to the next one, left and right to the one beside it; Home and End to the ends. */
export function moveInColumns(event: KeyboardEvent): void {
  const { currentTarget, target, key } = event;
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const columns = [...currentTarget.querySelectorAll('ul')].map((list) => [
    ...list.querySelectorAll<HTMLElement>('a'),
  ]);
  const to = linkByKey(columns, target, key);
  if (to === null) return;
  event.preventDefault();
  to.focus();
}

/** The one that a key leads to from another; null for a key that leads nowhere. */
export function linkByKey<T>(
  columns: readonly (readonly T[])[],
  from: unknown,
  key: string,
): T | null {
  const all = columns.flat();
  const column = columns.findIndex((each) => each.some((one) => one === from));
  const row = columns[column]?.findIndex((one) => one === from) ?? -1;
  const at = all.findIndex((one) => one === from);
  const beside = (step: number): T | null => {
    const next = columns[column + step];
    return next?.[Math.min(row, next.length - 1)] ?? null;
  };
  switch (key) {
    case 'ArrowDown':
      return all[(at + 1) % all.length] ?? null;
    case 'ArrowUp':
      return all.at(at <= 0 ? -1 : at - 1) ?? null;
    case 'ArrowRight':
      return column === -1 ? null : beside(1);
    case 'ArrowLeft':
      return column === -1 ? null : beside(-1);
    case 'Home':
      return all[0] ?? null;
    case 'End':
      return all.at(-1) ?? null;
    default:
      return null;
  }
}
