// Both sides offer at once (glare): as an app has it that takes whatever arrives, and with perfect negotiation.
import { glareChoice, type GlareChoice } from '../../rtc/glare.ts';
import {
  otherSide,
  SIDES,
  type ActSettings,
  type PlannedStep,
  type Side,
} from '../../rtc/steps.ts';
import { needsCall, type ActScript, type ActSetup, type ActWork } from '../act.ts';
import type { Call } from '../call.ts';
import type { Negotiation } from '../negotiation.ts';

/** Who is who, by what was chosen. */
interface Parts extends Omit<GlareChoice, 'first'> {
  /** Whose offer is set first, leaves first and arrives first; and the other. */
  readonly first: Side;
  readonly second: Side;
}

function partsOf(by: Side, settings: ActSettings): Parts {
  const { first, ...choice } = glareChoice(settings);
  const begins = first ?? by;
  return { ...choice, first: begins, second: otherSide(begins) };
}

const signaling = (kind: string, side: Side): PlannedStep => ({ kind, side, phase: 'signaling' });

/** After the two offers have arrived. */
function naiveEnding(by: Side, { first, second }: Parts): readonly PlannedStep[] {
  return [
    signaling('take-first', second),
    signaling('answer-first', second),
    signaling('take-second', first),
    signaling('early-answer', first),
    signaling('answer-second', first),
    signaling('late-answer', second),
    signaling('offer-again', by),
    signaling('take-again', otherSide(by)),
  ];
}

function perfectEnding({ first, second, polite, impolite }: Parts): readonly PlannedStep[] {
  return [
    signaling('take-first', second),
    signaling('take-second', first),
    signaling('polite-answers', polite),
    signaling('take-answer', impolite),
    signaling('offer-again', polite),
    signaling('take-again', impolite),
    signaling('answer-again', impolite),
    signaling('take-last', polite),
    { kind: 'media-flows', side: 'both', phase: 'communication' },
  ];
}

export const glare: ActScript = {
  id: 'glare',
  sides: SIDES,
  plan: (by, settings = {}) => {
    const parts = partsOf(by, settings);
    return {
      id: 'glare',
      by,
      settings,
      steps: [
        { kind: 'capture-both', side: 'both', phase: 'fetching' },
        { kind: 'add-both', side: 'both', phase: 'fetching' },
        signaling('first-offers', parts.first),
        signaling('second-offers', parts.second),
        { kind: 'offers-cross', side: 'both', phase: 'signaling' },
        ...(parts.isPerfect ? perfectEnding(parts) : naiveEnding(by, parts)),
      ],
    };
  },
  obstacle: needsCall,
  work: (setup) => {
    const parts = partsOf(setup.by, setup.settings);
    const exchanges = {
      first: setup.call.exchange(parts.first),
      second: setup.call.exchange(parts.second),
    };
    return parts.isPerfect
      ? perfectWork(setup, parts, exchanges)
      : naiveWork(setup, parts, exchanges);
  },
};

/** The exchanges of the two offers that cross. */
type Exchanges = Readonly<Record<'first' | 'second', Negotiation>>;

/** Who acts adds a screen, and the other side a sound: sections of two kinds, so that their offers can't be the same. */
function addingWork({ call, by }: ActSetup): ActWork {
  const other = otherSide(by);
  return {
    'capture-both': async () => {
      await call.captureScreen(by, 'made-up');
      await call.captureSound(other);
    },
    'add-both': async (signal) => {
      await call.addScreen(by, signal);
      await call.addSound(other, signal);
    },
  };
}

/** Both offers are on their way before either has arrived. */
async function cross({ first, second }: Exchanges): Promise<void> {
  await Promise.all([first.sendOffer(), second.sendOffer()]);
}

/** An app that offers whenever it is asked to, and takes whatever arrives. */
function naiveWork(setup: ActSetup, { first, second }: Parts, exchanges: Exchanges): ActWork {
  const { call, by } = setup;
  const again = () => call.exchange(by);
  let retried: Negotiation | null = null;
  const offers = (exchange: Negotiation) => async (signal: AbortSignal) => {
    await exchange.createOffer();
    await exchange.setLocalOffer();
    await call.gatherAll(exchange.offerer.side, signal);
  };
  const answers = (exchange: Negotiation) => (signal: AbortSignal) =>
    answered(call, exchange, signal, async () => {
      const { offer, answer } = await exchange.createAnswer();
      call.checkAnswer(exchange.answerer.side, offer, answer);
      await exchange.setLocalAnswer();
    });
  return {
    ...addingWork(setup),
    'first-offers': offers(exchanges.first),
    'second-offers': offers(exchanges.second),
    'offers-cross': () => cross(exchanges),
    'take-first': () => exchanges.first.setRemoteOffer(),
    'answer-first': answers(exchanges.first),
    'take-second': () => exchanges.second.setRemoteOffer(),
    'early-answer': () => tried(call, first, () => exchanges.first.setRemoteAnswer()),
    'answer-second': answers(exchanges.second),
    'late-answer': () => tried(call, second, () => exchanges.second.setRemoteAnswer()),
    'offer-again': async (signal) => {
      retried = again();
      await offers(retried)(signal);
      await retried.sendOffer();
    },
    'take-again': () => tried(call, otherSide(by), () => retried?.setRemoteOffer()),
  };
}

