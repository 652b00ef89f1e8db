// What the parts of an agent share: chance, names, ports, the role, and the way out.
import type { Output } from '../net/io.ts';
import type { Protocol } from '../net/packet.ts';
import type { Random } from '../net/random.ts';
import type { IceEvent } from './agent-port.ts';
import { makeTieBreaker } from './credentials.ts';
import { Queue } from './queue.ts';
import type { Claim, Role } from './role.ts';

// RFC 6335 §6: the dynamic ports.
const FIRST_PORT = 49_152;
const PORTS = 65_536 - FIRST_PORT;
/** What waits to be polled at most; a flood that nobody takes up is lost, as it would be in a socket's buffer. */
const MAX_WAITING = 4096;

/** One agent's. */
export class Context implements Claim {
  readonly random: Random;
  readonly tieBreaker: bigint;
  readonly outputs = new Queue<Output>(MAX_WAITING);
  readonly events = new Queue<IceEvent>(MAX_WAITING);
  #role: Role | null = null;
  readonly #ports = new Set<string>();
  readonly #foundations = new Map<string, string>();
  #count = 0;

  constructor(random: Random) {
    this.random = random;
    this.tieBreaker = makeTieBreaker(random);
  }

  get role(): Role | null {
    return this.#role;
  }

  /** Gives this side a role, and tells it. Gives false where it has that role already. */
  setRole(role: Role): boolean {
    if (this.#role === role) return false;
    this.#role = role;
    this.emit({ type: 'role', role });
    return true;
  }

  get isControlling(): boolean {
    return this.#role === 'controlling';
  }

  /** A name that nothing else of this agent has. */
  nextId(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  /** A port of the host that this agent does not use. */
  takePort(protocol: Protocol, address: string): number {
    // Should every port be taken, the last one drawn is used again; no agent comes near.
    let port = FIRST_PORT;
    for (let tries = 0; tries < PORTS; tries += 1) {
      port = FIRST_PORT + this.random.below(PORTS);
      const key = `${protocol} ${address} ${port}`;
      if (this.#ports.has(key)) continue;
      this.#ports.add(key);
      break;
    }
    return port;
  }

  /**
   * RFC 8445 §5.1.1.3: the same for candidates of the same type, base address, protocol and server, and no others.
   * They stay the same over a restart.
   */
  foundation(key: string): string {
    let found = this.#foundations.get(key);
    if (found === undefined) {
      found = String(this.#foundations.size + 1);
      this.#foundations.set(key, found);
    }
    return found;
  }

  emit(event: IceEvent): void {
    this.events.put(event);
  }

  send(output: Output): void {
    this.outputs.put(output);
  }
}
