import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/logger.ts'
import type { Readings, ShelvedRunbook, ShelvedText } from '../ports/readings.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'

/** From a change of the runbooks to the look, ms: a pull changes many, and a start has no time. */
const LOOK_AFTER_MS = 2_000
/** Texts that are brought in one go. */
const AT_ONCE = 20
/** Texts that are searched at most, in bytes of UTF-8: those listed first. */
const MOST_BYTES = 64 * 1_048_576

/** Keeps the runbooks that are searched in step with those that there are. */
export interface Shelving {
  /** The runbooks may be others, or the readings have lost them. Returns at once. */
  look(): void
  /** How many are to be searched. */
  listed(): number
  stop(): void
}

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly library: Pick<RunbookLibrary, 'list' | 'read'>
  readonly readings: Pick<Readings, 'shelve' | 'keepRunbooks'>
  readonly logger: Pick<Logger, 'error'>
  /** Replaced where tests need less. */
  readonly mostBytes?: number
}

/** Makes it; nothing is looked at before `look`. */
export function createShelving(deps: Deps): Shelving {
  const { clock, library, readings, logger, mostBytes = MOST_BYTES } = deps
  const closing = new AbortController()
  let cancel: (() => void) | null = null
  let isRunning = false

  function wanted(): readonly ShelvedRunbook[] {
    let bytes = 0
    return library.list().entries.flatMap(({ id, hash, size }) => {
      if (hash === null) return []
      bytes += size ?? 0
      return bytes > mostBytes ? [] : [{ id, hash }]
    })
  }

  async function textOf(id: string): Promise<readonly ShelvedText[]> {
    const read = await library.read(id)
    // One that cannot be read is not found by its text; its place says why.
    if (!read.ok) return []
    const { entry, text } = read.value
    const { hash, title } = entry
    if (hash === null) return []
    // The folder that all of them are in says nothing.
    const path = runbookPathOf(id)?.replace(/^runbooks\//, '')
    const names = path ?? runbookAddressOf(id) ?? id
    return [{ id, hash, title, names, text }]
  }

  async function bring(): Promise<void> {
    const missing = await readings.shelve(wanted(), closing.signal)
    if (!missing.ok) return
    for (let at = 0; at < missing.value.length; at += AT_ONCE) {
      const texts = await Promise.all(missing.value.slice(at, at + AT_ONCE).map(textOf))
      const kept = await readings.keepRunbooks(texts.flat(), closing.signal)
      if (!kept.ok) return
    }
  }

  async function run(): Promise<void> {
    isRunning = true
    try {
      await bring()
    } catch (error) {
      logger.error({ err: error }, 'Runbooks could not be made findable: this is a bug')
    } finally {
      isRunning = false
    }
  }

  function look(): void {
    if (closing.signal.aborted) return
    cancel ??= clock.after(LOOK_AFTER_MS, () => {
      cancel = null
      // One after the other: what changed meanwhile is looked at next.
      if (isRunning) look()
      else void run()
    })
  }

  return {
    look,
    listed: () => wanted().length,
    stop() {
      cancel?.()
      cancel = null
      closing.abort()
    },
  }
}
