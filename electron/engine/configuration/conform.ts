import type { Actor } from '#shared/domain/actor/schema.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import type { ContextOf } from '../pipeline/context-of.ts'
import type { Recorder } from '../record/recorder.ts'
import { recordHealth } from '../sources/health.ts'
import { addedSources } from '../sources/source-events.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { InForce } from './in-force.ts'
import { reclassify } from './reclassify.ts'
import { removeSource } from './remove-source.ts'

interface Deps {
  readonly contextOf: ContextOf
  readonly inForce: Pick<InForce, 'isProvisional'>
  readonly recorder: Pick<Recorder, 'state' | 'record'>
  readonly runners: Pick<SourceRunners, 'all' | 'find'>
}

/**
 * Makes the journal's sources and severities those of the configuration. What a full journal refuses
 * is tried again with each tick. A configuration that cannot be read says nothing.
 */
export interface Conforming {
  /** The configuration is another one than before. */
  begin(): void
  /** Does what is still to be done. */
  goOn(): void
  /**
   * Runs a person's change of the configuration: what it makes of severities, until it is through, is
   * recorded as theirs. What is left for later, or follows from a file edited by hand, is Deckwatch's.
   */
  changedBy<Value>(actor: Actor, change: () => Promise<Value>): Promise<Value>
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Nothing is to be done before it begins. */
export function createConforming(deps: Deps): Conforming {
  const { contextOf, inForce, recorder, runners } = deps
  let isDue = false
  /** Who changes the configuration now. */
  const changing: Actor[] = []

  /** Of two at once nobody can tell whose change it is. */
  const changer = () => (changing.length === 1 ? (changing[0] ?? deckwatch) : deckwatch)

  function recordSources(): boolean {
    const sources = runners.all().map(({ source }) => source)
    let isDone = recorder.record(addedSources(sources, recorder.state()), deckwatch).ok
    for (const { id } of recorder.state().sources.values()) {
      if (inForce.isProvisional() || runners.find(id)) continue
      isDone = recorder.record(removeSource(id, contextOf(id)), deckwatch).ok && isDone
    }
    for (const runner of runners.all()) {
      isDone = recordHealth(recorder, runner.source.id, runner.facts()) && isDone
    }
    return isDone
  }

  function goOn(): void {
    if (!isDue) return
    isDue = !recordSources()
    if (inForce.isProvisional() || isDue) return
    isDue = !recorder.record(reclassify(contextOf(SELF_SOURCE_ID)), changer()).ok
  }

  return {
    begin() {
      isDue = true
      goOn()
    },
    goOn,
    async changedBy(actor, change) {
      changing.push(actor)
      try {
        return await change()
      } finally {
        changing.splice(changing.indexOf(actor), 1)
      }
    },
  }
}
