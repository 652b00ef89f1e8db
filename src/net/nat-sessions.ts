// The TCP connections through one mapping of a NAT, as far as its lifetime needs them (RFC 5382 §5).
import { EndpointMap } from './endpoint-map.ts';
import type { Endpoint, TcpFlag } from './packet.ts';

/** RFC 5382 §5: an idle established connection is not given up before 2 hours 4 minutes, in ms. */
export const ESTABLISHED_LIFETIME = 7_440_000;
/** RFC 5382 §5: one that is opening or closing not before 4 minutes, in ms. */
export const TRANSITORY_LIFETIME = 240_000;

interface Session {
  readonly remote: Endpoint;
  state: 'opening' | 'established' | 'closed';
  finOut: boolean;
  finIn: boolean;
  until: number;
}

/** The connections of one mapping. */
export class NatSessions {
  readonly #sessions = new EndpointMap<Session>();

  /**
   * A segment passed. Both directions keep a connection alive: its end shows in its own flags, not in silence.
   * @returns until when the mapping is needed, in ms
   */
  note(now: number, direction: 'out' | 'in', remote: Endpoint, flag: TcpFlag | null): number {
    let session = this.#sessions.get(remote.address, remote.port);
    if (session === undefined) {
      session = { remote, state: 'opening', finOut: false, finIn: false, until: 0 };
      this.#sessions.set(remote.address, remote.port, session);
    }
    follow(session, direction, flag);
    session.until =
      now + (session.state === 'established' ? ESTABLISHED_LIFETIME : TRANSITORY_LIFETIME);
    return this.#until(now);
  }

  #until(now: number): number {
    let until = now;
    for (const session of [...this.#sessions.values()]) {
      const { remote } = session;
      if (session.until <= now) this.#sessions.delete(remote.address, remote.port);
      else until = Math.max(until, session.until);
    }
    return until;
  }
}

function follow(session: Session, direction: 'out' | 'in', flag: TcpFlag | null): void {
  switch (flag) {
    case 'syn':
      // A new connection between the same endpoints.
      session.state = 'opening';
      session.finOut = false;
      session.finIn = false;
      return;
    case 'syn-ack':
    case 'ack':
    case 'data':
      if (session.state === 'opening') session.state = 'established';
      return;
    case 'fin':
      if (direction === 'out') session.finOut = true;
      else session.finIn = true;
      if (session.finOut && session.finIn) session.state = 'closed';
      return;
    case 'rst':
      session.state = 'closed';
      return;
    case null:
      return;
  }
}
