// What each step of a later exchange does, for any offerer.
import type { ExchangeStepKind } from '../rtc/steps.ts';
import type { Work } from './act.ts';
import type { Call } from './call.ts';
import type { Negotiation } from './negotiation.ts';

/** The work of the steps that `exchangeSteps` plans. */
export function exchangeWork(
  call: Call,
  exchange: Negotiation,
): Readonly<Record<ExchangeStepKind, Work>> {
  const { offerer, answerer } = exchange;
  return {
    'create-offer': () => exchange.createOffer(),
    'set-local-offer': async (signal) => {
      await exchange.setLocalOffer();
      await call.gatherAll(offerer.side, signal);
    },
    'send-offer': () => exchange.sendOffer(),
    'set-remote-offer': () => exchange.setRemoteOffer(),
    'create-answer': async () => {
      const { offer, answer } = await exchange.createAnswer();
      call.checkAnswer(answerer.side, offer, answer);
    },
    'set-local-answer': async (signal) => {
      await exchange.setLocalAnswer();
      await call.gatherAll(answerer.side, signal);
    },
    'send-answer': async (signal, again) => {
      if (!again) exchange.sendAnswer();
      await exchange.receiveAnswer(again, signal);
    },
    'set-remote-answer': () => exchange.setRemoteAnswer(),
  };
}
