// The streams that the other side's tracks belong to, and the events that tell of changes (WebRTC 1.0 §4.4.1.5, §5.3).
import { receives, type Direction } from '../../rtc/direction.ts';
import { VirtualStream } from './media.ts';
import type { VirtualTrack } from './media.ts';
import type { VirtualTransceiver } from './transceiver.ts';

type Membership = readonly [stream: VirtualStream, track: VirtualTrack];

/** What setting a description does to remote tracks; told once all else is done. */
export class RemoteEffects {
  readonly #muted: VirtualTrack[] = [];
  readonly #removed: Membership[] = [];
  readonly #added: Membership[] = [];
  /** Transceivers with a `track` event to come, and the streams that it names. */
  readonly tracks: { transceiver: VirtualTransceiver; streams: readonly VirtualStream[] }[] = [];

  /**
   * Notes what the other side now does in a transceiver's section.
   * @param direction as this side sees it
   * @param streams that its track belongs to
   */
  process(
    transceiver: VirtualTransceiver,
    direction: Direction | null,
    streams: readonly VirtualStream[],
  ): void {
    const { track } = transceiver.receiver;
    const before = transceiver.remoteStreams;
    const lost = before.filter((stream) => !streams.includes(stream));
    const gained = streams.filter((stream) => !before.includes(stream));
    this.#removed.push(...lost.map((stream) => [stream, track] as const));
    this.#added.push(...gained.map((stream) => [stream, track] as const));
    transceiver.remoteStreams = streams;
    const did = receives(transceiver.firedDirection);
    if (receives(direction) && (!did || gained.length > 0)) {
      this.tracks.push({ transceiver, streams });
    } else if (did && !receives(direction)) this.#muted.push(track);
    transceiver.firedDirection = direction;
  }

  /** Fires what befalls the tracks and streams that are there. */
  tellStreams(): void {
    for (const track of this.#muted) track.setMuted(true);
    for (const [stream, track] of this.#removed) stream.lose(track);
    for (const [stream, track] of this.#added) stream.gain(track);
  }
}

/** The remote streams of one connection, by their ids: one object for each, for ever. */
export class RemoteStreams {
  readonly #byId = new Map<string, VirtualStream>();

  of(ids: readonly string[]): readonly VirtualStream[] {
    return ids.map((id) => {
      const known = this.#byId.get(id);
      if (known !== undefined) return known;
      const made = new VirtualStream(id, []);
      this.#byId.set(id, made);
      return made;
    });
  }
}
