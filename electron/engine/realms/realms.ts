import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Kin } from '#shared/domain/realm/kin.ts'
import { DEFAULT_REALM, type RealmId } from '#shared/domain/realm/realm.ts'
import { resolveRealms, type RealmCandidate } from '#shared/domain/realm/resolve.ts'
import { SELF_SOURCE_ID, type SourceRealm } from '#shared/domain/source/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { reclassify } from '../configuration/reclassify.ts'
import type { ContextOf } from '../pipeline/context-of.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { JournalFailure } from '../ports/journal.ts'
import type { Source, SourceReport } from '../ports/source.ts'
import type { Recorder } from '../record/recorder.ts'
import { moveToRealm } from './move.ts'

/** How long what a new source says waits for what the others say of their clusters, ms. */
const WAIT_MS = 3_000

const deckwatch: Actor = { kind: 'deckwatch' }

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly contextOf: ContextOf
  readonly ids: Pick<Ids, 'derive'>
  readonly recorder: Pick<Recorder, 'state' | 'record'>
  /** In the order of the configuration. */
  readonly sources: () => readonly Source[]
}

/**
 * Finds out which realm each source is in, and records it before what the source says is decided.
 * Nothing is asked for that: servers say it with their answers.
 */
export interface Realms {
  /**
   * Hears what a source says; null when it could not be asked.
   *
   * @returns a promise of the moment when its realm can be told, which is soon whatever happens; null
   *   when it can be told now.
   */
  heard(
    source: Source,
    report: Pick<SourceReport, 'kin'> | null,
    signal: AbortSignal,
  ): Promise<void> | null
  /** Records what is another realm than before; the failure when the journal could not, else null. */
  settle(): JournalFailure | null
}

/** Sources that are in another realm than before, all in the same. */
type Change = readonly {
  readonly sourceId: string
  readonly realm: SourceRealm
  /** True when no realm was recorded of it: what it said until now was of the default one. */
  readonly isFirst: boolean
}[]

/** Has heard nothing yet. */
export function createRealms(deps: Deps): Realms {
  const { clock, contextOf, ids, recorder, sources } = deps
  /** What was heard of each: null for one that could not be asked, or says nothing of others. */
  const said = new WeakMap<Source, Kin | null>()
  const answered = new WeakSet<Source>()
  /** Those for which nobody waits any longer, though they have not been heard. */
  const givenUp = new WeakSet<Source>()
  const waiting = new Set<() => void>()
  let cancelTimer: (() => void) | null = null
  let isDue = true
  let settled: readonly Source[] = []

  const serverOf = ({ server }: Source) =>
    server === undefined ? null : ids.derive('server', server)

  const recordedOf = ({ id }: Source) => recorder.state().sources.get(id)?.realm

  /** The realm that was found for this very server, if one was. */
  function knownOf(source: Source): RealmId | null {
    const recorded = recordedOf(source)
    if (!recorded || recorded.isConfigured) return null
    const server = serverOf(source)
    const isSame = recorded.server === null || server === null || recorded.server === server
    return isSame ? recorded.id : null
  }

  /** True for a source that no realm is recorded of as it is now. */
  function isNew(source: Source): boolean {
    return source.realm === undefined
      ? knownOf(source) === null
      : recordedOf(source)?.id !== source.realm
  }

  const isAwaited = (source: Source) => !said.has(source) && !givenUp.has(source)

  function release(): void {
    cancelTimer?.()
    cancelTimer = null
    for (const go of [...waiting]) go()
  }

  function wait(signal: AbortSignal): Promise<void> {
    cancelTimer ??= clock.after(WAIT_MS, () => {
      for (const source of sources().filter(isAwaited)) givenUp.add(source)
      release()
    })
    return new Promise((resolve) => {
      const go = () => {
        waiting.delete(go)
        signal.removeEventListener('abort', go)
        resolve()
      }
      waiting.add(go)
      signal.addEventListener('abort', go)
      if (signal.aborted) go()
    })
  }

  function candidateOf(source: Source): RealmCandidate {
    const recorded = recordedOf(source)
    return {
      id: source.id,
      configured: source.realm ?? null,
      role: source.role ?? null,
      kin: said.get(source) ?? null,
      known: knownOf(source),
      recorded: recorded?.id ?? null,
    }
  }

  /** What is to be recorded. Sources that move alike are recorded together. */
  function changes(): readonly Change[] {
    const now = sources()
    const found = resolveRealms(now.map(candidateOf))
    const { sources: known } = recorder.state()
    const changed = now.flatMap((source) => {
      // Who has not answered yet is decided about when it does.
      if (!known.has(source.id) || (!answered.has(source) && isNew(source))) return []
      const recorded = recordedOf(source)
      const realm: SourceRealm = {
        id: found.get(source.id) ?? DEFAULT_REALM,
        isConfigured: source.realm !== undefined,
        server: serverOf(source) ?? recorded?.server ?? null,
      }
      const isSame =
        recorded?.id === realm.id &&
        recorded.isConfigured === realm.isConfigured &&
        recorded.server === realm.server
      return isSame ? [] : [{ sourceId: source.id, realm, isFirst: recorded === undefined }]
    })
    const groups = Map.groupBy(changed, ({ realm, isFirst }) => `${String(isFirst)} ${realm.id}`)
    return [...groups.values()]
  }

  /** @returns the failure when the journal could not. */
  function record(change: Change): JournalFailure | null {
    const [first] = change
    if (!first) return null
    const found = change.map(({ sourceId, realm }): EventBody => ({
      type: 'source.realm-found',
      sourceId,
      realm,
    }))
    const sourceIds = change.map(({ sourceId }) => sourceId)
    const moves = moveToRealm(sourceIds, first.realm.id, contextOf(first.sourceId), first)
    return failureOf(recorder.record([...found, ...moves], deckwatch))
  }

  /** Rules may hold in some realms only. */
  function recordSeverities(): JournalFailure | null {
    const context = contextOf(SELF_SOURCE_ID)
    if (context.rules.severity.every(({ realm }) => realm === null)) return null
    return failureOf(recorder.record(reclassify(context), deckwatch))
  }

  return {
    heard(source, report, signal) {
      const before = said.get(source)
      const kin = report?.kin ?? before ?? null
      const isFirst = report !== null && !answered.has(source)
      if (isFirst || JSON.stringify(before ?? null) !== JSON.stringify(kin)) isDue = true
      said.set(source, kin)
      if (report) answered.add(source)
      const isLast = !sources().some(isAwaited)
      if (isLast && waiting.size === 0) return null
      // Those that came before go before.
      const turn = report && isNew(source) ? wait(signal) : null
      if (isLast) release()
      return turn
    },
    settle() {
      const now = sources()
      if (now.length !== settled.length || now.some((source, at) => source !== settled[at])) {
        isDue = true
      }
      // One decision for all: the order of answers must not tell which realm is the default.
      if (!isDue || now.some(isAwaited)) return null
      const changed = changes()
      for (const change of changed) {
        const failure = record(change)
        if (failure) return failure
      }
      const failure = changed.length > 0 ? recordSeverities() : null
      if (failure) return failure
      isDue = now.some((source) => answered.has(source) && recordedOf(source) === undefined)
      settled = now
      return null
    },
  }
}

function failureOf(outcome: ReturnType<Recorder['record']>): JournalFailure | null {
  return outcome.ok ? null : outcome.error
}
