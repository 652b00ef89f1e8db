// Two agents on one wire: how they connect, packet by packet.
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/stun/message.ts';
import { attribute } from '../../../src/stun/message.ts';
import { A_HOST, pairing, start, states } from './agent-wire.ts';
import type { Wire } from './agent-wire.ts';

/** Each packet as `time sender what`, `!` where it nominates; `tcp` where it is framed. */
function told({ sent }: Wire): readonly string[] {
  return sent.map(({ t, from, payload }) => {
    const plain = decode(payload);
    const read = plain.ok ? plain : decode(payload.subarray(2));
    if (!read.ok) return `${String(t)} ${from} data`;
    const mark = attribute(read.message, 'USE-CANDIDATE') === true ? '!' : '';
    return `${String(t)} ${from} ${plain.ok ? '' : 'tcp '}${read.message.class}${mark}`;
  });
}

describe('two hosts on one LAN', () => {
  it('takes four checks and four answers by the letter of RFC 8445, one pair over TCP', () => {
    const p = pairing({ delay: 1 });
    start(p);
    p.wire.run(3000);
    expect(told(p.wire)).toEqual([
      '0 b request',
      '0 a request',
      '1 a success',
      '1 b success',
      '50 a request!',
      '51 b success',
      '52 b tcp request',
      '53 a tcp success',
    ]);
    expect(states(p.a)).toEqual(['checking', 'connected', 'completed']);
    expect(states(p.b)).toEqual(['checking', 'connected', 'completed']);
    for (const { agent } of [p.a, p.b]) {
      expect(agent.selected).toMatchObject({ nominated: true, valid: true, state: 'succeeded' });
      expect(agent.selected?.priority).toBe(agent.pairs[0]?.priority);
    }
    expect(p.a.agent.selected?.local.priority).toBe(2130706431);
  });

  it('nominates with every check as Chromium', () => {
    const p = pairing({ profile: 'chromium', delay: 1 });
    start(p);
    p.wire.run(600);
    expect(told(p.wire)).toEqual([
      '0 b request',
      '0 a request!',
      '1 a success',
      '1 b success',
      '62 a request!',
      '62 b request',
      '63 b success',
      '63 a success',
      '124 a request!',
      '124 b request',
      '125 b success',
      '125 a success',
    ]);
    p.wire.run(15_000);
    const times = told(p.wire).flatMap((each) =>
      each.endsWith(' a request!') ? [Number(each.split(' ')[0])] : [],
    );
    // Measured: five in the first three seconds, then one every three.
    expect(times).toEqual([0, 62, 124, 1024, 1924, 4924, 7924, 10_924, 13_924]);
    expect(states(p.a)).toEqual(['checking', 'connected']);
    expect(states(p.b)).toEqual(['checking', 'connected']);
    expect(p.a.agent.selected?.local).toMatchObject({ address: A_HOST, priority: 2122194687 });
  });
});
