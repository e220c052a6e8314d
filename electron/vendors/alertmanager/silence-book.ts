import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { parseJson } from '#electron/http/json.ts'
import type { Comparison } from '#electron/polling/listing.ts'
import { applySilences, readSilences, silenceIds, type Silences } from './silences.ts'

const SILENCES_PATH = '/api/v2/silences'
/** While an alert is silenced, its silence is looked at again after so many polls: it may be edited. */
const REFRESH_EVERY_POLLS = 10
/** After a failure, authors are asked for again after so many polls. */
const RETRY_AFTER_POLLS = 3

/** Remembers who made the silences that hold alerts back. */
export interface SilenceBook {
  known(): Silences
  /** Somebody has changed a silence from here: they are asked for again with the next poll. */
  outdated(): void
  /**
   * Asks for silences when one is not known or has not been looked at for a while, and returns the
   * comparison with what it found. A failure leaves authors unknown; it fails no poll.
   */
  bringUpToDate(comparison: Comparison, budget: Budget): Promise<Comparison>
}

/** Starts with an empty book. */
export function createSilenceBook(client: HttpClient): SilenceBook {
  let silences: Silences = new Map()
  /** Ids that were asked for; one that the answer did not have is not asked for at each poll. */
  let asked: ReadonlySet<string> = new Set()
  let wait = 0
  let hasFailed = false

  async function ask(wanted: ReadonlySet<string>, budget: Budget): Promise<Silences | null> {
    const body = await client.get(SILENCES_PATH, [], budget)
    if (!body.ok) return null
    const json = parseJson(body.value, client.host)
    return json.ok && Array.isArray(json.value) ? readSilences(json.value, wanted) : null
  }

  return {
    known: () => silences,
    outdated() {
      wait = 0
    },
    async bringUpToDate(comparison, budget) {
      const wanted = silenceIds(comparison.listing)
      wait -= 1
      if (wanted.size === 0) return comparison
      const isNew = !hasFailed && [...wanted].some((id) => !asked.has(id))
      if (isNew || wait <= 0) {
        const found = await ask(wanted, budget)
        hasFailed = found === null
        wait = hasFailed ? RETRY_AFTER_POLLS : REFRESH_EVERY_POLLS
        if (found) {
          silences = found
          asked = wanted
        }
      }
      return applySilences(comparison, silences)
    },
  }
}
