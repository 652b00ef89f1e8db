// The numbers that rtcstats writes in place of names, as runs: the first number, and the names that count on from it.

type Runs = readonly (readonly [first: number, names: string])[];

const METHOD_RUNS: Runs = [
  [
    1,
    'getStats createOffer createOfferOnSuccess createAnswer createAnswerOnSuccess setLocalDescription setLocalDescriptionOnSuccess setRemoteDescription setRemoteDescriptionOnSuccess addIceCandidate addIceCandidateOnSuccess createOfferOnFailure createAnswerOnFailure setLocalDescriptionOnFailure setRemoteDescriptionOnFailure addIceCandidateOnFailure',
  ],
  [
    20,
    'onicecandidate onicecandidateerror ontrack onsignalingstatechange oniceconnectionstatechange onconnectionstatechange onicegatheringstatechange onnegotiationneeded ondatachannel',
  ],
  [
    30,
    'addTrack addTrackOnSuccess addTransceiver addTransceiverOnSuccess removeTrack createDataChannel close restartIce setConfiguration create constraints setCodecPreferences setHeaderExtensionsToNegotiate',
  ],
  [50, 'setParameters replaceTrack'],
  [60, 'navigator.mediaDevices.getUserMedia navigator.mediaDevices.getUserMediaOnSuccess'],
  [
    63,
    'navigator.mediaDevices.getDisplayMedia navigator.mediaDevices.getDisplayMediaOnSuccess navigator.mediaDevices.getUserMediaOnFailure navigator.mediaDevices.enumerateDevices navigator.mediaDevices.ondevicechange navigator.mediaDevices.getDisplayMediaOnFailure',
  ],
  [
    70,
    'MediaStreamTrack.stop MediaStreamTrack.applyConstraints MediaStreamTrack.onended MediaStreamTrack.onmute MediaStreamTrack.onunmute',
  ],
  [80, 'HTMLMediaElement.resize'],
];

const TYPE_RUNS: Runs = [
  [
    1,
    'inbound-rtp outbound-rtp remote-inbound-rtp remote-outbound-rtp transport candidate-pair local-candidate remote-candidate data-channel peer-connection certificate media-source media-playout codec',
  ],
];

const PROPERTY_RUNS: Runs = [
  [4, 'payloadType transportId mimeType clockRate channels sdpFmtpLine ssrc kind codecId'],
  [
    14,
    'packetsReceived packetsLost jitter trackIdentifier mid remoteId framesDecoded keyFramesDecoded framesDropped frameWidth frameHeight framesPerSecond qpSum totalDecodeTime totalInterFrameDelay totalSquaredInterFrameDelay pauseCount totalPausesDuration freezeCount totalFreezesDuration lastPacketReceivedTimestamp headerBytesReceived packetsDiscarded fecPacketsReceived fecPacketsDiscarded fecBytesReceived fecSsrc bytesReceived nackCount firCount pliCount totalProcessingDelay estimatedPlayoutTimestamp jitterBufferDelay jitterBufferTargetDelay jitterBufferEmittedCount jitterBufferMinimumDelay totalSamplesReceived concealedSamples silentConcealedSamples concealmentEvents insertedSamplesForDeceleration removedSamplesForAcceleration audioLevel totalAudioEnergy totalSamplesDuration framesReceived decoderImplementation playoutId powerEfficientDecoder framesAssembledFromMultiplePackets totalAssemblyTime contentType googTimingFrameInfo retransmittedPacketsReceived retransmittedBytesReceived rtxSsrc totalCorruptionProbability totalSquaredCorruptionProbability corruptionMeasurements localId roundTripTime totalRoundTripTime fractionLost roundTripTimeMeasurements packetsSent bytesSent mediaSourceId rid encodingIndex headerBytesSent retransmittedPacketsSent retransmittedBytesSent targetBitrate totalEncodedBytesTarget framesSent hugeFramesSent framesEncoded keyFramesEncoded totalEncodeTime totalPacketSendDelay qualityLimitationReason qualityLimitationDurations qualityLimitationResolutionChanges encoderImplementation powerEfficientEncoder active scalabilityMode remoteTimestamp reportsSent echoReturnLoss echoReturnLossEnhancement width height frames synthesizedSamplesDuration synthesizedSamplesEvents totalPlayoutDelay totalSamplesCount dataChannelsOpened dataChannelsClosed label protocol dataChannelIdentifier state messagesSent messagesReceived iceRole iceLocalUsernameFragment dtlsState iceState selectedCandidatePairId localCertificateId remoteCertificateId tlsVersion dtlsCipher dtlsRole srtpCipher selectedCandidatePairChanges rtcpTransportStatsId address port candidateType priority url relayProtocol foundation relatedAddress relatedPort usernameFragment tcpType networkType',
  ],
  [
    148,
    'localCandidateId remoteCandidateId nominated lastPacketSentTimestamp currentRoundTripTime availableOutgoingBitrate availableIncomingBitrate requestsReceived requestsSent responsesReceived responsesSent consentRequestsSent packetsDiscardedOnSend bytesDiscardedOnSend',
  ],
  [
    163,
    'fingerprint fingerprintAlgorithm base64Certificate issuerCertificateId psnrMeasurements psnrSum packetsReceivedWithEct1 packetsReceivedWithCe packetsReportedAsLost packetsReportedAsLostButRecovered packetsWithBleachedEct1Marking packetsSentWithEct1 ccfbMessagesSent ccfbMessagesReceived',
  ],
];

function table(runs: Runs): Map<string, string> {
  return new Map(
    runs.flatMap(([first, names]) =>
      names.split(' ').map((name, at) => [String(first + at), name] as const),
    ),
  );
}

const METHODS = table(METHOD_RUNS).set('g', 'getStats');
const TYPES = table(TYPE_RUNS);
const PROPERTIES = table(PROPERTY_RUNS).set('t', 'timestamp');

/** The method that a number stands for; what is no number of the table stays as it is. */
export const methodOf = (key: string): string => METHODS.get(key) ?? key;

/** The type of an object of the statistics. */
export const typeOf = (key: string): string => TYPES.get(key) ?? key;

/** The property of an object of the statistics. */
export const propertyOf = (key: string): string => PROPERTIES.get(key) ?? key;
