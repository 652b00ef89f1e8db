// Acts that change what is sent, in a lesson's call, by either side: what is called, agreed on, seen and told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActScript } from '../../../src/call/act.ts';
import { addChannel, firstChannel } from '../../../src/call/acts/add-channel.ts';
import { hold, resume } from '../../../src/call/acts/hold.ts';
import { mute, unmute } from '../../../src/call/acts/mute.ts';
import { preferCodec } from '../../../src/call/acts/prefer-codec.ts';
import { quality } from '../../../src/call/acts/quality.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { stopSharing } from '../../../src/call/acts/stop-sharing.ts';
import { swapCamera } from '../../../src/call/acts/swap-camera.ts';
import { lessonOf } from '../../../src/lessons/acts.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { otherSide, SIDES, type ActSettings, type Side } from '../../../src/rtc/steps.ts';
import type { TraceEvent } from '../../../src/trace/event.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { LessonRun } from './lesson-run.ts';
import { captionsOf } from './told.ts';

const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');
if (lesson === undefined) throw new Error('There is no such lesson.');
const { id: lessonId } = lesson;

/** What one act left behind. */
interface Done {
  readonly events: readonly TraceEvent[];
  readonly captions: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];
}

describe.each(SIDES)('by the %s', (by) => {
  const other = otherSide(by);
  let call: LessonRun;
  beforeAll(async () => {
    call = new LessonRun(lesson);
    await call.call();
  });
  afterAll(() => {
    call.run.abandon();
  });

  /** Performs an act to its end, and holds its captions to be whole in both languages. */
  async function perform(
    script: ActScript,
    settings: ActSettings = {},
    side: Side = by,
  ): Promise<Done> {
    const { run } = call;
    expect(script.obstacle(run.state, side), `${script.id} in ${lessonId}`).toBeNull();
    const from = run.trace.length;
    const place = await call.perform(script, side, settings);
    expect(run.progress).toMatchObject({ failed: false, final: true });
    const events = run.trace.events.slice(from);
    expect(events.filter(({ kind }) => kind === 'problem' || kind === 'exception')).toEqual([]);
    const captions = captionsOf(run.trace, lessonOf(script), place);
    return {
      events,
      captions,
      kinds: run.trace.steps.slice(place.first - 1).map(({ kind }) => kind),
    };
  }

  const frame = () => frameAt(call.run.trace, call.run.trace.length);
  const section = (side: Side, mid: string) =>
    frame()[side].transceivers.find((each) => each.mid === mid);
  const remoteTracks = (events: readonly TraceEvent[]) =>
    events.flatMap((event) =>
      event.kind === 'track' && event.origin === 'remote'
        ? [[event.side, event.media, event.at]]
        : [],
    );
  const offers = (events: readonly TraceEvent[]) =>
    events.filter(
      (event) => event.kind === 'message' && event.type === 'offer' && event.at === 'posted',
    ).length;
  const isAsked = (events: readonly TraceEvent[]) =>
    events.some(({ kind }) => kind === 'negotiation-needed');
  /** How many packets of a section arrived at the other side while it was looked. */
  const arrived = (events: readonly TraceEvent[], mid: string) => {
    const counts = events.flatMap((event) =>
      event.kind === 'rtp' && event.side === other
        ? [
            event.streams.find((each) => each.direction === 'received' && each.mid === mid)
              ?.packets ?? 0,
          ]
        : [],
    );
    return (counts.at(-1) ?? 0) - (counts.at(-2) ?? 0);
  };

  test('a track is switched off and on: nothing is negotiated, and packets go on', async () => {
    const off = await perform(mute, { how: 'enabled', what: 'audio' });
    expect(off.kinds).toEqual(['disable-track', 'see-muted']);
    expect([offers(off.events), isAsked(off.events), remoteTracks(off.events)]).toEqual([
      0,
      false,
      [],
    ]);
    expect(arrived(off.events, '0')).toBeGreaterThan(0);
    expect(off.captions['disable-track']).toMatch(/^Nothing is negotiated/);
    expect(off.captions['see-muted']).toMatch(/packets with sound arrived at the (caller|callee)/);
    expect(off.captions['see-muted']).toContain('fired no event');
    expect(unmute.obstacle(call.run.state, by)).toBeNull();
    await perform(unmute, { how: 'enabled', what: 'audio' });
    expect(unmute.obstacle(call.run.state, by)).toBe('nothing-muted');
  });

  test('a sender without a track sends nothing, and nobody is told', async () => {
    const off = await perform(mute, { how: 'no-track', what: 'video' });
    expect([offers(off.events), isAsked(off.events), remoteTracks(off.events)]).toEqual([
      0,
      false,
      [],
    ]);
    expect(arrived(off.events, '1')).toBe(0);
    expect(section(by, '1')).toMatchObject({ direction: 'sendrecv', sending: null });
    expect(off.captions['see-muted']).toContain('no packet with a picture arrived');
    const on = await perform(unmute, { how: 'no-track', what: 'video' });
    expect(arrived(on.events, '1')).toBeGreaterThan(0);
  });

  test('a direction is negotiated, and the other side is told', async () => {
    const off = await perform(mute, { how: 'direction', what: 'video' });
    expect([offers(off.events), isAsked(off.events)]).toEqual([1, true]);
    expect(remoteTracks(off.events)).toEqual([[other, 'video', 'muted']]);
    expect(section(by, '1')?.currentDirection).toBe('recvonly');
    expect(section(other, '1')).toMatchObject({
      direction: 'sendrecv',
      currentDirection: 'sendonly',
    });
    expect(off.captions['stop-sending']).toMatch(/^This has to be negotiated/);
    expect(off.captions['create-offer']).toContain(
      'with mid `1` goes from `sendrecv` to `recvonly`',
    );
    expect(off.captions['see-muted']).toContain('fired `mute`');
    const on = await perform(unmute, { how: 'direction', what: 'video' });
    expect(remoteTracks(on.events)).toEqual([[other, 'video', 'unmuted']]);
    expect(section(other, '1')?.currentDirection).toBe('sendrecv');
  });

  test('another camera is the same track on the other side', async () => {
    const before = section(other, '1')?.receiving;
    const { events, captions } = await perform(swapCamera);
    expect([offers(events), isAsked(events), remoteTracks(events)]).toEqual([0, false, []]);
    expect(section(other, '1')?.receiving).toBe(before);
    expect(arrived(events, '1')).toBeGreaterThan(0);
    expect(captions['see-swapped']).toContain('the same object as before');
    const sent = [...frame()[by].tracks].find(({ id }) => id === section(by, '1')?.sending);
    expect(sent?.shows).toBe('other-camera');
  });

  test('a shared screen is removed: its section stays, and who has sent in it gets a new one', async () => {
    expect(stopSharing.obstacle(call.run.state, by)).toBe('no-screen');
    await perform(shareScreen);
    const { events, captions } = await perform(stopSharing, { how: 'remove' });
    expect(remoteTracks(events)).toEqual([[other, 'video', 'muted']]);
    expect(section(by, '3')).toMatchObject({ direction: 'recvonly', currentDirection: 'inactive' });
    expect(captions['remove-track']).toMatch(/^This has to be negotiated/);
    expect(captions['see-stopped']).toContain('The section with mid `3` stays');
    // The other side has never sent in it.
    const others = await perform(shareScreen, {}, other);
    expect(others.captions['create-offer']).toContain(
      'a section that this side has only received in',
    );
    await perform(stopSharing, { how: 'remove' }, other);
    const again = await perform(shareScreen);
    expect(again.captions['create-offer']).toContain('The one with mid `4` is new and stands last');
  });

  test('a transceiver is stopped: port 0, and the next screen takes its place', async () => {
    const { events, captions } = await perform(stopSharing, { how: 'stop' });
    expect(remoteTracks(events)).toContainEqual([other, 'video', 'ended']);
    expect(frame()[by].slots.currentLocal?.sdp).toMatch(/^m=video 0 /m);
    expect(captions['create-offer']).toContain('The section with mid `4` has port 0');
    expect(captions['see-stopped']).toContain('has `ended`');
    const again = await perform(shareScreen);
    expect(again.captions['create-offer']).toContain('A section that was closed is used again');
    expect(again.captions['create-offer']).toContain('in 5 m= sections as before');
    await perform(stopSharing, { how: 'stop' });
  });

  test('a hold stops both ways, and is taken back by who began it', async () => {
    const held = await perform(hold, { how: 'inactive' });
    for (const side of SIDES) {
      expect(section(side, '0')?.currentDirection).toBe('inactive');
    }
    expect(section(other, '0')?.direction).toBe('sendrecv');
    expect(held.captions['see-held']).toContain('no packet arrived on either side');
    expect(hold.obstacle(call.run.state, by)).toBe('on-hold');
    expect(resume.obstacle(call.run.state, other)).toBe('not-on-hold');
    const on = await perform(resume);
    expect(section(other, '0')?.currentDirection).toBe('sendrecv');
    expect(on.captions['see-resumed']).toContain(
      '`sendrecv` on this side and `sendrecv` on the other',
    );
    await perform(hold, { how: 'sendonly' });
    expect(section(other, '0')?.currentDirection).toBe('recvonly');
    await perform(resume);
  });

  test('a further channel needs no offer, in each kind', async () => {
    expect(firstChannel.obstacle(call.run.state, by)).toBe('has-channel');
    for (const how of ['ordered', 'unordered', 'unreliable', 'agreed']) {
      const { events, captions, kinds } = await perform(addChannel, { how });
      expect(kinds.includes('create-same')).toBe(how === 'agreed');
      expect([offers(events), isAsked(events)]).toEqual([0, false]);
      expect([...frame()[other].channels].at(-1)).toMatchObject({
        state: 'open',
        origin: how === 'agreed' ? 'local' : 'remote',
        options: {
          ordered: how === 'ordered' || how === 'agreed',
          maxRetransmits: how === 'unreliable' ? 0 : null,
        },
      });
      expect(captions['create-channel']).toMatch(/^Nothing is negotiated/);
      expect(captions['channel-opens']).toContain('is `open` on both sides');
      // OPEN and ACK are read out of the packets, and an agreed channel has none.
      expect(captions['channel-opens']?.includes(`DATA_CHANNEL_OPEN went from the ${by}`)).toBe(
        how !== 'agreed',
      );
      expect(captions['channel-opens']?.includes('DATA_CHANNEL_ACK came back')).toBe(
        how !== 'agreed',
      );
    }
  });

  test('a preferred codec is what flows afterwards', async () => {
    const { events, captions } = await perform(preferCodec, { codec: 'h264' });
    expect([offers(events), isAsked(events)]).toEqual([1, false]);
    expect(captions['see-codec']).toContain('VP8');
    expect(captions['create-offer']).toMatch(/^In its video section, H264 now stands first/);
    expect(captions['see-new-codec']).toContain('H264 flows where VP8 flowed before');
    expect(frame()[by].slots.currentLocal?.sdp).toMatch(/^m=video \d+ \S+ 102 /m);
  });

  test('an encoding that is not active sends nothing, and nothing is agreed on', async () => {
    const { events, captions } = await perform(quality, { how: 'off' });
    expect([offers(events), isAsked(events)]).toEqual([0, false]);
    expect(arrived(events, '1')).toBe(0);
    expect(captions['set-parameters']).toContain('`active: false`');
    await perform(quality, { how: 'full' });
  });
});

