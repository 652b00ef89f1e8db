// The four slots of a peer: read when something may have filled them, and written where they changed.
import { SLOTS } from '../trace/event.ts';
import type { Description, SlotName } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import type { PeerConnection } from './connection.ts';
import { plainDescription } from './plain.ts';
import type { Tape } from './tape.ts';

/** Whose description a slot holds. */
export type Of = 'local' | 'remote';

/** The slots, the attributes that show them (WebRTC 1.0 §4.4.1.5), and whose candidates grow them. */
const SLOT = {
  pendingLocal: { attribute: 'pendingLocalDescription', of: 'local' },
  pendingRemote: { attribute: 'pendingRemoteDescription', of: 'remote' },
  currentLocal: { attribute: 'currentLocalDescription', of: 'local' },
  currentRemote: { attribute: 'currentRemoteDescription', of: 'remote' },
} as const satisfies Record<SlotName, { attribute: keyof PeerConnection; of: Of }>;

/** The slots of a peer, as far as they have been written. */
export class RecordedSlots {
  readonly #peer: PeerConnection;
  readonly #side: Side;
  readonly #tape: Tape;
  readonly #known: Record<SlotName, Description | null> = {
    pendingLocal: null,
    pendingRemote: null,
    currentLocal: null,
    currentRemote: null,
  };

  constructor(peer: PeerConnection, side: Side, tape: Tape) {
    this.#peer = peer;
    this.#side = side;
    this.#tape = tape;
  }

  /**
   * Writes the slots that changed: the filled ones first, as the browser moves pending to current.
   * @param of whose descriptions to read; both without it
   * @returns whether any did
   */
  read(cause: number, of?: Of): boolean {
    const emptied: SlotName[] = [];
    let filled = false;
    for (const slot of SLOTS) {
      if (of !== undefined && of !== SLOT[slot].of) continue;
      const known = this.#known[slot];
      const description = this.#peer[SLOT[slot].attribute];
      if (description === null) {
        if (known !== null) emptied.push(slot);
        continue;
      }
      const now = plainDescription(description);
      if (now.sdp === known?.sdp && now.type === known.type) continue;
      filled = true;
      this.#write(slot, now, cause);
    }
    for (const slot of emptied) this.#write(slot, null, cause);
    return filled || emptied.length > 0;
  }

  #write(slot: SlotName, description: Description | null, cause: number): void {
    this.#known[slot] = description;
    this.#tape.write({ kind: 'description', side: this.#side, slot, description }, cause);
  }
}
