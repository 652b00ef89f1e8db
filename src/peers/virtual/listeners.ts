// Who listens to a virtual object's events.

/** The listeners of one object, by the type of event, in the order in which they were added. */
export class Listeners<Events> {
  readonly #byType = new Map<keyof Events, ((event: never) => void)[]>();

  /** Adds a listener; the same one twice counts once (DOM §2.7). */
  add<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void {
    const known = this.#byType.get(type);
    if (known === undefined) this.#byType.set(type, [listener]);
    else if (!known.includes(listener)) this.#byType.set(type, [...known, listener]);
  }

  remove<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void {
    const known = this.#byType.get(type);
    if (known === undefined) return;
    this.#byType.set(
      type,
      known.filter((each) => each !== listener),
    );
  }

  /** True where somebody listens. */
  has(type: keyof Events): boolean {
    return (this.#byType.get(type)?.length ?? 0) > 0;
  }

  /** Tells all of them; gives false where there are none. What one throws stops neither the others nor the peer; it is thrown again on its own. */
  tell<K extends keyof Events>(type: K, event: Events[K]): boolean {
    const listeners = this.#byType.get(type) ?? [];
    for (const listener of listeners) {
      try {
        (listener as (event: Events[K]) => void)(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    return listeners.length > 0;
  }
}
