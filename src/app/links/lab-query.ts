// The address of the matrix and of its cells, from a query: what the settings in it mean is not needed to write it.

/** A page's address with a query, and the language that it asks for. */
export function queryLink(page: string, query: string, lang: string | null): string {
  const asked = lang === null ? '' : new URLSearchParams({ lang }).toString();
  const all = [query, asked].filter((part) => part !== '').join('&');
  return `#/${page}${all === '' ? '' : `?${all}`}`;
}

/** The link back to the cell whose call is walked, from the settings of its walk. */
export function matrixLinkOf(settings: string): string {
  return queryLink('matrix', settings, null);
}
