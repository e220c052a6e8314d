import type { JournalFailure } from '../ports/journal.ts'
import type { Reactor, Recorded } from '../reactors/reactor.ts'
import type { InsideGuard } from '../status/inside-guard.ts'

/** Tells the reactors of batches: each of them hears of all, in the order of the journal. */
export interface Telling {
  add(reactors: readonly Reactor[]): void
  recorded(batch: Recorded): void
  refused(failure: JournalFailure): void
}

/** @param guarded one reactor that fails keeps the others from nothing. */
export function createTelling(guarded: InsideGuard): Telling {
  const reactors: Reactor[] = []
  const untold: ((reactor: Reactor) => void)[] = []
  let isTelling = false

  /** A reactor may record by itself: that batch waits until all have heard of this one. */
  function tell(message: (reactor: Reactor) => void): void {
    untold.push(message)
    if (isTelling) return
    isTelling = true
    for (let next = untold.shift(); next; next = untold.shift()) {
      const say = next
      for (const reactor of reactors) {
        guarded(reactor.doing, () => {
          say(reactor)
          return true
        })
      }
    }
    isTelling = false
  }

  return {
    add: (more) => void reactors.push(...more),
    recorded: (batch) => {
      tell((reactor) => reactor.recorded?.(batch))
    },
    refused: (failure) => {
      tell((reactor) => reactor.refused?.(failure))
    },
  }
}
