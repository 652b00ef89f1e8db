// A map by address and port that builds no text for its keys.

/** A map by two keys. A whole endpoint is one; where a rule looks at less, the rest is '' or 0. */
export class EndpointMap<Value> {
  readonly #addresses = new Map<string, Map<number, Value>>();

  get(address: string, port: number): Value | undefined {
    return this.#addresses.get(address)?.get(port);
  }

  has(address: string, port: number): boolean {
    return this.#addresses.get(address)?.has(port) === true;
  }

  /** Whether it has any port of the address. */
  hasAddress(address: string): boolean {
    return this.#addresses.has(address);
  }

  get isEmpty(): boolean {
    return this.#addresses.size === 0;
  }

  set(address: string, port: number, value: Value): void {
    const ports = this.#addresses.get(address);
    if (ports === undefined) this.#addresses.set(address, new Map([[port, value]]));
    else ports.set(port, value);
  }

  delete(address: string, port: number): void {
    const ports = this.#addresses.get(address);
    if (ports === undefined) return;
    ports.delete(port);
    if (ports.size === 0) this.#addresses.delete(address);
  }

  deleteAddress(address: string): void {
    this.#addresses.delete(address);
  }

  addresses(): readonly string[] {
    return [...this.#addresses.keys()];
  }

  /** All values, an address after the other. */
  *values(): Generator<Value> {
    for (const ports of this.#addresses.values()) yield* ports.values();
  }
}
