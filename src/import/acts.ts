// The acts and steps that the calls of a dump make: the call, each later exchange, the close.
import { SIDES, otherSide, type Act, type PlannedStep, type Side } from '../rtc/steps.ts';
import { ufragsOf } from '../sdp/ufrag.ts';
import { textField } from './json.ts';
import type { Moment, Sides } from './moments.ts';

/** A step, and the moment that it begins with. */
export interface Mark {
  /** The place of the moment in the list. */
  readonly at: number;
  readonly step: PlannedStep;
  /** The act that begins with it. */
  readonly act: Act | null;
}

interface Draft {
  by: Side | null;
  id: string;
  readonly steps: { at: number; step: PlannedStep }[];
  /** What each side's description said of its credentials. */
  readonly ufrags: Map<Side, string>;
}

/** The steps of a call in the order of time, each kind once in an act. */
export function marksOf(moments: readonly Moment[], sides: Sides): readonly Mark[] {
  const plot = new Plot(sides);
  for (const [at, moment] of moments.entries()) plot.take(at, moment);
  return plot.marks();
}

/** Events that belong to the call before them, and begin nothing. */
const FOLLOWS = /On(?:Success|Failure)$|^onsignalingstatechange$/;

class Plot {
  readonly #sides: readonly Side[];
  readonly #drafts: Draft[] = [{ by: null, id: 'call', steps: [], ufrags: new Map() }];
  /** Sides that have an offer without its answer. */
  readonly #open = new Set<Side>();
  #answered = false;
  #ended = false;

  constructor(sides: Sides) {
    this.#sides = SIDES.filter((side) => sides[side] !== null);
  }

  take(at: number, { side, entry }: Moment): void {
    if (entry === null) return;
    const { method, value } = entry;
    const type = textField(value, 'type');
    switch (method) {
      case 'getUserMedia':
      case 'getDisplayMedia':
        if (this.#isBeforeExchange) this.#step(at, captureOf(side ?? 'caller'));
        return;
      case 'addTrack':
      case 'addTransceiver':
      case 'createDataChannel':
        if (this.#isBeforeExchange && side === 'caller') {
          this.#step(at, { kind: 'add-tracks', side, phase: 'fetching' });
        }
        return;
      case 'createOffer':
        if (side !== null) this.#offer(at, 'create-offer', side, side);
        return;
      case 'createAnswer':
        if (side !== null) this.#step(at, { kind: 'create-answer', side, phase: 'signaling' });
        return;
      case 'setLocalDescription':
      case 'setRemoteDescription':
        if (side !== null) this.#set(at, method === 'setLocalDescription', side, type, value);
        return;
      case 'close':
        this.#close(at, side);
        return;
      default:
        if (this.#answered && !FOLLOWS.test(method)) this.#settle(at);
    }
  }

  /** With what is known at the end, every act gets its name. */
  marks(): readonly Mark[] {
    const last = new Map<Side, string>();
    return this.#drafts.flatMap((draft) => {
      const isRestart = [...draft.ufrags].some(
        ([side, ufrag]) => last.has(side) && last.get(side) !== ufrag,
      );
      for (const [side, ufrag] of draft.ufrags) last.set(side, ufrag);
      if (draft.id === 'renegotiate' && isRestart) draft.id = 'restart-ice';
      const { id, by } = draft;
      const act: Act = { id, by, steps: draft.steps.map(({ step }) => step) };
      return draft.steps.map(({ at, step }, index) => ({
        at,
        step,
        act: index === 0 ? act : null,
      }));
    });
  }

  get #draft(): Draft {
    return this.#drafts.at(-1) ?? { by: null, id: 'call', steps: [], ufrags: new Map() };
  }

  get #isBeforeExchange(): boolean {
    return this.#drafts.length === 1 && !this.#has(/-(?:offer|answer)$/);
  }

  #has(kind: RegExp): boolean {
    return this.#draft.steps.some(({ step }) => kind.test(step.kind));
  }

  #step(at: number, step: PlannedStep): void {
    if (!this.#draft.steps.some((known) => known.step.kind === step.kind)) {
      this.#draft.steps.push({ at, step });
    }
  }

  #offer(at: number, kind: string, side: Side, offerer: Side): void {
    const isOver = this.#open.size === 0 && this.#has(/-answer$/);
    if (this.#ended || isOver) {
      this.#begin('renegotiate', offerer);
    }
    if (this.#draft.by === null && this.#draft.id !== 'call') this.#draft.by = offerer;
    this.#step(at, { kind, side, phase: 'signaling' });
  }

  #set(
    at: number,
    isLocal: boolean,
    side: Side,
    type: string,
    value: Parameters<typeof textField>[0],
  ): void {
    const isOffer = type === 'offer' || (type === '' && isLocal && !this.#open.has(side));
    if (type === 'rollback') {
      this.#open.delete(side);
      return;
    }
    if (isOffer) {
      this.#offer(
        at,
        isLocal ? 'set-local-offer' : 'set-remote-offer',
        side,
        isLocal ? side : otherSide(side),
      );
      this.#open.add(side);
    } else {
      const kind = isLocal ? 'set-local-answer' : 'set-remote-answer';
      this.#step(at, { kind, side, phase: isLocal ? 'signaling' : 'connection' });
      if (type !== 'pranswer') {
        this.#open.delete(side);
        this.#answered = this.#open.size === 0;
      }
    }
    const [ufrag] = ufragsOf(textField(value, 'sdp'));
    if (ufrag !== undefined) this.#draft.ufrags.set(isLocal ? side : otherSide(side), ufrag);
  }

  /** What follows the exchange: in the call that it connects, after a restart a new path. */
  #settle(at: number): void {
    this.#answered = false;
    const { id, ufrags } = this.#draft;
    if (id === 'call') this.#step(at, { kind: 'connect', side: 'both', phase: 'communication' });
    const before = (side: Side) =>
      this.#drafts
        .slice(0, -1)
        .findLast((draft) => draft.ufrags.has(side))
        ?.ufrags.get(side);
    const isRestart = [...ufrags].some(([side, ufrag]) => (before(side) ?? ufrag) !== ufrag);
    if (id === 'renegotiate' && isRestart) {
      this.#step(at, { kind: 'new-path', side: 'both', phase: 'communication' });
    }
  }

  #close(at: number, side: Side | null): void {
    if (this.#ended || side === null || !this.#sides.includes(side)) return;
    this.#begin('hang-up', side);
    this.#ended = true;
    this.#step(at, { kind: 'close', side, phase: 'connection' });
  }

  #begin(id: string, by: Side): void {
    // An act without a step is none.
    if (this.#draft.steps.length === 0) this.#drafts.pop();
    this.#ended = false;
    this.#answered = false;
    this.#open.clear();
    this.#drafts.push({ by, id, steps: [], ufrags: new Map() });
  }
}

function captureOf(side: Side): PlannedStep {
  return side === 'caller'
    ? { kind: 'capture-caller', side, phase: 'fetching' }
    : { kind: 'capture-callee', side, phase: 'signaling' };
}
