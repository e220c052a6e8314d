/**
 * One beat a second for all that counts on the screen. It beats only while somebody listens, and
 * each listener updates nothing but itself.
 */
export class Ticker {
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setInterval> | undefined

  /** Calls back each second; returns what stops it. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => {
      for (const each of this.#listeners) each()
    }, 1_000)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }
}