/** The answer is made and set, unless only its message was lost before, and has arrived. */
async function answered(
  call: Call,
  exchange: Negotiation,
  signal: AbortSignal,
  make: () => Promise<void>,
): Promise<void> {
  const { side, peer } = exchange.answerer;
  const isToBeMade = peer.signalingState === 'have-remote-offer';
  if (isToBeMade) {
    await make();
    await call.gatherAll(side, signal);
    exchange.sendAnswer();
  }
  await exchange.receiveAnswer(!isToBeMade, signal);
}

/** What an app does that catches nothing: the exception is in its console, and it goes on. */
async function tried(call: Call, side: Side, work: () => Promise<void> | undefined): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    call.trouble(side, thrown);
  }
}

/** Both ends have the pattern, one of them polite. Their machines decide; a step that is not wanted fails. */
function perfectWork(
  setup: ActSetup,
  { first, second, polite, impolite }: Parts,
  exchanges: Exchanges,
): ActWork {
  const { call, perfect } = setup;
  const ends = { caller: perfect(polite === 'caller'), callee: perfect(polite === 'callee') };
  for (const side of SIDES) {
    const needed = () => {
      ends[side].hear('NEEDED');
    };
    call.ends[side].peer.addEventListener('negotiationneeded', needed);
    call.closing.addEventListener('abort', () => {
      ends[side].close();
    });
  }
  /** The exchange of the impolite side's offer, and that of what the polite one offers again. */
  const kept = impolite === first ? exchanges.first : exchanges.second;
  let again: Negotiation | null = null;
  const adding = addingWork(setup);

  const offers = (exchange: Negotiation) => async (signal: AbortSignal) => {
    const { side } = exchange.offerer;
    await ends[side].does('makeOffer', async () => {
      await exchange.offer();
      await call.gatherAll(side, signal);
    });
  };
  const answers = (exchange: Negotiation) => (signal: AbortSignal) =>
    ends[exchange.answerer.side].does('makeAnswer', () =>
      answered(call, exchange, signal, () => exchange.answer()),
    );
  /** An offer is heard by the machine, which takes it or ignores it. */
  const hears = async (exchange: Negotiation) => {
    const { side } = exchange.answerer;
    const end = ends[side];
    if (end.wants !== 'takeOffer') end.hear('OFFER');
    if (end.wants === 'takeOffer') await end.does('takeOffer', () => exchange.setRemoteOffer());
    else call.ends[side].ignoreOffer(exchange.offerArrived);
  };
  const hearsAnswer = async (exchange: Negotiation) => {
    const end = ends[exchange.offerer.side];
    if (end.wants !== 'takeAnswer') end.hear('ANSWER');
    await end.does('takeAnswer', () => exchange.setRemoteAnswer());
  };
  const renewed = () => {
    if (again === null) throw new Error('There is no second offer yet: a step ran out of order.');
    return again;
  };

  return {
    'capture-both': adding['capture-both'] ?? (() => undefined),
    'add-both': async (signal, isAgain) => {
      await adding['add-both']?.(signal, isAgain);
      // A need that was told of before, when nobody listened, is not told of again.
      for (const side of SIDES) if (ends[side].wants === null) ends[side].hear('NEEDED');
    },
    'first-offers': offers(exchanges.first),
    'second-offers': offers(exchanges.second),
    'offers-cross': () => cross(exchanges),
    'take-first': () => hears(exchanges.first),
    'take-second': () => hears(exchanges.second),
    'polite-answers': answers(kept),
    'take-answer': () => hearsAnswer(kept),
    'offer-again': async (signal) => {
      if (again === null) {
        await call.asked(polite, signal, () => ends[polite].wants === 'makeOffer');
        again = call.exchange(polite);
      }
      if (ends[polite].wants === 'makeOffer') await offers(again)(signal);
      await again.sendOffer();
    },
    'take-again': () => hears(renewed()),
    'answer-again': (signal) => answers(renewed())(signal),
    'take-last': () => hearsAnswer(renewed()),
    'media-flows': async (signal) => {
      for (const side of [second, first]) await call.arrives(side, signal);
    },
  };
}
