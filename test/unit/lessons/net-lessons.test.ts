// The lessons' networks: each can work, and the names of NATs are those of RFC 3489.
import { expect, test } from 'vitest';
import { natName, PORT_RESTRICTED, SYMMETRIC } from '../../../src/lessons/net/behaviours.ts';
import { NET_LESSONS, netLessonById } from '../../../src/lessons/net/lessons.ts';
import { wayOfMoving } from '../../../src/net/access.ts';
import { changedDescription } from '../../../src/net/change.ts';
import { checkNetwork } from '../../../src/net/check.ts';
import { NAT_RULES } from '../../../src/rtc/nat.ts';

test.each(NET_LESSONS)(
  '$id: the network can work, also once a phone has left its Wi-Fi',
  (lesson) => {
    expect(checkNetwork(lesson.network)).toEqual([]);
    const moving = wayOfMoving(lesson.network, 'caller');
    expect(moving !== null).toBe(lesson.acts.some(({ id }) => id === 'leave-wifi'));
    if (moving === null) return;
    const { host, wifi, next } = moving;
    const left = changedDescription(lesson.network, {
      ...({ type: 'interface-down', host, name: wifi.name } as const),
    });
    expect(checkNetwork(left, false)).toEqual([]);
    const joined = changedDescription(left, { type: 'interface-up', host, attachment: next });
    expect(checkNetwork(joined, false)).toEqual([]);
    expect(wayOfMoving(joined, 'caller')).toBe(null);
  },
);

test.each(NET_LESSONS)('$id: one caller, one callee, and every named server is there', (lesson) => {
  const roles = lesson.network.hosts.map(({ role }) => role);
  expect(roles.filter((role) => role === 'caller')).toHaveLength(1);
  expect(roles.filter((role) => role === 'callee')).toHaveLength(1);
  const used = lesson.iceServers.map(({ urls }) => /^(stun|turn):([^:]+):\d+/.exec(urls));
  expect(Object.keys(lesson.names).sort()).toEqual(used.map((each) => each?.[2] ?? '').sort());
  for (const [, kind, name] of used.map((each) => each ?? [])) {
    const address = lesson.names[name ?? ''];
    const server = lesson.network.hosts.find(({ interfaces }) =>
      interfaces.some((each) => each.address === address),
    );
    expect(server?.role).toBe(kind);
  }
});

test('a lesson is found by its name, and nothing by another', () => {
  expect(netLessonById('two-routers')?.id).toBe('two-routers');
  expect(netLessonById('toString')).toBeNull();
});

test('of the nine kinds of NAT four have an everyday name', () => {
  const names = NAT_RULES.flatMap((mapping) =>
    NAT_RULES.map((filtering) => natName({ mapping, filtering })),
  );
  expect(names).toEqual([
    ...['full cone', 'restricted', 'port-restricted'],
    ...[null, null, null],
    ...[null, null, 'symmetric'],
  ]);
  expect([natName(PORT_RESTRICTED), natName(SYMMETRIC)]).toEqual(['port-restricted', 'symmetric']);
});
