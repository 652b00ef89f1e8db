// Where a run takes place when it is not this browser: a virtual world, its clock, and its signaling.
import type { CaptureSource } from '../../peers/media.ts';
import type { PeerConnection } from '../../peers/connection.ts';
import type { Timers } from '../../peers/timers.ts';
import { GATHER_TIME } from '../../call/virtual-call.ts';
import { capabilitiesOf } from '../../peers/virtual/capabilities.ts';
import type { CallNetwork } from '../../call/call.ts';
import { endpointKey } from '../../net/packet.ts';
import type { VirtualPeer } from '../../peers/virtual.ts';
import { World } from '../../peers/world.ts';
import type { NetworkChange } from '../../net/change.ts';
import { memoryPair, type SignalingPair } from '../../signaling/memory.ts';
import type { EventBody, NetworkOptions } from '../../trace/event.ts';
import { SIGNALING_DELAY } from '../../rtc/signaling-delay.ts';
import type { Side } from '../../rtc/steps.ts';
import { packetBody } from './packet-body.ts';
import type { StageLesson } from './stage-lesson.ts';

/** How long one turn of the world may take, in virtual ms, before it is asked again whether it is still wanted. */
const TURN = 600_000;
/** How long the world goes on after something was sent over the data channel, in virtual ms. */
const AFTER_SENDING = 2000;

/** What the run tells its stage about itself. */
export interface StageRun {
  /** Writes to the record. */
  write(body: EventBody): number;
  /** A side's checklist is another. */
  looked(side: Side): void;
  /** A step is being worked on, or the call is being ended: time is to go on. */
  busy(): boolean;
  /** All 14 steps are done. */
  isUp(): boolean;
  /** The last step has failed: the other side is still to hear of it. */
  hasFailed(): boolean;
  /** All that the lesson still had to tell has happened. */
  told(): void;
}

/** A virtual world and what makes time go on in it. While nothing is asked for, its time stands still. */
export class Stage {
  readonly #lesson: StageLesson;
  readonly #options: NetworkOptions;
  #world: World | null = null;
  #run: StageRun | null = null;
  #driving = false;
  #isWoken = false;
  #over = false;
  /** Virtual ms that are still to pass although no step is worked on. */
  #owed = 0;
  #isResting = false;
  #isTold = false;
  readonly #peers: VirtualPeer[] = [];
  /** Where mappings of NATs were that have ended, outside. */
  readonly #forgotten = new Set<string>();
  /** How many things are being sent. */
  #sending = 0;

  constructor(lesson: StageLesson, options: NetworkOptions) {
    this.#lesson = lesson;
    this.#options = options;
  }

  /** How long step 5 waits for the end of gathering, in virtual ms. */
  readonly gatherTime = GATHER_TIME;

  /** The virtual time, in ms. */
  readonly now = (): number => this.#world?.now ?? 0;

