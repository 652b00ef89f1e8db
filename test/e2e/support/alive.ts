// What of a call is still alive in a page: tracks, connections, channels, sound and timers; and calls held back on purpose.
import { expect, type Page } from '@playwright/test';

/** What can be held back before it happens: a method of the browser, or a kind of message. */
export type Held =
  | 'getUserMedia'
  | 'getDisplayMedia'
  | 'play'
  | 'createOffer'
  | 'createAnswer'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'offer'
  | 'answer'
  | 'candidate';

interface Alive {
  readonly tracks: readonly string[];
  readonly peers: number;
  readonly channels: readonly string[];
  readonly sounds: number;
  /** How long each timer that waits was set for, in ms. */
  readonly timers: readonly number[];
}

const NOTHING: Alive = { tracks: [], peers: 0, channels: [], sounds: 0, timers: [] };

/** Counts what is alive, from the page's first line on, and lets the test hold calls back. */
export class AliveWatch {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Begins. Before the page is opened. */
  async start(): Promise<void> {
    await this.#page.addInitScript(watchLife);
  }

  /** Sees that nothing of any call is alive; `when` says when it was looked. */
  async nothing(when: string): Promise<void> {
    await expect
      .poll(() => this.#page.evaluate(() => globalThis.lifeWatch.alive()), {
        message: when,
        intervals: [20, 50, 100, 200],
      })
      .toEqual(NOTHING);
  }

  /** Holds the nth call of something back, counted from now. */
  async hold(what: Held, nth = 1): Promise<void> {
    await this.#page.evaluate(
      ([name, number]) => {
        globalThis.lifeWatch.hold(name, number);
      },
      [what, nth] as const,
    );
  }

  /** Waits until something is held back. */
  async untilHeld(): Promise<void> {
    await this.#page.waitForFunction(() => globalThis.lifeWatch.isHeld());
  }

  /** Lets go on what is held back, or makes it fail with an exception of that name; and waits until it has. */
  async release(error: string | null = null): Promise<void> {
    await this.#page.evaluate((name) => globalThis.lifeWatch.release(name), error);
  }
}

interface LifeWatch {
  alive(): Alive;
  hold(what: Held, nth: number): void;
  isHeld(): boolean;
  release(error: string | null): Promise<void>;
}

declare global {
  var lifeWatch: LifeWatch;
}

