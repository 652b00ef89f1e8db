// Links to a place in a walk. They name things, not numbers: #/call/set-local-offer?tab=sdp&line=offer.23&lang=ko
import { callStep, type ActWish } from '../../rtc/steps.ts';
import { isTie, type Tie } from '../../views/ties.ts';
import { SDP_VIEWS, type SdpView } from '../../views/sdp/view.ts';
import { TABS, type TabName } from '../../views/tabs/tab-name.ts';
import { formatActs, formatSettings, parseActs, parseSettings } from './act-link.ts';

/** A place in a walk. */
export interface Place {
  /** `call` in this browser; else the id of a lesson in a virtual network. */
  readonly lesson: string;
  /** What else the lesson is told, as a query; '' for most. */
  readonly settings: string;
  /** The act after the call that the place is in, and whose it is; null in the call itself. */
  readonly act: ActWish | null;
  /** The acts between the call and that one, in order. */
  readonly before: readonly ActWish[];
  /** Null is before step 1 of the call, and the end of a later act. */
  readonly step: string | null;
  /** The event the cursor stands at inside the step; null is the step's end. */
  readonly event: number | null;
  /** The name of the moment of the step that the cursor stands at; null is the step's end. */
  readonly moment: string | null;
  /** The tab that was chosen; null follows the step. */
  readonly tab: TabName | null;
  /** The place of the SDP that was chosen, such as `caller.pendingLocal`; null follows the step. */
  readonly sdp: string | null;
  /** How that SDP is looked at; null follows the step. */
  readonly view: SdpView | null;
  /** What it is compared with; null for what is nearest. */
  readonly against: string | null;
  /** What is picked and lit in all views; null for none. */
  readonly pick: Tie | null;
  /** The picked line of that SDP; null for none. */
  readonly line: { readonly type: 'offer' | 'answer'; readonly number: number } | null;
  /** The language that the link asks for; null leaves the reader's own. */
  readonly lang: string | null;
}

/** The keys of a place. */
const OWN = new Set([
  'by',
  'set',
  'acts',
  'event',
  'moment',
  'tab',
  'sdp',
  'view',
  'with',
  'pick',
  'line',
  'lang',
]);

/** Where everyone starts. */
export const START: Place = {
  lesson: 'call',
  settings: '',
  act: null,
  before: [],
  step: null,
  event: null,
  moment: null,
  tab: null,
  sdp: null,
  view: null,
  against: null,
  pick: null,
  line: null,
  lang: null,
};

/**
 * Reads a link's part from `#` on. Total: what it does not know is left out.
 * @param isAct whether there is an act of that name that can follow the call
 */
export function parseLink(hash: string, isAct: (id: string) => boolean = () => false): Place {
  const [whole, lesson = '', name = '', inAct = '', asked = ''] =
    /^#?\/([a-z-]{1,40})(?:\/([a-z-]*))?(?:\/([a-z-]*))?(?:\?(.*))?$/s.exec(hash) ?? [];
  if (whole === undefined) return START;
  const query = new URLSearchParams(asked);
  const tab = query.get('tab');
  const line = /^(offer|answer)\.(\d{1,6})$/.exec(query.get('line') ?? '');
  const event = query.get('event') ?? '';
  const moment = query.get('moment');
  const view = query.get('view');
  const pick = query.get('pick');
  const source = (key: string) => {
    const value = query.get(key);
    return value !== null && /^(caller|callee)\.[a-zA-Z]{1,20}$/.test(value) ? value : null;
  };
  return {
    lesson,
    settings: [...query].flatMap(settingOf).join('&'),
    ...placeIn(name, inAct, query, isAct),
    event: /^\d{1,9}$/.test(event) ? Number(event) : null,
    moment: moment !== null && /^[a-z][a-z0-9-]{0,39}$/.test(moment) ? moment : null,
    tab: TABS.find((each) => each === tab) ?? null,
    sdp: source('sdp'),
    view: SDP_VIEWS.find((each) => each === view) ?? null,
    against: source('with'),
    pick: pick !== null && isTie(pick) ? pick : null,
    line:
      line === null
        ? null
        : { type: line[1] === 'answer' ? 'answer' : 'offer', number: Number(line[2]) },
    lang: query.get('lang'),
  };
}

/** A name that is no step of the call may be an act, and what follows it one of its steps. */
function placeIn(
  name: string,
  inAct: string,
  query: URLSearchParams,
  isAct: (id: string) => boolean,
): Pick<Place, 'act' | 'before' | 'step'> {
  const step = callStep(name);
  if (name === '' || step !== null || !isAct(name)) {
    return { act: null, before: [], step: step?.kind ?? null };
  }
  const by = query.get('by') === 'callee' ? 'callee' : 'caller';
  const act = { id: name, by, settings: parseSettings(query.get('set') ?? '') } as const;
  const before = parseActs(query.get('acts') ?? '');
  return { act, before, step: inAct === '' ? null : inAct };
}

/** What a lesson is told beside the place: short words that are no keys of a place. */
function settingOf([key, value]: readonly [string, string]): readonly string[] {
  const isOwn = /^[a-z]{1,12}$/.test(key) && !OWN.has(key) && /^[\w.-]{1,20}$/.test(value);
  return isOwn ? [`${key}=${value}`] : [];
}

/** Writes a place as a link's part, `#` first. What stands at its default is left out. */
export function formatLink(place: Place): string {
  const query = new URLSearchParams(place.settings);
  if (place.act?.by === 'callee') query.set('by', 'callee');
  const set = formatSettings(place.act?.settings ?? {});
  if (set !== '') query.set('set', set);
  if (place.before.length > 0) query.set('acts', formatActs(place.before));
  if (place.event !== null) query.set('event', String(place.event));
  if (place.moment !== null) query.set('moment', place.moment);
  if (place.tab !== null) query.set('tab', place.tab);
  if (place.sdp !== null) query.set('sdp', place.sdp);
  if (place.view !== null) query.set('view', place.view);
  if (place.against !== null) query.set('with', place.against);
  if (place.pick !== null) query.set('pick', place.pick);
  if (place.line !== null) query.set('line', `${place.line.type}.${String(place.line.number)}`);
  if (place.lang !== null) query.set('lang', place.lang);
  const text = query.toString();
  const way = [place.lesson, place.act?.id, place.step].filter((part) => part != null).join('/');
  return `#/${way}${text === '' ? '' : `?${text}`}`;
}

/** The whole address of a place, on the page at `base`. */
export function addressOf(place: Place, base: string): string {
  return new URL(formatLink(place), base).href;
}
