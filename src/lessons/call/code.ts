// What an app would write for this call: plain JavaScript for two tabs, each line with the steps it belongs to.
import type { RunOptions } from '../../trace/event.ts';
import type { PlannedStep, Side } from '../../rtc/steps.ts';
import { BLANK, excerptOf, line, lines, type CodeLine } from '../code-line.ts';

/** Whose code shows a step: that of who acts, and the caller's in the last one, where both do. */
export function codeSide({ side }: Pick<PlannedStep, 'side'>): Side {
  return side === 'callee' ? 'callee' : 'caller';
}

/** The code of both sides for these options; callee.js listens before the caller's button is pressed. */
export function codeFor(options: RunOptions): Readonly<Record<Side, readonly CodeLine[]>> {
  return { caller: callerCode(options), callee: calleeCode(options) };
}

/** Three to five lines around those that a step lights, without the indentation that they share. */
export function codeExcerpt(options: RunOptions, step: PlannedStep): readonly CodeLine[] {
  return excerptOf(codeFor(options)[codeSide(step)], step.kind);
}

const CHANNEL = line("const signaling = new BroadcastChannel('call');");
const QUEUE = line('const waiting = [];');
const ADD_TRACKS = 'for (const track of stream.getTracks()) pc.addTrack(track, stream);';
const ADD_WAITING = '    for (const c of waiting.splice(0)) await pc.addIceCandidate(c);';

function callerCode(options: RunOptions): readonly CodeLine[] {
  const data = options.carry.data;
  return [
    CHANNEL,
    QUEUE,
    BLANK,
    ...lines('capture-caller', ...captureCode(options)),
    ...lines('add-tracks', ...connectionCode(options), ADD_TRACKS),
    ...(data ? lines('add-tracks', "const chat = pc.createDataChannel('chat');") : []),
    BLANK,
    ...lines('gather-candidates', ...candidateCode(options)),
    BLANK,
    ...lines('connect', ...connectedCode(options)),
    ...(data ? lines('connect', "chat.onopen = () => chat.send('Hello!');") : []),
    BLANK,
    ...lines(
      'receive-answer',
      'signaling.onmessage = async ({ data }) => {',
      '  if (data.answer) {',
    ),
    line('    await pc.setRemoteDescription(data.answer);', 'set-remote-answer'),
    line(ADD_WAITING, 'set-remote-answer'),
    ...ARRIVING,
    BLANK,
    line('callButton.onclick = async () => {'),
    line('  const offer = await pc.createOffer();', 'create-offer'),
    line('  await pc.setLocalDescription(offer);', 'set-local-offer'),
    ...(trickles(options) ? [] : lines('gather-candidates', '  await gathered;')),
    line("  signaling.postMessage({ call: 'wanted' });", 'send-offer'),
    line('  signaling.postMessage({ offer: pc.localDescription.toJSON() });', 'send-offer'),
    line('};'),
  ];
}

function calleeCode(options: RunOptions): readonly CodeLine[] {
  return [
    CHANNEL,
    QUEUE,
    ...connectionCode(options).map((text) => line(text)),
    BLANK,
    ...lines('set-local-answer', ...candidateCode(options)),
    BLANK,
    ...lines('connect', ...connectedCode(options)),
    ...(options.carry.data
      ? lines(
          'connect',
          'pc.ondatachannel = ({ channel }) => {',
          '  channel.onmessage = ({ data }) => console.log(data);',
          '};',
        )
      : []),
    BLANK,
    ...lines(
      'set-remote-offer',
      'signaling.onmessage = async ({ data }) => {',
      '  if (data.offer) {',
      '    await pc.setRemoteDescription(data.offer);',
      ADD_WAITING,
    ),
    ...lines(
      'capture-callee',
      ...[...captureCode(options), ADD_TRACKS].map((text) => `    ${text}`),
    ),
    line('    const answer = await pc.createAnswer();', 'create-answer'),
    line('    await pc.setLocalDescription(answer);', 'set-local-answer'),
    ...(trickles(options) ? [] : lines('set-local-answer', '    await gathered;')),
    line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', 'send-answer'),
    ...ARRIVING,
  ];
}

/** What is done with the other side's candidates: they are kept until there is a remote description. */
const ARRIVING: readonly CodeLine[] = [
  line('  } else if (data.candidate) {'),
  line('    if (pc.remoteDescription) await pc.addIceCandidate(data.candidate);'),
  line('    else waiting.push(data.candidate);'),
  line('  }'),
  line('};'),
];

/** Without an m= section nothing is gathered, and nothing would ever say that it is complete. */
function trickles({ trickle, carry }: RunOptions): boolean {
  return trickle || !(carry.audio || carry.video || carry.data);
}

/** The connection, told of the ICE servers that there are. */
function connectionCode({ iceServers }: RunOptions): readonly string[] {
  if (iceServers.length === 0) return ['const pc = new RTCPeerConnection();'];
  return [
    'const pc = new RTCPeerConnection({',
    '  iceServers: [',
    ...iceServers.map((url) =>
      /^turns?:/i.test(url)
        ? `    { urls: '${url}', username, credential },`
        : `    { urls: '${url}' },`,
    ),
    '  ],',
    '});',
  ];
}

/** One side's media as `stream`. A side with nothing to send has an empty one. */
function captureCode({ media, carry }: RunOptions): readonly string[] {
  const { audio, video } = carry;
  if (!audio && !video) return ['const stream = new MediaStream();'];
  const both = audio && video;
  switch (media) {
    case 'camera':
    case 'virtual':
      return [
        'const stream = await navigator.mediaDevices.getUserMedia({',
        `  audio: ${String(audio)},`,
        `  video: ${String(video)},`,
        '});',
      ];
    case 'file':
      return both
        ? ['await player.play();', 'const stream = player.captureStream();']
        : [
            'await player.play();',
            `const tracks = player.captureStream().get${audio ? 'Audio' : 'Video'}Tracks();`,
            'const stream = new MediaStream(tracks);',
          ];
    case 'synthetic':
      return [
        ...(video ? ['const stream = testCard.captureStream();'] : []),
        ...(both ? ['stream.addTrack(tone.stream.getAudioTracks()[0]);'] : []),
        ...(video ? [] : ['const stream = tone.stream;']),
      ];
  }
}

/** What becomes of this side's own candidates: sent one by one, or waited for. */
function candidateCode(options: RunOptions): readonly string[] {
  return trickles(options)
    ? [
        'pc.onicecandidate = ({ candidate }) => {',
        '  if (candidate) signaling.postMessage({ candidate: candidate.toJSON() });',
        '};',
      ]
    : [
        'const gathered = new Promise((resolve) => {',
        '  pc.onicecandidate = ({ candidate }) => candidate || resolve();',
        '});',
      ];
}

function connectedCode({ carry }: RunOptions): readonly string[] {
  return [
    ...(carry.audio || carry.video
      ? ['pc.ontrack = ({ streams }) => {', '  view.srcObject = streams[0];', '};']
      : []),
    'pc.onconnectionstatechange = () => console.log(pc.connectionState);',
  ];
}
