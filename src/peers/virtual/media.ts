// Tracks and streams without media: what a virtual peer gives to whom it calls, and takes where there is no camera.
import type { Random } from '../../net/random.ts';

/**
 * A MediaStreamTrack that carries nothing to see or hear. It has the states and events of a real one; in a real
 * MediaStream or a media element it does not fit, and `isVirtual` tells that beforehand.
 */
export class VirtualTrack extends EventTarget implements MediaStreamTrack {
  readonly kind: 'audio' | 'video';
  readonly id: string;
  readonly label: string;
  contentHint = '';
  enabled = true;
  onended: MediaStreamTrack['onended'] = null;
  onmute: MediaStreamTrack['onmute'] = null;
  onunmute: MediaStreamTrack['onunmute'] = null;
  #muted: boolean;
  #readyState: MediaStreamTrackState = 'live';

  /** @param muted as a remote track is until its first packet (WebRTC 1.0 §5.3) */
  constructor(kind: 'audio' | 'video', id: string, label: string, muted: boolean) {
    super();
    this.kind = kind;
    this.id = id;
    this.label = label;
    this.#muted = muted;
  }

  get muted(): boolean {
    return this.#muted;
  }

  get readyState(): MediaStreamTrackState {
    return this.#readyState;
  }

  /** Mutes or unmutes it, with the event that tells of a change. */
  setMuted(muted: boolean): void {
    if (this.#muted === muted || this.#readyState === 'ended') return;
    this.#muted = muted;
    this.#tell(muted ? 'mute' : 'unmute');
  }

  /** Ends it from the other side, with its event unless `silent`. */
  end(silent: boolean): void {
    if (this.#readyState === 'ended') return;
    this.#readyState = 'ended';
    if (!silent) this.#tell('ended');
  }

  stop(): void {
    this.#readyState = 'ended';
  }

  clone(): VirtualTrack {
    return new VirtualTrack(this.kind, `${this.id}-clone`, this.label, this.#muted);
  }

  applyConstraints(): Promise<void> {
    return Promise.resolve();
  }

  #tell(type: 'mute' | 'unmute' | 'ended'): void {
    const event = new Event(type);
    this.dispatchEvent(event);
    this[`on${type}`]?.(event);
  }

  getCapabilities(): MediaTrackCapabilities {
    return {};
  }

  getConstraints(): MediaTrackConstraints {
    return {};
  }

  getSettings(): MediaTrackSettings {
    return {};
  }
}

/** MediaStreamTrackEvent (Media Capture and Streams §4.2). */
class TrackEvent extends Event implements MediaStreamTrackEvent {
  readonly track: MediaStreamTrack;

  constructor(type: 'addtrack' | 'removetrack', track: MediaStreamTrack) {
    super(type);
    this.track = track;
  }
}

/** A MediaStream of virtual tracks: an id and a list. */
export class VirtualStream extends EventTarget implements MediaStream {
  readonly id: string;
  onaddtrack: MediaStream['onaddtrack'] = null;
  onremovetrack: MediaStream['onremovetrack'] = null;
  #tracks: readonly MediaStreamTrack[];

  constructor(id: string, tracks: readonly MediaStreamTrack[]) {
    super();
    this.id = id;
    this.#tracks = tracks;
  }

  get active(): boolean {
    return this.#tracks.some((track) => track.readyState === 'live');
  }

  addTrack(track: MediaStreamTrack): void {
    if (!this.#tracks.includes(track)) this.#tracks = [...this.#tracks, track];
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#tracks = this.#tracks.filter((each) => each !== track);
  }

  /** The other side puts a track into it, which the app is told. */
  gain(track: MediaStreamTrack): void {
    if (this.#tracks.includes(track)) return;
    this.addTrack(track);
    const event = new TrackEvent('addtrack', track);
    this.dispatchEvent(event);
    this.onaddtrack?.(event);
  }

  /** The other side takes a track out of it, which the app is told. */
  lose(track: MediaStreamTrack): void {
    if (!this.#tracks.includes(track)) return;
    this.removeTrack(track);
    const event = new TrackEvent('removetrack', track);
    this.dispatchEvent(event);
    this.onremovetrack?.(event);
  }

  getTracks(): MediaStreamTrack[] {
    return [...this.#tracks];
  }

  getAudioTracks(): MediaStreamTrack[] {
    return this.#tracks.filter((track) => track.kind === 'audio');
  }

  getVideoTracks(): MediaStreamTrack[] {
    return this.#tracks.filter((track) => track.kind === 'video');
  }

  getTrackById(id: string): MediaStreamTrack | null {
    return this.#tracks.find((track) => track.id === id) ?? null;
  }

  clone(): VirtualStream {
    return new VirtualStream(`${this.id}-clone`, this.#tracks);
  }
}

/** True for a track or stream that has nothing to show: it belongs in no media element. */
export function isVirtual(media: MediaStreamTrack | MediaStream): boolean {
  return media instanceof VirtualTrack || media instanceof VirtualStream;
}

/** Makes a stream with the tracks that are wanted, as a capture would. */
export function virtualStream(
  random: Random,
  wanted: { readonly audio: boolean; readonly video: boolean },
): VirtualStream {
  const kinds = (['audio', 'video'] as const).filter((kind) => wanted[kind]);
  const tracks = kinds.map(
    (kind) => new VirtualTrack(kind, uuid(random), `virtual ${kind}`, false),
  );
  return new VirtualStream(uuid(random), tracks);
}

/** A random UUID (RFC 9562 §5.4), as browsers name tracks and streams. */
export function uuid(random: Random): string {
  const bytes = random.bytes(16);
  let text = '';
  for (const [at, byte] of bytes.entries()) {
    const value = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-';
    text += value.toString(16).padStart(2, '0');
  }
  return text;
}
