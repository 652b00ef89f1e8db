// The RTP streams of a report: one for each section and direction, with the codec that it names.
import { expect, test } from 'vitest';
import { rtpStreams } from '../../../src/peers/rtp-stats.ts';

const report = (...stats: readonly Readonly<Record<string, string | number>>[]) =>
  new Map(stats.map((each) => [String(each['id']), each]));

test('a stream has its counters and its codec', () => {
  const sent = { type: 'outbound-rtp', kind: 'video', mid: '1', codecId: 'C' };
  expect(
    rtpStreams(
      report(
        { id: 'C', type: 'codec', mimeType: 'video/VP9' },
        { id: 'O', ...sent, packetsSent: 9, bytesSent: 900, framesSent: 3, frameWidth: 64 },
        { id: 'I', type: 'inbound-rtp', kind: 'audio', mid: '0', packetsReceived: 4 },
        { id: 'R', type: 'remote-inbound-rtp', kind: 'video', mid: '1' },
      ),
    ),
  ).toEqual([
    {
      ...{ direction: 'sent', mid: '1', media: 'video', codec: 'video/VP9' },
      ...{ packets: 9, bytes: 900, frames: 3, width: 64, height: null },
    },
    {
      ...{ direction: 'received', mid: '0', media: 'audio', codec: null },
      ...{ packets: 4, bytes: 0, frames: null, width: null, height: null },
    },
  ]);
});

test('layers of a section are one stream, and streams without a section are kept apart', () => {
  const sent = { type: 'outbound-rtp', kind: 'video' };
  const layers = rtpStreams(
    report(
      { id: 'a', ...sent, mid: '1', packetsSent: 1, frameWidth: 160, frameHeight: 90 },
      { id: 'b', ...sent, mid: '1', packetsSent: 2, frameWidth: 320, frameHeight: 180 },
    ),
  );
  expect(layers).toMatchObject([{ packets: 3, width: 320, height: 180 }]);
  const nameless = rtpStreams(
    report({ id: 'a', ...sent, packetsSent: 1 }, { id: 'b', ...sent, packetsSent: 2 }),
  );
  expect(nameless.map(({ packets }) => packets)).toEqual([1, 2]);
  expect(rtpStreams(report())).toEqual([]);
});
