// A host's TCP: its connections and where it listens. It does no I/O: segments, inputs and times are polled.
import { Clock } from './clock.ts';
import { EndpointMap } from './endpoint-map.ts';
import type { Input } from './io.ts';
import type { Endpoint } from './packet.ts';
import { Queue } from './queue.ts';
import { EMPTY, TcpConnection, type ConnectionHost, type Segment } from './tcp-connection.ts';

/** A segment to be sent. */
export interface OutgoingSegment {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly segment: Segment;
}

/** The TCP of one host. */
export class TcpStack implements ConnectionHost {
  readonly #connections = new EndpointMap<EndpointMap<TcpConnection>>();
  readonly #listening = new EndpointMap<true>();
  readonly #timers = new Clock<TcpConnection>();
  readonly #segments = new Queue<OutgoingSegment>();
  readonly #inputs = new Queue<Input>();

  /** Takes connections at the endpoint from now on. */
  listen({ address, port }: Endpoint): void {
    this.#listening.set(address, port, true);
  }

  /** Opens a connection. One that is open already between these endpoints stays as it is. */
  connect(now: number, local: Endpoint, remote: Endpoint): void {
    const before = this.#get(local, remote);
    if (before !== undefined && !before.isOver) return;
    this.#add(local, remote, true).open(now);
  }

  /** Sends on a connection; where there is none (it has just been closed), nothing happens. */
  send(now: number, local: Endpoint, remote: Endpoint, payload: Uint8Array): void {
    this.#get(local, remote)?.send(now, payload);
  }

  /** Ends a connection; where there is none, nothing happens. */
  close(now: number, local: Endpoint, remote: Endpoint): void {
    this.#get(local, remote)?.close(now);
  }

  /** These are the host's addresses from now on: what is bound to another ends at once. */
  keepAddresses(kept: { has(address: string): boolean }): void {
    for (const address of this.#listening.addresses()) {
      if (!kept.has(address)) this.#listening.deleteAddress(address);
    }
    for (const remotes of [...this.#connections.values()]) {
      for (const connection of [...remotes.values()]) {
        if (!kept.has(connection.local.address)) connection.abort();
      }
    }
  }

  /**
   * A segment has arrived.
   * @returns false where nothing takes it; a reset answers it then (RFC 9293 §3.5.2)
   */
  handleSegment(now: number, local: Endpoint, remote: Endpoint, segment: Segment): boolean {
    const connection = this.#get(local, remote);
    const isNew = segment.flag === 'syn' && (connection === undefined || connection.isOver);
    if (isNew && this.#listening.has(local.address, local.port)) {
      this.#add(local, remote, false).handleSegment(now, segment);
      return true;
    }
    if (connection !== undefined && !isNew) {
      connection.handleSegment(now, segment);
      return true;
    }
    if (segment.flag !== 'rst') {
      const reset = { flag: 'rst', sequence: segment.acknowledges, acknowledges: 0 } as const;
      const answer = { ...reset, payload: EMPTY };
      this.#segments.add({ source: local, destination: remote, segment: answer });
    }
    return false;
  }

  /** When `handleTimeout` is due; null while nothing is. */
  pollTimeout(): number | null {
    return this.#timers.next;
  }

  handleTimeout(now: number): void {
    for (let each = this.#timers.take(now); each !== null; each = this.#timers.take(now)) {
      each.handleTimeout(now);
    }
  }

  pollSegment(): OutgoingSegment | null {
    return this.#segments.take();
  }

  pollInput(): Input | null {
    return this.#inputs.take();
  }

  transmit({ local, remote }: TcpConnection, segment: Segment): void {
    this.#segments.add({ source: local, destination: remote, segment });
  }

  received({ local, remote }: TcpConnection, payload: Uint8Array): void {
    this.#inputs.add({ type: 'received', protocol: 'tcp', source: remote, local, payload });
  }

  changed({ local, remote }: TcpConnection, state: 'open' | 'refused' | 'timed-out' | 'closed') {
    this.#inputs.add({ type: 'tcp', state, local, remote });
  }

  wakeAt(connection: TcpConnection, time: number): void {
    this.#timers.add(time, connection);
  }

  ended(connection: TcpConnection): void {
    const { local, remote } = connection;
    const remotes = this.#connections.get(local.address, local.port);
    // Another connection may have its place by now.
    if (remotes?.get(remote.address, remote.port) !== connection) return;
    remotes.delete(remote.address, remote.port);
    if (remotes.isEmpty) this.#connections.delete(local.address, local.port);
  }

  #get(local: Endpoint, remote: Endpoint): TcpConnection | undefined {
    const remotes = this.#connections.get(local.address, local.port);
    return remotes?.get(remote.address, remote.port);
  }

  #add(local: Endpoint, remote: Endpoint, isOpener: boolean): TcpConnection {
    const connection = new TcpConnection(this, local, remote, isOpener);
    let remotes = this.#connections.get(local.address, local.port);
    if (remotes === undefined) {
      remotes = new EndpointMap();
      this.#connections.set(local.address, local.port, remotes);
    }
    remotes.set(remote.address, remote.port, connection);
    return connection;
  }
}
