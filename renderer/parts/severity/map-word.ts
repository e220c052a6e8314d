import { isOutrun, type SettingsOutcome } from '#shared/contract/settings.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import type { EngineClient } from '../../engine/bridge/engine-client.ts'

/** How often a file that somebody else writes at the same moment is read anew. */
const TRIES = 3

/**
 * Writes into the configuration file what a severity word means.
 *
 * @returns what went wrong, as a sentence; null when it is in force.
 */
export async function mapSeverityWord(
  client: Pick<EngineClient, 'request'>,
  word: string,
  is: Severity,
): Promise<string | null> {
  for (let tries = 1; ; tries += 1) {
    const read = await client.request('settings.read', {})
    if (!read.ok) return `Not saved: ${read.error.message}`
    const { version } = read.value
    const change = { type: 'map-severity-word', word, is } as const
    const written = await client.request('settings.write', { version, change })
    if (!written.ok) return `Not saved: ${written.error.message}`
    if (tries < TRIES && isOutrun(written.value)) continue
    return wordsOf(written.value)
  }
}

function wordsOf(outcome: SettingsOutcome): string | null {
  if (outcome.outcome === 'refused') return `Not saved: ${outcome.message} ${outcome.hint}`
  return outcome.isInForce
    ? null
    : 'The file is written, but Deckwatch has not applied it: see the notices.'
}
