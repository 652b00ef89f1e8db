// Answering for the time being: a provisional answer comes first, and the answer follows it.
import { exchangeSteps, otherSide, SIDES } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';
import { StepError } from '../step-error.ts';

export const pranswer: ActScript = {
  id: 'pranswer',
  sides: SIDES,
  plan: (by) => {
    const other = otherSide(by);
    const steps = exchangeSteps(by);
    const answer = steps.findIndex(({ kind }) => kind === 'set-local-answer');
    return {
      id: 'pranswer',
      by,
      steps: [
        ...steps.slice(0, answer),
        { kind: 'set-local-pranswer', side: other, phase: 'signaling' },
        { kind: 'send-pranswer', side: other, phase: 'signaling' },
        { kind: 'set-remote-pranswer', side: by, phase: 'signaling' },
        ...steps.slice(answer),
      ],
    };
  },
  obstacle: needsCall,
  work: ({ call, by }) => {
    const exchange = call.exchange(by);
    const shared = exchangeWork(call, exchange);
    let isSupported = true;
    return {
      ...shared,
      'set-local-pranswer': async (signal) => {
        try {
          await exchange.setLocalAnswer('pranswer');
        } catch (thrown) {
          // Firefox has none: there the answer follows alone.
          if (!(thrown instanceof StepError) || thrown.error?.name !== 'NotSupportedError') {
            throw thrown;
          }
          isSupported = false;
          call.trouble(otherSide(by), thrown);
          return;
        }
        await call.gatherAll(otherSide(by), signal);
      },
      'send-pranswer': async (signal, again) => {
        if (!isSupported) return;
        if (!again) exchange.sendAnswer('pranswer');
        await exchange.receiveAnswer(again, signal, 'pranswer');
      },
      'set-remote-pranswer': async () => {
        if (isSupported) await exchange.setRemoteAnswer('pranswer');
      },
      // It may say more than the provisional one, so it is made anew.
      'set-local-answer': async (signal, again) => {
        await exchange.createAnswer();
        await shared['set-local-answer'](signal, again);
      },
    };
  },
};
