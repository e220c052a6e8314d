import type { Clock } from '#electron/engine/ports/clock.ts'

/** The time that one poll may take, shared by all its requests and waits. */
export interface Budget {
  /** Aborts when the time is over or the caller gives up. */
  readonly signal: AbortSignal
  readonly limitMs: number
  /** True when it was the time that ran out, and not the caller that gave up. */
  isTimeOver(): boolean
  /** Frees the timer. Must be called when the poll ends. */
  end(): void
}

/** Starts the clock on a poll. `limitMs` is its whole time. */
export function startBudget(clock: Clock, limitMs: number, signal: AbortSignal): Budget {
  const controller = new AbortController()
  let isTimeOver = false
  const giveUp = () => {
    controller.abort()
  }
  const cancel = clock.after(limitMs, () => {
    isTimeOver = !controller.signal.aborted
    controller.abort()
  })
  if (signal.aborted) giveUp()
  else signal.addEventListener('abort', giveUp, { once: true })
  return {
    signal: controller.signal,
    limitMs,
    isTimeOver: () => isTimeOver,
    end: () => {
      cancel()
      signal.removeEventListener('abort', giveUp)
    },
  }
}

/** Waits `ms`, or less when the budget ends first. */
export function pause(clock: Clock, ms: number, { signal }: Budget): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const finish = () => {
      cancel()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.after(ms, finish)
    signal.addEventListener('abort', finish, { once: true })
  })
}

/** What a promise brings, or null when the budget ends first. A rejection after that is nobody's. */
export function within<Value>({ signal }: Budget, work: Promise<Value>): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      resolve(null)
      return
    }
    const giveUp = () => {
      resolve(null)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', giveUp)
    })
  })
}
