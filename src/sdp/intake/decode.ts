// Reads what was written for something else: HTML, an address, a mail, or a program’s string.

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
  NewLine: '\n',
  equals: '=',
  colon: ':',
};

function entities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,8}));/g,
    (all, ...groups) => {
      const [decimal, hex, name] = groups as (string | undefined)[];
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? all) : all;
      return character(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal), all);
    },
  );
}

function character(code: number, otherwise: string): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : otherwise;
}

/** Words of an address: where one holds an encoded `=` or line end, it is read. */
function addresses(text: string): string {
  return text.replace(/[\w%+.~*!'():=/;,@$?&-]{12,}/g, (word) => {
    let read = word;
    for (let times = 0; times < 3 && /%(?:25)*(?:3[dD]|0[aAdD])/.test(read); times += 1) {
      const spaced = /%(?:25)*20/.test(read) ? read : read.replaceAll('+', ' ');
      read = percent(spaced);
    }
    return read;
  });
}

function percent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([\da-fA-F]{2})/g, (_, hex: string) => character(parseInt(hex, 16), ''));
  }
}

/** `\u003d` and its like, save quotes and backslashes, which say where a string ends. */
function escapes(text: string): string {
  return text.replace(
    /(?<!\\)\\{1,16}(?:u00([\da-fA-F]{2})|x([\da-fA-F]{2})|(01[25]))/g,
    (all, ...groups) => {
      const [unicode, hex, octal] = groups as (string | undefined)[];
      const code = octal === undefined ? parseInt(unicode ?? hex ?? '', 16) : parseInt(octal, 8);
      return code === 34 || code === 39 || code === 92 || code === 96 ? all : character(code, all);
    },
  );
}

/** Tags: those that end a line, and those that do not. */
function tags(text: string): string {
  return text
    .replace(/<br\s{0,3}\/?>|<\/(?:p|div|li|tr|pre|td|h\d)>/gi, '\n')
    .replace(/<\/?(?:[a-z][a-z\d]{0,9})(?:\s[^<>]{0,300})?>/gi, '');
}

/** A line as its writer meant it. `mail`: with `=0D=0A` for line ends, or wholly in quoted-printable. */
export function readable(text: string, mail: 'whole' | 'ends' | null): string {
  let read = text;
  if (mail === 'whole') {
    read = read.replace(/=([\dA-F]{2})/g, (_, hex: string) => character(parseInt(hex, 16), ''));
  } else if (mail === 'ends') {
    read = read.replaceAll('=0D', '\r').replaceAll('=0A', '\n');
  }
  if (/&(?:#|quot|amp|lt|gt|apos|nbsp|NewLine|equals|colon)/.test(read)) {
    read = entities(read);
    if (/&(?:#\d|quot;|lt;)/.test(read)) read = entities(read);
  }
  if (/<(?:br|\/)/i.test(read)) read = tags(read);
  if (/%(?:25)*(?:3[dD]|0[aAdD])/.test(read)) read = addresses(read);
  if (/\\(?:u00|x|01)/.test(read)) read = escapes(read);
  return read;
}
