// What arrives at the host, and which part of a generation it is for: a TURN client, a TCP connection, or a socket.
import type { Input } from '../net/io.ts';
import type { Generation } from './generation.ts';
import { unframe } from './stream.ts';

/** Hands an input to a generation. Gives false where it is none of its own. */
export function takeInput(g: Generation, now: number, input: Input): boolean {
  const { gathering, streams } = g;
  if (gathering.handleRelay(now, input)) return true;
  if (input.type === 'tcp') {
    const { local, remote, state } = input;
    const stream = streams.find(local, remote);
    if (stream !== null) {
      const ended = streams.handle(stream, state);
      const pair = ended === null ? null : g.checklist.find(ended.base, ended.remote);
      if (pair !== null) g.failPath(now, pair);
      return true;
    }
    const base = gathering.baseAt('tcp', local);
    if (base === null) return false;
    if (state === 'open') streams.accept(base, remote);
    return true;
  }
  const { protocol, source, local, payload } = input;
  if (protocol === 'tcp') {
    const stream = streams.find(local, source);
    if (stream === null) return false;
    for (const payloadOfFrame of unframe(stream, payload)) {
      g.handlePacket(now, stream.base, source, payloadOfFrame);
    }
    return true;
  }
  const base = gathering.baseAt('udp', local);
  if (base === null) return false;
  g.handlePacket(now, base, source, payload);
  return true;
}
