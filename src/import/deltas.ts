// What rtcstats leaves out because it came before: statistics that did not change, and sections of a description.
import type { Json } from '../trace/event.ts';
import { Columns } from './columns.ts';
import { field, fieldsOf, isFields, textField, wordOf, type Fields } from './json.ts';
import type { Notes } from './notes.ts';
import { propertyOf, typeOf } from './rtcstats-names.ts';

/** The statistics of one connection, each report a difference to the one before. */
export class Reports {
  readonly columns: Columns = new Columns();
  #last = new Map<string, Map<string, Json>>();

  /** Takes a report. What it does not tell of is as it was; what it calls `null` is gone. */
  add(delta: Json, time: number): void {
    const entries = Object.entries(fieldsOf(delta));
    const common = entries.find(
      ([id, v]) => propertyOf(id) === 'timestamp' && typeof v === 'number',
    );
    const stamp = typeof common?.[1] === 'number' ? common[1] : null;
    const own = new Set<string>();
    for (const [id, report] of entries) {
      if (report === null) this.#last.delete(id);
      else if (isFields(report)) {
        if (merge(this.#known(id), report)) own.add(id);
      }
    }
    for (const [id, report] of this.#last) {
      const said = report.get('timestamp');
      const isOld = stamp !== null && !own.has(id);
      const at = isOld ? stamp : typeof said === 'number' ? said : time;
      for (const [property, value] of report) {
        if (property === 'type') this.columns.type(id, typeof value === 'string' ? value : '');
        else if (property !== 'timestamp') this.columns.add(id, property, at, value);
      }
    }
  }

  #known(id: string): Map<string, Json> {
    const known = this.#last.get(id) ?? new Map<string, Json>();
    this.#last.set(id, known);
    return known;
  }
}

/** Puts what is new over what was; says whether it has a time of its own. */
function merge(known: Map<string, Json>, report: Fields): boolean {
  let hasTime = false;
  for (const [key, value] of Object.entries(report)) {
    const name = propertyOf(key);
    if (name === 'timestamp') hasTime = true;
    const before = known.get(name);
    if (name === 'type') known.set(name, typeOf(wordOf(value)));
    else if (isFields(value) && isFields(before)) known.set(name, { ...before, ...value });
    else known.set(name, value);
  }
  return hasTime;
}

/** The descriptions of one connection: an unchanged section of one stands as `v=` or `m=` in the next of its type. */
export class Descriptions {
  readonly #created = new Map<string, string>();
  readonly #set = new Map<string, string>();

  /** The whole description that a call's value stands for. */
  whole(method: string, value: Json, notes: Notes): Json {
    const type = textField(value, 'type');
    const sdp = field(value, 'sdp');
    const isSet = method === 'setLocalDescription';
    const isCreated = method === 'createOfferOnSuccess' || method === 'createAnswerOnSuccess';
    if (typeof sdp !== 'string' || !(isSet || isCreated)) return value;
    const base = (isSet ? this.#created : this.#set).get(type);
    const text = isShrunk(sdp) ? grown(sdp, base, notes) : sdp;
    (isSet ? this.#set : this.#created).set(type, text);
    return text === sdp ? value : { ...fieldsOf(value), sdp: text };
  }
}

function sectionsOf(sdp: string): string[] {
  return sdp.split(/\r?\n(?=m=)/).map((section) => section.trim());
}

function isShrunk(sdp: string): boolean {
  return sectionsOf(sdp).some((section) => section === 'v=' || section === 'm=');
}

function grown(sdp: string, base: string | undefined, notes: Notes): string {
  const before = base === undefined ? [] : sectionsOf(base);
  const sections = sectionsOf(sdp).map((section, at) => {
    if (section !== 'v=' && section !== 'm=') return section;
    const found = before[at];
    if (found === undefined) notes.add('sdp-incomplete');
    return found ?? section;
  });
  return `${sections.join('\r\n')}\r\n`;
}
