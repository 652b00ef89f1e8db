// The whole screen as text, one element a line, so that two looks at it can be compared.

/**
 * Runs in the page. Left out: how far the record has come (that is no part of the place in it), ids,
 * and what notices say, for they are about the walk and go by themselves.
 */
export function readScreen(): string {
  const lines: string[] = [];
  const kept =
    /^(aria-(label|current|pressed|selected|expanded|valuetext|disabled)|disabled|lang|title|style|data-state|placeholder)$/;

  const read = (node: Node, indent: string): void => {
    if (node instanceof Text) {
      const text = node.data.replace(/\s+/g, ' ').trim();
      if (text !== '') lines.push(`${indent}"${text}"`);
      return;
    }
    if (!(node instanceof Element) || node.matches('.had:not(.dot), .notices')) return;
    // How far the ladder is scrolled is the room's, which a notice takes some of.
    const isScrolled = node.matches('.ladder .parts');
    const classes = [...node.classList].filter((name) => name !== 'had').sort();
    const attributes = [...node.attributes]
      .filter(({ name }) => kept.test(name) && !(name === 'style' && isScrolled))
      .map(({ name, value }) => `${name}=${value}`)
      .sort();
    const value =
      node instanceof HTMLInputElement ||
      node instanceof HTMLSelectElement ||
      node instanceof HTMLProgressElement
        ? [`value=${String(node.value)}`]
        : [];
    lines.push(
      `${indent}${node.localName}${classes.map((name) => `.${name}`).join('')} ${[...attributes, ...value].join(' ')}`,
    );
    for (const child of node.childNodes) read(child, `${indent} `);
  };

  const app = document.querySelector('.app');
  if (app !== null) read(app, '');
  return `${document.title}\n${lines.join('\n')}`;
}
