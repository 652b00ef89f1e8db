// The session: its descriptions, sections and transceivers, and how setting a description changes them (RFC 9429 §5.5 to §5.11).
import { receives } from '../../rtc/direction.ts';
import type { Random } from '../../net/random.ts';
import { readRemote, remoteTransport } from './apply.ts';
import type { Remote, RemoteSection, RemoteTransport } from './apply.ts';
import type { AnsweredRtp, SectionText } from './describe.ts';
import { failure } from './errors.ts';
import type { Plan, Section } from './sections.ts';
import type { SignalingState } from '../../rtc/signaling-state.ts';
import { RemoteEffects, RemoteStreams } from './remote-streams.ts';
import { Slot } from './slot.ts';
import { intersection, reversed } from './direction.ts';
import type { RtpHost } from './rtp-host.ts';
import { VirtualTransceiver } from './transceiver.ts';
import type { TransceiverInit, TransceiverState } from './transceiver.ts';

/** A description that this side made. */
export interface LocalDescription {
  readonly slot: Slot;
  readonly plan: Plan;
  readonly ufrag: string;
  readonly pwd: string;
  /** The number of its o= line. */
  readonly version: number;
  /** As `createOffer` or `createAnswer` gave it. */
  readonly sdp: string;
  /** What its a=setup says. */
  readonly setup: 'actpass' | 'active' | 'passive';
}

/** A description of the other side. */
export interface RemoteDescription {
  readonly slot: Slot;
  readonly remote: Remote;
}

/** What an offer and its answer have agreed on, for the transport. */
export interface Agreement {
  /** The remote side of the transport. */
  readonly transport: RemoteTransport;
  /** The place and mid of the section that carries it. */
  readonly tag: number;
  readonly tagMid: string;
  /** By the answer's a=setup (RFC 8842 §5): `active` is the client. */
  readonly dtlsRole: 'client' | 'server';
  /** Sections with RTP that are in use. */
  readonly media: readonly {
    readonly transceiver: VirtualTransceiver;
    readonly remote: RemoteSection;
  }[];
  /** The data section that is in use. */
  readonly data: RemoteSection | null;
}

interface Saved {
  readonly sections: readonly Section[];
  readonly transceivers: ReadonlyMap<VirtualTransceiver, TransceiverState>;
}

/** What a transceiver was before any description named it. */
const NOTHING: TransceiverState = {
  ...{ mid: null, currentDirection: null, firedDirection: null, remoteStreams: [] },
  ...{ negotiated: null, transportKind: null },
};

/** Everything about a session that is no transport. */
export class Session {
  state: SignalingState = 'stable';
  currentLocal: LocalDescription | null = null;
  pendingLocal: LocalDescription | null = null;
  currentRemote: RemoteDescription | null = null;
  pendingRemote: RemoteDescription | null = null;
  sections: readonly Section[] = [];
  transceivers: readonly VirtualTransceiver[] = [];
  /** The transport of the section for data. */
  dataTransport: Pick<TransceiverState, 'transportKind'> = { transportKind: 'shared' };
  readonly #streams = new RemoteStreams();
  readonly #random: Random;
  readonly #host: RtpHost;
  /** What was before the offer that is pending. */
  #saved: Saved | null = null;

  constructor(random: Random, host: RtpHost) {
    this.#random = random;
    this.#host = host;
  }

  get local(): LocalDescription | null {
    return this.pendingLocal ?? this.currentLocal;
  }

  get remote(): RemoteDescription | null {
    return this.pendingRemote ?? this.currentRemote;
  }

  /** A section for data channels is described. */
  get hasData(): boolean {
    return this.sections.some(({ kind, isOver }) => kind === 'application' && !isOver);
  }

