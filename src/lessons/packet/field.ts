export function fieldText(name: string): string | null {
  return name === '' ? '' : null;
}