/** Runs in the page. */
function watchLife(): void {
  const tracks = new Set<MediaStreamTrack>();
  const peers = new Set<RTCPeerConnection>();
  const channels = new Set<BroadcastChannel>();
  const sounds = new Set<AudioContext>();
  const timers = new Map<number, number>();

  let wanted: { what: Held; left: number } | null = null;
  /** What the calls that were held back come to. */
  let outcomes: Promise<unknown>[] = [];
  let waiting: { go: () => void; fail: (error: DOMException) => void }[] = [];
  const isWanted = (what: Held): boolean => {
    if (wanted?.what !== what) return false;
    wanted.left -= 1;
    return wanted.left <= 0;
  };
  const held = (): Promise<void> =>
    new Promise((resolve, reject) => waiting.push({ go: resolve, fail: reject }));

  globalThis.lifeWatch = {
    alive: () => ({
      tracks: [...tracks].filter((track) => track.readyState === 'live').map(({ kind }) => kind),
      peers: [...peers].filter((peer) => peer.signalingState !== 'closed').length,
      channels: [...channels].map(({ name }) => name),
      sounds: [...sounds].filter((sound) => sound.state !== 'closed').length,
      timers: [...timers.values()],
    }),
    hold: (what, nth) => {
      wanted = { what, left: nth };
    },
    isHeld: () => waiting.length > 0,
    release: async (error) => {
      wanted = null;
      const all = waiting;
      waiting = [];
      for (const { go, fail } of all) {
        if (error === null) go();
        else fail(new DOMException('made to fail', error));
      }
      const come = outcomes;
      outcomes = [];
      await Promise.allSettled(come);
    },
  };

  type Method = (this: unknown, ...args: unknown[]) => unknown;
  const wrap = (prototype: object, name: string, around: (real: Method) => Method): void => {
    const real = Object.getOwnPropertyDescriptor(prototype, name)?.value as Method | undefined;
    if (real === undefined) throw new Error(`There is no ${name}.`);
    Object.defineProperty(prototype, name, { value: around(real), writable: true });
  };
  const holdBack = (prototype: object, name: Held): void => {
    wrap(
      prototype,
      name,
      (real) =>
        function (...args) {
          if (!isWanted(name)) return real.apply(this, args);
          const outcome = held().then(() => real.apply(this, args));
          outcomes.push(outcome);
          return outcome;
        },
    );
  };
  const keepTracks = (stream: unknown): void => {
    if (stream instanceof MediaStream) for (const track of stream.getTracks()) tracks.add(track);
  };

  for (const method of ['getUserMedia', 'getDisplayMedia'] as const) {
    wrap(
      MediaDevices.prototype,
      method,
      (real) =>
        async function (...args) {
          const stream = await real.apply(this, args);
          keepTracks(stream);
          return stream;
        },
    );
    holdBack(MediaDevices.prototype, method);
  }
  for (const prototype of [HTMLCanvasElement.prototype, HTMLMediaElement.prototype]) {
    wrap(
      prototype,
      'captureStream',
      (real) =>
        function (...args) {
          const stream = real.apply(this, args);
          keepTracks(stream);
          if (stream instanceof MediaStream) {
            stream.addEventListener('addtrack', ({ track }) => tracks.add(track));
          }
          return stream;
        },
    );
  }
  wrap(
    AudioContext.prototype,
    'createMediaStreamDestination',
    (real) =>
      function (...args) {
        const node = real.apply(this, args);
        if (node instanceof MediaStreamAudioDestinationNode) keepTracks(node.stream);
        return node;
      },
  );
  holdBack(HTMLMediaElement.prototype, 'play');
  for (const name of [
    'createOffer',
    'createAnswer',
    'setLocalDescription',
    'setRemoteDescription',
  ] as const) {
    holdBack(RTCPeerConnection.prototype, name);
  }
  wrap(
    BroadcastChannel.prototype,
    'postMessage',
    (real) =>
      function (...args) {
        const type = /"type":"(offer|answer|candidate|end-of-candidates)"/.exec(
          JSON.stringify(args[0]),
        )?.[1];
        const what = type === 'end-of-candidates' ? 'candidate' : type;
        if (what === undefined || !isWanted(what as Held)) {
          real.apply(this, args);
          return;
        }
        const go = () => {
          // The channel may have been closed in the meantime.
          if (channels.has(this as BroadcastChannel)) real.apply(this, args);
        };
        // A message that fails is lost.
        waiting.push({ go, fail: () => undefined });
      },
  );
  wrap(
    BroadcastChannel.prototype,
    'close',
    (real) =>
      function () {
        channels.delete(this as BroadcastChannel);
        return real.apply(this);
      },
  );

  const count = <T extends object>(name: string, all: Set<T>): void => {
    const real = (globalThis as unknown as Record<string, new (...args: unknown[]) => T>)[name];
    if (real === undefined) throw new Error(`There is no ${name}.`);
    const counting = new Proxy(real, {
      construct(target, args: unknown[], made) {
        const one = Reflect.construct(target, args, made) as T;
        all.add(one);
        return one;
      },
    });
    Object.defineProperty(globalThis, name, { value: counting, writable: true });
  };
  count('RTCPeerConnection', peers);
  count('BroadcastChannel', channels);
  count('AudioContext', sounds);

  type Begin = (task: TimerHandler, delay?: number, ...args: unknown[]) => number;
  const begins = (name: 'setTimeout' | 'setInterval'): Begin => {
    const real = globalThis[name] as unknown as Begin;
    return (task, delay = 0, ...args) => {
      const id = real(
        (...given: unknown[]) => {
          if (name === 'setTimeout') timers.delete(id);
          if (typeof task === 'function') (task as (...all: unknown[]) => void)(...given);
        },
        delay,
        ...args,
      );
      timers.set(id, delay);
      return id;
    };
  };
  const ends = (name: 'clearTimeout' | 'clearInterval') => {
    const real = globalThis[name] as (id?: number) => void;
    return (id?: number) => {
      if (id !== undefined) timers.delete(id);
      real(id);
    };
  };
  Object.assign(globalThis, {
    setTimeout: begins('setTimeout'),
    setInterval: begins('setInterval'),
    clearTimeout: ends('clearTimeout'),
    clearInterval: ends('clearInterval'),
  });
}
