/** Callbacks that hear the same, in the order in which they came. */
export class Listeners<Value> {
  readonly #listeners = new Set<(value: Value) => void>()

  /** Adds a callback; returns what takes it away again. */
  add(listener: (value: Value) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  tell(value: Value): void {
    for (const listener of [...this.#listeners]) listener(value)
  }
}
