// What is to be seen on a person's screen, read off a frame: whose pictures, and why there is none.
import { m } from '../../i18n/paraglide/messages.js';
import { CALL_STEP, otherSide, type Side } from '../../rtc/steps.ts';
import type { PeerFrame, TrackFrame } from '../../trace/frame.ts';
import { hasIceFailed } from '../../trace/peer-frame.ts';
import { stillOf } from '../peer/stills.svelte.ts';
import { sideName } from '../words.ts';

/** What a side captured and what it gets, while its call is live; and what of it comes from a shared screen. */
export interface Streams {
  readonly local: MediaStream | null;
  readonly remote: MediaStream | null;
  readonly screen: MediaStream | null;
  readonly remoteScreen: MediaStream | null;
}

/** A stream as it is to be seen. */
export interface Picture {
  readonly stream: MediaStream;
  /** There is something to see, not only to hear. */
  readonly seen: boolean;
  /** Its last picture, once it has ended; null while it plays. */
  readonly still: HTMLCanvasElement | null;
  readonly label: string;
  /** It is never to be heard: one's own, or a screen. */
  readonly muted: boolean;
}

/** All pictures of a screen. */
export interface Pictures {
  /** The large one; null where there is none. */
  readonly large: Picture | null;
  /** In the corner at the right: oneself. */
  readonly own: Picture | null;
  /** In the corner at the left: a screen that is shared, or who shares it. */
  readonly second: Picture | null;
}

/** The pictures of a side at a moment. A recording has none. */
export function picturesOf(side: Side, peer: PeerFrame, streams: Streams): Pictures {
  const other = sideName(otherSide(side));
  const isClosed = peer.states.connectionState === 'closed';
  const tracks = [...peer.tracks];
  const picture = (stream: MediaStream | null, isOwn: boolean, label: string) =>
    pictureOf(stream, isOwn, label, tracks, isClosed);
  const remote = picture(streams.remote, false, m.video_remote({ side: other }));
  const shared = silent(picture(streams.remoteScreen, false, m.video_screen({ side: other })));
  return {
    large: shared ?? remote,
    own: picture(streams.local, true, m.video_local({ side: sideName(side) })),
    second:
      shared === null
        ? picture(streams.screen, true, m.video_screen({ side: sideName(side) }))
        : remote,
  };
}

function silent(picture: Picture | null): Picture | null {
  return picture === null ? null : { ...picture, muted: true };
}

function pictureOf(
  stream: MediaStream | null,
  isOwn: boolean,
  label: string,
  tracks: readonly TrackFrame[],
  isClosed: boolean,
): Picture | null {
  if (stream === null) return null;
  const ids = stream.getTracks().map(({ id }) => id);
  const its = tracks.filter(
    (track) =>
      track.origin === (isOwn ? 'local' : 'remote') &&
      (isOwn || isClosed || track.at === 'unmuted') &&
      ids.includes(track.id),
  );
  if (its.length === 0) return null;
  const seen = its.some(({ media }) => media === 'video');
  // Asked for first: the picture that is kept at the end tells that there is one.
  const still = stillOf(stream);
  if (stream.active && !isClosed) return { stream, seen, still: null, label, muted: isOwn };
  return still === null ? null : { stream, seen, still, label, muted: isOwn };
}

/** What a person's screen says where it shows nothing. */
export interface Blank {
  readonly side: Side;
  readonly peer: PeerFrame;
  /** Nothing was pressed yet. */
  readonly isFirst: boolean;
  /** False for a record that was opened: there are no pictures in it. */
  readonly isLive: boolean;
  /** Its media is simulated. */
  readonly isVirtual: boolean;
  /** Audio or video was chosen. */
  readonly carriesMedia: boolean;
  /** A small screen, on which three words have room. */
  readonly isSmall: boolean;
}

/** Why a screen is empty, in at most two lines. */
export function whyBlank(blank: Blank): string {
  const { side, peer, isFirst, isLive, isVirtual, carriesMedia, isSmall } = blank;
  if (peer.states.connectionState === 'closed') return m.video_closed();
  if (isVirtual) {
    return hasIceFailed(peer) ? m.stage_not_connected() : m.stage_simulated();
  }
  if (isFirst) return m.stage_no_picture();
  const tracks = [...peer.tracks];
  const arrived = tracks.some(({ origin, at }) => origin === 'remote' && at === 'unmuted');
  if (!isLive && tracks.length > 0) return m.video_recorded();
  if (!carriesMedia) return m.nothing_to_capture();
  if (
    tracks.some(
      ({ origin, media, at }) => origin === 'remote' && media === 'video' && at === 'muted',
    )
  ) {
    return isSmall ? m.looked_no_picture_short() : m.looked_no_picture({ who: otherSide(side) });
  }
  if (arrived || tracks.some(({ origin }) => origin === 'local')) {
    return isSmall ? m.stage_no_one_yet() : m.stage_comes_here({ side });
  }
  const { number } = CALL_STEP[`capture-${side}`];
  return isSmall ? m.stage_captures_in({ number }) : m.stage_not_captured({ number });
}

/** Whether sound and picture of the other side have come, and whether they still do. */
export function mediaOf(peer: PeerFrame): 'none' | 'flows' | 'frozen' {
  const { iceConnectionState: ice, connectionState } = peer.states;
  const has = [...peer.tracks].some(({ origin, at }) => origin === 'remote' && at === 'unmuted');
  if (!has || connectionState === 'closed') return 'none';
  return ice === 'disconnected' || ice === 'failed' ? 'frozen' : 'flows';
}
