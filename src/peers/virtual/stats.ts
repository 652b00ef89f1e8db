// What getStats gives, under the names of webrtc-stats. What a model does not have, such as ciphers, is left out.
import type { AgentCandidate, AgentPair } from '../../ice/agent-port.ts';
import { isHiddenName } from '../../rtc/address.ts';
import { TLS_VERSION } from '../../rtc/dtls.ts';
import type { Json } from '../../trace/event.ts';
import type { Transport } from './transport.ts';

type Dictionary = Readonly<Record<string, Json | undefined>>;

const TRANSPORT = 'T01';

/** A report of all there is now. @param now the virtual time, in ms, which the timestamps are */
export function reportOf(transport: Transport, now: number): ReadonlyMap<string, Dictionary> {
  const report = new Map<string, Dictionary>();
  const put = (id: string, type: string, rest: Dictionary) => {
    report.set(id, { id, timestamp: now, type, ...rest });
  };
  const { agent, dtls, media, channels, agreement } = transport;
  put('P', 'peer-connection', {
    dataChannelsOpened: channels.all.filter(({ hasOpened }) => hasOpened).length,
    dataChannelsClosed: channels.all.filter(
      ({ hasOpened, readyState }) => hasOpened && readyState === 'closed',
    ).length,
  });
  for (const each of agent.localCandidates) put(idOf(each), 'local-candidate', candidate(each));
  for (const each of agent.remoteCandidates) put(idOf(each), 'remote-candidate', candidate(each));
  for (const pair of agent.pairs) {
    // A peer-reflexive candidate may be in a pair only.
    for (const [side, type] of [
      ['local', 'local-candidate'],
      ['remote', 'remote-candidate'],
    ] as const) {
      const id = idOf(pair[side]);
      if (!report.has(id)) put(id, type, candidate(pair[side]));
    }
    put(`CP${pair.id}`, 'candidate-pair', pairOf(pair));
  }
  if (agreement === null && agent.gathering === 'new') return report;

  const local = `CF${transport.fingerprint}`;
  certificate(local, transport.fingerprint);
  const shown = dtls.remoteFingerprint;
  if (shown !== null) certificate(`CF${shown}`, shown);
  put(TRANSPORT, 'transport', {
    ...transport.counters,
    dtlsState: dtls.state,
    dtlsRole: dtls.role ?? 'unknown',
    iceRole: agent.role ?? 'unknown',
    iceState: agent.connection,
    iceLocalUsernameFragment: agent.local.ufrag,
    localCertificateId: local,
    remoteCertificateId: shown === null ? undefined : `CF${shown}`,
    selectedCandidatePairId: agent.selected === null ? undefined : `CP${agent.selected.id}`,
    tlsVersion: dtls.state === 'connected' ? TLS_VERSION[dtls.version] : undefined,
  });
  for (const [{ kind, mid, negotiated }, source] of media.sources) {
    const { ssrc, packetsSent, bytesSent, payloadType } = source;
    const codecId = `CO${mid ?? ''}_${payloadType}`;
    const encoding = negotiated?.codecs.find((each) => Number(each.payloadType) === payloadType);
    const [name = '', clockRate = ''] = encoding?.encoding.split('/') ?? [];
    const counts = { packetsSent, bytesSent, codecId };
    put(`OT01${ssrc}`, 'outbound-rtp', { ...rtp(kind, mid, ssrc), ...counts });
    put(codecId, 'codec', {
      payloadType,
      mimeType: `${kind}/${name}`,
      clockRate: Number(clockRate),
    });
  }
  for (const [ssrc, inbound] of media.inbound) {
    const { kind, mid, receiver } = inbound.transceiver;
    const { packetsReceived, bytesReceived, firstSequence, lastSequence } = inbound;
    const expected = lastSequence - firstSequence + 1;
    put(`IT01${ssrc}`, 'inbound-rtp', {
      ...{ ...rtp(kind, mid, ssrc), packetsReceived, bytesReceived },
      packetsLost: expected - packetsReceived,
      trackIdentifier: receiver.track.id,
    });
  }
  for (const [at, channel] of channels.all.entries()) {
    const { label, id, readyState, messagesSent, messagesReceived } = channel;
    put(`D${at + 1}`, 'data-channel', {
      ...{ label, messagesSent, messagesReceived, state: readyState, protocol: '' },
      dataChannelIdentifier: id ?? undefined,
      ...{ bytesSent: channel.bytesSent, bytesReceived: channel.bytesReceived },
    });
  }
  return report;

  function certificate(id: string, fingerprint: string): void {
    put(id, 'certificate', { fingerprint, fingerprintAlgorithm: 'sha-256' });
  }
}

/** The two that tell of one direction of media. */
export type RtpStats = 'outbound-rtp' | 'inbound-rtp';

/** Of a report, what tells of one direction of one transceiver, and of what it goes over (webrtc-stats §8). */
export function selectedReport(
  report: ReadonlyMap<string, Dictionary>,
  { mid }: { readonly mid: string | null },
  type: RtpStats,
): ReadonlyMap<string, Dictionary> {
  const own = [...report].filter(([, stats]) => stats['type'] === type && stats['mid'] === mid);
  if (own.length === 0) return new Map();
  const below = [...report].filter(([, stats]) => BELOW.has(stats['type']));
  return new Map([...own, ...below]);
}

/** What media goes over. */
const BELOW = new Set<Json | undefined>([
  ...['transport', 'candidate-pair', 'local-candidate', 'remote-candidate', 'certificate'],
]);

function idOf(each: AgentCandidate): string {
  return `I${each.id}`;
}

function candidate(each: AgentCandidate): Dictionary {
  const { port, protocol, priority, foundation, ufrag, url, related, tcpType } = each;
  // What is hidden from the page is so here too.
  const address = isHiddenName(each.address) ? '' : each.address;
  return {
    ...{ address, port, protocol, priority, foundation, transportId: TRANSPORT },
    ...{ candidateType: each.type, usernameFragment: ufrag, url: url ?? undefined },
    ...{ relatedAddress: related?.address, relatedPort: related?.port },
    tcpType: tcpType ?? undefined,
  };
}

function pairOf(pair: AgentPair): Dictionary {
  const { state, nominated, requestsSent, responsesReceived, rtt } = pair;
  return {
    ...{ state, nominated, requestsSent, responsesReceived, transportId: TRANSPORT },
    ...{ localCandidateId: idOf(pair.local), remoteCandidateId: idOf(pair.remote) },
    // As browsers give it: a double that stands for 64 bits.
    priority: Number(pair.priority),
    currentRoundTripTime: rtt === null ? undefined : rtt / 1000,
  };
}

function rtp(kind: string, mid: string | null, ssrc: number): Dictionary {
  return { kind, mid: mid ?? undefined, ssrc, transportId: TRANSPORT };
}
