// The texts of an exchange that the callee offers: which roles go with the offer, and which stay.
import { m } from '../../i18n/paraglide/messages.js';
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import { exchangePill, type ActLesson, type ActMoment } from '../act.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { exchangePlain } from '../plain/exchange.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

/** What captions may speak of. */
interface OfferFacts extends ExchangeFacts {
  /** Who is controlling, and who is the client of DTLS, before the act and now; `null` where it is not known. */
  readonly controlling: readonly [was: Side | null, now: Side | null];
  readonly client: readonly [was: Side | null, now: Side | null];
}

function whoIs(frame: Frame, is: 'controlling' | 'client'): Side | null {
  const found = SIDES.find((side) => {
    const { iceRole, dtlsRole } = frame[side].transport ?? {};
    return (is === 'controlling' ? iceRole : dtlsRole) === is;
  });
  return found ?? null;
}

function factsOf(moment: ActMoment): OfferFacts {
  const { start, after } = moment;
  return {
    ...exchangeFacts(moment),
    controlling: [whoIs(start, 'controlling'), whoIs(after, 'controlling')],
    client: [whoIs(start, 'client'), whoIs(after, 'client')],
  };
}

const TEXTS: Readonly<Record<string, StepTexts<OfferFacts>>> = {
  ...exchangeTexts<OfferFacts>({
    say: { 'create-offer': () => [m.callee_offers_why()] },
    notes: { 'create-offer': m.callee_offers_notes_create_offer },
  }),
  'compare-roles': {
    title: m.callee_offers_title_roles,
    next: m.callee_offers_next_roles,
    body: ({ controlling: [wasIce, ice], client: [wasDtls, dtls] }) => [
      m.callee_offers_roles(),
      ice !== null && ice === wasIce ? m.callee_offers_ice({ who: ice }) : m.callee_offers_no_ice(),
      dtls === null ? null : m.callee_offers_dtls({ who: dtls }),
      when(dtls !== null && dtls === wasDtls, m.callee_offers_dtls_kept),
    ],
    notes: m.callee_offers_notes_roles,
  },
};

export const calleeOffersLesson: ActLesson = {
  act: 'callee-offers',
  group: 'agree',
  name: () => m.callee_offers_name(),
  about: () => m.callee_offers_about(),
  brief: () => m.callee_offers_brief(),
  ...toldSteps(TEXTS, factsOf),
  waiting: () => null,
  code: () => ({ caller: ANSWERING_CODE, callee: offeringCode('create-offer') }),
  pill: ({ step }) => exchangePill(step.kind),
  plain: ({ step }) =>
    step.kind === 'compare-roles' ? m.callee_offers_plain_roles() : exchangePlain(step.kind),
};