  readonly timers: Timers = {
    setTimeout: (task, milliseconds) => {
      const timer = { off: false };
      this.#the().after(milliseconds, () => {
        if (!timer.off) task();
      });
      return timer;
    },
    clearTimeout: (timer) => {
      if (typeof timer === 'object' && timer !== null && 'off' in timer) timer.off = true;
    },
  };

  /** Builds the world. Called once, before anything else. */
  open(run: StageRun): void {
    this.#run = run;
    const { iceServers, names, policy } = this.#lesson;
    const { description, lesson: _lesson, ...agents } = this.#options;
    const sides = new Map<number, Side>();
    const hosts = new Map(description.hosts.map(({ id, role }) => [id, role]));
    const sideOf = (id: number, host: string | null): Side | null => {
      const role = host === null ? undefined : hosts.get(host);
      if (role === 'caller' || role === 'callee') sides.set(id, role);
      return sides.get(id) ?? null;
    };
    this.#world = new World({
      ...{ ...agents, network: description, iceServers, names, policy },
      observer: {
        network: (event) => {
          if (event.type === 'expired') {
            const { at, binding } = event;
            if (binding.protocol === 'udp') this.#forgotten.add(endpointKey(binding.outside));
            run.write({ kind: 'binding', side: null, at: 'expired', router: at, binding });
          } else {
            const side = sideOf(event.packet.id, event.type === 'sent' ? event.at : null);
            run.write(packetBody(event, side));
          }
        },
        pairs: (side) => {
          run.looked(side);
        },
      },
    });
  }

  /** The two ends of signaling: in memory, and as slow as a server between two homes. */
  channels(id: string): SignalingPair {
    return memoryPair(id, {
      schedule: (delivery) => {
        this.#the().after(SIGNALING_DELAY, delivery);
      },
    });
  }

  makePeer(side: Side): PeerConnection {
    const peer = this.#the().makePeer(side);
    this.#peers.push(peer);
    return peer;
  }

  /** The network, for acts that change it. */
  get network(): CallNetwork {
    const world = this.#the();
    return {
      get description() {
        return world.description;
      },
      change: (change) => {
        this.#change(world, change);
      },
      hasForgotten: () =>
        this.#peers.some(({ agent }) => {
          const end = agent.selected?.local;
          return end !== undefined && this.#forgotten.has(endpointKey(end));
        }),
    };
  }

  #change(world: World, change: NetworkChange): void {
    world.change(change);
    const at = 'host' in change ? change.host : 'router' in change ? change.router : change.segment;
    const { description } = world;
    this.#run?.write({ kind: 'network', side: null, change: change.type, at, description });
  }

  source(wanted: { readonly audio: boolean; readonly video: boolean }): CaptureSource {
    return { ...wanted, media: 'virtual', stream: this.#the().capture(wanted) };
  }

  /** The codecs that its peers can receive. */
  readonly codecs = (kind: 'audio' | 'video') => capabilitiesOf(kind)?.codecs ?? [];

  /** Modelled media flows for a moment more. */
  play(): void {
    this.#the().play();
  }

  /** Something has changed: time may have to go on. */
  wake(): void {
    this.#isWoken = true;
    if (this.#driving || this.#over || this.#world === null) return;
    this.#driving = true;
    this.#drive().catch((thrown: unknown) => {
      // A world that can't go on is a fault of the program: it is told like any other that nobody caught.
      reportError(thrown);
    });
  }

  /** Something is being sent over the call: it shall have the time to arrive. */
  sent(sending: Promise<unknown> | undefined): void {
    this.#sending += 1;
    const over = () => {
      this.#sending -= 1;
      this.#owed = Math.max(this.#owed, AFTER_SENDING);
      this.wake();
    };
    Promise.resolve(sending).then(over, over);
    this.wake();
  }

  /** Time stands still: nothing is asked for, and the lesson's script is over. */
  get rests(): boolean {
    return !this.#driving;
  }

  /** All that happens after the call's last step has happened: the lesson has no more to tell. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** The world ends. */
  close(): void {
    this.#over = true;
  }

  async #drive(): Promise<void> {
    try {
      // Whoever wakes the stage while it is about to rest is heard.
      while (this.#isWoken) {
        this.#isWoken = false;
        await this.#goOn();
      }
    } finally {
      this.#driving = false;
    }
  }

  async #goOn(): Promise<void> {
    const world = this.#the();
    const busy = () => this.#over || this.#sending > 0 || this.#run?.busy() === true;
    for (;;) {
      // Whoever has just been told of something decides first.
      await breathe();
      if (this.#over) return;
      if (busy()) {
        const end = await world.run(() => !busy() || this.#over, TURN, breathe);
        // Nothing will come by itself any more: what the step waits for is somebody's doing.
        if (end === 'idle') return;
        continue;
      }
      const isThrough = this.#run?.isUp() === true || this.#run?.hasFailed() === true;
      if (!this.#isResting && isThrough) this.#rest();
      if (this.#owed <= 0) {
        this.#tell();
        return;
      }
      const from = world.now;
      const end = await world.run(busy, this.#owed, breathe);
      this.#owed -= world.now - from;
      if (end === 'idle') this.#owed = 0;
    }
  }

  #tell(): void {
    if (!this.#isResting || this.#isTold) return;
    this.#isTold = true;
    this.#run?.told();
  }

  /** What still happens once the call is up, or can't be. */
  #rest(): void {
    this.#isResting = true;
    this.#owed = this.#lesson.until;
  }

  #the(): World {
    if (this.#world === null) throw new Error('The stage is not open.');
    return this.#world;
  }
}

/** Lets everything that is under way in the page settle; unlike a timer it is not held up when it comes often. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
