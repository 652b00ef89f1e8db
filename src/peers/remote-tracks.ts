// The tracks that come from the other side: when each is added, carries media, no longer does, and ends.
import type { TrackEvent } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import { mediaOf } from './plain.ts';
import type { Tape } from './tape.ts';

/** Watches the remote tracks of a peer and writes what becomes of them. */
export class RemoteTracks {
  readonly #side: Side;
  readonly #tape: Tape;
  /** The call that sets a description just now. */
  readonly #applying: () => number | null;
  /** Those that have not ended yet, with the ids of their streams. */
  readonly #tracks = new Map<MediaStreamTrack, readonly string[]>();
  readonly #seen = new WeakSet<MediaStreamTrack>();
  #closedBy: number | null = null;

  constructor(side: Side, tape: Tape, applying: () => number | null) {
    this.#side = side;
    this.#tape = tape;
    this.#applying = applying;
  }

  /** A `track` event told of a track. @param cause the call that it follows from */
  add(track: MediaStreamTrack, streams: readonly MediaStream[], cause: number | null): void {
    // A track that was taken away and comes back is the same one, and is being listened to.
    if (this.#seen.has(track)) return;
    this.#seen.add(track);
    const ids = streams.map(({ id }) => id);
    this.#tracks.set(track, ids);
    this.#write(track, 'added', ids, cause);
    track.addEventListener('unmute', () => {
      this.#write(track, 'unmuted', ids, null);
    });
    track.addEventListener('mute', () => {
      this.#write(track, 'muted', ids, this.#applying());
    });
    if (!track.muted) this.#write(track, 'unmuted', ids, null);
    track.addEventListener('ended', () => {
      this.#end(track, this.#closedBy ?? this.#applying());
    });
  }

  /** A call closes the connection. Tracks end at once in the specification, and a moment later, by an event, in Chromium. */
  closedBy(call: number): void {
    this.#closedBy ??= call;
    for (const track of [...this.#tracks.keys()]) {
      if (track.readyState === 'ended') this.#end(track, this.#closedBy);
    }
  }

  #end(track: MediaStreamTrack, cause: number | null): void {
    const ids = this.#tracks.get(track);
    if (ids === undefined) return;
    this.#tracks.delete(track);
    this.#write(track, 'ended', ids, cause);
  }

  #write(
    track: MediaStreamTrack,
    at: TrackEvent['at'],
    streams: readonly string[],
    cause: number | null,
  ): void {
    const { id } = track;
    const [side, media] = [this.#side, mediaOf(track)];
    this.#tape.write({ kind: 'track', side, at, origin: 'remote', id, media, streams }, cause);
  }
}
