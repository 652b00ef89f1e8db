// What a page sets as descriptions, with everything random in them named by the order in which it came.

/** Random values by their kind: the first is the first in every call. */
class Names {
  readonly #known = new Map<string, Map<string, string>>();

  of(kind: string, value: string): string {
    if (value === '-' || value === '*') return value;
    const known = this.#known.get(kind) ?? new Map<string, string>();
    this.#known.set(kind, known);
    const name = known.get(value) ?? `${kind} ${String(known.size + 1)}`;
    known.set(value, name);
    return name;
  }
}

/** Where something random stands in a line, and of what kind it is; what others are found by comes last. */
const RANDOM: readonly (readonly [RegExp, string])[] = [
  [/(?<=^o=\S+ )\d+/, 'session'],
  [/(?<=^a=ice-ufrag:)\S+/, 'ufrag'],
  [/(?<=^a=ice-pwd:)\S+/, 'password'],
  [/(?<=^a=fingerprint:\S+ )\S+/, 'fingerprint'],
  [/(?<=^a=ssrc-group:\S+ .*)\d+/g, 'ssrc'],
  [/(?<=^a=ssrc:\d+ cname:)\S+/, 'cname'],
  [/(?<=^a=(?:ssrc:\d+ )?msid:\S+ )\S+/, 'track'],
  [/(?<=^a=(?:ssrc:\d+ )?msid:)\S+/, 'stream'],
  [/(?<=^a=ssrc:)\d+/, 'ssrc'],
];

/** What depends on where the page runs and how fast, and on no call. */
const ADDRESS: readonly (readonly [RegExp, string])[] = [
  [/(?<=^m=\S+ )[1-9]\d*/, 'port'],
  [/(?<=^c=).*/, 'address'],
];
const FOUND = /^a=(?:candidate:|end-of-candidates|rtcp:)/;

function normalized(sdp: string, names: Names): string {
  return sdp
    .split('\r\n')
    .filter((line) => !FOUND.test(line))
    .map((line) => {
      // How many streams it names is said; they are in no order.
      if (line.startsWith('a=msid-semantic')) return line.replace(/[-{}\w]{16,}/g, 'stream');
      const named = RANDOM.reduce(
        (text, [place, kind]) => text.replace(place, (value) => names.of(kind, value)),
        line,
      );
      return ADDRESS.reduce((text, [place, kind]) => text.replace(place, kind), named);
    })
    .join('\n');
}

type Setter = 'setLocalDescription' | 'setRemoteDescription';

/** Writes down every description that a page sets from now on. */
export class DescriptionLog {
  #lines: string[] = [];
  #names = new Names();
  #sides = new Map<RTCPeerConnection, string>();
  readonly #restore: (() => void)[] = [];

  constructor() {
    this.#watch('setLocalDescription');
    this.#watch('setRemoteDescription');
  }

  /** What was set since this was asked for last. */
  take(): readonly string[] {
    const taken = this.#lines;
    this.#lines = [];
    return taken;
  }

  /** Another call follows: its connections and its random values are counted anew. */
  renew(): void {
    this.#names = new Names();
    this.#sides = new Map();
  }

  stop(): void {
    for (const restore of this.#restore) restore();
  }

  #watch(method: Setter): void {
    const { prototype } = RTCPeerConnection;
    const original = Object.getOwnPropertyDescriptor(prototype, method);
    if (original === undefined) throw new Error(`There is no ${method}.`);
    this.#restore.push(() => Object.defineProperty(prototype, method, original));
    const call = original.value as (
      this: RTCPeerConnection,
      description?: RTCSessionDescriptionInit,
    ) => Promise<void>;
    const written = (peer: RTCPeerConnection, description?: RTCSessionDescriptionInit) =>
      this.#written(peer, method, () => call.apply(peer, description ? [description] : []), {
        description,
      });
    Object.defineProperty(prototype, method, {
      ...original,
      value(this: RTCPeerConnection, description?: RTCSessionDescriptionInit) {
        return written(this, description);
      },
    });
  }

  async #written(
    peer: RTCPeerConnection,
    method: Setter,
    set: () => Promise<void>,
    { description }: { readonly description: RTCSessionDescriptionInit | undefined },
  ): Promise<void> {
    // The first to be set is the caller's offer.
    const side = this.#sides.get(peer) ?? (this.#sides.size === 0 ? 'caller' : 'callee');
    this.#sides.set(peer, side);
    const text = (given: RTCSessionDescriptionInit | null) =>
      `${given?.type ?? ''}\n${normalized(given?.sdp ?? '', this.#names)}`;
    const at = this.#lines.push(`${side} ${method} ${text(description ?? null)}`) - 1;
    const lines = this.#lines;
    try {
      await set();
      // Without an argument it makes what it sets.
      if (description === undefined) {
        lines[at] = `${side} ${method} made ${text(peer.localDescription)}`;
      }
    } catch (thrown) {
      lines[at] = `${lines[at] ?? ''}\n${thrown instanceof Error ? thrown.name : String(thrown)}`;
      throw thrown;
    }
  }
}