test('a call without data gets its section for data with its first channel', async () => {
  const call = new LessonRun(lesson, { carry: { audio: true, video: false, data: false } });
  await call.call();
  const { run } = call;
  expect(addChannel.obstacle(run.state, 'callee')).toBe('no-channel');
  expect(swapCamera.obstacle(run.state, 'callee')).toBe('no-video');
  const place = await call.perform(firstChannel, 'callee');
  const captions = captionsOf(run.trace, lessonOf(firstChannel), place);
  expect(captions['create-channel']).toMatch(/^This has to be negotiated/);
  expect(captions['create-answer']).toContain('It accepts the new section');
  expect(captions['channel-opens']).toContain('is `open` on both sides');
  expect(addChannel.obstacle(run.state, 'caller')).toBeNull();
  await call.perform(addChannel, 'caller');
  const { channels } = frameAt(run.trace, run.trace.length).callee;
  expect([...channels].map(({ state }) => state)).toEqual(['open', 'open']);
  run.abandon();
});

test('an act that fails leaves a call in which the next one goes', async () => {
  const call = new LessonRun(lesson);
  await call.call();
  const { run } = call;
  // A codec that no virtual peer has.
  await call.perform(preferCodec, 'caller', { codec: 'av1' });
  expect(run.progress.failed).toBe(true);
  const exception = run.trace.events.findLast(({ kind }) => kind === 'exception');
  expect(exception).toMatchObject({ error: { name: 'InvalidModificationError' } });
  expect(mute.obstacle(run.state, 'caller')).toBeNull();
  await call.perform(mute, 'caller', { how: 'enabled', what: 'video' });
  expect(run.progress).toMatchObject({ failed: false, final: true });
  run.abandon();
});
