// The call: the first act of every run, in 14 steps.
import { CALL_ACT, type CallStepKind } from '../../rtc/steps.ts';
import type { ActScript, Work } from '../act.ts';

export const callAct: ActScript = {
  id: CALL_ACT.id,
  sides: ['caller'],
  plan: () => CALL_ACT,
  // Every run begins with it, once.
  obstacle: () => 'over',
  work: ({ call }) => {
    const exchange = call.exchange('caller');
    return {
      'capture-caller': () => call.capture('caller'),
      'add-tracks': () => {
        call.addTracks('caller');
      },
      'create-offer': () => exchange.createOffer(),
      'set-local-offer': () => exchange.setLocalOffer(),
      'gather-candidates': (signal) => call.gather('caller', signal),
      'send-offer': (_signal, again) => {
        if (!again) call.ends.caller.sayCall();
        return exchange.sendOffer();
      },
      // The callee makes its connection for the offer.
      'set-remote-offer': () => {
        call.connectEnd('callee');
        return exchange.setRemoteOffer();
      },
      'capture-callee': async () => {
        await call.capture('callee');
        call.addTracks('callee');
      },
      'create-answer': async () => {
        const { offer, answer } = await exchange.createAnswer();
        call.checkAnswer('callee', offer, answer);
      },
      // Without trickling the answer has to hold its candidates before it leaves.
      'set-local-answer': async (signal) => {
        await exchange.setLocalAnswer();
        if (!call.options.trickle) await call.gather('callee', signal);
      },
      'send-answer': () => {
        exchange.sendAnswer();
      },
      'receive-answer': (signal, again) => exchange.receiveAnswer(again, signal),
      'set-remote-answer': () => exchange.setRemoteAnswer(),
      connect: (signal) => call.connect(signal),
    } satisfies Record<CallStepKind, Work>;
  },
};
