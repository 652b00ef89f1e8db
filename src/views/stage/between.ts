// What is known of a path between two people in this browser, in lines.
import { formatEndpoint } from '../../rtc/address.ts';
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { dtlsVersion } from '../../rtc/dtls.ts';
import { otherSide } from '../../rtc/steps.ts';
import { sectionSummary } from '../../sdp/summary.ts';
import { parseSdp } from '../../sdp/parse.ts';
import type { PairEnd, StatsEvent } from '../../trace/event.ts';
import type { Frame, PeerFrame, TrackFrame } from '../../trace/frame.ts';

/** A line of what is known of the path. */
export interface PathRow {
  readonly name: string;
  readonly text: string;
  /** It is written as code: addresses. */
  readonly isCode?: boolean;
}

/**
 * What is known of a path that is up, as the caller's statistics and descriptions tell it.
 * @param frame the moment
 * @param stats the caller's counters so far
 * @param since the last event before the present act
 */
export function pathRows(
  frame: Frame,
  stats: readonly StatsEvent[],
  since: number,
): readonly PathRow[] {
  const isVirtual = frame.network !== null;
  const { caller } = frame;
  const rows: PathRow[] = [];
  const { pair, transport } = caller;
  if (pair !== null && pair.local.type !== '' && pair.remote.type !== '') {
    const ends = { local: pair.local.type, remote: pair.remote.type };
    const isRelayed = ends.local === 'relay' || ends.remote === 'relay';
    rows.push({
      name: m.stage_path(),
      text: isRelayed
        ? m.stage_path_relay(ends)
        : isVirtual
          ? m.stage_path_virtual(ends)
          : m.stage_path_direct(ends),
    });
    const [local, remote] = [endText(pair.local), endText(pair.remote)];
    if (!isVirtual && local !== '' && remote !== '') {
      rows.push({ name: '', text: `${local} ↔ ${remote}`, isCode: true });
    }
  }
  if (transport?.dtlsState === 'connected') {
    const version = dtlsVersion(transport.tlsVersion);
    const dtls = version === null ? 'DTLS' : `DTLS ${version}`;
    const hasMedia = transport.srtpCipher !== null && transport.srtpCipher !== '';
    rows.push({ name: m.stage_keys(), text: hasMedia ? m.stage_keys_srtp({ dtls }) : dtls });
  }
  const codecs = codecsOf(caller);
  const rate = ratesOf(stats);
  if (codecs.video !== null && !isVirtual) {
    const frames = rate === null ? null : m.stage_frames({ count: formatNumber(rate.frames) });
    rows.push({ name: m.stage_video(), text: joined(codecs.video, frames) });
  }
  if (codecs.audio !== null && !isVirtual) rows.push({ name: m.stage_audio(), text: codecs.audio });
  const screen = screenState(frame, since);
  if (screen !== null) {
    rows.push({ name: m.stage_screen(), text: m.stage_screen_state({ state: screen }) });
  } else if (rate !== null && (codecs.video !== null || codecs.audio !== null)) {
    rows.push({
      name: m.stage_rate(),
      text: m.stage_rates({ sent: kilobits(rate.sent), received: kilobits(rate.received) }),
    });
  }
  return rows;
}

/** How far a screen has come that this act shares; null where it shares none. */
function screenState(frame: Frame, since: number): 'captured' | 'agreed' | 'arrives' | null {
  const by = frame.act.by ?? 'caller';
  const isNew = (origin: 'local' | 'remote') => (track: TrackFrame) =>
    track.origin === origin &&
    track.media === 'video' &&
    track.shows !== 'other-camera' &&
    track.n > since &&
    track.at !== 'ended';
  if (frame.act.number === 1 || ![...frame[by].tracks].some(isNew('local'))) return null;
  const there = [...frame[otherSide(by)].tracks].filter(isNew('remote'));
  if (there.some(({ at }) => at === 'unmuted')) return 'arrives';
  const { currentLocal, pendingLocal } = frame[by].slots;
  const isAgreed = currentLocal !== null && currentLocal.n > since && pendingLocal === null;
  return isAgreed ? 'agreed' : 'captured';
}

function joined(...texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null).join(', ');
}

function endText({ address, port }: PairEnd): string {
  if (address === '' || port === null) return '';
  return formatEndpoint({ address, port });
}

const codecsRead = new Map<
  string,
  { readonly audio: string | null; readonly video: string | null }
>();
const MOST_READ = 50;

/** What the answer in force puts first of each kind. */
function codecsOf({ slots }: PeerFrame): {
  readonly audio: string | null;
  readonly video: string | null;
} {
  const answer = [slots.currentRemote, slots.currentLocal].find((held) => held?.type === 'answer');
  if (answer == null) return { audio: null, video: null };
  const known = codecsRead.get(answer.sdp);
  if (known !== undefined) return known;
  const document = parseSdp(answer.sdp);
  const summaries = document.sections.flatMap((section) => sectionSummary(document, section) ?? []);
  const first = (wanted: string) =>
    summaries.find(({ kind, rejected }) => kind === wanted && !rejected)?.codec ?? null;
  const codecs = { audio: first('audio'), video: first('video') };
  if (codecsRead.size >= MOST_READ) codecsRead.clear();
  codecsRead.set(answer.sdp, codecs);
  return codecs;
}

/** Readings nearer to each other than this say little, in ms. */
const SHORTEST = 900;

/** The rates between the newest reading and one a second before: bits and frames in a second. */
function ratesOf(
  stats: readonly StatsEvent[],
): { readonly sent: number; readonly received: number; readonly frames: number } | null {
  const last = stats.at(-1);
  if (last === undefined) return null;
  const first = stats.findLast(({ t }) => last.t - t >= SHORTEST);
  if (first === undefined) return null;
  const seconds = (last.t - first.t) / 1000;
  return {
    sent: ((last.bytesSent - first.bytesSent) * 8) / seconds,
    received: ((last.bytesReceived - first.bytesReceived) * 8) / seconds,
    frames: Math.round((last.framesDecoded - first.framesDecoded) / seconds),
  };
}

function kilobits(bits: number): string {
  return formatNumber(Math.max(0, bits) / 1000, { maximumFractionDigits: 0 });
}
