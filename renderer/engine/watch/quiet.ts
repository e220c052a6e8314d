import type { Source } from '#shared/domain/source/schema.ts'
import { countUnrecorded, type Unrecorded } from '#shared/domain/unrecorded/schema.ts'
import { watchedSources } from '#shared/domain/source/watched.ts'
import type { Connection } from '../bridge/engine-client.ts'
import { plural } from '../../text/plural.ts'
import { isSilent } from './silent-sources.ts'

/** What an empty queue means: calm only when every source has responded. */
export interface Quiet {
  readonly kind: 'calm' | 'unknown' | 'waiting' | 'unwatched'
  readonly title: string
  readonly text: string
}

/**
 * What an empty list of triggered incidents means. Silence is only good news from healthy sources,
 * and while all that they report is recorded.
 */
export function describeQuiet(
  sources: ReadonlyMap<string, Source>,
  phase: Connection['phase'],
  unrecorded?: Unrecorded,
): Quiet {
  const watched = watchedSources(sources)
  if (phase !== 'open') {
    return {
      kind: 'unknown',
      title: 'Deckwatch unreachable',
      text: 'Incidents and alerts are unknown until it returns.',
    }
  }
  if (unrecorded) {
    return {
      kind: 'unknown',
      title: 'No triggered incidents recorded',
      text: `${plural(countUnrecorded(unrecorded), 'alert fires', 'alerts fire')} and cannot be recorded. The notice at the top lists them.`,
    }
  }
  if (watched.length === 0) {
    return {
      kind: 'unwatched',
      title: 'No sources',
      text: 'Without a source no alerts arrive. Add one in Settings.',
    }
  }
  const bad = watched.filter(isSilent)
  if (bad.length > 0) {
    const names = bad.slice(0, 3).map(({ name }) => name)
    const more = bad.length > 3 ? ` and ${String(bad.length - 3)} more` : ''
    const sources = plural(watched.length, 'source')

    return {
      kind: 'unknown',
      title: 'No triggered incidents known',
      text: `${String(bad.length)} of ${sources} unreachable (${names.join(', ')}${more}): alerts there are unknown.`,
    }
  }
  const waiting = watched.filter(({ health }) => health === 'connecting')
  if (waiting.length > 0) {
    return {
      kind: 'waiting',
      title: 'Waiting for first polls',
      text: `${plural(waiting.length, 'source has', 'sources have')} not responded yet.`,
    }
  }
  return {
    kind: 'calm',
    title: 'No triggered incidents',
    text:
      watched.length === 1 ? '1 source, healthy' : `${String(watched.length)} sources, all healthy`,
  }
}