  /** Makes a transceiver and puts it last. @throws TypeError, RangeError for encodings that can't be */
  add(init: TransceiverInit): VirtualTransceiver {
    const made = new VirtualTransceiver(init, this.#random, this.#host);
    this.transceivers = [...this.transceivers, made];
    return made;
  }

  /** Sets an offer or answer of this side. The state has been checked. */
  setLocal(type: 'offer' | 'answer' | 'pranswer', local: LocalDescription): void {
    if (type === 'offer') this.#save();
    this.sections = local.plan.sections;
    const isFirst = type === 'offer' && this.currentLocal === null && !this.#host.isBundled;
    const kindAt = (at: number) => (isFirst && at !== local.plan.tag ? 'own' : 'shared');
    for (const [at, { transceiver, mid, kind }] of this.sections.entries()) {
      if (kind === 'application') this.dataTransport = { transportKind: kindAt(at) };
      if (transceiver === null || transceiver.isStopped) continue;
      transceiver.mid = mid;
      transceiver.transportKind ??= kindAt(at);
    }
    this.pendingLocal = local;
    if (type !== 'offer') this.#settle(type);
  }

  /**
   * Sets an offer or answer of the other side. The state has been checked; a local offer that it takes the place of
   * has been rolled back.
   * @throws OperationError, InvalidAccessError; then nothing has changed
   */
  setRemote(type: 'offer' | 'answer' | 'pranswer', sdp: string): RemoteEffects {
    const remote = readRemote(type, sdp);
    this.#check(type, remote);
    if (type === 'offer') {
      this.#save();
      this.#associate(remote);
    }
    this.pendingRemote = { slot: new Slot(type, sdp), remote };
    const effects = new RemoteEffects();
    this.#receive(remote, effects);
    if (type !== 'offer') this.#settle(type);
    return effects;
  }

  /** Takes the pending offer back (RFC 9429 §4.1.10.2). */
  rollback(): RemoteEffects {
    const effects = new RemoteEffects();
    const saved = this.#saved;
    this.pendingLocal = this.pendingRemote = this.#saved = null;
    if (saved === null) return effects;
    this.sections = saved.sections;
    const kept: VirtualTransceiver[] = [];
    for (const transceiver of this.transceivers) {
      const before = saved.transceivers.get(transceiver);
      const state = before ?? NOTHING;
      transceiver.restore(state);
      effects.process(transceiver, state.firedDirection, state.remoteStreams);
      if (before === undefined && transceiver.isRemoteMade) transceiver.halt(false);
      else kept.push(transceiver);
    }
    this.transceivers = kept;
    return effects;
  }

  /** What the newest offer and answer agree on; null before there are both, or where nothing is in use. */
  agreement(): Agreement | null {
    const { local, remote } = this;
    if (local === null || remote === null) return null;
    const answerer = local.slot.type === 'offer' ? 'remote' : 'local';
    const used = this.sections.map((section, at) => {
      const theirs = remote.remote.sections[at];
      const mine = local.plan.texts[at];
      const isUsed = theirs !== undefined && !theirs.isRejected && mine?.is !== 'rejected';
      return isUsed && mine !== undefined ? { section, theirs } : null;
    });
    const group = answerer === 'remote' ? remote.remote.bundle : local.plan.bundle;
    const first = group.map((mid) => used.findIndex((each) => each?.section.mid === mid));
    const tag = first.find((at) => at !== -1) ?? used.findIndex((each) => each !== null);
    const tagged = used[tag];
    if (tagged === undefined || tagged === null) return null;
    const transport = remoteTransport(remote.remote, tag);
    const answered = answerer === 'remote' ? transport.setup : local.setup;
    const isClient = answerer === 'remote' ? answered === 'passive' : answered === 'active';
    const inUse = used.filter((each) => each !== null);
    return {
      ...{ transport, tag, tagMid: tagged.section.mid },
      dtlsRole: isClient ? 'client' : 'server',
      media: inUse.flatMap(({ section: { transceiver }, theirs }) =>
        transceiver === null ? [] : [{ transceiver, remote: theirs }],
      ),
      data: inUse.find(({ theirs }) => theirs.isData)?.theirs ?? null,
    };
  }

  #save(): void {
    this.#saved ??= {
      sections: this.sections,
      transceivers: new Map(this.transceivers.map((each) => [each, each.save()])),
    };
  }

  /** RFC 9429 §5.10, §5.11: places and kinds are the same for ever; an answer has its offer's. */
  #check(type: 'offer' | 'answer' | 'pranswer', remote: Remote): void {
    const invalid = (message: string) =>
      failure(
        'InvalidAccessError',
        'setRemoteDescription',
        `Failed to set remote ${type} sdp: ${message}`,
      );
    if (type === 'offer') {
      const isSame = this.sections.every((section, at) => {
        const offered = remote.sections[at];
        if (offered === undefined) return false;
        return section.isOver || (offered.kind === section.kind && offered.mid === section.mid);
      });
      if (isSame) return;
      throw invalid(
        "The order of m-lines in subsequent offer doesn't match order from previous offer/answer.",
      );
    }
    const isSame =
      remote.sections.length === this.sections.length &&
      remote.sections.every(({ kind, mid }, at) => {
        const section = this.sections[at];
        return section?.kind === kind && section.mid === mid;
      });
    if (!isSame) {
      throw invalid(
        "The order of m-lines in answer doesn't match order in offer. Rejecting answer.",
      );
    }
    const used = remote.sections.filter((each) => !each.isRejected);
    const outside = used.find(({ mid }) => used.length > 1 && !remote.bundle.includes(mid));
    if (outside === undefined) return;
    throw invalid(
      `The m= section with mid='${outside.mid}' is not bundled, and there is one transport.`,
    );
  }

  /** Gives each offered section its transceiver (RFC 9429 §5.10). */
  #associate(remote: Remote): void {
    this.sections = remote.sections.map((offered, at): Section => {
      const { kind, mid, proto, formats, rtpmaps, media } = offered;
      const known = this.sections[at];
      if (known !== undefined && known.mid === mid) return known;
      const isOver = offered.isRejected;
      const base = { kind, mid, proto, formats, rtpmaps, isOver, said: null };
      if (media === null || offered.isRejected) return { ...base, transceiver: null };
      const free = this.transceivers.find(
        (each) =>
          each.kind === media && each.mid === null && !each.isStopping && each.isFromAddTrack,
      );
      const canTake = receives(offered.direction);
      const transceiver =
        (canTake ? free : undefined) ??
        this.add({
          ...{ kind: media, direction: 'recvonly' },
          encodings: [...new Set(offered.asks)].map((rid) => ({ rid })),
          remote: { trackId: offered.trackId },
        });
      transceiver.mid = mid;
      return { ...base, transceiver };
    });
  }

  /** What the other side now sends, and no longer sends (WebRTC 1.0 §4.4.1.5). */
  #receive(remote: Remote, effects: RemoteEffects): void {
    for (const [at, { transceiver }] of this.sections.entries()) {
      const theirs = remote.sections[at];
      if (transceiver === null || theirs === undefined || transceiver.isStopped) continue;
      const direction = theirs.isRejected ? 'inactive' : reversed(theirs.direction);
      const ids = receives(direction) ? theirs.streams : [];
      effects.process(transceiver, direction, this.#streams.of(ids));
      // A section that the other side ends stops its transceiver.
      if (theirs.isRejected) transceiver.halt(false);
    }
  }

  /** An answer, from either side, makes both descriptions current; a provisional one only what it says (RFC 9429 §5.9, §5.11). */
  #settle(type: 'answer' | 'pranswer'): void {
    const { local, remote } = this;
    const isMine = local?.slot.type !== 'offer';
    this.sections = this.sections.map((section, at) => {
      const { transceiver, said } = section;
      const theirs = remote?.remote.sections[at];
      const mine = local?.plan.texts[at];
      const isOver = theirs?.isRejected === true || mine?.is === 'rejected';
      if (transceiver === null) return type === 'answer' ? { ...section, isOver } : section;
      const seen = theirs === undefined ? 'inactive' : reversed(theirs.direction);
      transceiver.settle(
        isOver || said === null ? 'inactive' : isMine ? said : intersection(said, seen),
      );
      transceiver.transportKind = 'shared';
      transceiver.negotiated = negotiatedBy(mine, theirs, isMine);
      transceiver.sender.renegotiated(type === 'answer' ? (theirs?.asks ?? []) : null);
      if (type === 'pranswer') return section;
      if (isOver) {
        // WebRTC 1.0 §4.4.1.5: a rejected section stops its transceiver.
        transceiver.halt(false);
        transceiver.mid = null;
        return { ...section, isOver, transceiver: null };
      }
      return { ...section, isOver };
    });
    this.dataTransport = { transportKind: 'shared' };
    if (type === 'pranswer') return;
    this.transceivers = this.transceivers.filter((each) => !each.isStopped);
    this.currentLocal = local;
    this.currentRemote = remote;
    this.pendingLocal = this.pendingRemote = this.#saved = null;
  }
}

/** What an answer takes: this side's own, or that of the other side. */
function negotiatedBy(
  mine: SectionText | undefined,
  theirs: RemoteSection | undefined,
  isMine: boolean,
): AnsweredRtp | null {
  if (isMine) return mine?.is === 'rtp' ? mine.answer : null;
  return theirs ?? null;
}
