import type { SourceBody } from './events.ts'
import { STALE_AFTER_INTERVALS, type Source, type SourceProblem } from './schema.ts'

/** What is known of a source's last poll, on the steady clock. */
export interface SourceFacts {
  /** The last poll's failure; null when it was good; undefined before the first since the start. */
  readonly problem: SourceProblem | null | undefined
  /** ms since the last good answer, or since polling began when there was none. */
  readonly silentMs: number
  /** ms since polling began or the machine woke: what was asleep could not be asked. */
  readonly awakeMs: number
  readonly intervalMs: number
  /** Wall time of the last good answer, ms since the epoch, UTC. */
  readonly lastAnswerAt: number | null
}

/** True when the source has been silent for so long that this alone is an alert (R1.2). */
export function isSilentTooLong({ silentMs, awakeMs, intervalMs }: SourceFacts): boolean {
  return Math.min(silentMs, awakeMs) >= STALE_AFTER_INTERVALS * intervalMs
}

/** The change of health that the facts mean; null when nothing changes. */
export function decideHealth(source: Source, facts: SourceFacts): SourceBody | null {
  const health =
    facts.problem !== null && facts.problem !== undefined
      ? 'failing'
      : isSilentTooLong(facts)
        ? 'stale'
        : facts.problem === undefined
          ? 'connecting'
          : 'healthy'
  const problem = health === 'failing' ? (facts.problem ?? null) : null
  const isSame =
    source.health === health &&
    source.problem?.code === problem?.code &&
    source.problem?.message === problem?.message
  if (isSame) return null
  return {
    type: 'source.health-changed',
    sourceId: source.id,
    health,
    problem,
    lastAnswerAt: facts.lastAnswerAt ?? source.lastAnswerAt,
  }
}
